/** Everything that is served, in order: the headers, the counting, the guard, then operations and pages. */
import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import type { Logger } from "../../src/logger.ts";
import type { Newsroom } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import { withSafetyHeaders } from "./guard/headers.ts";
import { below } from "./guard/paths.ts";
import { refuse } from "./guard/refusal.ts";
import type { Metrics } from "./metrics.ts";
import { createOperations } from "./operations.ts";

type WebApp = Hono<{ Bindings: HttpBindings }>;

export interface AppDeps {
  readonly newsroom: Newsroom;
  /** What answers everything else. */
  readonly pages: Hono;
  readonly guard: MiddlewareHandler<{ Bindings: HttpBindings }>;
  readonly metrics: Metrics;
  /** The path under which the pages are opened, without a slash at its end; empty for the root. */
  readonly base: string;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly readyMs: number;
}

/** Names of pages that are counted each by itself, so that nobody can make up new ones. */
const counted = ["ask", "documents", "digests", "feeds", "assets", "health", "ready", "metrics", "login", "logout"];

function pageOf(path: string, base: string): string {
  const first = below(path, base).split("/")[1] ?? "";
  return first === "" ? "home" : counted.includes(first) ? first : "other";
}

/** Answers at the root, and under the path of PUBLIC_URL where a proxy passes that on. */
export function createApp(deps: AppDeps): WebApp {
  const { pages, guard, metrics, base, runtime, logger } = deps;
  const app: WebApp = new Hono();
  app.use(withSafetyHeaders);
  app.use(async (c, next) => {
    const from = runtime.monotonic();
    await next();
    metrics.served(pageOf(c.req.path, base), c.res.status, runtime.monotonic() - from);
  });
  app.use(guard);
  const operations = createOperations(deps);
  for (const prefix of base === "" ? ["/"] : [base, "/"]) app.route(prefix, operations);
  if (base !== "") app.mount(base, pages.fetch);
  app.mount("/", pages.fetch);
  app.onError((error, c) => {
    logger.error("A request could not be answered", { path: c.req.path, error });
    const sentence = "Something went wrong inside Dateline; the log has the details.";
    return refuse(c, { status: 500, code: "internal", heading: "Something went wrong", sentence }, base);
  });
  return app;
}
