/** The Socket Mode side: connections, hello, envelopes with their acks, disconnect frames, dropped sockets. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { Refusal } from "./content.ts";
import type { Ack, Envelope, Transport } from "./delivery.ts";
import type { Signals } from "./signals.ts";
import type { Json } from "./workspace.ts";

/** Why Slack says that a connection is about to end. */
type DisconnectReason = "warning" | "refresh_requested" | "link_disabled";

/** Slack's side of Socket Mode. */
export interface SocketMode extends Transport {
  /** A fresh address for one connection; refused beyond ten, as by Slack. */
  open(): string;
  /** How many connections are up and greeted. */
  readonly connections: number;
  /** How many were ever greeted. */
  readonly greeted: number;
  /** Acks that belong to no envelope, or to one acked before. */
  readonly strayAcks: readonly Json[];
  /** Resolves once `count` connections are up. */
  connected(count?: number, deadlineMs?: number): Promise<void>;
  /** Sends a disconnect frame on every connection, as Slack does when it recycles a host. */
  disconnect(reason: DisconnectReason): void;
  /** Cuts every connection without a word. */
  drop(): void;
  /** Keeps the TCP connection open after the close handshake, as Slack itself does, for connections made from now on. */
  linger(on?: boolean): void;
  close(): Promise<void>;
}

const mostConnections = 10;

/** Takes the upgrades of `server`; an event waits `waitForConnectionMs` for a lost connection to come back. */
export function createSocketMode(
  server: Server,
  appId: string,
  signals: Signals,
  waitForConnectionMs: number,
): SocketMode {
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const up: WebSocket[] = [];
  const waiting = new Map<string, { socket: WebSocket; done(ack: Omit<Ack, "ms">): void }>();
  const strayAcks: Json[] = [];
  let lingering = false;
  let greeted = 0;
  let turn = 0;

  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("ticket") ?? "";
    if (!tickets.delete(ticket)) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
      return;
    }
    if (lingering) socket.end = () => socket;
    sockets.handleUpgrade(request, socket, head, greet);
  });

  const open = () => up.filter(({ readyState }) => readyState === WebSocket.OPEN);

  function greet(socket: WebSocket): void {
    up.push(socket);
    greeted += 1;
    socket.on("message", (data) => acknowledge(String(data)));
    socket.on("close", () => {
      const index = up.indexOf(socket);
      if (index >= 0) up.splice(index, 1);
      for (const [envelope, { socket: of, done }] of [...waiting])
        if (of === socket) {
          waiting.delete(envelope);
          done({ acked: false, body: null, status: null, error: "connection_closed" });
        }
      signals.changed();
    });
    socket.on("error", () => socket.terminate());
    const debug_info = { host: "applink-local", build_number: 1, approximate_connection_time: 18_060 };
    socket.send(
      JSON.stringify({ type: "hello", num_connections: up.length, debug_info, connection_info: { app_id: appId } }),
    );
    signals.changed();
  }

  function acknowledge(text: string): void {
    const ack = parsed(text) as { envelope_id?: string; payload?: unknown };
    const held = waiting.get(ack.envelope_id ?? "");
    if (!held) {
      strayAcks.push(ack as Json);
      signals.changed();
      return;
    }
    waiting.delete(ack.envelope_id!);
    held.done({ acked: true, body: ack.payload ?? null, status: null, error: null });
  }

  /** Events wait for a connection to come back as Slack's retries would; commands and actions fail at once. */
  async function pick(type: Envelope["type"]): Promise<WebSocket | null> {
    const next = () => {
      const ready = open();
      return ready.length > 0 ? ready[turn++ % ready.length]! : null;
    };
    if (type !== "events_api" || greeted === 0) return next();
    return signals.until(next, "a Socket Mode connection", waitForConnectionMs).catch(() => null);
  }

  return {
    name: "socket",
    get connections() {
      return open().length;
    },
    get greeted() {
      return greeted;
    },
    strayAcks,
    open() {
      if (open().length >= mostConnections) throw new Refusal("too_many_websockets");
      const ticket = randomUUID();
      tickets.add(ticket);
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    async send(envelope, windowMs) {
      const socket = await pick(envelope.type);
      if (!socket) return { acked: false, ms: 0, body: null, status: null, error: "dispatch_failed" };
      const envelope_id = randomUUID();
      const started = performance.now();
      return new Promise((resolve) => {
        const done = (ack: Omit<Ack, "ms">) => {
          clearTimeout(timer);
          resolve({ ...ack, ms: performance.now() - started });
        };
        const timer = setTimeout(() => {
          waiting.delete(envelope_id);
          done({ acked: false, body: null, status: null, error: "operation_timeout" });
        }, windowMs);
        waiting.set(envelope_id, { socket, done });
        socket.send(
          JSON.stringify({
            envelope_id,
            type: envelope.type,
            accepts_response_payload: envelope.type !== "events_api",
            ...(envelope.type === "events_api" && {
              retry_attempt: envelope.attempt,
              retry_reason: envelope.reason ?? "",
            }),
            payload: envelope.payload,
          }),
        );
      });
    },
    async connected(count = 1, deadlineMs) {
      await signals.until(() => open().length >= count, `${count} Socket Mode connection(s)`, deadlineMs);
    },
    disconnect(reason) {
      for (const socket of open())
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-local" } }));
    },
    linger(on = true) {
      lingering = on;
    },
    drop() {
      for (const socket of [...up]) socket.terminate();
    },
    async close() {
      await Promise.all([...up].map((socket) => closed(socket)));
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return { malformed: text };
  }
}

/** Ends a connection with the handshake, so that a client that is stopping sees no error; cuts it after half a second. */
function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), 500);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1_000);
  });
}
