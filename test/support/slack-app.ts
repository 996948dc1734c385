/** The Slack adapter over a newsroom, with a local Slack at its other end: what every test of it starts from. */
import { createSlackAdapter, type SlackOptions } from "../../adapters/slack/index.ts";
import type { Adapter, Newsroom } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { createAdapterState } from "./adapter-state.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";
import type { SlackDouble } from "./slack/index.ts";

export interface SlackApp {
  readonly adapter: Adapter;
  /** What the operator would read. */
  readonly log: LogLines;
}

/** Options that fit the double; socket mode unless said. */
export function slackOptions(slack: SlackDouble, log: LogLines, over: Partial<SlackOptions> = {}): SlackOptions {
  return {
    botToken: slack.botToken,
    appToken: slack.appToken,
    signingSecret: slack.signingSecret,
    mode: "socket",
    host: "127.0.0.1",
    port: 0,
    state: createAdapterState(),
    runtime: systemRuntime,
    logger: log.logger,
    clientOptions: { slackApiUrl: slack.apiUrl, timeout: 1_000 },
    ...over,
  };
}

/** Starts the adapter; in socket mode it is connected when this resolves. */
export async function startSlackApp(
  slack: SlackDouble,
  newsroom: Newsroom,
  over: Partial<SlackOptions> = {},
): Promise<SlackApp> {
  const log = createLogLines();
  const adapter = createSlackAdapter(slackOptions(slack, log, over));
  await adapter.start(newsroom);
  return { adapter, log };
}

export { createAdapterState } from "./adapter-state.ts";
