/** Settles what came of reading a feed: takes its items in, and keeps how it fares and when it is read next. */
import type { Runtime } from "../runtime.ts";
import type { FeedStore } from "../store/store.ts";
import type { FeedOutcome, ParsedFeed } from "./feed.ts";
import type { FeedChange, FeedRecord } from "./feed-record.ts";
import { feedTitle } from "./feed-summary.ts";
import type { Intake, IntakeOptions, IntakeReport } from "./intake.ts";
import { outletName } from "./outlet-name.ts";
import { itemsADay, waitAfterFailure, waitAfterRead } from "./pace.ts";

export interface SettleDeps {
  readonly store: Pick<FeedStore, "changeFeed" | "itemTimes" | "feeds">;
  readonly intake: Intake;
  readonly runtime: Pick<Runtime, "now" | "uuid">;
}

/** How a poll ended; `report` is there when there was something to take in. */
export interface Settled {
  readonly outcome: FeedOutcome;
  readonly report: IntakeReport | null;
}

/** Settles one outcome. Rejects only for faults of the store. */
export type Settle = (feed: FeedRecord, outcome: FeedOutcome, options?: IntakeOptions) => Promise<Settled>;

const paceWindowMs = 7 * 86_400_000;

/** A number from 0 up to 1 that nobody can foretell: the random end of a fresh identifier. */
function chanceOf({ uuid }: Pick<Runtime, "uuid">): number {
  return Number.parseInt(uuid().slice(-12), 16) / 2 ** 48;
}

/** Makes the settling. */
export function createSettle({ store, intake, runtime }: SettleDeps): Settle {
  async function read(feed: FeedRecord, outcome: Extract<FeedOutcome, { kind: "read" }>, options?: IntakeOptions) {
    const change = described(feed, outcome.feed);
    const report = await intake({ ...feed, ...change }, outcome.feed, options);
    // What was not taken in is asked for again: the server must not be told that we have it.
    if (report.stopped || report.failures.length > 0) return { report, change };
    const { etag, lastModified } = outcome;
    return { report, change: { ...change, etag, lastModified } };
  }

  /** The change after an answer that counts: when it is read next, where it is now. */
  async function answered(feed: FeedRecord, ttlMs: number | null, maxAgeMs: number | null): Promise<FeedChange> {
    const now = runtime.now();
    const pace = itemsADay(await store.itemTimes(feed.id, now - paceWindowMs), now);
    const wait = waitAfterRead({ itemsADay: pace, ttlMs, maxAgeMs, chance: chanceOf(runtime) });
    return {
      nextTryAt: Math.round(now + wait),
      lastTryAt: now,
      lastSuccessAt: now,
      failures: 0,
      reason: null,
      sentence: null,
      itemsADay: pace,
    };
  }

  /** Keeps a change of address, or says why it cannot be. */
  async function move(feed: FeedRecord, to: string, change: FeedChange): Promise<void> {
    if (await store.changeFeed(feed.id, { ...change, address: to })) return;
    const other = (await store.feeds([feed.collection])).find(({ address }) => address === to);
    // Removed meanwhile, or there already: then two feeds would bring the same.
    if (!other || other.id === feed.id) return;
    const sentence = `The feed has moved to ${to}, which is there already as “${feedTitle(other)}”. It can be removed.`;
    await store.changeFeed(feed.id, { ...change, state: "gone", nextTryAt: null, reason: "gone", sentence });
  }

  return async (feed, outcome, options) => {
    const now = runtime.now();
    switch (outcome.kind) {
      case "read": {
        const { report, change } = await read(feed, outcome, options);
        if (report.stopped) {
          await store.changeFeed(feed.id, {});
          return { outcome, report };
        }
        const all = { ...(await answered(feed, outcome.feed.ttlMs, outcome.maxAgeMs)), ...change };
        await (outcome.movedTo === null ? store.changeFeed(feed.id, all) : move(feed, outcome.movedTo, all));
        return { outcome, report };
      }
      case "not-modified": {
        const { etag, lastModified } = outcome;
        const all = { ...(await answered(feed, feed.ttlMs, outcome.maxAgeMs)), etag, lastModified };
        await (outcome.movedTo === null ? store.changeFeed(feed.id, all) : move(feed, outcome.movedTo, all));
        return { outcome, report: null };
      }
      case "gone": {
        const { sentence } = outcome;
        await store.changeFeed(feed.id, { state: "gone", nextTryAt: null, lastTryAt: now, reason: "gone", sentence });
        return { outcome, report: null };
      }
      case "failed": {
        if (outcome.reason === "stopped") await store.changeFeed(feed.id, {});
        else await store.changeFeed(feed.id, failedChange(feed, outcome, now, chanceOf(runtime)));
        return { outcome, report: null };
      }
    }
  };
}

/** What the feed says of itself where nothing is known yet: a name that somebody gave it, or that it had, stays. */
function described(feed: FeedRecord, { title, home, ttlMs }: ParsedFeed): FeedChange {
  const outlet = feed.outlet ?? outletName(title, [home, feed.address]);
  return { title: feed.title ?? title, home: feed.home ?? home, outlet, ttlMs };
}

function failedChange(
  feed: FeedRecord,
  { reason, sentence, retryAfterMs }: Extract<FeedOutcome, { kind: "failed" }>,
  now: number,
  chance: number,
): FeedChange {
  const failures = feed.failures + 1;
  const nextTryAt = Math.round(now + waitAfterFailure({ failures, retryAfterMs, chance }));
  return { nextTryAt, lastTryAt: now, failures, reason, sentence };
}
