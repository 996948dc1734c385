/** Runs the command line: in this process with streams of the test's own, or spawned as a person would start it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { createTerminalAdapter } from "../../adapters/terminal/index.ts";
import type { EndReason } from "../../src/cli/exit-codes.ts";
import type { Platform, Surroundings } from "../../src/cli/surroundings.ts";
import { runCommandLine } from "../../src/cli.ts";
import { type Runtime, systemRuntime } from "../../src/runtime.ts";

const root = join(import.meta.dirname, "..", "..");

/** What a run came to. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own, and what to call when it is no longer needed. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "dateline-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A terminal of so many columns; none without it. */
  readonly columns?: number;
  readonly platforms?: readonly Platform[];
  readonly end?: AbortController;
  /** The system's unless said. */
  readonly runtime?: Runtime;
  /** Called with what a serving process does with a rejection that nobody waits for. */
  readonly strays?: (report: (error: unknown) => void) => void;
}

/** Runs the command line in this process. */
export async function runInside(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const terminal = options.columns === undefined ? {} : { isTTY: true, columns: options.columns };
  const output = Object.assign(new PassThrough(), terminal);
  const errors = Object.assign(new PassThrough(), terminal);
  const [out, err] = [text(output), text(errors)];
  const surroundings: Surroundings = {
    input: Object.assign(Readable.from(options.input === undefined ? [] : [options.input]), terminal),
    output,
    errors,
    env: options.env ?? {},
    runtime: options.runtime ?? systemRuntime,
    signal: (options.end ?? new AbortController()).signal,
    nodeVersion: process.versions.node,
    platforms: options.platforms ?? [],
    watchStrays: (report) => options.strays?.(report),
    createPrompt: async (making) => createTerminalAdapter(making),
  };
  const code = await runCommandLine(argv, surroundings);
  output.end();
  errors.end();
  return { code, out: await out, err: await err };
}

/** Ends a run the way main.ts does. */
export function endRun(end: AbortController, reason: EndReason): void {
  end.abort(reason);
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The user to run as; only root may say. */
  readonly uid?: number;
}

/** Starts main.ts as a process in `cwd`, with nothing of this process's environment but the path. */
export function start(argv: readonly string[], options: ProcessOptions): ChildProcess {
  const { cwd, uid } = options;
  const env = { PATH: process.env.PATH, ...options.env };
  const user = uid === undefined ? {} : { uid };
  return spawn(process.execPath, [join(root, "src/main.ts"), ...argv], { cwd, env, stdio: "pipe", ...user });
}

/** Runs main.ts as a process to its end. */
export async function run(
  argv: readonly string[],
  options: ProcessOptions & { readonly input?: string | Uint8Array },
): Promise<Ran> {
  const child = start(argv, options);
  child.stdin!.on("error", () => undefined);
  child.stdin!.end(options.input ?? "");
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, "close")]);
  return { code, out, err };
}
