/** The web as a platform: pages served from this machine, for anybody with a browser and no token at all. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createWork } from "../../src/platform/work.ts";
import type { Adapter, AdapterState, Newsroom } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import { createApp } from "./app.ts";
import { createCallerReader, createNetworks } from "./guard/addresses.ts";
import { readBinding } from "./guard/binding.ts";
import { createGuard } from "./guard/guard.ts";
import { usualLimits, type WebLimits } from "./guard/limits.ts";
import { createTurnstile } from "./guard/turnstile.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createPages } from "./pages.ts";
import type { Preview } from "./preview.ts";
import { openServer, type WebServer } from "./server.ts";

export interface WebOptions {
  /** The address and port to listen on; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Where the pages are opened from outside, without a slash at its end, or null. */
  readonly publicUrl: string | null;
  /** What a browser must give once; null for none. */
  readonly password: string | null;
  /** Addresses, and networks as address/bits, of proxies that decide who gets in. */
  readonly trustedProxies: readonly string[];
  /** How answers look on other platforms. */
  readonly previews: readonly Preview[];
  readonly state: AdapterState;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** For tests: other limits than the usual ones. */
  readonly limits?: Partial<WebLimits>;
}

/** How many questions are searched for at once: with one, whatever else was asked for is served between any two. */
const searching = 1;

/** What runs from `start` to `stop`. */
interface Running {
  readonly server: WebServer;
  readonly metrics: Metrics;
  readonly unwatch: () => void;
}

/** The path part of an address, without a slash at its end. */
function pathOf(publicUrl: string | null): string {
  return publicUrl === null ? "" : new URL(publicUrl).pathname.replace(/\/+$/, "");
}

/** Where a browser on this machine finds it; listening everywhere has no address of its own. */
function addressOf({ address, family, port }: AddressInfo): string {
  if (["0.0.0.0", "::"].includes(address)) return `http://localhost:${port}/`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
}

/** Checks who can reach it, then serves; rejects with `configuration` where everybody could, and where it cannot listen. */
async function serve(newsroom: Newsroom, options: WebOptions): Promise<Running> {
  const { logger, runtime, publicUrl } = options;
  const limits = { ...usualLimits, ...options.limits };
  const base = pathOf(publicUrl);
  const binding = await readBinding(options);
  const isProxy = createNetworks(options.trustedProxies);
  const callerOf = createCallerReader(isProxy, publicUrl);
  const guard = await createGuard({ ...options, binding, base, limits, callerOf });
  const work = createWork(searching, logger);
  const inTurn: Newsroom = { ...newsroom, ask: (...asked) => work.inTurn(() => newsroom.ask(...asked)) };
  const pages = createPages(inTurn, { base, previews: options.previews, runtime, logger });
  // The questions that the first page suggests are looked for now, so that nobody waits for them.
  await pages.request("/");
  const metrics = createMetrics();
  const { readyMs } = limits;
  const app = createApp({ newsroom, pages, guard, metrics, base, runtime, logger, readyMs });
  // The process's own Request and Response stay as they are: other platforms' clients use them.
  const answer = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
  const passes = createTurnstile({ limits, callerOf, base, monotonic: runtime.monotonic });
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    passes(request, response) ? answer(request, response) : metrics.served("refused", response.statusCode, 0);
  const server = await openServer(listener, { ...options, limits, isProxy });
  logger.info(`Open ${addressOf(server.address)} in a browser. ${binding.said}`);
  if (binding.warning !== null) logger.warn(binding.warning);
  return { server, metrics, unwatch: newsroom.watch(metrics.count) };
}

/** An adapter that serves the pages from `start` to `stop`. Nothing can be posted to it. */
export function createWebAdapter(options: WebOptions): Adapter {
  let running: Running | null = null;
  let stopping: Promise<void> | null = null;

  async function stop(): Promise<void> {
    await running?.server.close();
    running?.unwatch();
    running?.metrics.close();
  }

  return {
    name: "web",
    async start(newsroom) {
      running = await serve(newsroom, options);
    },
    post: () =>
      Promise.reject(
        new NewsroomError("not-postable", "Nothing can be posted to the web: its pages are there to be opened."),
      ),
    stop: () => (stopping ??= stop()),
  };
}
