/** What Discord sends, as what a person meant: pure, and null for everything that is not for Dateline to answer. */
import type { Command, CommandSpec, Inquiry, OptionRef } from "../../src/ports.ts";
import { manages } from "./access.ts";
import { type Pressed, pressed } from "./buttons.ts";
import { written } from "./markdown.ts";

/** Who Dateline is. */
export interface Self {
  readonly userId: string;
  readonly applicationId: string;
}

/** A question, or a message that may be one. */
export interface Heard {
  /** As the person wrote it, without the mention. */
  readonly text: string;
  readonly asker: string;
  /** The server; null in a direct message. */
  readonly guild: string | null;
  /** Where it was said: a channel, a thread or a direct conversation. */
  readonly channel: string;
  readonly message: string;
  /** The message that it replies to, or null. */
  readonly repliesTo: string | null;
  /** True when nobody called Dateline: then it answers only in a thread of its own, or under its own answer. */
  readonly uncalled: boolean;
}

/** The fields of a message that are read; everything else is ignored. */
export interface MessageLike {
  readonly id: string;
  readonly channel_id: string;
  readonly guild_id?: string | undefined;
  readonly type: number;
  readonly content: string;
  readonly author: { readonly id: string; readonly bot?: boolean | undefined };
  readonly webhook_id?: string | undefined;
  readonly mentions: readonly {
    readonly id: string;
    readonly username: string;
    readonly global_name?: string | null;
  }[];
  readonly mention_roles: readonly string[];
  readonly mention_everyone: boolean;
  readonly message_reference?:
    | { readonly message_id?: string | undefined; readonly type?: number | undefined }
    | undefined;
  readonly referenced_message?: { readonly author: { readonly id: string } } | null | undefined;
}

/** Messages that a person wrote: a message, a reply to one. */
const personal = [0, 19];

/**
 * A message as what a person said, or null: for bots, webhooks and system messages, and for messages that neither call
 * Dateline nor could be a follow-up. `ownRole` is the role that Discord made for Dateline in the server: people mention it
 * when they mean Dateline.
 */
export function heardMessage(event: MessageLike, self: Self, ownRole: string | null): Heard | null {
  if (event.author.bot || event.webhook_id !== undefined || !personal.includes(event.type)) return null;
  const direct = event.guild_id === undefined;
  const byRole = ownRole !== null && event.mention_roles.includes(ownRole);
  const called = direct || byRole || event.mentions.some(({ id }) => id === self.userId);
  const repliesTo = event.type === 19 ? (event.message_reference?.message_id ?? null) : null;
  const names = new Map(event.mentions.map(({ id, username, global_name }) => [id, global_name ?? username]));
  names.set(self.userId, " ");
  const text = written(event.content, names).replace(/\s+/gu, " ").trim();
  if (!called && (text === "" || addressesOthers(event, self))) return null;
  return {
    text,
    asker: event.author.id,
    guild: event.guild_id ?? null,
    channel: event.channel_id,
    message: event.id,
    repliesTo,
    uncalled: !called,
  };
}

/** Whether a message is meant for somebody else. */
function addressesOthers(event: MessageLike, self: Self): boolean {
  const answered = event.referenced_message?.author.id;
  return (
    event.mentions.length > 0 ||
    event.mention_roles.length > 0 ||
    event.mention_everyone ||
    (answered !== undefined && answered !== self.userId)
  );
}

/** Where an interaction happened, and what may be done there. */
export interface Scene {
  readonly guild: string | null;
  /** The channel, or a thread's parent: what `collections` are allowed to. Null where Discord does not tell the parent. */
  readonly channel: string | null;
  /** The thread that it happened in, or null. */
  readonly thread: string | null;
  /** What kind of channel `channel` or `thread` is, by Discord's number; null where it does not say. */
  readonly type: number | null;
  /** Where messages go: the thread, else the channel. */
  readonly into: string;
  readonly asker: string;
  readonly standing: Inquiry["standing"];
  /** What the app may do here, as Discord's bitfield; null where it does not say. */
  readonly appMay: string | null;
}

/** The fields of an interaction that are read. */
export interface InteractionLike {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly guild_id?: string | undefined;
  readonly channel_id?: string | undefined;
  readonly channel?: { readonly id: string; readonly type?: number; readonly parent_id?: string | null } | undefined;
  readonly member?: { readonly user: { readonly id: string }; readonly permissions?: string | undefined } | undefined;
  readonly user?: { readonly id: string } | undefined;
  readonly app_permissions?: string | undefined;
  /** Server, direct conversation with Dateline, or a conversation of others that it is no member of. */
  readonly context?: number | null | undefined;
  readonly data?: unknown;
}

/** Threads: of an announcement, public, private. https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const threadTypes = [10, 11, 12];

/** A conversation between people, where Dateline answers only because one of them has installed it. */
export const privateContext = 2;

/** Whether a channel of this type is a thread. */
export function isThread(type: number | null): boolean {
  return type !== null && threadTypes.includes(type);
}

/** Where an interaction happened; null for one without a channel or a person. */
export function sceneOf(event: InteractionLike): Scene | null {
  const into = event.channel?.id ?? event.channel_id;
  const asker = event.member?.user.id ?? event.user?.id;
  if (into === undefined || asker === undefined) return null;
  const type = event.channel?.type ?? null;
  const thread = isThread(type) ? into : null;
  return {
    guild: event.guild_id ?? null,
    channel: thread === null ? into : (event.channel?.parent_id ?? null),
    thread,
    type,
    into,
    asker,
    standing: manages(event.member?.permissions ?? "0") ? "manager" : "guest",
    appMay: event.app_permissions ?? null,
  };
}

/** What a slash command asks for. */
export interface Order {
  readonly command: Command;
  /** Only the person who asked is to see the answer. */
  readonly private: boolean;
}

interface OptionLike {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly options?: readonly OptionLike[];
  readonly focused?: boolean;
}

interface CommandDataLike {
  readonly name: string;
  readonly options?: readonly OptionLike[];
}

const subcommandType = 1;
/** The option that Discord's commands for asking have beside the core's. */
export const privateOption = "private";

function read(event: InteractionLike) {
  const { name, options = [] } = event.data as CommandDataLike;
  const inner = options.find(({ type }) => type === subcommandType);
  return { name, subcommand: inner?.name ?? null, options: inner ? (inner.options ?? []) : options };
}

/** A slash command as an order; what the table calls private is private. A flag that is false is not given. */
export function orderOf(event: InteractionLike, specs: readonly CommandSpec[]): Order {
  const { name, subcommand, options } = read(event);
  const given = options.filter(({ value }) => value !== undefined && value !== false);
  const own = name === "ask" ? given.filter((option) => option.name === privateOption) : [];
  const spec = specs.find((one) => one.name === name);
  const entry = spec?.subcommands.find((one) => one.name === subcommand) ?? spec;
  return {
    command: {
      name,
      subcommand,
      options: Object.fromEntries(
        given.filter((option) => !own.includes(option)).map((option) => [option.name, String(option.value)]),
      ),
    },
    private: own.length > 0 || entry?.private === true,
  };
}

/** The option that somebody is typing, and what they have typed; null when there is none. */
export function typingOf(event: InteractionLike): { readonly ref: OptionRef; readonly typed: string } | null {
  const { name, subcommand, options } = read(event);
  const focused = options.find((option) => option.focused === true);
  return focused
    ? { ref: { command: name, subcommand, option: focused.name }, typed: String(focused.value ?? "") }
    : null;
}

/** A press on a button of ours, or null for anything else that can be pressed. */
export function pressOf(event: InteractionLike): Pressed | null {
  const { custom_id } = (event.data ?? {}) as { readonly custom_id?: unknown };
  return typeof custom_id === "string" ? pressed(custom_id) : null;
}
