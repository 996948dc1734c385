/** Interactions: what a person did, the token that answers it, and how long it may be used. */
import {
  InteractionResponseType as Answer,
  type APIMessage,
  InteractionType,
  MessageFlags,
  MessageType,
} from "discord-api-types/v10";
import { type Json, records } from "./components.ts";
import { Refusal, refuseForm } from "./refusal.ts";
import { messageEventOf } from "./told.ts";
import { type Channel, type Message, userOf, type World } from "./world.ts";

/** One interaction, as far as it has come. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly channel: Channel;
  readonly user: string;
  /** As it was sent over the gateway. */
  readonly payload: Json;
  /** The message whose component was pressed. */
  readonly source: Message | null;
  readonly bornAt: number;
  /** The callback's type; null until it was answered. */
  readonly answer: Answer | null;
  /** Milliseconds from its birth to its answer. */
  readonly answeredAfterMs: number | null;
  readonly choices: readonly Json[] | null;
  readonly modal: Json | null;
  /** The message that answers it; undefined while there is none or once it was deleted. */
  readonly original: Message | undefined;
  readonly followups: readonly Message[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What can be done with an interaction's token. */
export interface Tokens {
  /** Everything that people did, in order. */
  readonly all: readonly Interaction[];
  /** Remembers an interaction, its window open from now on. */
  issue(made: Pick<Interaction, "id" | "token" | "type" | "channel" | "user" | "payload" | "source">): Interaction;
  callback(id: string, token: string, body: Json): Message | undefined;
  followup(token: string, body: Json): Message;
  find(token: string, message: string): Message;
  edit(token: string, message: string, body: Json): Message;
  erase(token: string, message: string): void;
}

const tokenMs = 15 * 60_000;

/** Components, each with the id that Discord gives where none was sent. */
function numbered(components: readonly Json[]): Json[] {
  const taken = new Set<unknown>();
  const note = (component: Json): void => {
    taken.add(component.id);
    for (const inner of [...records(component.components), ...records([component.accessory])]) note(inner);
  };
  for (const component of components) note(component);
  let next = 1;
  const give = (component: Json): Json => {
    while (taken.has(next)) next += 1;
    const id = component.id ? component.id : next++;
    const components = Array.isArray(component.components)
      ? { components: records(component.components).map(give) }
      : {};
    const accessory = component.accessory ? { accessory: give(component.accessory as Json) } : {};
    return { ...component, id, ...components, ...accessory };
  };
  return components.map(give);
}

/** The message's own fields out of a body, as they come to stand in a message. */
export function contentOf(body: Json): Partial<APIMessage> {
  const { content, embeds, components, flags } = body as Partial<APIMessage>;
  return {
    ...(content === undefined ? {} : { content: content ?? "" }),
    ...(embeds === undefined ? {} : { embeds: embeds ?? [] }),
    ...(components === undefined
      ? {}
      : { components: numbered(records(components)) as unknown as APIMessage["components"] & object }),
    ...(flags === undefined ? {} : { flags }),
  };
}

/** Answers are taken for `windowMs` after the interaction. */
export function createTokens(world: World, windowMs: number): Tokens {
  const all: Mutable<Interaction>[] = [];

  function living(token: string): Mutable<Interaction> {
    const found = all.find((one) => one.token === token);
    if (!found || world.now() - found.bornAt > tokenMs) throw new Refusal("invalidWebhookToken");
    if (found.answer === null) throw new Refusal("unknownWebhook");
    return found;
  }

  /** Puts a message where the interaction was; only its author sees it when it is ephemeral. */
  function post(one: Interaction, body: Json, type: MessageType): Message {
    const isEphemeral = (Number(body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
    const message = world.post({
      ...contentOf(body),
      channel_id: one.channel.id,
      author: userOf(world.bot),
      application_id: world.application.id,
      webhook_id: world.application.id,
      type,
      interaction_metadata: {
        id: one.id,
        type: one.type,
        user: userOf(world.people.get(one.user)!),
        authorizing_integration_owners: {},
      } as NonNullable<APIMessage["interaction_metadata"]>,
      ephemeralTo: isEphemeral ? one.user : null,
    });
    tell("MESSAGE_CREATE", message);
    return message;
  }

  function tell(event: string, message: Message): void {
    const channel = world.channels.get(message.channel_id)!;
    world.happened(message.ephemeralTo === null ? event : "EPHEMERAL", messageEventOf(message, world), channel);
  }

  function change(message: Message, body: Json): Message {
    const before = (message.flags ?? 0) & ~(MessageFlags.Loading | MessageFlags.SuppressEmbeds);
    const changed = world.change(message, {
      ...contentOf(body),
      flags: before | Number(body.flags ?? (message.flags ?? 0) & MessageFlags.SuppressEmbeds),
      edited_timestamp: new Date(world.now()).toISOString(),
    });
    for (const one of all) {
      if (one.original?.id === message.id) one.original = changed;
      one.followups = one.followups.map((followup) => (followup.id === message.id ? changed : followup));
    }
    tell("MESSAGE_UPDATE", changed);
    return changed;
  }

  function found(one: Interaction, message: string): Message {
    const candidates = [...one.followups, ...(one.original ? [one.original] : [])];
    const known = message === "@original" ? one.original : candidates.find(({ id }) => id === message);
    const current = known && world.find(known.channel_id, known.id);
    if (!current) throw new Refusal("unknownMessage");
    return current;
  }

  function refuseWrongKind(one: Interaction, answer: Answer): void {
    const isTyping = one.type === InteractionType.ApplicationCommandAutocomplete;
    const updates = answer === Answer.UpdateMessage || answer === Answer.DeferredMessageUpdate;
    const fits =
      isTyping === (answer === Answer.ApplicationCommandAutocompleteResult) &&
      (!updates || one.type === InteractionType.MessageComponent) &&
      answer !== Answer.Pong;
    if (!fits)
      refuseForm([
        {
          path: "type",
          code: "INTERACTION_RESPONSE_TYPE_INVALID",
          message: `Not to an interaction of type ${one.type}`,
        },
      ]);
  }

  return {
    all,
    issue(made) {
      const one: Mutable<Interaction> = {
        ...made,
        bornAt: world.now(),
        answer: null,
        answeredAfterMs: null,
        choices: null,
        modal: null,
        original: undefined,
        followups: [],
      };
      all.push(one);
      return one;
    },
    callback(id, token, body) {
      const one = all.find((candidate) => candidate.id === id && candidate.token === token);
      const ageMs = one ? world.now() - one.bornAt : 0;
      if (!one || ageMs > windowMs) throw new Refusal("unknownInteraction");
      if (one.answer !== null) throw new Refusal("acknowledged");
      const answer = body.type as Answer;
      const data = (body.data ?? {}) as Json;
      refuseWrongKind(one, answer);
      one.answer = answer;
      one.answeredAfterMs = ageMs;
      if (answer === Answer.ChannelMessageWithSource) one.original = post(one, data, MessageType.ChatInputCommand);
      else if (answer === Answer.DeferredChannelMessageWithSource)
        one.original = post(
          one,
          { ...data, flags: Number(data.flags ?? 0) | MessageFlags.Loading },
          MessageType.ChatInputCommand,
        );
      else if (answer === Answer.UpdateMessage) one.original = change(one.source!, data);
      else if (answer === Answer.DeferredMessageUpdate) one.original = one.source!;
      else if (answer === Answer.ApplicationCommandAutocompleteResult) one.choices = records(data.choices);
      else if (answer === Answer.Modal) one.modal = data;
      world.happened("INTERACTION_ANSWERED", {}, one.channel);
      return one.original;
    },
    followup(token, body) {
      const one = living(token);
      // The first message after a deferral takes its place, and is seen by whom the deferral was; not once it is deleted.
      const deferred = one.original && world.find(one.original.channel_id, one.original.id);
      if (deferred && ((deferred.flags ?? 0) & MessageFlags.Loading) !== 0)
        return change(deferred, { ...body, flags: Number(body.flags ?? 0) & ~MessageFlags.Ephemeral });
      if (world.isOutside(one.channel) && one.followups.length >= 5) throw new Refusal("tooManyFollowups");
      const message = post(one, body, MessageType.Default);
      one.followups = [...one.followups, message];
      return message;
    },
    find: (token, message) => found(living(token), message),
    edit: (token, message, body) => change(found(living(token), message), body),
    erase(token, message) {
      const one = living(token);
      const gone = found(one, message);
      world.erase(gone);
      const { id, channel_id } = gone;
      const channel = world.channels.get(channel_id) ?? null;
      const event = gone.ephemeralTo === null ? "MESSAGE_DELETE" : "EPHEMERAL";
      world.happened(event, { id, channel_id, guild_id: channel?.guild ?? undefined }, channel);
    },
  };
}
