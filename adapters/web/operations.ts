/** For those who run it: is the process up, do store and search answer, and what was counted. */
import { type Context, Hono } from "hono";
import { sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Newsroom } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { Metrics } from "./metrics.ts";
import { webPlace } from "./requests.ts";

export interface OperationsDeps {
  readonly newsroom: Newsroom;
  readonly metrics: Metrics;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** How long `/ready` waits for store and search. */
  readonly readyMs: number;
}

/** Rejects when `newsroom` is not ready within `readyMs`. */
async function readyInTime({ newsroom, runtime, readyMs }: OperationsDeps): Promise<void> {
  const inTime = new AbortController();
  const late = runtime.sleep(readyMs, inTime.signal).then(
    () => {
      throw new Error(`Store and search did not answer within ${readyMs} ms`);
    },
    () => undefined,
  );
  try {
    await Promise.race([newsroom.ready(), late]);
  } finally {
    inTime.abort();
  }
}

/** The routes `/health`, `/ready` and `/metrics`. */
export function createOperations(deps: OperationsDeps): Hono {
  const { newsroom, metrics, logger } = deps;
  const app = new Hono();
  let asking: Promise<void> | null = null;
  // However many ask at once, store and search are asked once.
  const ready = (): Promise<void> => {
    asking ??= readyInTime(deps).finally(() => {
      asking = null;
    });
    return asking;
  };
  // What was counted can be read while the store cannot.
  const held = async () => {
    try {
      return await newsroom.read.counts(await newsroom.collections(webPlace));
    } catch (error) {
      logger.warn("What the corpus holds could not be counted", { error });
      return null;
    }
  };
  const fresh = (c: Context) => c.header("Cache-Control", "no-store");

  app.get("/health", (c) => {
    fresh(c);
    return c.json({ status: "up" });
  });
  app.get("/ready", async (c) => {
    fresh(c);
    try {
      await ready();
      return c.json({ status: "ready" });
    } catch (error) {
      logger.warn("Not ready: store or search does not answer", { error });
      return c.json({ status: "not ready", error: { code: "not-ready", message: sentenceFor(error) } }, 503);
    }
  });
  app.get("/metrics", async (c) => {
    fresh(c);
    const counts = await held();
    return c.body(await metrics.text(counts), 200, { "Content-Type": metrics.contentType });
  });
  return app;
}
