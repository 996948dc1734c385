/** Feeds over the embedded store in memory, with a scripted web and a runtime that the test holds. */
import { onTestFinished } from "vitest";
import type { FeedRecord, NewFeed } from "../../src/feeds/feed-record.ts";
import { createFeeds, type Feeds } from "../../src/feeds/feeds.ts";
import { createMeasures, type Measured } from "../../src/measures.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { newFeed } from "./feed-records.ts";
import { createLogLines } from "./log-lines.ts";
import { createTestRuntime, type TestRuntime } from "./runtime.ts";
import { type ScriptedFeeds, scriptedFeeds } from "./scripted-feeds.ts";

export interface FeedsUnderTest extends Feeds {
  readonly store: Store;
  readonly scripted: ScriptedFeeds;
  readonly runtime: TestRuntime;
  readonly measured: readonly Measured[];
  readonly log: ReturnType<typeof createLogLines>;
  /** Adds a feed that is due at once. */
  addFeed(id: string, given?: Partial<NewFeed>): Promise<string>;
  /** Makes the feed due and polls what is due. */
  poll(id: string): Promise<FeedRecord>;
  documents(): Promise<readonly { readonly id: string; readonly revision: number; readonly title: string }[]>;
}

/** Opens them; everything is closed when the test ends. */
export async function feedsUnderTest(given: { readonly runtime?: TestRuntime } = {}): Promise<FeedsUnderTest> {
  const runtime = given.runtime ?? createTestRuntime(Date.UTC(2026, 10, 21, 9));
  const store = await openSqliteStore({ path: ":memory:", runtime });
  const scripted = scriptedFeeds();
  const measures = createMeasures();
  const measured: Measured[] = [];
  measures.watch((event) => measured.push(event));
  const log = createLogLines();
  const feeds = createFeeds({ store, web: scripted, runtime, logger: log.logger, measures });
  onTestFinished(async () => {
    await feeds.close();
    await store.close();
  });
  return {
    ...feeds,
    store,
    scripted,
    runtime,
    measured,
    log,
    async addFeed(id, more) {
      const feed = newFeed(id, { addedAt: runtime.now(), ...more });
      await store.addFeed(feed);
      return feed.address;
    },
    async poll(id) {
      await store.changeFeed(id, { nextTryAt: runtime.now() });
      await feeds.poller.pollDue();
      return (await store.feed(id))!;
    },
    async documents() {
      return store.documents(["main"], { limit: 1_000, after: null });
    },
  };
}
