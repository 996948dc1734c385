/** Takes what people said to the newsroom and brings the reply to where they said it. */
import { isTurnedAway, NewsroomError, sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createLanes } from "../../src/platform/lanes.ts";
import type { Memory } from "../../src/platform/memory.ts";
import { followedBy, saying, underQuestion, withoutThread } from "../../src/platform/parts.ts";
import type { Work } from "../../src/platform/work.ts";
import type { Command, Inquiry, Newsroom, Place, SubcommandSpec } from "../../src/ports.ts";
import type { Inline, Reply, ReplyPart } from "../../src/reply/reply.ts";
import type { Spot } from "./channels.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import { helpPart } from "./help.ts";
import type { Outbox, Poster } from "./outbox.ts";
import { createPosters, type Reached } from "./posters.ts";
import type { Heard, Order } from "./receive.ts";
import { plainRendering, renderPart } from "./render.ts";
import { type Audience, isTooLate } from "./respond.ts";

/** A slash command, where it was given, and how it can be answered. */
export interface Given extends Reached {
  readonly order: Order;
  readonly guild: string | null;
  /** Says what kind of place that is; Discord may have to be asked. */
  readonly find: () => Promise<Spot>;
  readonly asker: string;
  readonly standing: Inquiry["standing"];
  readonly delivery: string;
}

/** How something that came in is answered, whatever it asks. */
export type Answering = Omit<Given, "order">;

type Asker = Pick<Given, "asker" | "standing">;

export interface Desk {
  /** A question out of a message; `find` says where it stands. */
  message(heard: Heard, find: () => Promise<Spot>): Promise<void>;
  /** A slash command that was deferred. */
  order(given: Given): Promise<void>;
  /** Publishes a kept reply where its button stood, beside the message with the button. */
  share(given: Answering, question: string, reply: Reply): Promise<void>;
}

export interface DeskDeps {
  readonly newsroom: Newsroom;
  readonly outbox: Outbox;
  readonly memory: Memory;
  readonly conversations: Conversations;
  readonly work: Work;
  readonly logger: Logger;
  /** Whether the words of messages that do not mention Dateline reach it. */
  readonly hearsThreads: () => boolean;
}

const name = "discord";

const outsideHint: readonly Inline[] = [
  {
    kind: "text",
    text: "I cannot post in this channel, only answer commands. Add me to the server, or let my role see the channel and write in it.",
  },
];

const managersOnly =
  "Only somebody who may manage this server or this channel (“Manage Server” or “Manage Channels”) may do that here.";

function placeOf({ guild, channel }: Spot, thread: string | null): Place {
  return { adapter: name, workspace: guild, channel, thread };
}

export function createDesk(deps: DeskDeps): Desk {
  const { newsroom, outbox, memory, conversations, work, logger } = deps;
  const lanes = createLanes();
  const posters = createPosters(outbox.poster, logger);

  async function inquiry(spot: Spot, asker: string, over: Partial<Inquiry>): Promise<Inquiry> {
    const place = over.place ?? placeOf(spot, spot.thread);
    const collections = await newsroom.collections(place);
    return { text: "", asker, place, follows: null, collections, standing: "guest", timeZone: null, ...over };
  }

  async function ask(
    spot: Spot,
    asker: string,
    text: string,
    { thread, follows }: Conversation,
    outlet: string | undefined,
  ): Promise<Reply> {
    const narrowed = outlet === undefined ? {} : { outlet };
    const asked = await inquiry(spot, asker, { text, follows, place: placeOf(spot, thread), ...narrowed });
    return work.inTurn(() => newsroom.ask(asked));
  }

  /** A direct conversation and a thread are one conversation each; in a channel every question begins its own. */
  function home({ guild, thread, into }: Spot): string | null {
    return guild === null ? into : thread;
  }

  async function conversationOf({ repliesTo, message }: Heard, spot: Spot): Promise<Conversation> {
    const where = home(spot);
    const answered = repliesTo === null ? null : await conversations.answer(repliesTo);
    if (answered !== null) return conversations.turn(where, answered, message);
    return where === null ? { thread: null, follows: null } : conversations.current(where);
  }

  /** What is asked in private goes on from the conversation that everybody sees, and leaves no trace in it. */
  async function conversationAt(spot: Spot, audience: Audience): Promise<Conversation> {
    const where = home(spot);
    if (where === null) return { thread: null, follows: null };
    const current = await conversations.current(where);
    if (audience === "everyone") return current;
    const context = await newsroom.context(placeOf(spot, current.thread));
    return { thread: null, follows: context?.answerId ?? current.follows };
  }

  function entryOf({ name: called, subcommand }: Command): SubcommandSpec | undefined {
    const spec = newsroom.commands.find((one) => one.name === called);
    return spec?.subcommands.find((one) => one.name === subcommand) ?? spec;
  }

  /** On Discord everybody can be a member, so what changes a place is for those who manage it. */
  function checkStanding(command: Command, { standing }: Asker): void {
    const entry = entryOf(command);
    if (entry && entry.who !== "everyone" && standing !== "manager") throw new NewsroomError("usage", managersOnly);
  }

  async function run(command: Command, spot: Spot, { asker, standing }: Asker): Promise<ReplyPart> {
    checkStanding(command, { asker, standing });
    const asked = await inquiry(spot, asker, { standing });
    // Not in turn: a command may wait for the network, and questions should not wait for that.
    const part = withoutThread(await newsroom.run(command, asked));
    return command.name === "help" ? helpPart(part, newsroom.commands, deps.hearsThreads()) : part;
  }

  async function tell(given: Answering, part: ReplyPart, audience: Audience): Promise<void> {
    await posters.inPlace(given, audience).post(renderPart(part, plainRendering), given.delivery);
  }

  async function answerPrivately(given: Answering, question: string, reply: Reply): Promise<void> {
    const { delivery, asker } = given;
    await memory.keepPrivate(delivery, { question, reply });
    const part = underQuestion(question, withoutThread(reply));
    const offers = { kinds: ["share", "delete", "feedback"] as const, owner: { asker, delivery } };
    const poster = posters.inPlace(given, "asker");
    await poster.post(renderPart(part, { ...plainRendering, offers }), delivery);
  }

  async function publish(given: Answering, question: string, reply: Reply, poster: Poster): Promise<void> {
    const { asker, delivery, inside, guild } = given;
    if (inside) {
      const spot = await given.find();
      const main = underQuestion(question, reply.main);
      await outbox.publish({ spot, poster, main, reply, question, asker, delivery });
      return;
    }
    const part = underQuestion(question, withoutThread(reply));
    const hinted = guild === null ? part : followedBy(part, ...outsideHint);
    const offers = { kinds: ["delete", "feedback"] as const, owner: { asker, delivery } };
    await poster.post(renderPart(hinted, { ...plainRendering, offers }), delivery);
  }

  async function carryOut(given: Given): Promise<void> {
    const { command, private: wanted } = given.order;
    const audience: Audience = wanted ? "asker" : "everyone";
    const { question, outlet } = command.options;
    const spot = await given.find();
    if (command.name !== "ask" || question === undefined) {
      const part = await run(command, spot, given);
      const changes = audience === "everyone" && entryOf(command)?.who !== "everyone";
      await tell(given, changes && !given.inside ? followedBy(part, ...outsideHint) : part, audience);
      return;
    }
    const reply = await ask(spot, given.asker, question, await conversationAt(spot, audience), outlet);
    if (audience === "asker") await answerPrivately(given, question, reply);
    else await publish(given, question, reply, posters.inPlace(given, "everyone"));
  }

  async function answer(heard: Heard, spot: Spot): Promise<void> {
    const to = { channel: spot.into, replyTo: heard.message };
    const delivery = `m${heard.message}`;
    if (/^(?:help[?!.\s]*)?$/iu.test(heard.text)) {
      const help = { name: "help", subcommand: null, options: {} };
      await outbox.post(to, await run(help, spot, { asker: heard.asker, standing: "guest" }), delivery);
      return;
    }
    const reply = await ask(spot, heard.asker, heard.text, await conversationOf(heard, spot), undefined);
    const { text: question, asker } = heard;
    await outbox.publish({ spot, poster: outbox.poster(to), main: reply.main, reply, question, asker, delivery });
  }

  /** Says what is wrong to the person who asked, and takes away what everybody was told to wait for. */
  async function tellAsker(given: Given, part: ReplyPart): Promise<void> {
    if (given.order.private) return tell(given, part, "asker");
    const label = { delivery: `${given.delivery}-error`, piece: 0 };
    try {
      await given.respond.deleteOriginal();
      for (const message of renderPart(part, plainRendering)) await given.respond.followUp(message, "asker", label);
    } catch (error) {
      if (isTooLate(error)) throw error;
      await tell(given, part, "everyone");
    }
  }

  /** Runs `task`; what fails is logged and said with `say`, and if that fails too, logged. */
  async function orSay(
    where: Readonly<Record<string, unknown>>,
    task: () => Promise<void>,
    say: (part: ReplyPart) => Promise<unknown>,
  ) {
    try {
      await task();
    } catch (error) {
      if (isTurnedAway(error)) logger.info(`Turned away: ${error.message}`, where);
      else logger.error(`A question could not be answered: ${sentenceFor(error)}`, { ...where, error });
      try {
        await say(saying(sentenceFor(error)));
      } catch (silent) {
        logger.error("The person could not be told", { ...where, error: silent });
      }
    }
  }

  return {
    share: (given, question, reply) => publish(given, question, reply, posters.beside(given)),
    // In one conversation a follow-up waits for what it follows.
    message: (heard, find) =>
      lanes.run(heard.channel, () =>
        orSay(
          { guild: heard.guild, channel: heard.channel },
          async () => answer(heard, await find()),
          (part) => outbox.post({ channel: heard.channel, replyTo: heard.message }, part, `m${heard.message}-error`),
        ),
      ),
    order: (given) =>
      orSay(
        { guild: given.guild, channel: given.into },
        () => carryOut(given),
        (part) => tellAsker(given, part),
      ),
  };
}
