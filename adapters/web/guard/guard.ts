/** Stands before every page: who may come in, by which name, with how much. */
import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { AdapterState } from "../../../src/ports.ts";
import type { Runtime } from "../../../src/runtime.ts";
import type { Caller } from "./addresses.ts";
import { createAllowance } from "./allowance.ts";
import type { Binding } from "./binding.ts";
import { createHostCheck } from "./hosts.ts";
import type { WebLimits } from "./limits.ts";
import { createLogin, type Login } from "./login.ts";
import { below } from "./paths.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { createSessions } from "./session.ts";

export interface GuardDeps {
  readonly binding: Binding;
  readonly host: string;
  readonly password: string | null;
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly publicUrl: string | null;
  /** The path under which the pages are opened, without a slash at its end. */
  readonly base: string;
  readonly limits: WebLimits;
  readonly state: AdapterState;
  readonly runtime: Runtime;
}

type WebContext = Context<{ Bindings: HttpBindings }>;

const refusals = {
  noProxy: {
    status: 400,
    code: "no-proxy",
    heading: "Not this way",
    sentence: "This is no proxy for other addresses: ask for a path.",
  },
  wrongHost: {
    status: 421,
    code: "wrong-host",
    heading: "Not under this name",
    sentence:
      "These pages do not answer to this name. Open them as localhost, or set PUBLIC_URL to the address in use.",
  },
  proxyOnly: {
    status: 403,
    code: "proxy-only",
    heading: "Not this way",
    sentence: "These pages are served through their proxy only. Open them at the proxy’s address.",
  },
  elsewhere: {
    status: 403,
    code: "cross-site",
    heading: "Not from there",
    sentence: "Another site asked for this in the background, which these pages do not answer.",
  },
  method: {
    status: 405,
    code: "method",
    heading: "Nothing can be sent here",
    sentence: "These pages are there to be read: use GET.",
  },
  body: {
    status: 413,
    code: "too-large",
    heading: "Too large",
    sentence: "Nothing can be sent along with this address: send the request without a body.",
  },
  longUrl: {
    status: 414,
    code: "too-long",
    heading: "Too long",
    sentence: "That address is too long. Ask in at most 2,000 characters.",
  },
} as const satisfies Record<string, Refusal>;

/** Open to whoever asks: what a process manager has to see, and what the login page needs to look like one. */
const withoutLogin = /^\/(?:health|ready|assets\/[^/]+|favicon\.[a-z]+)$/;

const loginPaths = /^\/log(?:in|out)$/;

function hasBody(c: WebContext): boolean {
  const length = c.req.header("content-length");
  return c.req.header("transfer-encoding") !== undefined || (length !== undefined && length !== "0");
}

/** Whether another site's page fetches this without anybody following a link: an image, a script, a frame. */
function isBackgroundFetch(c: WebContext): boolean {
  if (!["cross-site", "same-site"].includes(c.req.header("sec-fetch-site") ?? "")) return false;
  return c.req.header("sec-fetch-mode") !== "navigate" || c.req.header("sec-fetch-dest") !== "document";
}

async function loginOf({ password, state, runtime, limits, base }: GuardDeps): Promise<Login | null> {
  if (password === null) return null;
  const { sessionMs, longestBody, remembered, wrongRefillMs: refillMs } = limits;
  const allowed = (capacity: number) =>
    createAllowance({ capacity, refillMs, remembered, monotonic: runtime.monotonic });
  return createLogin({
    sessions: await createSessions({ password, state, runtime, sessionMs }),
    each: allowed(limits.wrongPasswords),
    all: createAllowance({
      capacity: limits.wrongPasswordsInAll,
      refillMs: refillMs / 10,
      remembered: 1,
      monotonic: runtime.monotonic,
    }),
    base,
    sessionMs,
    longestBody,
  });
}

/** Makes the middleware that every request passes first. */
export async function createGuard(deps: GuardDeps): Promise<MiddlewareHandler<{ Bindings: HttpBindings }>> {
  const { binding, base, limits, callerOf } = deps;
  const isOurName = createHostCheck(deps.host, deps.publicUrl);
  const login = await loginOf(deps);

  /** What is wrong with a request whoever sent it, or null. */
  function faultOf(c: WebContext, path: string, caller: Caller): Refusal | null {
    // A whole address, or “*”, instead of a path: its host would stand in for the one that is checked.
    if (!c.env.incoming.url?.startsWith("/")) return refusals.noProxy;
    if (binding.local && !isOurName(c.req.header("host") ?? "")) return refusals.wrongHost;
    if (binding.proxyOnly && !caller.proxied && !withoutLogin.test(path)) return refusals.proxyOnly;
    if (Buffer.byteLength(c.env.incoming.url ?? "") > limits.longestUrl) return refusals.longUrl;
    if (isBackgroundFetch(c)) return refusals.elsewhere;
    const posts = login !== null && c.req.method === "POST" && loginPaths.test(path);
    if (!posts && c.req.method !== "GET" && c.req.method !== "HEAD") return refusals.method;
    return !posts && hasBody(c) ? refusals.body : null;
  }

  function admitted(c: WebContext, path: string, caller: Caller): Response | Promise<Response> | null {
    if (login === null) return null;
    if (c.req.method === "POST") return path === "/login" ? login.enter(c, caller) : login.leave(c, caller);
    if (withoutLogin.test(path)) return null;
    if (!login.admits(c, caller)) return login.ask(c, caller);
    return loginPaths.test(path) ? login.inside(c) : null;
  }

  return async (c, next) => {
    const caller = callerOf(c.env.incoming);
    const path = below(c.req.path, base);
    const fault = faultOf(c, path, caller);
    if (fault) {
      if (fault === refusals.method) c.header("Allow", "GET, HEAD");
      if (fault === refusals.body || fault === refusals.method) c.header("Connection", "close");
      return refuse(c, fault, base);
    }
    return admitted(c, path, caller) ?? next();
  };
}
