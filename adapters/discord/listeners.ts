/** What happens on each thing that Discord sends: acknowledged first, then answered once and only once. */
import type { Logger } from "../../src/logger.ts";
import type { Memory } from "../../src/platform/memory.ts";
import type { Work } from "../../src/platform/work.ts";
import type { Newsroom, OptionRef } from "../../src/ports.ts";
import { mayPost } from "./access.ts";
import { type Channels, type Spot, spotOf } from "./channels.ts";
import type { Conversations } from "./conversations.ts";
import type { Answering, Desk } from "./desk.ts";
import type { HandlePress } from "./presses.ts";
import {
  type Heard,
  heardMessage,
  type InteractionLike,
  isThread,
  type MessageLike,
  orderOf,
  pressOf,
  privateContext,
  type Scene,
  type Self,
  sceneOf,
  typingOf,
} from "./receive.ts";
import { createRespond } from "./respond.ts";
import type { Rest } from "./rest.ts";

export interface ListenerDeps {
  readonly newsroom: Newsroom;
  readonly rest: Rest;
  readonly channels: Channels;
  readonly conversations: Conversations;
  readonly memory: Memory;
  readonly desk: Desk;
  readonly handlePress: HandlePress;
  readonly work: Work;
  readonly logger: Logger;
  readonly self: () => Self;
}

export interface Listeners {
  message(event: MessageLike): void;
  interaction(event: InteractionLike): void;
}

/** Kinds of interactions by Discord's numbers. */
const kinds = { command: 2, press: 3, typing: 4 } as const;

export function createListeners(deps: ListenerDeps): Listeners {
  const { newsroom, rest, channels, conversations, memory, desk, handlePress, work, logger, self } = deps;

  /** Whether an answer or a digest of ours, or the thread under one, is what this message goes on with. */
  async function isOurs({ channel, repliesTo, text }: Heard): Promise<boolean> {
    if (repliesTo !== null && (await conversations.hears(repliesTo, text))) return true;
    const type = channels.type(channel);
    if (type !== null && !isThread(type)) return false;
    return conversations.hears(channel, text);
  }

  async function spotAt(scene: Scene): Promise<Spot> {
    const { guild, channel, type, into } = scene;
    if (guild !== null && (type === null || channel === null)) return channels.spot(into, guild);
    return spotOf(into, guild, type, channel);
  }

  /** Whether messages of our own can stand there. */
  function isInside({ guild, thread, appMay }: Scene, event: InteractionLike): boolean {
    if (guild === null) return event.context !== privateContext;
    return channels.isMember(guild) && (appMay === null || mayPost(appMay, thread !== null));
  }

  function answering(event: InteractionLike, scene: Scene): Answering {
    const { guild, into, asker, standing } = scene;
    const respond = createRespond(rest, self().applicationId, event, logger);
    const find = () => spotAt(scene);
    return { guild, into, find, asker, standing, inside: isInside(scene, event), delivery: `i${event.id}`, respond };
  }

  async function command(event: InteractionLike, scene: Scene): Promise<void> {
    const order = orderOf(event, newsroom.commands);
    const given = answering(event, scene);
    if (await given.respond.defer(order.private ? "asker" : "everyone")) await desk.order({ ...given, order });
  }

  async function press(event: InteractionLike, scene: Scene): Promise<void> {
    const pressed = pressOf(event);
    if (pressed !== null) await handlePress({ ...answering(event, scene), pressed });
  }

  async function typing(event: InteractionLike, scene: Scene): Promise<void> {
    const asked = typingOf(event);
    if (asked === null) return;
    const respond = createRespond(rest, self().applicationId, event, logger);
    try {
      await respond.suggest(await completions(asked.ref, asked.typed, scene));
    } catch (error) {
      logger.warn("Nothing could be offered to complete an option", { ...asked.ref, error });
      await respond.suggest([]);
    }
  }

  async function completions(ref: OptionRef, typed: string, scene: Scene): Promise<readonly string[]> {
    const { guild, channel, thread } = await spotAt(scene);
    const place = { adapter: "discord", workspace: guild, channel, thread };
    const collections = await newsroom.collections(place);
    const { asker, standing } = scene;
    const inquiry = { text: "", asker, place, follows: null, collections, standing, timeZone: null };
    return newsroom.complete(ref, typed, inquiry);
  }

  return {
    message(event) {
      const ownRole = event.guild_id === undefined ? null : channels.ownRole(event.guild_id);
      const heard = heardMessage(event, self(), ownRole);
      if (heard === null) return;
      work.begin(async () => {
        if (heard.uncalled && !(await isOurs(heard))) return;
        // The message itself is its name: it is the same in every delivery, after a resume too.
        if (!(await memory.first(`message:${heard.message}`))) return;
        await desk.message(heard, () => channels.spot(heard.channel, heard.guild));
      });
    },
    interaction(event) {
      const scene = sceneOf(event);
      if (scene === null) return;
      if (event.type === kinds.command) work.begin(() => command(event, scene));
      else if (event.type === kinds.press) work.begin(() => press(event, scene));
      else if (event.type === kinds.typing) work.begin(() => typing(event, scene));
    },
  };
}
