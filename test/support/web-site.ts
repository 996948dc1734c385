/** The web adapter over a newsroom, on a free port of this machine: what every test of it starts from. */
import { once } from "node:events";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { createWebAdapter, type WebOptions } from "../../adapters/web/index.ts";
import type { Adapter, Newsroom } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { createAdapterState } from "./adapter-state.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";

export interface WebSite {
  readonly adapter: Adapter;
  /** What the operator would read. */
  readonly log: LogLines;
  /** Where it is served, without a slash at its end. */
  readonly address: string;
  readonly port: number;
  /** Fetches a path of it without following redirects. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Stops it; happens by itself when the test ends. */
  stop(): Promise<void>;
}

/** Options for a free port of this machine, open to whoever is on it. */
export function webOptions(log: LogLines, over: Partial<WebOptions> = {}): WebOptions {
  return {
    host: "127.0.0.1",
    port: 0,
    publicUrl: null,
    password: null,
    trustedProxies: [],
    previews: [],
    state: createAdapterState(),
    runtime: systemRuntime,
    logger: log.logger,
    ...over,
  };
}

/** Serves the pages until the caller stops them. */
export async function startSite(newsroom: Newsroom, over: Partial<WebOptions> = {}): Promise<WebSite> {
  const log = createLogLines();
  const adapter = createWebAdapter(webOptions(log, over));
  await adapter.start(newsroom);
  const port = Number(/Open http:\/\/\S+:(\d+)\//.exec(log.said("info"))![1]);
  const address = `http://127.0.0.1:${port}`;
  const get = (path: string, init: RequestInit = {}) => fetch(`${address}${path}`, { redirect: "manual", ...init });
  return { adapter, log, address, port, get, stop: () => adapter.stop() };
}

/** Serves the pages until the test ends. */
export async function siteOver(newsroom: Newsroom, over: Partial<WebOptions> = {}): Promise<WebSite> {
  const site = await startSite(newsroom, over);
  onTestFinished(() => site.stop());
  return site;
}

/** Sends `bytes` as they are, and resolves with everything that comes back once the server has closed the connection. */
export async function sendRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  await once(socket, "close");
  return answer;
}
