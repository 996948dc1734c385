/** Publishes a reply where it was asked for: the answer, its thread or replies, then the marks that lead there. */
import { type APIMessage, ComponentType, Routes } from "discord.js";
import type { Logger } from "../../src/logger.ts";
import type { Memory } from "../../src/platform/memory.ts";
import { followedBy, saying } from "../../src/platform/parts.ts";
import { shorten } from "../../src/platform/shorten.ts";
import type { Delivery, Place } from "../../src/ports.ts";
import { inertLine } from "../../src/reply/inert.ts";
import type { Inline, Reply, ReplyPart } from "../../src/reply/reply.ts";
import type { Spot } from "./channels.ts";
import type { Conversations } from "./conversations.ts";
import { codes, explained, refusal } from "./failures.ts";
import { limits } from "./limits.ts";
import { type DiscordMessage, passageRendering, plainRendering, type Rendering, renderPart } from "./render.ts";
import type { Destination, Label, Rest } from "./rest.ts";

/** How the messages of an answer reach the place: as messages of their own, or through an interaction. */
export interface Poster {
  /** Posts the pieces of a delivery from 0; resolves with the id of each. */
  post(messages: readonly DiscordMessage[], delivery: string): Promise<readonly string[]>;
  /** Posts one more message. */
  piece(message: DiscordMessage, label: Label): Promise<string>;
  edit(id: string, message: DiscordMessage, label: Label): Promise<void>;
}

/** An answer on its way. */
export interface Publication {
  readonly spot: Spot;
  readonly poster: Poster;
  /** What the messages show: the reply's main part, perhaps with the question above it. */
  readonly main: ReplyPart;
  readonly reply: Reply;
  readonly question: string;
  readonly asker: string;
  /** The same for the same question, whoever answers it and how often. */
  readonly delivery: string;
}

export interface Outbox {
  /** Posts as messages of the app's own. */
  poster(to: Destination): Poster;
  /** Resolves when everything is posted. Rejects only if the answer itself could not be; what follows it is logged. */
  publish(publication: Publication): Promise<void>;
  /** Posts a part that is no answer; resolves with the id of its first message, null for an empty part. */
  post(to: Destination, part: ReplyPart, delivery: string): Promise<string | null>;
  /** As `post`, once and only once, restarts included; looks first where an earlier attempt may have arrived. */
  deliver(place: Place, part: ReplyPart, delivery: Delivery): Promise<string | null>;
  /** Deletes everything of a delivery. */
  remove(delivery: string): Promise<void>;
}

const deletedName = "Answer deleted";
const unnamed = "Passages";

/** The name of the thread under the answer to a question. */
export function threadName(question: string): string {
  return shorten(inertLine(question), limits.threadName) || unnamed;
}

/** A message's place and id as one word, and back. */
const filed = (channel: string, id: string): string => `${channel}/${id}`;

const mentionToGoOn: Inline = {
  kind: "text",
  text: "To ask on here, mention me or reply to one of my messages.",
};

export interface OutboxDeps {
  readonly rest: Rest;
  readonly memory: Memory;
  readonly conversations: Conversations;
  readonly logger: Logger;
  /** Whether the words of messages that do not mention Dateline reach it. */
  readonly hearsThreads: () => boolean;
}

export function createOutbox({ rest, memory, conversations, logger, hearsThreads }: OutboxDeps): Outbox {
  /** Deliveries being posted; true once they are to be deleted. */
  const underway = new Map<string, boolean>();
  const isRemoved = (delivery: string): boolean => underway.get(delivery) === true;
  /** Threads by the message that they began from, where they do not have its id as Discord's own have. */
  const otherIds = new Map<string, string>();
  /** Channels in which it was said that threads are not possible. */
  const told = new Set<string>();

  function poster(to: Destination): Poster {
    return {
      async post(messages, delivery) {
        const posted: string[] = [];
        for (const [piece, message] of messages.entries())
          posted.push(await rest.post(piece === 0 ? to : { ...to, replyTo: null }, message, { delivery, piece }));
        return posted;
      },
      piece: (message, label) => rest.post({ ...to, replyTo: null }, message, label),
      edit: (id, message, label) => rest.edit(to.channel, id, message, label),
    };
  }

  /** The thread under an answer; where there is none, the passages answer the answer. */
  async function beginThread({ spot, question }: Publication, first: string): Promise<Destination> {
    const replies = { channel: spot.into, replyTo: first };
    if (!spot.threads) return replies;
    try {
      return { channel: await rest.thread(spot.into, first, threadName(question)), replyTo: null };
    } catch (error) {
      const { message } = explained(error);
      logger.warn(`No thread could begin: ${message}`, { channel: spot.into, error });
      if (!told.has(spot.into)) {
        told.add(spot.into);
        await post(replies, saying(`No thread could begin here. ${message}`), `${first}-no-thread`);
      }
      return replies;
    }
  }

  /** Posts the passages, the pieces from `next`; says in which message each source stands. */
  async function postPassages(publication: Publication, to: Destination, next: number) {
    const { delivery, reply } = publication;
    const silent = to.replyTo === null && !hearsThreads();
    const parts = reply.thread.map((part, index) =>
      silent && index === reply.thread.length - 1 ? followedBy(part, mentionToGoOn) : part,
    );
    const stands = new Map<number, string>();
    const posted: string[] = [];
    try {
      for (const [index, message] of parts.flatMap((part) => renderPart(part, passageRendering)).entries()) {
        if (isRemoved(delivery)) break;
        const id = await rest.post(to, message, { delivery, piece: next + index });
        posted.push(id);
        for (const n of message.sources) if (!stands.has(n)) stands.set(n, id);
      }
    } finally {
      await memory.keepMessages(
        `${delivery}:passages`,
        posted.map((id) => filed(to.channel, id)),
      );
    }
    // Whoever deleted the answer meanwhile did not know of these.
    if (isRemoved(delivery)) await removeUnder(to, posted);
    return stands;
  }

  /** Deletes what stands under an answer that is gone, and closes the thread if it is one. */
  async function removeUnder(to: Destination, passages: readonly string[]): Promise<void> {
    for (const id of [...passages].reverse()) await rest.remove(to.channel, id);
    if (to.replyTo === null) await closeThread(to.channel);
  }

  /** Lets the marks of sources without an address lead to the messages where their passages stand. */
  async function linkMarks(
    { spot, main, poster: posting, delivery }: Publication,
    rendering: Rendering,
    posted: readonly string[],
    stands: ReadonlyMap<number, string>,
    channel: string,
  ) {
    const open = main.sources.filter(({ n, url }) => url === null && stands.has(n)).map(({ n }) => n);
    if (open.length === 0) return;
    const link = (n: number) =>
      open.includes(n) ? `https://discord.com/channels/${spot.guild ?? "@me"}/${channel}/${stands.get(n)}` : null;
    for (const [piece, message] of renderPart(main, { ...rendering, passageLink: link }).entries())
      if (message.sources.some((n) => open.includes(n)) && !isRemoved(delivery))
        await posting.edit(posted[piece]!, message, { delivery, piece });
  }

  async function publish(publication: Publication): Promise<void> {
    const { spot, poster: posting, reply, main, asker, delivery } = publication;
    const rendering: Rendering = {
      ...plainRendering,
      offers: { kinds: ["delete", "feedback"], owner: { asker, delivery } },
    };
    const posted = await posting.post(renderPart(main, rendering), delivery);
    await memory.keepMessages(
      delivery,
      posted.map((id) => filed(spot.into, id)),
    );
    if (reply.answer) for (const id of posted) await conversations.keep(id, reply.answer.id);
    if (reply.thread.length === 0 || isRemoved(delivery)) return;
    try {
      const to = await beginThread(publication, posted[0]!);
      if (to.channel !== spot.into && reply.answer) await conversations.keep(to.channel, reply.answer.id);
      const stands = await postPassages(publication, to, posted.length);
      await linkMarks(publication, rendering, posted, stands, to.channel);
    } catch (error) {
      logger.error("What belongs under an answer is not complete", { ...spot, delivery, error });
    }
  }

  async function post(to: Destination, part: ReplyPart, delivery: string): Promise<string | null> {
    const [first] = await poster(to).post(renderPart(part, plainRendering), delivery);
    return first ?? null;
  }

  async function deliverTo(to: Destination, part: ReplyPart, { id, triedSince }: Delivery): Promise<string | null> {
    const messages = renderPart(part, plainRendering);
    const there =
      triedSince === null
        ? new Map<number, string>()
        : await rest.findSince(to.channel, id, messages.length, triedSince);
    let first: string | null = null;
    for (const [piece, message] of messages.entries()) {
      const posted = there.get(piece) ?? (await rest.post(to, message, { delivery: id, piece }));
      first ??= posted;
    }
    return first;
  }

  /** What the thread under a message of ours is called: its first line. */
  async function titleOf(channel: string, id: string): Promise<string> {
    const { components = [] } = await rest.call<APIMessage>((api) => api.get(Routes.channelMessage(channel, id)));
    const text = components.find((component) => component.type === ComponentType.TextDisplay)?.content ?? "";
    return threadName((text.split("\n")[0] ?? "").replace(/^#+ |\*\*|\\(?=[^\p{L}\p{N}\s])/gu, ""));
  }

  /** A thread is not deleted: others may have written in it, and the permission for that is not asked for. */
  async function closeThread(thread: string): Promise<void> {
    try {
      await rest.call((api) => api.patch(Routes.channel(thread), { body: { name: deletedName, archived: true } }));
    } catch (error) {
      // The answer is gone; what is left is an empty thread.
      logger.warn(`A thread could not be closed: ${explained(error).message}`, { channel: thread, error });
    }
  }

  return {
    poster,
    post,
    async publish(publication) {
      underway.set(publication.delivery, false);
      try {
        await publish(publication);
      } finally {
        underway.delete(publication.delivery);
      }
    },
    async deliver({ workspace, channel, thread }, part, delivery) {
      const into = channel ?? "";
      if (thread === null) {
        const first = await deliverTo({ channel: into, replyTo: null }, part, delivery);
        if (first !== null) await conversations.keepPosted(first);
        return first;
      }
      // Direct conversations have no threads.
      if (workspace === null) return deliverTo({ channel: into, replyTo: thread }, part, delivery);
      try {
        return await deliverTo({ channel: otherIds.get(thread) ?? thread, replyTo: null }, part, delivery);
      } catch (error) {
        if (refusal(error) !== codes.unknownChannel) throw error;
        const begun = await rest.thread(into, thread, await titleOf(into, thread));
        if (begun !== thread) otherIds.set(thread, begun);
        return deliverTo({ channel: begun, replyTo: null }, part, delivery);
      }
    },
    async remove(delivery) {
      if (underway.has(delivery)) underway.set(delivery, true);
      const main = await memory.messages(delivery);
      const passages = await memory.messages(`${delivery}:passages`);
      for (const message of [...[...passages].reverse(), ...main]) {
        const [channel = "", id = ""] = message.split("/");
        await conversations.forget(id);
        await rest.remove(channel, id);
      }
      const thread = passages[0]?.split("/")[0];
      if (thread !== undefined && thread !== main[0]?.split("/")[0]) {
        await conversations.forget(thread);
        await closeThread(thread);
      }
    },
  };
}
