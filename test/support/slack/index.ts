/** A strict Slack on this machine: the real client libraries talk to it, and it refuses what Slack refuses. */

import { createCourier, type Delivery } from "./delivery.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { Installation } from "./installation.ts";
import { createInteractions, type Interactions } from "./interactions.ts";
import { createMethods } from "./methods.ts";
import { createPeople, type People } from "./people.ts";
import type { Features } from "./posting.ts";
import { createResponseUrls } from "./response-urls.ts";
import { createSignals, type Signals } from "./signals.ts";
import { createSignedHttp, type SignedHttp } from "./signed-http.ts";
import { createSocketMode, type SocketMode } from "./socket-mode.ts";
import { createTriggers } from "./triggers.ts";
import { type Call, createWebApi } from "./web-api.ts";
import type { Message as StoredMessage } from "./workspace.ts";
import { type Conversation, createWorkspace, type Json, type Person, type Workspace } from "./workspace.ts";

/** How the workspace and the app in it are set up. */
export interface SlackDoubleOptions {
  /** How events, commands and interactions reach the app; `socket` unless said. */
  readonly mode?: "socket" | "http";
  /** The bot token's scopes; a full set for a newsroom bot unless said. Take the manifest's to show that they suffice. */
  readonly scopes?: readonly string[];
  /** The events that the app subscribes to; all that the double can send unless said. */
  readonly events?: readonly string[];
  /** The slash commands that the app registers, `/ask`; any unless said. */
  readonly commands?: readonly string[];
  /** The callback ids of its message shortcuts; any unless said. */
  readonly shortcuts?: readonly string[];
  /** What the manifest switches on; everything unless said. */
  readonly features?: Partial<Features>;
  /** Whether an event that is not acked comes once more at once, as from Slack; true unless said. */
  readonly retries?: boolean;
  /** How long an event waits for a Socket Mode connection; 10,000 ms unless said. */
  readonly connectionMs?: number;
  /** How long Slack waits for an ack; 3,000 ms unless said. */
  readonly ackWindowMs?: number;
  /** How long `until` and the `next…` promises wait; 5,000 ms unless said. */
  readonly deadlineMs?: number;
  /** Posts a second in one conversation before it answers 429; no limit unless said. */
  readonly postsPerSecond?: number;
}

/** The workspace as a test drives and reads it. */
export interface SlackDouble extends People, Interactions {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly team: Workspace["team"];
  readonly app: Workspace["app"];
  readonly installation: Installation;
  readonly faults: Faults;
  readonly socket: SocketMode;
  readonly http: SignedHttp;
  /** Every request that the app made, in order. */
  readonly calls: readonly Call[];
  /** Everything that was sent to the app, in order. */
  readonly deliveries: readonly Delivery[];

  addPerson: Workspace["addPerson"];
  /** A conversation with these members, a public channel unless said; the app is in it unless `withApp` is false. */
  addChannel(
    name: string,
    options?: { kind?: Conversation["kind"]; members?: readonly Person[]; withApp?: boolean },
  ): Conversation;
  /** The direct message between the app and this person. */
  direct(user: string): Conversation;
  archive(channel: string): void;
  expel(channel: string): void;

  /** What everybody in the conversation sees outside threads, oldest first. */
  messages(channel: string): readonly StoredMessage[];
  /** The replies in a thread, oldest first, without its first message and without ephemeral ones. */
  thread(channel: string, ts: string): readonly StoredMessage[];
  /** What only this person sees, in all conversations or one. */
  ephemerals(user: string, channel?: string): readonly StoredMessage[];
  home(user: string): Json | undefined;
  modals(user: string): readonly Json[];
  /** The assistant panel's status, title and prompts. */
  panel(
    channel: string,
    thread: string,
  ): { readonly status: string; readonly title: string; readonly prompts: readonly Json[] } | undefined;
  /** As the message is now; undefined once it is deleted. */
  find(channel: string, ts: string): StoredMessage | undefined;

  until: Signals["until"];
  quiet: Signals["quiet"];
  /** The next request to `method` from now on that fits. */
  nextCall(method: string, fits?: (call: Call) => boolean, deadlineMs?: number): Promise<Call>;
  /** The next message of the app from now on that fits, ephemeral ones included. */
  nextMessage(fits?: (message: StoredMessage) => boolean, deadlineMs?: number): Promise<StoredMessage>;
  redeliver(delivery: Delivery, reason?: string): Promise<Delivery>;
  /** Resolves once every event on its way was acked or given up. */
  settled(): Promise<void>;
  /** Milliseconds of the workspace's clock; `advance` ages triggers and response URLs. */
  now(): number;
  advance(ms: number): void;
  /** Ends every connection and every wait. */
  close(): Promise<void>;
}

const everyScope = [
  "app_mentions:read",
  "assistant:write",
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "mpim:history",
  "mpim:read",
  "reactions:write",
  "users:read",
];
const everyEvent = [
  "app_home_opened",
  "app_mention",
  "assistant_thread_context_changed",
  "assistant_thread_started",
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
];

/** Listens on 127.0.0.1, any free port; `close` ends it. */
export async function createSlackDouble(options: SlackDoubleOptions = {}): Promise<SlackDouble> {
  const windowMs = options.ackWindowMs ?? 3_000;
  const signals = createSignals(options.deadlineMs ?? 5_000);
  const faults = createFaults();
  const told = new Map<string, Promise<readonly Delivery[]>>();
  const posted: StoredMessage[] = [];
  const installation: Installation = {
    botToken: "xoxb-local-double",
    appToken: "xapp-local-double",
    scopes: new Set(options.scopes ?? everyScope),
    appScopes: new Set(["connections:write"]),
    revoked: null,
  };
  const workspace = createWorkspace({
    happened(happening) {
      if (happening.kind === "posted") posted.push(happening.message);
      told.set(happening.message.ts, courier.about(happening));
    },
    changed: signals.changed,
  });
  const triggers = createTriggers(workspace.now);
  const methods = createMethods({
    workspace,
    scopes: () => installation.scopes,
    socketUrl: () => socket.open(),
    spendTrigger: triggers.spend,
    features: { homeTab: true, messagesTab: true, assistant: true, ...options.features },
  });
  const responseUrls = createResponseUrls(workspace);
  const api = await createWebApi({
    workspace,
    responseUrls,
    methods,
    installation,
    faults,
    postsPerSecond: options.postsPerSecond,
    changed: signals.changed,
  });
  const socket = createSocketMode(api.server, workspace.app.id, signals, options.connectionMs ?? 10_000);
  const http = createSignedHttp("local-signing-secret", windowMs);
  const courier = createCourier({
    workspace,
    installation,
    faults,
    signals,
    windowMs,
    retries: options.retries ?? true,
    events: new Set(options.events ?? everyEvent),
    transport: () => (options.mode === "http" ? http : socket),
  });
  const interactions = createInteractions({
    workspace,
    courier,
    responseUrls,
    triggers,
    installation,
    commands: options.commands ? new Set(options.commands) : null,
    shortcuts: options.shortcuts ? new Set(options.shortcuts) : null,
    origin: () => api.origin,
  });
  const people = createPeople({
    workspace,
    courier,
    installation,
    toldOf: (message) => told.get(message.ts) ?? Promise.resolve([]),
  });

  return {
    ...people,
    ...interactions,
    apiUrl: api.url,
    botToken: installation.botToken,
    appToken: installation.appToken,
    signingSecret: "local-signing-secret",
    team: workspace.team,
    app: workspace.app,
    installation,
    faults,
    socket,
    http,
    calls: api.calls,
    deliveries: courier.deliveries,
    addPerson: workspace.addPerson,
    addChannel(name, { kind = "public", members = [], withApp = true } = {}) {
      const ids = members.map(({ id }) => id);
      return workspace.addConversation(name, kind, withApp ? [...ids, workspace.app.botUser] : ids);
    },
    direct: workspace.direct,
    archive(channel) {
      workspace.conversation(channel).archived = true;
    },
    expel(channel) {
      workspace.conversation(channel).members.delete(workspace.app.botUser);
    },
    messages: (channel) =>
      workspace
        .all(channel)
        .filter(({ thread_ts, reply_broadcast, ephemeralTo }) => (!thread_ts || reply_broadcast) && !ephemeralTo),
    thread: (channel, ts) =>
      workspace.all(channel).filter(({ thread_ts, ephemeralTo }) => thread_ts === ts && !ephemeralTo),
    ephemerals: (user, channel) =>
      [...workspace.conversations.keys()]
        .filter((id) => channel === undefined || id === channel)
        .flatMap((id) => workspace.all(id).filter(({ ephemeralTo }) => ephemeralTo === user)),
    home: (user) => workspace.homes.get(user),
    modals: (user) => workspace.modals.get(user) ?? [],
    panel: (channel, thread) => workspace.threads.get(`${channel}:${thread}`),
    find(channel, ts) {
      const message = workspace.find(channel, ts);
      return message?.subtype === "tombstone" ? undefined : message;
    },
    until: signals.until,
    quiet: signals.quiet,
    nextCall(method, fits = () => true, deadlineMs) {
      let seen = api.calls.length;
      return signals.until(
        () => {
          while (seen < api.calls.length) {
            const call = api.calls[seen++]!;
            if (call.method === method && fits(call)) return call;
          }
          return null;
        },
        `a call of ${method}`,
        deadlineMs,
      );
    },
    nextMessage(fits = () => true, deadlineMs) {
      let seen = posted.length;
      return signals.until(
        () => {
          while (seen < posted.length) {
            const message = posted[seen++]!;
            if (message.bot_id === workspace.app.botId && message.via !== "user" && fits(message)) return message;
          }
          return null;
        },
        "a message of the app",
        deadlineMs,
      );
    },
    redeliver: courier.redeliver,
    settled: courier.settled,
    now: workspace.now,
    advance: workspace.advance,
    async close() {
      courier.close();
      signals.close();
      http.close();
      await socket.close();
      await api.close();
    },
  };
}

export { fromManifest } from "./manifest.ts";
export { effectsOf, visible } from "./mrkdwn.ts";

export type { Json, Message } from "./workspace.ts";
