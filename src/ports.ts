/** The seam: what an adapter gets from the core and what the core gets from an adapter. */
import type { Answer, Context } from "./answer/answer.ts";
import type { StoredDocument } from "./corpus/document.ts";
import type { Digest, DigestSummary } from "./digest/digest.ts";
import type { MeasureListener } from "./measures.ts";
import type { Reply, ReplyPart } from "./reply/reply.ts";

/** Where something is said. Only its adapter reads the fields; the core compares and stores them. */
export interface Place {
  readonly adapter: string;
  /** A workspace, a guild; null for the terminal. */
  readonly workspace: string | null;
  readonly channel: string | null;
  /** The thread's root, or a session; null when there is none yet. */
  readonly thread: string | null;
}

/**
 * What somebody may do at a place; each adapter says what that is on its platform. A guest asks and reads; a member may
 * change what the place gets (its digests); a manager may change what the place answers from (its feeds).
 */
export type Standing = "guest" | "member" | "manager";

/** A question or command on its way in. */
export interface Inquiry {
  readonly text: string;
  readonly asker: string | null;
  /** Null for a one-off question that nothing follows: then nothing is remembered. */
  readonly place: Place | null;
  /** The answer under which this thread began, when the thread itself has no context yet. */
  readonly follows: string | null;
  /** Collections that the place may see. */
  readonly collections: readonly string[];
  readonly standing: Standing;
  /** The asker's own IANA time zone, where the platform tells it. */
  readonly timeZone: string | null;
  /** Only what this outlet published; without it, a follow-up keeps the one before. */
  readonly outlet?: string;
  /** At most three unless more are asked for. */
  readonly claims?: number;
}

export interface OptionSpec {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly kind: "text" | "choice" | "flag";
  readonly choices?: readonly string[];
  /** Whether `complete` has something to offer for it. */
  readonly completes?: true;
}

/** What a command, or one of its subcommands, is and takes. */
export interface SubcommandSpec {
  readonly name: string;
  readonly help: string;
  /** The least standing that may run it. */
  readonly who: "everyone" | "members" | "managers";
  /** The reply is for the asker's eyes only, where the platform can do that. */
  readonly private: boolean;
  readonly options: readonly OptionSpec[];
  /** An example as a person would type it, without the platform's prefix. */
  readonly example: string;
}

/** One entry of the core's command table; adapters register what is listed. With subcommands it has no options itself. */
export interface CommandSpec extends SubcommandSpec {
  readonly subcommands: readonly SubcommandSpec[];
}

export interface Command {
  readonly name: string;
  /** Null for a command that has none, or when none was named. */
  readonly subcommand: string | null;
  /** A flag is "true". */
  readonly options: Readonly<Record<string, string>>;
}

export interface OptionRef {
  readonly command: string;
  readonly subcommand: string | null;
  readonly option: string;
}

export interface DocumentSummary {
  readonly id: string;
  readonly revision: number;
  readonly collection: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly published: string | null;
  readonly url: string | null;
  readonly nearDuplicateOf: string | null;
  readonly passages: number;
}

/** One revision of a document, as a list of them names it. */
export interface DocumentRevision {
  /** Counts from 1. */
  readonly revision: number;
  readonly collection: string;
  readonly title: string;
  readonly outlet: string | null;
  readonly published: string | null;
}

/** What collections hold, counted. */
export interface CorpusCounts {
  readonly documents: number;
  readonly passages: number;
  /** First and last day of publication, or null when no document prints one. */
  readonly from: string | null;
  readonly to: string | null;
  /** The largest first, then by name; null stands for documents that name no outlet. */
  readonly outlets: readonly { readonly outlet: string | null; readonly documents: number }[];
}

/** A feed and how it fares; times in milliseconds since the epoch. */
export interface FeedSummary {
  readonly id: string;
  /** Never empty: its host until it has been read, or where it names no title. */
  readonly title: string;
  readonly address: string;
  /** The site it belongs to: http or https, or null. */
  readonly home: string | null;
  readonly collection: string;
  /** What its items are cited as, or null. */
  readonly outlet: string | null;
  /** `gone`: nobody asks for it any more; `failing`: the last try failed, and it is tried again. */
  readonly state: "active" | "failing" | "paused" | "gone";
  /** What is wrong, in words a reporter understands; null when nothing is. */
  readonly problem: string | null;
  readonly lastSuccessAt: number | null;
  /** Null when it is not tried again. */
  readonly nextTryAt: number | null;
  /** How many items it brings a day; null until it has been read. */
  readonly itemsADay: number | null;
}

/** How many documents the feeds of one outlet brought on one day. */
export interface DayCount {
  /** ISO date in UTC: of publication where the item gives it, else of arrival. */
  readonly day: string;
  readonly outlet: string | null;
  readonly items: number;
}

/** What a page shows. */
export interface Reader {
  counts(collections: readonly string[]): Promise<CorpusCounts>;
  /** Current documents of these collections in order of id, `limit` at a time, after the id `after`. */
  documents(
    collections: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DocumentSummary[]>;
  /** A document's revision (the current one without `revision`), or null; only within `collections`. */
  document(id: string, collections: readonly string[], revision?: number): Promise<StoredDocument | null>;
  /** The revisions of a document, the newest first; none outside `collections`. */
  revisions(id: string, collections: readonly string[]): Promise<readonly DocumentRevision[]>;
  /** An answer given earlier in a place, or null. */
  answer(id: string): Promise<Answer | null>;
  /** The feeds of these collections, by title. */
  feeds(collections: readonly string[]): Promise<readonly FeedSummary[]>;
  /** What feeds brought to these collections on the last `days` days, by day and outlet; the latest day first. */
  arrivals(collections: readonly string[], days: number): Promise<readonly DayCount[]>;
  /** Kept digests over nothing but these collections, the latest first, `limit` at a time, after the id `after`. */
  digests(
    collections: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DigestSummary[]>;
  /** A kept digest with why each story is in it and what was left out, or null; only within `collections`. */
  digest(id: string, collections: readonly string[]): Promise<Digest | null>;
}

/** What an adapter remembers between restarts; each adapter sees its own names only. */
export interface AdapterState {
  /** Keeps `value` under `key` unless something is there; true when it was kept. It expires after `ttlMs`. */
  putOnce(key: string, value: string, ttlMs: number): Promise<boolean>;
  get(key: string): Promise<string | null>;
  remove(key: string): Promise<void>;
}

export interface Feedback {
  readonly answerId: string;
  readonly asker: string | null;
  readonly verdict: "good" | "bad";
}

/** The only door to the core. */
export interface Newsroom {
  readonly commands: readonly CommandSpec[];
  ask(inquiry: Inquiry, signal?: AbortSignal): Promise<Reply>;
  run(command: Command, inquiry: Inquiry, signal?: AbortSignal): Promise<Reply>;
  complete(option: OptionRef, prefix: string, inquiry: Inquiry): Promise<readonly string[]>;
  readonly read: Reader;
  /** The collections a place may see: the channel's, else the workspace's, else the default. */
  collections(place: Place): Promise<readonly string[]>;
  /** Keeps one verdict a person and answer; the last one counts. */
  feedback(feedback: Feedback): Promise<void>;
  /** The context of a thread, or null; adapters use it to know whether they have a part in it. */
  context(place: Place): Promise<Context | null>;
  /** Calls `listener` with every question, feed and delivery from now on, until the returned function is called. */
  watch(listener: MeasureListener): () => void;
  /** Resolves when store and search answer; rejects with what keeps them from it. */
  ready(): Promise<void>;
}

/** What makes the repetition of a post the same post. */
export interface Delivery {
  /** The same on every attempt: at most 64 printable ASCII characters. */
  readonly id: string;
  /**
   * When the first attempt began, in milliseconds since the epoch; null for a first attempt. With a time, something may
   * have arrived since then: the adapter looks before it posts.
   */
  readonly triedSince: number | null;
}

export interface Posted {
  /** The platform's id of the part's first message. */
  readonly id: string;
  /** Where what belongs under it is posted. */
  readonly thread: Place;
}

/** A platform. Four members, none optional. */
export interface Adapter {
  readonly name: string;
  start(newsroom: Newsroom): Promise<void>;
  /**
   * Digests, alerts, corrections; only to places the adapter made itself, or gave in `Posted`. A part may become several
   * messages, each with a name of its own made from the delivery's id. Rejects with `not-postable` where it cannot, and
   * with `uncertain` where nobody can tell whether the part arrived: it is then not repeated.
   */
  post(place: Place, part: ReplyPart, delivery: Delivery): Promise<Posted>;
  /** Answers what is in flight, then stops; may be called twice. */
  stop(): Promise<void>;
}
