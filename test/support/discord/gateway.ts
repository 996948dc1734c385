/** The gateway: sessions that identify, are told what their intents allow, lose their connection and resume. */
import type { Server } from "node:http";
import {
  ApplicationFlags,
  ChannelType,
  GatewayCloseCodes,
  GatewayIntentBits as Intent,
  GatewayOpcodes as Op,
} from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import type { Json } from "./components.ts";
import { shapeComplaints } from "./schema.ts";
import { guildCreateOf } from "./told.ts";
import { type Happening, userOf, type World } from "./world.ts";

/** The gateway as a test bends it. */
export interface Gateway {
  /** The address for `GET /gateway/bot`. */
  url(): string;
  /** The privileged intents that are switched on for the application. */
  privileged: number;
  /** How often a client is told to send a heartbeat, in milliseconds; for connections from now on. */
  heartbeatMs: number;
  /** The next connections that identify or resume are closed with these codes, one each. */
  readonly refusals: number[];
  /** How often a session has begun and been resumed, and how often the client has connected. */
  readonly counts: { readonly identified: number; readonly resumed: number; readonly connected: number };
  /** Every payload that the client sent, heartbeats apart. */
  readonly received: readonly { readonly op: number; readonly d: Json }[];
  /** What the client asked for when it last identified. */
  readonly intents: number;
  /** Whether somebody is connected and ready. */
  readonly ready: boolean;
  dispatch(happening: Happening): void;
  /** Sends the last dispatch again, with its old sequence number. */
  repeatLast(): void;
  /** Op 7: the client is to connect anew and resume. */
  reconnect(): void;
  /** Op 9: the session is over, or may be resumed. */
  invalidate(resumable: boolean): void;
  /** From now on nothing is sent or acknowledged on the connections there are: dead, but open. */
  freeze(): void;
  /** Cuts every connection without a word. */
  drop(): void;
  /** Closes every connection with this code. */
  closeWith(code: number): void;
  close(): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly told: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

const guildEvents: Readonly<Record<string, number>> = {
  MESSAGE_CREATE: Intent.GuildMessages,
  MESSAGE_UPDATE: Intent.GuildMessages,
  MESSAGE_DELETE: Intent.GuildMessages,
  MESSAGE_DELETE_BULK: Intent.GuildMessages,
  TYPING_START: Intent.GuildMessageTyping,
};
const directEvents: Readonly<Record<string, number>> = {
  MESSAGE_CREATE: Intent.DirectMessages,
  MESSAGE_UPDATE: Intent.DirectMessages,
  MESSAGE_DELETE: Intent.DirectMessages,
  TYPING_START: Intent.DirectMessageTyping,
};

const privilegedBits = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;
const everyIntent = Object.values(Intent).reduce<number>((all, bit) => all | (typeof bit === "number" ? bit : 0), 0);

/** The gateway at `server`, for the bot with `token`. */
export function createGateway(
  server: Server,
  world: World,
  { token, changed }: { token(): string; changed(): void },
): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const received: { op: number; d: Json }[] = [];
  const frozen = new WeakSet<WebSocket>();
  const counts = { identified: 0, resumed: 0, connected: 0 };
  let intents = 0;

  const url = () => {
    const address = server.address();
    return `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  };

  function send(socket: WebSocket | null, payload: object): void {
    if (socket && socket.readyState === socket.OPEN && !frozen.has(socket)) socket.send(JSON.stringify(payload));
  }

  function tell(session: Session, t: string, d: unknown): void {
    const told = { s: session.told.length + 1, t, d };
    session.told.push(told);
    send(session.socket, { op: Op.Dispatch, ...told });
  }

  /** What this session may read of it, or null for nothing. */
  function readable(session: Session, { event, data, channel, guild }: Happening): Json | null {
    const isDirect = channel?.type === ChannelType.DM;
    const needs = event.startsWith("INTERACTION")
      ? 0
      : isDirect
        ? directEvents[event]
        : (guildEvents[event] ?? Intent.Guilds);
    if (channel && world.isOutside(channel) && event !== "INTERACTION_CREATE") return null;
    if (guild && !guild.hasApp && event !== "INTERACTION_CREATE" && event !== "GUILD_DELETE") return null;
    if (needs === undefined || (session.intents & needs) !== needs) return null;
    if (!event.startsWith("MESSAGE_") || isDirect || (session.intents & Intent.MessageContent) !== 0) return data;
    const isOwn = (data.author as Json | undefined)?.id === world.bot.id;
    const isMentioned = (data.mentions as readonly Json[] | undefined)?.some(({ id }) => id === world.bot.id) ?? false;
    if (isOwn || isMentioned || !("content" in data)) return data;
    return { ...data, content: "", embeds: [], attachments: [], components: [] };
  }

  function identify(socket: WebSocket, d: Json): unknown {
    const complaints = shapeComplaints("identify", d);
    if (complaints.length > 0)
      return socket.close(GatewayCloseCodes.DecodeError, JSON.stringify(complaints).slice(0, 120));
    const asked = Number(d.intents);
    if (d.token !== token()) return socket.close(GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
    if ((asked & ~everyIntent) !== 0) return socket.close(GatewayCloseCodes.InvalidIntents, "Invalid intent(s).");
    if ((asked & privilegedBits & ~gateway.privileged) !== 0)
      return socket.close(GatewayCloseCodes.DisallowedIntents, "Disallowed intent(s).");
    counts.identified += 1;
    intents = asked;
    const session: Session = { id: `session-${counts.identified}`, intents: asked, told: [], socket };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(({ hasApp }) => hasApp);
    tell(session, "READY", {
      v: 10,
      user: { ...userOf(world.bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: url(),
      application: { id: world.application.id, flags: applicationFlags(gateway.privileged) },
      shard: [0, 1],
    });
    if ((asked & Intent.Guilds) !== 0)
      for (const guild of guilds) tell(session, "GUILD_CREATE", guildCreateOf(guild, world));
  }

  function resume(socket: WebSocket, d: Json): unknown {
    const session = sessions.get(String(d.session_id));
    if (d.token !== token()) return socket.close(GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
    if (!session) return send(socket, { op: Op.InvalidSession, d: false });
    if (Number(d.seq) > session.told.length) return socket.close(GatewayCloseCodes.InvalidSeq, "Invalid seq.");
    session.socket?.terminate();
    session.socket = socket;
    counts.resumed += 1;
    for (const told of session.told.filter(({ s }) => s > Number(d.seq))) send(socket, { op: Op.Dispatch, ...told });
    tell(session, "RESUMED", {});
  }

  function hear(socket: WebSocket, raw: string): unknown {
    const { op, d } = JSON.parse(raw) as { op: number; d: Json };
    if (op === Op.Heartbeat) return send(socket, { op: Op.HeartbeatAck });
    received.push({ op, d });
    const known = [...sessions.values()].some((session) => session.socket === socket);
    if (op === Op.Identify || op === Op.Resume) {
      const refusal = gateway.refusals.shift();
      if (refusal !== undefined) return socket.close(refusal);
      if (known) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
      if (op === Op.Identify) identify(socket, d);
      else resume(socket, d);
    } else if (!known) socket.close(GatewayCloseCodes.NotAuthenticated, "Not authenticated.");
    else if (op === Op.PresenceUpdate) {
      const complaints = shapeComplaints("presence", d);
      if (complaints.length > 0) socket.close(GatewayCloseCodes.DecodeError, "Error while decoding payload.");
    } else if (op !== Op.RequestGuildMembers) socket.close(GatewayCloseCodes.UnknownOpcode, "Unknown opcode.");
    changed();
  }

  sockets.on("connection", (socket, request) => {
    counts.connected += 1;
    const asked = new URL(request.url ?? "/", "ws://127.0.0.1").searchParams;
    if (asked.get("v") !== "10") return socket.close(GatewayCloseCodes.InvalidAPIVersion, "Invalid API version.");
    socket.on("error", () => undefined);
    socket.on("message", (raw) => hear(socket, String(raw)));
    socket.on("close", (code) => {
      for (const session of sessions.values()) {
        if (session.socket !== socket) continue;
        session.socket = null;
        // A client that says goodbye has no session to come back to.
        if (code === 1000 || code === 1001) sessions.delete(session.id);
      }
      changed();
    });
    send(socket, { op: Op.Hello, d: { heartbeat_interval: gateway.heartbeatMs } });
  });

  const gateway: Gateway = {
    url,
    privileged: privilegedBits,
    heartbeatMs: 41_250,
    refusals: [],
    counts,
    received,
    get intents() {
      return intents;
    },
    get ready() {
      return [...sessions.values()].some(({ socket }) => socket !== null && socket.readyState === socket.OPEN);
    },
    dispatch(happening) {
      for (const session of sessions.values()) {
        const data = readable(session, happening);
        if (data) tell(session, happening.event, data);
      }
    },
    repeatLast() {
      for (const { socket, told } of sessions.values()) send(socket, { op: Op.Dispatch, ...told.at(-1) });
    },
    reconnect() {
      for (const { socket } of sessions.values()) send(socket, { op: Op.Reconnect, d: null });
    },
    invalidate(resumable) {
      for (const [id, session] of sessions) {
        const { socket } = session;
        session.socket = null;
        if (!resumable) sessions.delete(id);
        send(socket, { op: Op.InvalidSession, d: resumable });
      }
    },
    freeze() {
      for (const socket of sockets.clients) frozen.add(socket);
    },
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
    closeWith(code) {
      for (const socket of sockets.clients) socket.close(code);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
  return gateway;
}

/** The flags by which an application says which privileged intents it has. */
export function applicationFlags(privileged: number): number {
  return (
    ((privileged & Intent.MessageContent) !== 0 ? ApplicationFlags.GatewayMessageContentLimited : 0) |
    ((privileged & Intent.GuildMembers) !== 0 ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    ((privileged & Intent.GuildPresences) !== 0 ? ApplicationFlags.GatewayPresenceLimited : 0)
  );
}
