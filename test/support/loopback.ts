/** Servers on this machine that behave as badly as a test asks, and know who called. */
import { createServer as createHttpServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Loopback {
  /** "http://127.0.0.1:PORT". */
  readonly origin: string;
  readonly port: number;
  /** Requests so far, by http servers. */
  readonly asked: readonly Asked[];
  /** Connections ever made. */
  connections(): number;
  /** Resolves when none of them is open any more. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** An http server that answers with `handler`. */
export function serveHttp(handler: (asked: Asked, response: ServerResponse) => void): Promise<Loopback> {
  const asked: Asked[] = [];
  const server = createHttpServer((request, response) => {
    const one = { path: request.url ?? "", headers: request.headers };
    asked.push(one);
    handler(one, response);
  });
  return listen(server, asked);
}

/** A server that hands each connection over as it is, once its first bytes have come. */
export function serveBytes(handler: (socket: Socket) => void): Promise<Loopback> {
  return listen(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => handler(socket));
    }),
    [],
  );
}

async function listen(server: Server, asked: readonly Asked[]): Promise<Loopback> {
  const open = new Set<Socket>();
  let connections = 0;
  let whenClosed: (() => void)[] = [];
  server.on("connection", (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on("close", () => {
      open.delete(socket);
      if (open.size > 0) return;
      for (const resolve of whenClosed) resolve();
      whenClosed = [];
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    connections: () => connections,
    allClosed: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => whenClosed.push(resolve))),
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
