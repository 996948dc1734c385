/** The Discord adapter over a newsroom, with a local Discord at its other end: what every test of it starts from. */
import { createDiscordAdapter, type DiscordOptions } from "../../adapters/discord/index.ts";
import type { Adapter, Newsroom } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { createAdapterState } from "./adapter-state.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";

export interface DiscordApp {
  readonly adapter: Adapter;
  /** What the operator would read. */
  readonly log: LogLines;
}

/** Where a Discord is: this double, the twin, or a proxy in front of one. */
export interface DiscordAt {
  readonly apiUrl: string;
  readonly botToken: string;
}

/** Starts the adapter; it is connected when this resolves. */
export async function startDiscordApp(
  discord: DiscordAt,
  newsroom: Newsroom,
  over: Partial<DiscordOptions> = {},
): Promise<DiscordApp> {
  const log = createLogLines();
  const adapter = createDiscordAdapter({
    token: discord.botToken,
    apiUrl: discord.apiUrl,
    state: createAdapterState(),
    runtime: systemRuntime,
    logger: log.logger,
    timeoutMs: 1_000,
    ...over,
  });
  await adapter.start(newsroom);
  return { adapter, log };
}
