/** `serve`: starts the platforms that are configured, says what the others need, and stops them all in good order. */
import { once } from "node:events";
import { NewsroomError, sentenceFor } from "../errors.ts";
import type { OpenNewsroom } from "../open-newsroom.ts";
import type { Adapter } from "../ports.ts";
import { createScheduler } from "../schedule/scheduler.ts";
import { wakeRegularly } from "../schedule/wake.ts";
import { exitCodes } from "./exit-codes.ts";
import { openFor, type Work } from "./opening.ts";
import type { Platform } from "./surroundings.ts";

function report(work: Work, name: string, doing: string, error: unknown): void {
  const fields = error instanceof NewsroomError ? { code: error.code, cause: error.cause } : { error };
  work.logger.error(`${name} could not ${doing}: ${sentenceFor(error)}`, fields);
}

/**
 * Starts one platform; one that fails is reported, stopped and left out, and the others go on. `later` when it failed for
 * what may pass, such as a network that is not there yet.
 */
async function startOne(
  work: Work,
  platform: Platform,
  { newsroom, store }: OpenNewsroom,
): Promise<Adapter | "later" | "never"> {
  const { config, surroundings, logger } = work;
  let adapter: Adapter | null = null;
  try {
    const state = store.adapterState(platform.name);
    adapter = await platform.create({
      config,
      runtime: surroundings.runtime,
      logger: logger.named(platform.name),
      state,
    });
    await adapter.start(newsroom);
    return adapter;
  } catch (error) {
    report(work, platform.name, "start", error);
    await adapter?.stop().catch((stopError: unknown) => report(work, platform.name, "stop", stopError));
    return error instanceof NewsroomError && error.code === "platform" ? "later" : "never";
  }
}

const firstRetryMs = 5_000;
const longestRetryMs = 300_000;

/** Starts a platform that could not be started at first, as soon as it can be; resolves with null when serving ends before. */
async function startLater(work: Work, platform: Platform, opened: OpenNewsroom): Promise<Adapter | null> {
  const { runtime, signal } = work.surroundings;
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(longestRetryMs, waitMs * 2)) {
    const isOver = await runtime.sleep(waitMs, signal).then(
      () => signal.aborted,
      () => true,
    );
    if (isOver) return null;
    const started = await startOne(work, platform, opened);
    if (typeof started !== "string") return started;
    if (started === "never") return null;
  }
}

/** How long a post that has begun may take until the platforms are stopped all the same; it is then looked for later. */
const postingMs = 20_000;

/** Makes the digests that are due, until the returned function is called; that waits for what is being posted. */
function startSchedule(work: Work, opened: OpenNewsroom, adapters: readonly Adapter[]): () => Promise<void> {
  const { runtime } = work.surroundings;
  const { store, digests, measures, newsroom } = opened;
  const scheduler = createScheduler({
    ...{ store, digests, measures, adapters, runtime },
    collections: (place) => newsroom.collections(place),
    logger: work.logger.named("digests"),
  });
  const sleep = wakeRegularly(() => scheduler.tick(), runtime);
  opened.onDigestAsked(() => void scheduler.tick());
  return async () => {
    await sleep();
    const inTime = new AbortController();
    const late = runtime.sleep(postingMs, inTime.signal).catch(() => undefined);
    await Promise.race([scheduler.stop(), late]);
    inTime.abort();
  };
}

async function stopAll(work: Work, adapters: readonly Adapter[]): Promise<void> {
  await Promise.all(
    adapters.map((adapter) => adapter.stop().catch((error: unknown) => report(work, adapter.name, "stop", error))),
  );
}

/**
 * Runs until the signal aborts, then answers what is in flight and resolves with 0. A platform that could not be reached is
 * tried again. Resolves with 1 at once when no platform is configured or none can ever be started.
 */
export async function runServe(work: Work): Promise<number> {
  const { surroundings, config, logger } = work;
  const { platforms, signal, errors } = surroundings;
  const lacking = platforms.map((platform) => ({ platform, missing: platform.missing(config) }));
  for (const { platform, missing } of lacking) {
    if (missing.length > 0) errors.write(`${platform.name} is not configured: set ${missing.join(" and ")}.\n`);
  }
  const configured = lacking.filter(({ missing }) => missing.length === 0).map(({ platform }) => platform);
  if (configured.length === 0) {
    errors.write(
      "Nothing to serve. Set that in the environment or in .env (README.md says where to get it), or ask here: npm run ask\n",
    );
    return exitCodes.failure;
  }
  const opened = await openFor(work);
  // A promise that a client library forgot must not take the other platforms down.
  surroundings.watchStrays((error) => logger.error("Something failed where nobody waited for it", { error }));
  try {
    const started = await Promise.all(configured.map((platform) => startOne(work, platform, opened)));
    const adapters = started.filter((adapter) => typeof adapter !== "string");
    const missed = configured.filter((_, index) => started[index] === "later");
    if (adapters.length + missed.length === 0) return exitCodes.failure;
    opened.feeds.poller.start();
    const stopSchedule = startSchedule(work, opened, adapters);
    const serving = () => logger.info(`Serving ${adapters.map(({ name }) => name).join(", ") || "nothing yet"}`);
    serving();
    const late = missed.map(async (platform) => {
      const adapter = await startLater(work, platform, opened);
      if (adapter === null) return;
      adapters.push(adapter);
      serving();
    });
    if (!signal.aborted) await once(signal, "abort");
    logger.info("Stopping; what is in flight is answered first");
    await Promise.all(late);
    await Promise.all([stopSchedule().then(() => stopAll(work, adapters)), opened.feeds.poller.stop()]);
    return exitCodes.done;
  } finally {
    await opened.close();
  }
}
