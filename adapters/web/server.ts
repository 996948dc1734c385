/** The HTTP server: listens, waits for nobody forever, answers what is no request at all, and stops in good order. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { NewsroomError } from "../../src/errors.ts";
import type { Runtime } from "../../src/runtime.ts";
import { safetyHeaders } from "./guard/headers.ts";
import type { WebLimits } from "./guard/limits.ts";

export interface WebServer {
  readonly address: AddressInfo;
  /** Takes in nothing more, answers what is in flight, and cuts off what is not answered in time. */
  close(): Promise<void>;
}

export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly limits: WebLimits;
  readonly runtime: Runtime;
  readonly isProxy: (address: string) => boolean;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What is said to something that could not be read as a request, by the error's code. */
const unreadable: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "The address or the headers of that request are too long. Ask in at most 2,000 characters.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "That request took too long to arrive."],
};
const malformed = ["400 Bad Request", "That is not a request that can be read."] as const;

/** How long somebody who is still sending gets to read what was answered. */
const farewellMs = 1_000;

/** Connections that were answered already; what still comes in on them is read past, and fails to parse again. */
const answered = new WeakSet<Socket>();

function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (answered.has(socket)) return;
  answered.add(socket);
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, sentence] = unreadable[error.code ?? ""] ?? malformed;
  const headers = {
    ...safetyHeaders,
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(sentence) + 1,
    "Cache-Control": "no-store",
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // Closing at once, with unread bytes waiting, would take the answer away from the client.
  socket.resume();
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n${sentence}\n`);
  socket.setTimeout(farewellMs, () => socket.destroy());
  const late = setTimeout(() => socket.destroy(), farewellMs);
  socket.once("close", () => clearTimeout(late));
}

/** Turns a connection away when its address holds too many already; proxies hold those of many people. */
function limitConnections(server: Server, { limits, isProxy }: WebServerOptions): void {
  const held = new Map<string, number>();
  server.maxConnections = limits.connections;
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    if (isProxy(address)) return;
    const count = (held.get(address) ?? 0) + 1;
    held.set(address, count);
    socket.once("close", () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left === 0) held.delete(address);
      else held.set(address, left);
    });
    if (count > limits.connectionsEach) socket.destroy();
  });
}

async function listen(server: Server, { host, port }: WebServerOptions): Promise<AddressInfo> {
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

/** Opens the server over `listener`; rejects with `configuration` where it cannot listen. */
export async function openServer(listener: Listener, options: WebServerOptions): Promise<WebServer> {
  const { limits, runtime } = options;
  // Each says with its answer that its connection ends, once the server is to stop.
  const inFlight = new Set<ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: limits.longestHead,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    },
    (request, response) => {
      inFlight.add(response);
      response.once("close", () => inFlight.delete(response));
      listener(request, response);
    },
  );
  server.setTimeout(limits.silentMs, (socket) => socket.destroy());
  server.on("clientError", answerUnreadable);
  limitConnections(server, options);
  const address = await listen(server, options);

  async function close(): Promise<void> {
    for (const response of inFlight) if (!response.headersSent) response.setHeader("Connection", "close");
    const closed = once(server, "close");
    server.close();
    const inTime = new AbortController();
    const late = runtime.sleep(limits.drainMs, inTime.signal).then(
      () => server.closeAllConnections(),
      () => undefined,
    );
    await closed;
    inTime.abort();
    await late;
  }

  return { address, close };
}
