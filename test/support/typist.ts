/** A person at the terminal adapter's prompt: types lines, and reads what comes back up to the next prompt. */
import { PassThrough } from "node:stream";
import { createTerminalAdapter } from "../../adapters/terminal/index.ts";
import { createLogger } from "../../src/logger.ts";
import type { Adapter, Newsroom } from "../../src/ports.ts";
import { plainTheme, type Theme } from "../../src/reply/plain-text.ts";
import { createTestRuntime } from "./runtime.ts";

export interface Typist {
  readonly adapter: Adapter;
  /** Types a line; resolves with what was printed when the next prompt stands there. */
  type(line: string): Promise<string>;
  /** Types a line and does not wait. */
  dash(line: string): void;
  /** Ends the input, as Ctrl-D does. */
  hangUp(): void;
  /** Everything printed so far but the prompts, one entry a print. */
  printed(): readonly string[];
  /** Resolves when the adapter says that the person has left. */
  readonly left: Promise<void>;
  /** The log's lines. */
  readonly log: readonly string[];
}

const prompt = "? ";

/** Starts a terminal adapter with `newsroom`; resolves when the first prompt stands there. */
export async function sitDown(
  newsroom: Newsroom,
  options: {
    readonly claims?: number;
    readonly collections?: readonly string[];
    readonly width?: number;
    readonly theme?: Theme;
    readonly interactive?: boolean;
  } = {},
): Promise<Typist> {
  const input = new PassThrough();
  const output = new PassThrough({ encoding: "utf8" });
  const printed: string[] = [];
  const log: string[] = [];
  let prompts = 0;
  let awaited: { at: number; resolve: () => void } | null = null;
  output.on("data", (chunk: string) => {
    if (chunk !== prompt) {
      printed.push(chunk);
      return;
    }
    prompts += 1;
    if (awaited && prompts >= awaited.at) awaited.resolve();
  });
  const nextPrompt = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    awaited = { at: prompts + 1, resolve };
    return promise;
  };
  const left = Promise.withResolvers<void>();
  const runtime = createTestRuntime();
  const adapter = createTerminalAdapter({
    input,
    output,
    interactive: options.interactive ?? false,
    layout: () => ({ width: options.width ?? 80, theme: options.theme ?? plainTheme }),
    claims: options.claims,
    collections: options.collections ?? null,
    runtime,
    logger: createLogger({ level: "debug", format: "json", write: (line) => log.push(line), runtime, secrets: [] }),
    onEnd: left.resolve,
  });
  const first = nextPrompt();
  await adapter.start(newsroom);
  await first;
  return {
    adapter,
    log,
    left: left.promise,
    printed: () => printed,
    dash: (line) => void input.write(`${line}\n`),
    hangUp: () => void input.end(),
    async type(line) {
      const from = printed.length;
      const answered = nextPrompt();
      input.write(`${line}\n`);
      await answered;
      return printed.slice(from).join("");
    },
  };
}
