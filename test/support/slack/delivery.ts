/** Brings what happens in the workspace to the app: which events it is told of, by which way, with what ack. */
import type { Faults } from "./faults.ts";
import type { Installation } from "./installation.ts";
import { appMention, eventCallback, messageEvent } from "./payloads.ts";
import type { Signals } from "./signals.ts";
import type { Conversation, Happening, Json, Workspace } from "./workspace.ts";

/** One thing sent to the app, whichever way it goes. */
export interface Envelope {
  readonly type: "events_api" | "slash_commands" | "interactive";
  readonly payload: Json;
  /** 0 for the first time. */
  readonly attempt: number;
  readonly reason?: string;
}

/** How the app answered an envelope, and after how many milliseconds. */
export interface Ack {
  readonly acked: boolean;
  readonly ms: number;
  /** What the ack carried, if anything. */
  readonly body: unknown;
  /** Over HTTP only. */
  readonly status: number | null;
  readonly error: string | null;
}

/** A way in to the app. */
export interface Transport {
  readonly name: "socket" | "http";
  /** Never rejects: what fails is in the ack. */
  send(envelope: Envelope, windowMs: number): Promise<Ack>;
}

/** An envelope and what became of it; `ack` is null until then. */
export interface Delivery extends Envelope {
  /** The same in every attempt; null for commands and interactions. */
  readonly eventId: string | null;
  readonly ack: Ack | null;
}

/** Sends, and keeps what became of it. */
export interface Courier {
  readonly deliveries: readonly Delivery[];
  /** Sends and resolves with the ack, or without one when the window (3 s) is over. */
  deliver(envelope: Envelope): Promise<Delivery>;
  /** Sends the event if the app subscribes to it and has the scope; resolves with what was sent, once acked. */
  event(name: string, event: Json): Promise<readonly Delivery[]>;
  /** The events that this happening gives rise to. */
  about(happening: Happening): Promise<readonly Delivery[]>;
  /** Sends the same event again in a new envelope, as Slack does when it got no ack. */
  redeliver(delivery: Delivery, reason?: string): Promise<Delivery>;
  /** Resolves once nothing is on its way any more. */
  settled(): Promise<void>;
  /** No retry starts after this. */
  close(): void;
}

/** What a courier is made of. */
export interface CourierDeps {
  readonly workspace: Workspace;
  readonly installation: Installation;
  readonly faults: Faults;
  readonly signals: Signals;
  readonly windowMs: number;
  readonly events: ReadonlySet<string>;
  /** Whether an event that was not acked is sent again at once; Slack's later retries are `redeliver`. */
  readonly retries: boolean;
  transport(): Transport;
}

const kinds = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

/** The scope without which Slack does not send an event; none for the others. */
const scopeOf: Readonly<Record<string, string>> = {
  app_mention: "app_mentions:read",
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  "message.im": "im:history",
  "message.mpim": "mpim:history",
  assistant_thread_started: "assistant:write",
  assistant_thread_context_changed: "assistant:write",
};

/** A courier over the transport in use. */
export function createCourier(deps: CourierDeps): Courier {
  const { workspace, installation, faults, signals } = deps;
  const deliveries: { -readonly [Key in keyof Delivery]: Delivery[Key] }[] = [];
  let onTheWay = 0;
  let closed = false;

  async function deliver(envelope: Envelope): Promise<Delivery> {
    const eventId = typeof envelope.payload.event_id === "string" ? envelope.payload.event_id : null;
    const delivery = { ...envelope, eventId, ack: null as Ack | null };
    deliveries.push(delivery);
    onTheWay += 1;
    signals.changed();
    delivery.ack = await deps.transport().send(envelope, deps.windowMs);
    onTheWay -= 1;
    signals.changed();
    return delivery;
  }

  async function event(name: string, body: Json): Promise<readonly Delivery[]> {
    const scope = scopeOf[name];
    const farewell = name === "app_uninstalled" || name === "tokens_revoked";
    if (!farewell && (installation.revoked || !deps.events.has(name))) return [];
    if (scope && !installation.scopes.has(scope)) return [];
    const payload = eventCallback(workspace, body);
    const first = { type: "events_api", payload, attempt: 0 } as const;
    if (faults.takeDouble()) return Promise.all([deliver(first), deliver({ ...first, attempt: 1, reason: "timeout" })]);
    const sent = await deliver(first);
    if (sent.ack?.acked || sent.ack?.error === "dispatch_failed" || !deps.retries || closed) return [sent];
    return [sent, await deliver({ ...first, attempt: 1, reason: reasonOf(sent.ack, deps.transport().name) })];
  }

  async function about(happening: Happening): Promise<readonly Delivery[]> {
    const { message } = happening;
    const channel = workspace.conversations.get(message.channel) as Conversation;
    if (message.ephemeralTo || !channel.members.has(workspace.app.botUser)) return [];
    const told = [event(`message.${kinds[channel.kind]}`, messageEvent(workspace, channel, happening))];
    const mentioned = message.text.includes(`<@${workspace.app.botUser}>`) && message.user !== workspace.app.botUser;
    if (happening.kind === "posted" && channel.kind !== "im" && mentioned)
      told.unshift(event("app_mention", appMention(workspace, message)));
    return (await Promise.all(told)).flat();
  }

  return {
    deliveries,
    deliver,
    event,
    about,
    redeliver: ({ type, payload, attempt }, reason = "timeout") =>
      deliver({ type, payload, attempt: attempt + 1, reason }),
    close() {
      closed = true;
    },
    async settled() {
      await signals.until(() => onTheWay === 0, "the end of every delivery");
    },
  };
}

/** Slack's word for what went wrong with the attempt before. */
function reasonOf(ack: Ack | null, by: Transport["name"]): string {
  if (ack?.status) return "http_error";
  if (ack?.error !== "operation_timeout") return "connection_failed";
  return by === "http" ? "http_timeout" : "timeout";
}
