/** The web as a platform: pages served from this machine, for anybody with a browser and no token at all. */
import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Adapter, Newsroom } from "../../src/ports.ts";
import { createPages } from "./pages.ts";

export interface WebOptions {
  /** The address and port to listen on; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Where the pages are opened from outside, without a slash at its end, or null. */
  readonly publicUrl: string | null;
  readonly logger: Logger;
}

/** The path part of an address, without a slash at its end. */
function pathOf(publicUrl: string | null): string {
  return publicUrl === null ? "" : new URL(publicUrl).pathname.replace(/\/+$/, "");
}

/** Answers at the root, and under the path of PUBLIC_URL where a proxy passes that on. */
function createApp(newsroom: Newsroom, { publicUrl, logger }: WebOptions): Hono {
  const base = pathOf(publicUrl);
  const pages = createPages(newsroom, { base, logger });
  const app = new Hono();
  if (base !== "") app.mount(base, pages.fetch);
  app.mount("/", pages.fetch);
  return app;
}

async function listen(server: Server, { host, port }: WebOptions): Promise<AddressInfo> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw new NewsroomError(
      "configuration",
      taken
        ? `Port ${port} of ${host} is taken. Set WEB_PORT to another one, or WEB=off.`
        : `Nothing can listen on port ${port} of ${host}. Correct WEB_HOST and WEB_PORT, or set WEB=off.`,
      { cause: error },
    );
  }
  return server.address() as AddressInfo;
}

function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
}

/** An adapter that serves the pages from `start` to `stop`. Nothing can be posted to it. */
export function createWebAdapter(options: WebOptions): Adapter {
  let server: Server | null = null;
  let stopping: Promise<void> | null = null;

  async function stop(): Promise<void> {
    const running = server;
    if (!running?.listening) return;
    const closed = once(running, "close");
    running.close();
    if ("closeIdleConnections" in running && typeof running.closeIdleConnections === "function")
      running.closeIdleConnections();
    await closed;
  }

  return {
    name: "web",
    async start(newsroom) {
      server = createAdaptorServer({ fetch: createApp(newsroom, options).fetch }) as Server;
      const address = addressOf(await listen(server, options));
      options.logger.info(`Open ${address} in a browser`);
    },
    post: () =>
      Promise.reject(
        new NewsroomError("not-postable", "Nothing can be posted to the web: its pages are there to be opened."),
      ),
    stop: () => (stopping ??= stop()),
  };
}
