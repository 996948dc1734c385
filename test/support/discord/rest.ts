/** The HTTP side: reads a request, holds it against the rules, lets it meet its fault and gives the answer. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AnswerRequest } from "./answers.ts";
import type { Json } from "./components.ts";
import type { Fault, Faults } from "./faults.ts";
import { Refusal, refuseForm } from "./refusal.ts";
import { bodyComplaints, type Route, type RouteName, routeOf } from "./requests.ts";

/** One request that the bot made, whatever came of it. */
export interface Call {
  readonly route: RouteName | null;
  readonly method: string;
  /** Without `/api/v10`, without the query. */
  readonly pathname: string;
  readonly query: string;
  readonly body: Json | undefined;
  /** Milliseconds since the epoch, by the world's clock, when it arrived. */
  readonly at: number;
  /** The status and body of the answer; null while there is none, or where a fault kept it back. */
  readonly answer: { readonly status: number; readonly body: unknown } | null;
  readonly fault: Fault | null;
}

export interface RestDeps {
  /** Not listening yet, and nobody else's requests on it. */
  readonly server: Server;
  readonly answers: Readonly<Record<RouteName, AnswerRequest>>;
  readonly faults: Faults;
  readonly token: () => string;
  now(): number;
  changed(): void;
}

/** The server, and what it was asked; `listen` first. */
export interface Rest {
  readonly calls: readonly Call[];
  /** On 127.0.0.1, any free port. */
  listen(): Promise<void>;
  /** For the client's option `rest.api`. */
  readonly url: string;
  close(): Promise<void>;
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

const prefix = "/api/v10";
const bodyLimit = 4 * 1024 * 1024;
/** Requests that a token in their path allows. */
const withOwnToken: ReadonlySet<RouteName> = new Set([
  "callback",
  "followup",
  "followupMessage",
  "editFollowup",
  "deleteFollowup",
]);

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refusal("invalidForm");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string, type: string | undefined): Json | undefined {
  if (text === "") return undefined;
  if (!type?.startsWith("application/json"))
    refuseForm([{ path: "", code: "CONTENT_TYPE_INVALID", message: `Expected application/json, not ${type}` }]);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalidJson");
  }
}

/** Answers with `deps.answers` once listening. */
export function createRest(deps: RestDeps): Rest {
  const calls: { -readonly [K in keyof Call]: Call[K] }[] = [];

  function perform(route: Route | null, call: Call, text: string, headers: IncomingMessage["headers"]): Answered {
    try {
      if (!route) throw new Refusal("notFound");
      if (!withOwnToken.has(route.name) && headers.authorization !== `Bot ${deps.token()}`)
        throw new Refusal("unauthorized");
      if (!/^DiscordBot \(.+\)/.test(headers["user-agent"] ?? ""))
        refuseForm([{ path: "", code: "USER_AGENT_INVALID", message: "Discord blocks other user agents" }]);
      const body = parse(text, headers["content-type"]);
      const complaints = bodyComplaints(route, body);
      if (complaints.length > 0 && complaints.every(({ code }) => code === "EMPTY")) throw new Refusal("empty");
      refuseForm(complaints);
      const given = deps.answers[route.name]({
        path: route.path,
        query: new URLSearchParams(call.query),
        body: body ?? {},
      });
      return given === undefined ? { status: 204, body: null } : { status: 200, body: given };
    } catch (error) {
      if (!(error instanceof Refusal)) return { status: 500, body: { message: String(error), code: 0 } };
      return { status: error.status, body: error.body };
    }
  }

  function send(response: ServerResponse, { status, body }: Answered, headers: Readonly<Record<string, string>> = {}) {
    const type = status === 204 ? {} : { "content-type": "application/json" };
    response.writeHead(status, { ...type, ...headers }).end(status === 204 ? undefined : JSON.stringify(body));
  }

  /** True when the fault has dealt with the request and nothing is to be done any more. */
  function meets(fault: Fault | null, response: ServerResponse): boolean {
    if (fault?.kind === "rate-limited") {
      const { retryAfterSeconds: seconds, global = false } = fault;
      const body = { message: "You are being rate limited.", retry_after: seconds, global, code: 0 };
      const after: Record<string, string> = seconds === undefined ? {} : { "retry-after": String(seconds) };
      const scope: Record<string, string> = global
        ? { "x-ratelimit-global": "true", "x-ratelimit-scope": "global" }
        : {};
      send(response, { status: 429, body }, { ...after, ...scope });
      return true;
    }
    if (fault?.kind === "status") {
      response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>upstream</html>");
      return true;
    }
    if (fault?.kind === "refusal") {
      send(response, { status: fault.status, body: { message: fault.message, code: fault.code } });
      return true;
    }
    if (fault?.kind === "dropped") response.destroy();
    return fault?.kind === "dropped" || fault?.kind === "hang";
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const pathname = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : "";
    const method = request.method ?? "GET";
    const route = routeOf(method, pathname);
    const text = await read(request);
    const call: { -readonly [K in keyof Call]: Call[K] } = {
      route: route?.name ?? null,
      method,
      pathname,
      query: url.searchParams.toString(),
      body: undefined,
      at: deps.now(),
      answer: null,
      fault: route ? deps.faults.take(route.name) : null,
    };
    try {
      call.body = text === "" ? undefined : JSON.parse(text);
    } catch {
      // What cannot be read is refused below.
    }
    calls.push(call);
    deps.changed();
    const { fault } = call;
    if (meets(fault, response)) return;
    if (fault?.kind === "held") await fault.until;
    const answered = perform(route, call, text, request.headers);
    call.answer = answered;
    if (fault?.kind === "lost-answer") response.destroy();
    else if (fault?.kind === "lost-in-gateway") response.writeHead(502).end("bad gateway");
    else send(response, answered);
    deps.changed();
  }

  const { server } = deps;
  server.on("request", (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  return {
    calls,
    listen: () => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)),
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
