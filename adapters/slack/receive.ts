/** What Slack sends, as what a person meant: pure, and null for everything that is not for Dateline to answer. */
import { readCommand } from "../../src/platform/command-text.ts";
import type { Command, CommandSpec, Place } from "../../src/ports.ts";
import { slashCommands } from "./help.ts";
import { written } from "./mrkdwn.ts";

/** Who Dateline is in this workspace. */
export interface Self {
  readonly userId: string;
  readonly botId: string | null;
  readonly workspace: string;
}

/** A question, or a message that may be one. */
export interface Heard {
  /** As the person wrote it, without the mention and the flag. */
  readonly text: string;
  readonly asker: string;
  /** `thread` is where the context of a conversation is kept; null when the answer itself begins the thread. */
  readonly place: Place;
  /** The message under which the answer goes; null for the conversation itself. */
  readonly under: string | null;
  /** Whether the thread that the answer stands in is Dateline's: it begins with the question or with the answer. */
  readonly beginsThread: boolean;
  /** `asker`: only the person who asked sees the answer. */
  readonly audience: "everyone" | "asker";
  /** True when nobody called Dateline: then it answers only in a thread that began with an answer of its own. */
  readonly uncalled: boolean;
  /** Said to Dateline alone, in a direct message. */
  readonly direct: boolean;
  /** The only outlet to answer from, if one was named. */
  readonly outlet: string | null;
}

/** The fields of Slack's events that are read; everything else is ignored. */
export interface MessageLike {
  readonly type: string;
  readonly subtype?: string | undefined;
  readonly text?: string | undefined;
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly channel: string;
  readonly channel_type?: string | undefined;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly edited?: unknown;
}

/** The fields of a slash command that are read. */
export interface CommandLike {
  readonly command: string;
  readonly text?: string | undefined;
  readonly user_id: string;
  readonly channel_id: string;
}

/** What a slash command asks for. */
export type Order =
  | { readonly kind: "ask"; readonly heard: Heard }
  | { readonly kind: "run"; readonly command: Command; readonly heard: Heard };

/** Messages that a person wrote; all other subtypes are edits, joins, bots and the like. */
const personal = [undefined, "file_share", "thread_broadcast"];

/** `--private` first or last; phones and Macs make one dash of two. */
const privately = /^\s*(?:--|[–—―])private(?=\s|$)|(?:^|\s)(?:--|[–—―])private\s*$/iu;

/** Where a direct message keeps its context as long as it is not in a thread. */
const directSession = "direct";

/** Takes the flag out of a text and says whether it was there. */
export function takePrivate(text: string): { readonly text: string; readonly wanted: boolean } {
  return { text: text.replace(privately, "").trim(), wanted: privately.test(text) };
}

function isForeign(event: MessageLike, self: Self): boolean {
  return (
    !personal.includes(event.subtype) ||
    event.user === undefined ||
    event.user === self.userId ||
    event.bot_id !== undefined ||
    event.edited !== undefined
  );
}

function withoutMention(text: string, self: Self): string {
  return written(text.replaceAll(new RegExp(`<@${self.userId}(?:\\|[^>]*)?>`, "g"), " "))
    .replace(/\s+/gu, " ")
    .trim();
}

function calls(text: string, self: Self): boolean {
  return new RegExp(`<@${self.userId}(?:\\||>)`).test(text);
}

/** Whether a message in a channel's thread is meant for somebody else. */
function addressesOthers(text: string): boolean {
  return /<@[UW][A-Z0-9]+|<!(?:here|channel|everyone|subteam)/.test(text);
}

/**
 * A message or mention as what a person said, or null: for bots, edits, joins, and for messages in channels that neither
 * call Dateline nor stand in a thread. A message in a channel that mentions Dateline is null too: `app_mention` brings it.
 */
export function heardMessage(event: MessageLike, self: Self): Heard | null {
  if (isForeign(event, self)) return null;
  const raw = event.text ?? "";
  const direct = event.channel_type === "im" || (event.channel_type === undefined && event.channel.startsWith("D"));
  const mention = event.type === "app_mention";
  const threadTs = event.thread_ts ?? null;
  if (!mention && !direct && (threadTs === null || calls(raw, self) || addressesOthers(raw))) return null;
  // A mention begins a thread of its own; a direct message is one conversation until a thread is used.
  const under = threadTs ?? (direct ? null : event.ts);
  const { text } = takePrivate(withoutMention(raw, self));
  return {
    text,
    asker: event.user!,
    place: { adapter: "slack", workspace: self.workspace, channel: event.channel, thread: under ?? directSession },
    under,
    beginsThread: threadTs === null,
    audience: "everyone",
    uncalled: !mention && !direct,
    direct,
    outlet: null,
  };
}

/** Something without words yet, said by this person at this place to everyone, in no thread. */
export function heardAt(place: Place, asker: string): Heard {
  return {
    text: "",
    asker,
    place,
    under: null,
    beginsThread: true,
    audience: "everyone",
    uncalled: false,
    direct: false,
    outlet: null,
  };
}

function commandHeard(command: CommandLike, text: string, self: Self): Heard {
  const { text: asked, wanted } = takePrivate(written(text));
  const place = { adapter: "slack", workspace: self.workspace, channel: command.channel_id, thread: null };
  return { ...heardAt(place, command.user_id), text: asked, audience: wanted ? "asker" : "everyone" };
}

/**
 * A slash command as an order. `/dateline NAME …` is `/NAME …`; `/dateline` alone, and a name that the table does not
 * have, is `/dateline help`.
 */
export function heardCommand(command: CommandLike, specs: readonly CommandSpec[], self: Self): Order {
  const [, first = "", rest = ""] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(command.text ?? "") ?? [];
  const own = command.command.replace(/^\//, "").toLowerCase();
  const name = own === "dateline" ? first.toLowerCase() : own;
  const heard = commandHeard(command, own === "dateline" ? rest : (command.text ?? ""), self);
  const spec = slashCommands(specs).find((candidate) => candidate.name === name);
  if (!spec && name === "ask") return { kind: "ask", heard };
  if (!spec) return { kind: "run", command: { name: "help", subcommand: null, options: {} }, heard };
  const read = readCommand(spec, heard.text);
  if (name !== "ask") return { kind: "run", command: read, heard };
  const { question = "", outlet = null } = read.options;
  return { kind: "ask", heard: { ...heard, text: question, outlet } };
}
