/** Takes what people said to the newsroom and brings the reply to where they said it. */
import { isTurnedAway, sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createLanes } from "../../src/platform/lanes.ts";
import type { Memory } from "../../src/platform/memory.ts";
import { followedBy, saying, underQuestion, withoutThread } from "../../src/platform/parts.ts";
import type { Work } from "../../src/platform/work.ts";
import type { Command, Inquiry, Newsroom, Place } from "../../src/ports.ts";
import type { Reply, ReplyPart } from "../../src/reply/reply.ts";
import type { Runtime } from "../../src/runtime.ts";
import { isOutside } from "./failures.ts";
import { helpPart } from "./help.ts";
import type { Outbox, PostMain } from "./outbox.ts";
import type { People } from "./people.ts";
import type { Heard, Order } from "./receive.ts";
import { plainRendering, type Rendering, renderPart } from "./render.ts";
import type { Respond } from "./respond.ts";
import type { Destination } from "./web.ts";

export interface Desk {
  /** A question out of a message or a mention. `postMain` replaces the plain posting of the answer. */
  message(heard: Heard, postMain?: PostMain): Promise<void>;
  /** A slash command; its answer may go through `respond`. */
  order(order: Order, respond: Respond): Promise<void>;
  /** Publishes a reply under its question where it was asked; through `respond` where Dateline is not in. */
  publish(reply: Reply, heard: Heard, respond: Respond): Promise<void>;
  /** A reply to a command of the table, asked from this place. */
  run(command: Command, place: Place, asker: string): Promise<Reply>;
}

export interface DeskDeps {
  readonly newsroom: Newsroom;
  readonly outbox: Outbox;
  readonly memory: Memory;
  readonly people: People;
  readonly work: Work;
  readonly runtime: Runtime;
  readonly logger: Logger;
}

function destination(heard: Heard): Destination {
  return { channel: heard.place.channel ?? "", thread: heard.under };
}

const inviteHint = [
  { kind: "text", text: "I am not in this channel. Add me with " },
  { kind: "text", text: "/invite", style: "code" },
  { kind: "text", text: " and the passages come in a thread, where you can ask on." },
] as const;

export const helpCommand: Command = { name: "help", subcommand: null, options: {} };

/** Whether the channel is to see what came of a command: somebody has changed what it gets. */
function concernsChannel({ commands }: Newsroom, { name, subcommand }: Command): boolean {
  const spec = commands.find((one) => one.name === name);
  const entry = spec?.subcommands.find((one) => one.name === subcommand);
  return entry !== undefined && !entry.private && entry.who !== "everyone";
}

/** Whether a command asks nothing of who runs it; then Slack need not be asked about them. */
function isForAnybody({ commands }: Newsroom, { name }: Command): boolean {
  return commands.find((spec) => spec.name === name)?.subcommands.length === 0;
}

export function createDesk({ newsroom, outbox, memory, people, work, runtime, logger }: DeskDeps): Desk {
  const conversations = createLanes();

  async function inquiry(text: string, place: Place, asker: string, outlet: string | null = null): Promise<Inquiry> {
    const follows = place.channel && place.thread ? await memory.root(place.channel, place.thread) : null;
    const collections = await newsroom.collections(place);
    const narrowed = outlet === null ? {} : { outlet };
    return { text, asker, place, follows, collections, standing: "guest", timeZone: null, ...narrowed };
  }

  async function ask(heard: Heard): Promise<Reply> {
    const asked = await inquiry(heard.text, heard.place, heard.asker, heard.outlet);
    return work.inTurn(() => newsroom.ask(asked));
  }

  function respondWith(respond: Respond, part: ReplyPart, audience: "everyone" | "asker", rendering: Rendering) {
    return respond.post(renderPart(part, rendering), audience);
  }

  async function answerPrivately(heard: Heard, reply: Reply, respond: Respond): Promise<void> {
    const delivery = runtime.uuid();
    await memory.keepPrivate(delivery, { question: heard.text, reply });
    const owner = { asker: heard.asker, delivery };
    const part = underQuestion(heard.text, withoutThread(reply));
    await respondWith(respond, part, "asker", {
      ...plainRendering,
      offers: { kinds: ["share", "delete", "feedback"], owner },
    });
  }

  async function publish(reply: Reply, heard: Heard, respond: Respond): Promise<void> {
    const { text, asker, beginsThread } = heard;
    const main = underQuestion(text, reply.main);
    try {
      await outbox.publish({ to: destination(heard), main, reply, asker, beginsThread });
    } catch (error) {
      if (!isOutside(error)) throw error;
      // A direct message between two people cannot be joined, so there the hint would be of no use.
      const part = underQuestion(text, withoutThread(reply));
      const hinted = heard.place.channel?.startsWith("D") ? part : followedBy(part, ...inviteHint);
      const owner = { asker, delivery: runtime.uuid() };
      await respondWith(respond, hinted, "everyone", {
        ...plainRendering,
        offers: { kinds: ["delete", "feedback"], owner },
      });
    }
  }

  async function run(command: Command, place: Place, asker: string) {
    const asked = {
      ...(await inquiry("", place, asker)),
      ...(isForAnybody(newsroom, command) ? {} : await people.of(asker)),
    };
    // Not in turn: a command may wait for the network, and questions should not wait for that.
    return newsroom.run(command, asked);
  }

  async function help(heard: Heard): Promise<ReplyPart> {
    const { main } = await run(helpCommand, heard.place, heard.asker);
    return helpPart(main, newsroom.commands);
  }

  async function carryOut(order: Order, respond: Respond): Promise<void> {
    const { heard } = order;
    if (order.kind === "run" && order.command.name !== "help") {
      const reply = await run(order.command, heard.place, heard.asker);
      const audience = concernsChannel(newsroom, order.command) ? "everyone" : "asker";
      await respondWith(respond, withoutThread(reply), audience, plainRendering);
    } else if (order.kind === "run" || heard.text === "") {
      await respondWith(respond, await help(heard), "asker", plainRendering);
    } else {
      const reply = await ask(heard);
      if (heard.audience === "asker") await answerPrivately(heard, reply, respond);
      else await publish(reply, heard, respond);
    }
  }

  async function answer(heard: Heard, postMain: PostMain | undefined): Promise<void> {
    if (/^(?:help[?!.\s]*)?$/iu.test(heard.text)) {
      await outbox.post(destination(heard), await help(heard));
      return;
    }
    const reply = await ask(heard);
    const { asker, beginsThread } = heard;
    await outbox.publish({ to: destination(heard), main: reply.main, reply, asker, beginsThread }, postMain);
  }

  /** Runs `task`; what fails is logged and said with `tell`, and if that fails too, logged. */
  async function orSay(heard: Heard, task: () => Promise<void>, tell: (part: ReplyPart) => Promise<unknown>) {
    try {
      await task();
    } catch (error) {
      if (isTurnedAway(error)) logger.info(`Turned away: ${error.message}`, { place: heard.place });
      else logger.error("A question could not be answered", { place: heard.place, error });
      try {
        await tell(saying(sentenceFor(error)));
      } catch (silent) {
        logger.error("The person could not be told", { place: heard.place, error: silent });
      }
    }
  }

  return {
    run,
    publish,
    message: (heard, postMain) =>
      // In one conversation a follow-up waits for what it follows.
      conversations.run(`${heard.place.channel}:${heard.place.thread}`, () =>
        orSay(
          heard,
          () => answer(heard, postMain),
          (part) => outbox.post(destination(heard), part),
        ),
      ),
    order: (order, respond) =>
      orSay(
        order.heard,
        () => carryOut(order, respond),
        (part) => respondWith(respond, part, "asker", plainRendering),
      ),
  };
}
