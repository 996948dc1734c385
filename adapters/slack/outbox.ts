/** Publishes a reply in a conversation: the answer, the thread under it, then the marks that lead into the thread. */
import type { Logger } from "../../src/logger.ts";
import type { Memory } from "../../src/platform/memory.ts";
import type { Delivery } from "../../src/ports.ts";
import type { Reply, ReplyPart } from "../../src/reply/reply.ts";
import type { Runtime } from "../../src/runtime.ts";
import { passageRendering, plainRendering, type Rendering, renderPart, type SlackMessage } from "./render.ts";
import type { Destination, Web } from "./web.ts";

/** An answer on its way into a conversation. */
export interface Publication {
  readonly to: Destination;
  /** What the messages show: the reply's main part, perhaps with the question above it. */
  readonly main: ReplyPart;
  readonly reply: Reply;
  readonly asker: string;
  /** Whether whoever writes in the thread from now on is talking to Dateline. */
  readonly beginsThread: boolean;
}

/** Posts the messages of the main part, the pieces of a delivery from 0, and gives the ts of each. */
export type PostMain = (messages: readonly SlackMessage[], delivery: string) => Promise<readonly string[]>;

export interface Outbox {
  /** Resolves when everything is posted. Rejects only if the answer itself could not be; what follows it is logged. */
  publish(publication: Publication, postMain?: PostMain): Promise<void>;
  /** Posts a part that is no answer; resolves with the ts of its first message, null for an empty part. */
  post(to: Destination, part: ReplyPart): Promise<string | null>;
  /**
   * As `post`, each message once and only once under the name that the delivery gives it, restarts included. Rejects with
   * `uncertain` where a repeated delivery cannot be looked for.
   */
  deliver(to: Destination, part: ReplyPart, delivery: Delivery): Promise<string | null>;
  /** Deletes everything of a delivery: what stands in the thread, then the message `ts`, then what else it had. */
  remove(from: Destination, ts: string, delivery: string): Promise<void>;
}

export function createOutbox(web: Web, memory: Memory, runtime: Runtime, logger: Logger): Outbox {
  /** Deliveries being posted; true once they are to be deleted. */
  const underway = new Map<string, boolean>();
  const isRemoved = (delivery: string): boolean => underway.get(delivery) === true;

  function postAll(to: Destination): PostMain {
    return async (messages, delivery) => {
      const posted: string[] = [];
      for (const [piece, message] of messages.entries()) posted.push(await web.post(to, message, { delivery, piece }));
      return posted;
    };
  }

  /** Posts the passages, the pieces from `first`; says in which message each source stands. */
  async function postThread(reply: Reply, to: Destination, delivery: string, first: number) {
    const stands = new Map<number, string>();
    const messages = reply.thread.flatMap((part) => renderPart(part, passageRendering));
    for (const [index, message] of messages.entries()) {
      const ts = await web.post(to, message, { delivery, piece: first + index });
      if (isRemoved(delivery)) {
        await web.remove(to.channel, ts);
        break;
      }
      for (const n of message.sources) if (!stands.has(n)) stands.set(n, ts);
    }
    return stands;
  }

  async function permalink(channel: string, ts: string): Promise<string | null> {
    const found = await web.call((client) => client.chat.getPermalink({ channel, message_ts: ts }));
    return found.permalink ?? null;
  }

  /** Lets the marks of sources without an address lead to the messages where their passages stand. */
  async function linkMarks(
    publication: Publication,
    rendering: Rendering,
    main: readonly string[],
    stands: ReadonlyMap<number, string>,
  ) {
    const { channel } = publication.to;
    const links = new Map<number, string | null>();
    for (const { n, url } of publication.main.sources)
      if (url === null && stands.has(n)) links.set(n, await permalink(channel, stands.get(n)!));
    const messages = renderPart(publication.main, { ...rendering, passageLink: (n) => links.get(n) ?? null });
    for (const [piece, message] of messages.entries()) {
      const delivery = rendering.offers!.owner.delivery;
      if (message.sources.some((n) => links.has(n)) && !isRemoved(delivery))
        await web.update(channel, main[piece]!, message, { delivery, piece });
    }
  }

  async function publish(publication: Publication, postMain: PostMain, delivery: string): Promise<void> {
    const { to, reply, asker } = publication;
    const rendering: Rendering = {
      passageLink: () => null,
      offers: { kinds: ["delete", "feedback"], owner: { asker, delivery } },
      listsSources: true,
    };
    const main = await postMain(renderPart(publication.main, rendering), delivery);
    if (main.length > 1) await memory.keepMessages(delivery, main);
    if (reply.answer && publication.beginsThread)
      for (const ts of main) await memory.keepRoot(to.channel, to.thread ?? ts, reply.answer.id);
    try {
      const thread = { channel: to.channel, thread: to.thread ?? main[0]! };
      const stands = await postThread(reply, thread, delivery, main.length);
      if (stands.size > 0) await linkMarks(publication, rendering, main, stands);
    } catch (error) {
      logger.error("The thread under an answer is not complete", { ...to, delivery, error });
    }
  }

  return {
    async publish(publication, postMain = postAll(publication.to)) {
      const delivery = runtime.uuid();
      underway.set(delivery, false);
      try {
        await publish(publication, postMain, delivery);
      } finally {
        underway.delete(delivery);
      }
    },
    async post(to, part) {
      const [first] = await postAll(to)(renderPart(part, plainRendering), runtime.uuid());
      return first ?? null;
    },
    async deliver(to, part, { id, triedSince }) {
      const there = triedSince === null ? new Map<number, string>() : await web.findSince(to, id, triedSince);
      let first: string | null = null;
      for (const [piece, message] of renderPart(part, plainRendering).entries()) {
        const ts = there.get(piece) ?? (await web.post(to, message, { delivery: id, piece }));
        first ??= ts;
      }
      if (first !== null && to.thread === null) await memory.keepPosted(to.channel, first);
      return first;
    },
    async remove(from, ts, delivery) {
      if (underway.has(delivery)) underway.set(delivery, true);
      const inThread = await web.find({ ...from, thread: from.thread ?? ts }, delivery);
      const all = new Set([...[...inThread.values()].reverse(), ...(await memory.messages(delivery)), ts]);
      for (const message of all) {
        await memory.forgetRoot(from.channel, message);
        await web.remove(from.channel, message);
      }
    },
  };
}
