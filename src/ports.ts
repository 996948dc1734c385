/** The seam: what an adapter gets from the core and what the core gets from an adapter. */
import type { Answer, Context } from "./answer/answer.ts";
import type { StoredDocument } from "./corpus/document.ts";
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
  /** At most three unless more are asked for. */
  readonly claims?: number;
}

export interface OptionSpec {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly kind: "text" | "choice" | "flag";
  readonly choices?: readonly string[];
}

/** One entry of the core's command table; adapters register what is listed. */
export interface CommandSpec {
  readonly name: string;
  readonly help: string;
  readonly who: "everyone" | "operators";
  readonly options: readonly OptionSpec[];
  /** An example as a person would type it, without the platform's prefix. */
  readonly example: string;
}

export interface Command {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface OptionRef {
  readonly command: string;
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

/** What a page shows. */
export interface Reader {
  /** Current documents of these collections in order of id, `limit` at a time, after the id `after`. */
  documents(
    collections: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DocumentSummary[]>;
  /** A document's revision (the current one without `revision`), or null; only within `collections`. */
  document(id: string, collections: readonly string[], revision?: number): Promise<StoredDocument | null>;
  /** An answer given earlier in a place, or null. */
  answer(id: string): Promise<Answer | null>;
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
}

export interface Posted {
  readonly place: Place;
  readonly id: string;
}

/** A platform. Four members, none optional. */
export interface Adapter {
  readonly name: string;
  start(newsroom: Newsroom): Promise<void>;
  /** Digests, alerts, corrections; only to places the adapter made itself. Rejects with `not-postable` where it cannot. */
  post(place: Place, part: ReplyPart): Promise<Posted>;
  /** Answers what is in flight, then stops; may be called twice. */
  stop(): Promise<void>;
}
