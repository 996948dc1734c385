/** Polls the feeds that are due, for as long as it runs: few at once, one at a time a host, each claimed in the store. */
import { sentenceFor } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Measured } from "../measures.ts";
import type { Runtime } from "../runtime.ts";
import type { FeedStore } from "../store/store.ts";
import type { FeedOutcome, FeedReader } from "./feed.ts";
import type { FeedRecord } from "./feed-record.ts";
import { longestWaitMs } from "./pace.ts";
import type { Settle, Settled } from "./settle.ts";

export interface PollerDeps {
  readonly store: Pick<FeedStore, "claimFeeds" | "nextFeedDue" | "changeFeed" | "articlesDue">;
  readonly reader: Pick<FeedReader, "read">;
  readonly settle: Settle;
  readonly runtime: Runtime;
  readonly logger?: Logger | undefined;
  /** Told of every feed that was polled. */
  readonly record: (event: Measured) => void;
}

/** A feed that was polled, and what came of it. */
export interface Polled extends Settled {
  readonly feed: FeedRecord;
}

export interface FeedPoller {
  /** Polls what is due now, each feed once, and hands on each as it is done. Rejects only for faults of the store. */
  pollDue(onPolled?: (polled: Polled) => void, signal?: AbortSignal): Promise<void>;
  /** Begins to poll whenever something is due; once. */
  start(): void;
  /** Lets what was read be kept, gives up the rest, resolves when nothing is under way; may be called twice. */
  stop(): Promise<void>;
}

/** Hosts asked at the same time. */
const hostsAtOnce = 6;
/** Feeds claimed in one go. */
const feedsAtOnce = 24;
/** A process that is killed holds its claims for so long. */
const claimMs = 600_000;
/** Other processes add feeds; between two looks at the store passes no more time. */
const longestSleepMs = 30_000;
const shortestSleepMs = 2_000;
/** An article's page is due no longer than this. */
const articleDueMs = 2 * 86_400_000;

/** Makes a poller; nothing is asked for until it is started. */
export function createFeedPoller(deps: PollerDeps): FeedPoller {
  const { store, runtime, logger } = deps;
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  async function pollDue(onPolled: (polled: Polled) => void = () => undefined, signal?: AbortSignal): Promise<void> {
    const ending = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
    const begun = new Set<string>();
    for (;;) {
      if (ending.aborted) return;
      const now = runtime.now();
      const feeds = await store.claimFeeds({
        now,
        until: now + claimMs,
        latest: now + longestWaitMs,
        limit: feedsAtOnce,
      });
      if (feeds.length === 0) return;
      if (feeds.some(({ id }) => begun.has(id))) {
        // One that is due again at once was broken off; its turn is in the next round.
        await Promise.all(feeds.map(({ id }) => store.changeFeed(id, {})));
        return;
      }
      for (const { id } of feeds) begun.add(id);
      const lanes = [...Map.groupBy(feeds, ({ address }) => URL.parse(address)?.host ?? "").values()];
      const worker = async () => {
        for (let lane = lanes.shift(); lane; lane = lanes.shift()) await pollLane(deps, lane, onPolled, ending);
      };
      // Nothing is left running behind the back of a fault.
      const ended = await Promise.allSettled(Array.from({ length: hostsAtOnce }, worker));
      const fault = ended.find(({ status }) => status === "rejected");
      if (fault) {
        // A store that has failed may fail here too; then the claims run out by themselves.
        await Promise.allSettled(feeds.map(({ id }) => store.changeFeed(id, {})));
        throw (fault as PromiseRejectedResult).reason;
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await pollDue();
        const due = (await store.nextFeedDue()) ?? Number.POSITIVE_INFINITY;
        await pause(Math.min(longestSleepMs, Math.max(shortestSleepMs, due - runtime.now())));
      } catch (error) {
        // A store that is full or locked is so for a while; feeds are polled again when it is not.
        logger?.error(`Feeds cannot be polled: ${sentenceFor(error)}`, { error });
        await pause(longestSleepMs);
      }
    }
  }

  const pause = (ms: number) =>
    runtime.sleep(ms, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
    });

  return {
    pollDue,
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Polls the feeds of one host, one after the other. */
async function pollLane(
  deps: PollerDeps,
  lane: readonly FeedRecord[],
  onPolled: (polled: Polled) => void,
  signal: AbortSignal,
): Promise<void> {
  let quietUntil: number | null = null;
  for (const feed of lane) {
    if (signal.aborted) await deps.store.changeFeed(feed.id, {});
    else if (quietUntil !== null) await deps.store.changeFeed(feed.id, { nextTryAt: quietUntil });
    else {
      const polled = await pollOne(deps, feed, signal);
      if (polled === null) continue;
      onPolled(polled);
      // The server asked to be left alone: that holds for its other feeds too.
      if (polled.outcome.kind === "failed" && polled.outcome.retryAfterMs !== null)
        quietUntil = deps.runtime.now() + Math.min(polled.outcome.retryAfterMs, longestWaitMs);
    }
  }
}

/** Reads one feed and settles what came of it; null when it was broken off, and then it is let go of. */
async function pollOne(deps: PollerDeps, feed: FeedRecord, signal: AbortSignal): Promise<Polled | null> {
  const began = deps.runtime.monotonic();
  try {
    const outcome = await readOne(deps, feed, signal);
    const settled = await deps.settle(feed, outcome, { signal });
    tell(deps, feed, settled, deps.runtime.monotonic() - began);
    return { feed, ...settled };
  } catch (error) {
    if (!signal.aborted) throw error;
    await deps.store.changeFeed(feed.id, {});
    return null;
  }
}

async function readOne(
  { store, reader, runtime }: PollerDeps,
  feed: FeedRecord,
  signal: AbortSignal,
): Promise<FeedOutcome> {
  // A server that has sent nothing new would hide the items whose pages are still to be read.
  const due = feed.article && (await store.articlesDue(feed.id, runtime.now() - articleDueMs)) > 0;
  const { etag, lastModified } = feed;
  return reader.read(feed.address, due ? undefined : { etag, lastModified }, signal);
}

function tell({ record, logger }: PollerDeps, feed: FeedRecord, { outcome, report }: Settled, tookMs: number): void {
  const { id, address } = feed;
  const changed = report !== null && report.added + report.revised > 0;
  const failed = outcome.kind === "failed" || outcome.kind === "gone";
  record({
    kind: "feed",
    outcome: failed ? "failed" : changed ? "changed" : "unchanged",
    items: report?.fresh ?? 0,
    tookMs,
  });
  if (outcome.kind === "failed" || outcome.kind === "gone") {
    const detail = outcome.kind === "failed" && outcome.detail !== null ? { detail: outcome.detail } : {};
    logger?.info(`A feed could not be read: ${outcome.sentence}`, { feed: id, address, kind: outcome.kind, ...detail });
  } else if (changed) {
    logger?.info("A feed brought something new", { feed: id, added: report.added, revised: report.revised });
  }
  for (const failure of report?.failures ?? []) logger?.warn(`An item could not be kept: ${failure}`, { feed: id });
}
