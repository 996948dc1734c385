/** A Discord that this project did not write: `discord-digital-twin`, on loopback, with our strict validation in front of its REST. */
import { createServer, type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { AddressInfo, ListenOptions } from "node:net";
import { buffer } from "node:stream/consumers";
import { DigitalDiscord } from "discord-digital-twin";
import { Refusal, refuseForm } from "./refusal.ts";
import { bodyComplaints, type RouteName, routeOf } from "./requests.ts";

/** The twin, and what was asked of it. */
export interface Twin {
  readonly discord: DigitalDiscord;
  /** The strict address, in front of the twin's own. */
  readonly apiUrl: string;
  readonly botToken: string;
  /** Every request with its answer's status, refused ones included. */
  readonly calls: readonly {
    readonly route: RouteName | null;
    readonly method: string;
    readonly pathname: string;
    readonly body: unknown;
    readonly status: number;
    readonly answer: string;
  }[];
  close(): Promise<void>;
}

const token = "local.digital.twin";

/** The twin listens on every interface and cannot be told otherwise; while it starts, nothing here does. */
async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, port: unknown, ready: () => void) {
    return listen.call(this, { port: Number(port), host: "127.0.0.1" } satisfies ListenOptions, ready);
  } as typeof listen;
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}

/** Starts a twin with one server, `channels` in it, and these people. */
export async function createTwin(channels: readonly string[], people: readonly string[]): Promise<Twin> {
  const discord = new DigitalDiscord({
    botToken: token,
    guild: { name: "newsroom" },
    channels: channels.map((name) => ({ name, type: 0 })),
    users: people.map((username) => ({ username })),
  });
  await onLoopback(() => discord.start());
  const calls: { -readonly [K in keyof Twin["calls"][number]]: Twin["calls"][number][K] }[] = [];

  async function forward(request: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const { authorization = "", "content-type": type = "application/json" } = request.headers;
    const answered = await fetch(`http://127.0.0.1:${discord.port}${request.url}`, {
      method: request.method ?? "GET",
      headers: { authorization, "content-type": type },
      body: body.length > 0 ? new Uint8Array(body) : null,
    });
    return { status: answered.status, text: await answered.text() };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const raw = await buffer(request);
    const route = routeOf(request.method ?? "GET", pathname.replace(/^\/api\/v10/, ""));
    const body: unknown = raw.length > 0 ? JSON.parse(raw.toString("utf8")) : undefined;
    let given: { status: number; text: string };
    try {
      if (!route) throw new Refusal("notFound");
      refuseForm(bodyComplaints(route, body));
      given = await forward(request, raw);
      // What the twin does not know it refuses in plain text.
      if (given.status === 404 && !given.text.startsWith("{")) throw new Refusal("notFound");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      given = { status: error.status, text: JSON.stringify(error.body) };
    }
    calls.push({
      route: route?.name ?? null,
      method: request.method ?? "GET",
      pathname: pathname.replace(/^\/api\/v10/, ""),
      body,
      status: given.status,
      answer: given.text,
    });
    const type = given.status === 204 ? {} : { "content-type": "application/json" };
    response.writeHead(given.status, type).end(given.status === 204 ? undefined : given.text);
  }

  const front = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));

  return {
    discord,
    apiUrl: `http://127.0.0.1:${(front.address() as AddressInfo).port}/api`,
    botToken: token,
    calls,
    async close() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await discord.stop();
      await discord.prisma.$disconnect();
    },
  };
}
