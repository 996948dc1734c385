/** A Slack workspace with a reporter, a channel and the adapter in it, over a newsroom whose answers the test writes. */
import { createServer } from "node:net";
import { afterEach } from "vitest";
import type { SlackOptions } from "../../adapters/slack/index.ts";
import type { AdapterState } from "../../src/ports.ts";
import { type Runtime, systemRuntime } from "../../src/runtime.ts";
import { answered } from "./answers.ts";
import { createScriptedNewsroom, type ScriptedNewsroom } from "./scripted-newsroom.ts";
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from "./slack/index.ts";
import { createAdapterState, type SlackApp, startSlackApp } from "./slack-app.ts";

export interface SlackDesk {
  readonly slack: SlackDouble;
  readonly newsroom: ScriptedNewsroom;
  readonly app: SlackApp;
  readonly state: AdapterState;
  readonly reporter: string;
  /** Somebody else in the same channel. */
  readonly colleague: string;
  readonly channel: string;
  /** How long each wait was that the adapter asked for, in milliseconds; none takes longer than a few. */
  readonly waits: readonly number[];
  /** Stops the adapter and starts another on the same state. */
  restart(): Promise<SlackApp>;
}

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A port of this machine that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Real time, but what the adapter waits for takes a hundredth of it; every wait is noted. */
function noting(waits: number[]): Runtime {
  return {
    ...systemRuntime,
    sleep: (ms, signal) => {
      waits.push(ms);
      return systemRuntime.sleep(ms / 100, signal);
    },
  };
}

/** Opens a desk; everything of it ends with the test. `double` is for the workspace, `over` for the adapter. */
export async function openDesk(double: SlackDoubleOptions = {}, over: Partial<SlackOptions> = {}): Promise<SlackDesk> {
  const slack = await createSlackDouble(double);
  open.push(() => slack.close());
  const newsroom = createScriptedNewsroom();
  newsroom.script(() => answered());
  const state = createAdapterState();
  const waits: number[] = [];
  const http = double.mode === "http" ? { mode: "http" as const, port: await freePort() } : {};
  const options: Partial<SlackOptions> = { state, runtime: noting(waits), ...http, ...over };
  const start = async (): Promise<SlackApp> => {
    const app = await startSlackApp(slack, newsroom, options);
    open.push(() => app.adapter.stop());
    if (options.mode === "http") await slack.http.setRequestUrl(`http://127.0.0.1:${options.port}/slack/events`);
    return app;
  };
  const app = await start();
  const person = slack.addPerson("reporter");
  const colleague = slack.addPerson("colleague");
  const channel = slack.addChannel("desk", { members: [person, colleague] });
  return {
    slack,
    newsroom,
    app,
    state,
    waits,
    reporter: person.id,
    colleague: colleague.id,
    channel: channel.id,
    async restart() {
      await app.adapter.stop();
      return start();
    },
  };
}

export { answered, citation } from "./answers.ts";
