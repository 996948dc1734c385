/** The HTTP side of Slack: `/api/<method>` with its faults, and the `response_url`s. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refusalBody } from "./content.ts";
import type { Fault, Faults } from "./faults.ts";
import { type Installation, refuseUnlessAllowed } from "./installation.ts";
import type { Method } from "./methods.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Json, Workspace } from "./workspace.ts";

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

/** The server and what it was asked. */
export interface WebApi {
  /** For `clientOptions.slackApiUrl`. */
  readonly url: string;
  /** Without a slash at its end; what `ResponseUrls.issue` gives comes after it. */
  readonly origin: string;
  readonly server: Server;
  readonly calls: readonly Call[];
  close(): Promise<void>;
}

/** What the server answers from. */
export interface WebApiDeps {
  readonly workspace: Workspace;
  readonly methods: Readonly<Record<string, Method>>;
  readonly responseUrls: ResponseUrls;
  readonly installation: Installation;
  readonly faults: Faults;
  /** At most this many posts a second in one conversation; undefined for no limit. */
  readonly postsPerSecond: number | undefined;
  changed(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** As the call is recorded. */
  readonly said: Json;
}

const bodyLimit = 4 * 1024 * 1024;
const text = { "content-type": "text/plain" };

/** Listens on 127.0.0.1, any free port; resolves once it does. */
export async function createWebApi(deps: WebApiDeps): Promise<WebApi> {
  const { workspace, methods, installation, faults } = deps;
  const calls: Call[] = [];
  const tooFast = createRateLimit(deps.postsPerSecond, workspace.now);

  function asJson(name: string, args: Json, said: Json): Answer {
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "x-oauth-scopes": [...installation.scopes].join(","),
      "x-accepted-oauth-scopes": (methods[name]?.scopes(args) ?? []).join(","),
    };
    return { status: 200, headers, body: JSON.stringify(said), said };
  }

  function perform(name: string, args: Json, authorization: string | undefined): Answer {
    const method = methods[name];
    if (!method) return asJson(name, args, { ok: false, error: "unknown_method", req_method: name });
    try {
      refuseUnlessAllowed(installation, method, args, authorization);
      return asJson(name, args, { ok: true, ...method.run(args) });
    } catch (error) {
      return asJson(name, args, refusalBody(error));
    }
  }

  function respond(path: string, args: Json): Answer {
    const { status, body } = deps.responseUrls.respond(path, args);
    return { status, headers: text, body, said: { status, body } };
  }

  /** Slack's own refusal, on demand. */
  function refuse(name: string, args: Json, { error, needed }: Fault & { kind: "error" }): Answer {
    if (name === "response_url") return { status: 404, headers: text, body: error, said: { status: 404, body: error } };
    const provided = [...installation.scopes].join(",");
    return asJson(name, args, { ok: false, error, ...(needed && { needed, provided }) });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const api = path.startsWith("/api/");
    const name = api ? path.slice("/api/".length) : "response_url";
    const args = parse(await read(request), request.headers["content-type"]);
    const fault = faults.take(name) ?? tooFast(name, args);
    const call: { -readonly [Key in keyof Call]: Call[Key] } = {
      method: name,
      args,
      at: workspace.now(),
      answer: null,
      fault,
    };
    calls.push(call);
    deps.changed();
    if (fault && !(await outlived(fault, response))) return;
    const answer =
      fault?.kind === "error"
        ? refuse(name, args, fault)
        : api
          ? perform(name, args, request.headers.authorization)
          : respond(path, args);
    call.answer = answer.said;
    deps.changed();
    if (fault?.kind === "lost-answer") response.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400, text);
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
    origin,
    server,
    calls,
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const posts = new Set(["chat.postMessage", "chat.postEphemeral"]);

/** Slack allows about one message a second in a conversation; gives the fault that one too many meets. */
function createRateLimit(perSecond: number | undefined, now: () => number): (name: string, args: Json) => Fault | null {
  const seen = new Map<string, readonly number[]>();
  return (name, args) => {
    if (!perSecond || !posts.has(name)) return null;
    const channel = String(args.channel);
    const recent = (seen.get(channel) ?? []).filter((at) => at > now() - 1_000);
    if (recent.length >= perSecond) return { kind: "rate-limited", retryAfterSeconds: 1 };
    seen.set(channel, [...recent, now()]);
    return null;
  };
}

/** Plays a fault that answers by itself; true where the call is still to be performed. */
async function outlived(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.kind === "rate-limited") {
    const after = fault.retryAfterSeconds;
    const headers = {
      "content-type": "application/json",
      ...(after !== undefined && { "retry-after": String(after) }),
    };
    response.writeHead(429, headers).end(JSON.stringify({ ok: false, error: "ratelimited" }));
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
