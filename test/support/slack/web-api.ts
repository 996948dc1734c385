/** The HTTP side of Slack: `/api/<method>` with tokens, scopes and faults, and the `response_url`s. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { asFlag, Refusal, readContent, withIds } from "./content.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Method } from "./methods.ts";
import type { Json, Message, Workspace } from "./workspace.ts";

/** One request that the app made, whatever came of it. */
export interface Call {
  /** The Web API method, or `response_url`. */
  readonly method: string;
  readonly args: Json;
  /** Milliseconds since the epoch when it arrived. */
  readonly at: number;
  /** What was answered; null while it is not, or where a fault kept it back. */
  readonly answer: Json | null;
  readonly fault: Fault | null;
}

/** What the app was given when it was installed; a test changes it while the app runs. */
export interface Installation {
  readonly botToken: string;
  readonly appToken: string;
  scopes: ReadonlySet<string>;
  appScopes: ReadonlySet<string>;
  /** The error that every call with the bot token meets: null while all is well. */
  revoked: "token_revoked" | "account_inactive" | "invalid_auth" | null;
}

/** Where an answer to a command or an action may be posted: five times, thirty minutes long. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message that carried the button, for `replace_original` and `delete_original`. */
  readonly original: { readonly channel: string; readonly ts: string } | null;
  readonly thread_ts?: string;
}

export interface WebApi {
  readonly url: string;
  readonly server: Server;
  readonly calls: readonly Call[];
  issueResponseUrl(target: ResponseTarget): string;
  /** Posts what an ack carried, as Slack does; throws a `Refusal`. */
  answer(target: ResponseTarget, body: Json, via: string): Message | null;
  close(): Promise<void>;
}

export interface WebApiDeps {
  readonly workspace: Workspace;
  readonly methods: Readonly<Record<string, Method>>;
  readonly installation: Installation;
  readonly faults: Faults;
  /** At most this many posts a second in one conversation; absent for no limit. */
  readonly postsPerSecond?: number | undefined;
  changed(): void;
}

const responseUrlLifeMs = 30 * 60_000;
const responseUrlUses = 5;
const bodyLimit = 4 * 1024 * 1024;

export async function createWebApi(deps: WebApiDeps): Promise<WebApi> {
  const { workspace, methods, installation, faults } = deps;
  const calls: Call[] = [];
  const hooks = new Map<string, { target: ResponseTarget; left: number; until: number }>();
  const posts = new Map<string, number[]>();
  let hookNumber = 0;

  function refuseToken(method: Method, authorization: string | undefined): void {
    const token = authorization?.replace(/^Bearer\s+/i, "");
    if (!token) throw new Refusal("not_authed");
    const kind = token === installation.botToken ? "bot" : token === installation.appToken ? "app" : null;
    if (kind === null) throw new Refusal("invalid_auth");
    if (kind === "bot" && installation.revoked) throw new Refusal(installation.revoked);
    const wanted = method.token ?? "bot";
    if (wanted !== "any" && wanted !== kind) throw new Refusal("not_allowed_token_type");
  }

  function refuseScope(method: Method, args: Json): void {
    const needed = method.scopes(args);
    const held = method.token === "app" ? installation.appScopes : installation.scopes;
    if (needed.length === 0 || needed.some((scope) => held.has(scope))) return;
    throw new Refusal("missing_scope", [], { needed: needed.join(","), provided: [...held].join(",") });
  }

  /** Slack allows about one message a second in a conversation; true when this one is too many. */
  function tooFast(name: string, args: Json): boolean {
    if (!deps.postsPerSecond || !["chat.postMessage", "chat.postEphemeral"].includes(name)) return false;
    const now = workspace.now();
    const recent = (posts.get(String(args.channel)) ?? []).filter((at) => at > now - 1_000);
    if (recent.length >= deps.postsPerSecond) return true;
    posts.set(String(args.channel), [...recent, now]);
    return false;
  }

  function perform(name: string, args: Json, authorization: string | undefined): Json {
    const method = methods[name];
    if (!method) return { ok: false, error: "unknown_method", req_method: name };
    try {
      refuseToken(method, authorization);
      refuseScope(method, args);
      return { ok: true, ...method.run(args) };
    } catch (error) {
      return refused(error);
    }
  }

  function answer(target: ResponseTarget, body: Json, via: string): Message | null {
    const { app } = workspace;
    const original = target.original && workspace.find(target.original.channel, target.original.ts);
    if (asFlag(body.delete_original)) {
      if (!original) throw new Refusal("message_not_found");
      workspace.remove(original);
      return null;
    }
    const type = body.response_type ?? "ephemeral";
    if (type !== "ephemeral" && type !== "in_channel") throw new Refusal("invalid_response_type");
    const content = readContent(body, true);
    const kept = { ...content, ...(content.blocks && { blocks: withIds(content.blocks) }) };
    if (asFlag(body.replace_original) && original) return workspace.change(original, kept);
    const thread_ts = typeof body.thread_ts === "string" && body.thread_ts !== "" ? body.thread_ts : undefined;
    if (thread_ts && !workspace.find(target.channel, thread_ts)) throw new Refusal("thread_not_found");
    return workspace.post({
      channel: target.channel,
      subtype: "bot_message",
      bot_id: app.botId,
      app_id: app.id,
      ...kept,
      ...(thread_ts && { thread_ts }),
      ...(type === "ephemeral" && { ephemeralTo: target.user }),
      via,
      unfurl: { links: asFlag(body.unfurl_links), media: asFlag(body.unfurl_media) },
    });
  }

  function respond(path: string, body: Json): { status: number; body: string } {
    const hook = hooks.get(path);
    if (!hook) return { status: 404, body: "no_service" };
    if (workspace.now() > hook.until) return { status: 404, body: "expired_url" };
    if (hook.left === 0) return { status: 404, body: "used_url" };
    hook.left -= 1;
    try {
      answer(hook.target, body, "response_url");
      return { status: 200, body: "ok" };
    } catch (error) {
      const said = refused(error);
      return { status: 400, body: JSON.stringify(said) };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const api = path.startsWith("/api/");
    const name = api ? path.slice("/api/".length) : "response_url";
    const args = parse(await read(request), request.headers["content-type"]);
    const fault = faults.take(name) ?? (tooFast(name, args) ? { kind: "rate-limited", retryAfterSeconds: 1 } : null);
    const call: { -readonly [Key in keyof Call]: Call[Key] } = {
      method: name,
      args,
      at: workspace.now(),
      answer: null,
      fault: fault as Fault | null,
    };
    calls.push(call);
    deps.changed();
    if (fault && !(await outlived(fault as Fault, response))) return;
    if (fault?.kind === "error") {
      call.answer = {
        ok: false,
        error: fault.error,
        ...(fault.needed && { needed: fault.needed, provided: [...installation.scopes].join(",") }),
      };
    } else if (api) {
      call.answer = perform(name, args, request.headers.authorization);
    } else {
      const said = respond(path, args);
      call.answer = { status: said.status, body: said.body };
      deps.changed();
      if (fault?.kind === "lost-answer") return void response.destroy();
      response.writeHead(said.status, { "content-type": "text/plain" }).end(said.body);
      return;
    }
    deps.changed();
    if (fault?.kind === "lost-answer") return void response.destroy();
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "x-oauth-scopes": [...installation.scopes].join(","),
      "x-accepted-oauth-scopes": (methods[name]?.scopes(args) ?? []).join(","),
    });
    response.end(JSON.stringify(call.answer));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400, { "content-type": "text/plain" });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `${origin}/api/`,
    server,
    calls,
    answer,
    issueResponseUrl(target) {
      const path = `/commands/${workspace.team.id}/${++hookNumber}`;
      hooks.set(path, { target, left: responseUrlUses, until: workspace.now() + responseUrlLifeMs });
      return `${origin}${path}`;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** What Slack says to a refusal; any other error is the double's own and goes on. */
function refused(error: unknown): Json {
  if (!(error instanceof Refusal)) throw error;
  const errors = error.complaints.map(({ message, pointer }) =>
    pointer ? `${message} [json-pointer:${pointer}]` : message,
  );
  return {
    ok: false,
    error: error.error,
    ...error.extra,
    ...(errors.length > 0 && { errors, response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) } }),
  };
}

/** Plays a fault that answers by itself; true where the call is still to be performed. */
async function outlived(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.kind === "rate-limited") {
    const after = fault.retryAfterSeconds;
    response.writeHead(429, {
      "content-type": "application/json",
      ...(after !== undefined && { "retry-after": String(after) }),
    });
    response.end(JSON.stringify({ ok: false, error: "ratelimited" }));
    return false;
  }
  if (fault.kind === "status") {
    response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>upstream error</html>");
    return false;
  }
  if (fault.kind === "hang") return false;
  if (fault.kind === "dropped") {
    response.destroy();
    return false;
  }
  if (fault.kind === "held") await fault.until;
  return true;
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit) throw new Error("request too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(body: string, type = ""): Json {
  if (type.startsWith("application/json")) {
    const value: unknown = body === "" ? {} : JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Json) : {};
  }
  return Object.fromEntries(new URLSearchParams(body));
}
