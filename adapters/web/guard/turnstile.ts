/** Lets each address in as often as its points last. It stands before everything else, so that refusing costs next to nothing. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { framed } from "../layout.ts";
import { problemPage } from "../problems.ts";
import type { Caller } from "./addresses.ts";
import { createAllowance } from "./allowance.ts";
import { safetyHeaders } from "./headers.ts";
import type { WebLimits } from "./limits.ts";
import { below } from "./paths.ts";
import { type Refusal, refusalJson } from "./refusal.ts";

export interface TurnstileDeps {
  readonly limits: Pick<WebLimits, "burst" | "refillPerSecond" | "remembered" | "askCost">;
  readonly callerOf: (request: IncomingMessage) => Caller;
  /** The path under which the pages are opened, without a slash at its end. */
  readonly base: string;
  readonly monotonic: () => number;
}

/** True when the request may go on; otherwise it has been answered with 429. */
export type Turnstile = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Pages kept ready, one for each number of seconds. */
const mostPages = 120;

function refusalFor(seconds: number): Refusal {
  const wait = seconds === 1 ? "a second" : `${seconds} seconds`;
  const sentence = `There were too many requests from your address. Try again in ${wait}.`;
  return { status: 429, code: "too-many-requests", heading: "One moment", sentence };
}

/** The path that the pages will read from an address. */
function pathOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  try {
    return decodeURIComponent(path);
  } catch {
    // Not readable as text: then it is no page of ours either.
    return path;
  }
}

/** Makes it, with everybody's points untouched. */
export function createTurnstile({ limits, callerOf, base, monotonic }: TurnstileDeps): Turnstile {
  const { burst: capacity, refillPerSecond, remembered, askCost } = limits;
  const allowance = createAllowance({ capacity, refillMs: 1000 / refillPerSecond, remembered, monotonic });
  const pages = new Map<number, string>();

  function pageFor(seconds: number): string {
    const kept = pages.get(seconds);
    if (kept !== undefined) return kept;
    const page = String(framed(problemPage(refusalFor(seconds), base), base));
    if (pages.size < mostPages) pages.set(seconds, page);
    return page;
  }

  function refuse(request: IncomingMessage, response: ServerResponse, seconds: number): void {
    const asPage = /text\/html|\*\/\*/.test(request.headers.accept ?? "*/*");
    const body = asPage ? pageFor(seconds) : JSON.stringify(refusalJson(refusalFor(seconds)));
    response.writeHead(429, {
      ...safetyHeaders,
      "Content-Type": `${asPage ? "text/html" : "application/json"}; charset=utf-8`,
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
      "Retry-After": seconds,
      Vary: "Accept",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  return (request, response) => {
    const path = below(pathOf(request.url ?? ""), base);
    if (path === "/health") return true;
    const waitMs = allowance.spend(callerOf(request).key, path === "/ask" ? askCost : 1);
    if (waitMs > 0) refuse(request, response, Math.ceil(waitMs / 1000));
    return waitMs === 0;
  };
}
