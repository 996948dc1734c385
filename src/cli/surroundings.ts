/** What the command line is given by main.ts: streams, environment, runtime and the ways to make adapters. */
import type { Readable, Writable } from "node:stream";
import type { Config } from "../config.ts";
import type { Logger } from "../logger.ts";
import type { Adapter, AdapterState, CommandSpec } from "../ports.ts";
import type { Theme } from "../reply/plain-text.ts";
import type { Reply } from "../reply/reply.ts";
import type { Runtime } from "../runtime.ts";

/** A stream that may be a terminal. */
export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a platform's adapter is made with. */
export interface AdapterMaking {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** What this adapter remembers; its own names only. */
  readonly state: AdapterState;
}

/** What registering a platform's commands needs. */
export interface Registering extends Omit<AdapterMaking, "state"> {
  readonly commands: readonly CommandSpec[];
  /** One server only, for trying; null for everywhere. */
  readonly guild: string | null;
  /** Take the commands away instead. */
  readonly remove: boolean;
}

/** The very messages that a platform would be sent for a reply, its own and those of the thread under it. */
export type RenderReply = (reply: Reply) => { readonly main: readonly unknown[]; readonly thread: readonly unknown[] };

/** A platform that `serve` can start. */
export interface Platform {
  readonly name: string;
  /** The options that are still missing, with what they are for; none when it is configured. */
  missing(config: Config): readonly string[];
  /** Whether any of them is set. */
  begun(config: Config): boolean;
  create(making: AdapterMaking): Promise<Adapter>;
  /** Its renderer, for showing how a reply looks there; needs neither the platform nor its library. */
  readonly renderer?: () => Promise<RenderReply>;
  /** Registers the commands where a platform wants that done apart; resolves with what to tell the operator, line by line. */
  readonly register?: (registering: Registering) => Promise<readonly string[]>;
}

/** What the prompt is made with. */
export interface PromptMaking {
  readonly input: Readable;
  readonly output: Writable;
  readonly interactive: boolean;
  readonly layout: () => { readonly width: number; readonly theme: Theme };
  readonly claims: number | undefined;
  readonly collections: readonly string[] | null;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly onEnd: () => void;
}

/** Everything outside that the command line touches. */
export interface Surroundings {
  readonly input: Readable & TerminalStream;
  readonly output: Writable & TerminalStream;
  readonly errors: Writable & TerminalStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly runtime: Runtime;
  /** Aborts when the person or the system wants it to end, or nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Version of the running Node, such as "24.21.0". */
  readonly nodeVersion: string;
  readonly platforms: readonly Platform[];
  /** Hands on what was rejected where nobody waits for it, instead of ending the process. */
  readonly watchStrays: (report: (error: unknown) => void) => void;
  readonly createPrompt: (making: PromptMaking) => Promise<Adapter>;
}
