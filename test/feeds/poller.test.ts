import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { NewsroomError } from "../../src/errors.ts";
import type { FeedFailure } from "../../src/feeds/feed.ts";
import { createFeeds } from "../../src/feeds/feeds.ts";
import type { Polled } from "../../src/feeds/poller.ts";
import { createMeasures } from "../../src/measures.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { newFeed } from "../support/feed-records.ts";
import { feedsUnderTest } from "../support/feeds-under-test.ts";
import { createLogLines } from "../support/log-lines.ts";
import { createTestRuntime, type TestRuntime } from "../support/runtime.ts";
import { failedOutcome, feedItem, readOutcome, scriptedFeeds } from "../support/scripted-feeds.ts";

const minute = 60_000;
const hour = 60 * minute;

const facts = { url: "https://g.example/rss", movedTo: null, maxAgeMs: null, etag: null, lastModified: null };

/** A runtime whose sleepers wake when the test lets time pass. */
function sleepyRuntime(): TestRuntime & { readonly sleeping: () => number } {
  const runtime = createTestRuntime(Date.UTC(2026, 10, 21, 9));
  const waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    ...runtime,
    sleeping: () => waiting.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { until: runtime.monotonic() + ms, wake: resolve };
        waiting.add(sleeper);
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    pass: (ms) => {
      runtime.pass(ms);
      for (const sleeper of waiting) {
        if (sleeper.until > runtime.monotonic()) continue;
        waiting.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

/** Resolves when `holds` does, however many turns that takes. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

describe("a feed that was read", () => {
  it("is read again at its own pace", async () => {
    const feeds = await feedsUnderTest();
    const now = feeds.runtime.now();
    const busy = Array.from({ length: 48 }, (_, i) =>
      feedItem(`${i}`, { published: new Date(now - i * (hour / 2)).toISOString() }),
    );
    feeds.scripted.give(await feeds.addFeed("busy"), readOutcome(busy));
    feeds.scripted.give(await feeds.addFeed("quiet"), readOutcome([feedItem("q")]));
    await feeds.poller.pollDue();
    const [atBusy, atQuiet] = [(await feeds.store.feed("busy"))!, (await feeds.store.feed("quiet"))!];
    expect(atBusy.itemsADay).toBeCloseTo(49, 0);
    expect(atBusy.nextTryAt! - now).toBeGreaterThan(12 * minute);
    expect(atBusy.nextTryAt! - now).toBeLessThan(18 * minute);
    expect(atQuiet.nextTryAt! - now).toBeGreaterThan(5 * hour);
    expect(atQuiet).toMatchObject({ itemsADay: 0, failures: 0, lastSuccessAt: now, lastTryAt: now });
  });

  it("is not read before it is due", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")]));
    await feeds.poller.pollDue();
    await feeds.poller.pollDue();
    feeds.runtime.pass(4 * hour);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(1);
    feeds.runtime.pass(4 * hour);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(2);
  });

  it("is asked for only if changed, and says so without being taken in again", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(
      address,
      readOutcome([feedItem("one")], { etag: '"1"', lastModified: "Sat, 21 Nov 2026 08:00:00 GMT" }),
    );
    await feeds.poll("g");
    const before = await feeds.store.sequence();
    feeds.scripted.give(address, { kind: "not-modified", ...facts, etag: '"2"' });
    const record = await feeds.poll("g");
    expect(feeds.scripted.asked[1]?.known).toEqual({ etag: '"1"', lastModified: "Sat, 21 Nov 2026 08:00:00 GMT" });
    expect(record).toMatchObject({ etag: '"2"', failures: 0, lastSuccessAt: feeds.runtime.now() });
    expect(await feeds.store.sequence()).toBe(before);
    expect(feeds.measured).toMatchObject([
      { kind: "feed", outcome: "changed", items: 1 },
      { kind: "feed", outcome: "unchanged", items: 0 },
    ]);
  });

  it.each([
    ["its server's max-age", { maxAgeMs: 20 * hour }, 20],
    ["a year of max-age for a day only", { maxAgeMs: 365 * 24 * hour }, 24],
  ])("waits for %s", async (_name, given, hours) => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")], given));
    const { nextTryAt } = await feeds.poll("g");
    const wait = nextTryAt! - feeds.runtime.now();
    expect(wait).toBeGreaterThanOrEqual(hours * hour);
    expect(wait).toBeLessThan(hours * hour * 1.06);
  });

  it("waits for its own ttl, also after an answer that it has not changed", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    const outcome = readOutcome([feedItem("one")], { etag: '"1"' });
    feeds.scripted.give(address, { ...outcome, feed: { ...outcome.feed, ttlMs: 12 * hour } });
    await feeds.poll("g");
    feeds.scripted.give(address, { kind: "not-modified", ...facts, etag: '"1"' });
    const { nextTryAt } = await feeds.poll("g");
    expect(nextTryAt! - feeds.runtime.now()).toBeGreaterThanOrEqual(12 * hour);
  });

  it("is read where it has moved to for good", async () => {
    const feeds = await feedsUnderTest();
    const to = "https://new.example/rss";
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")], { movedTo: to, url: to }));
    feeds.scripted.give(to, readOutcome([feedItem("one")]));
    expect(await feeds.poll("g")).toMatchObject({ address: to, state: "active" });
    await feeds.poll("g");
    expect(feeds.scripted.asked.map(({ address }) => address)).toEqual(["https://g.example/rss", to]);
    expect(await feeds.documents()).toMatchObject([{ revision: 1 }]);
  });

  it("ends when it has moved to where another feed is read", async () => {
    const feeds = await feedsUnderTest();
    const other = await feeds.addFeed("h", { title: "The Courier" });
    feeds.scripted.give(other, readOutcome([]));
    await feeds.poll("h");
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, readOutcome([feedItem("one")], { movedTo: other }));
    const record = await feeds.poll("g");
    expect(record).toMatchObject({ address, state: "gone", nextTryAt: null });
    expect(record.sentence).toContain("The Courier");
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(2);
  });
});

describe("a feed that cannot be read", () => {
  const failures: readonly FeedFailure[] = [
    "web-page",
    "empty",
    "damaged",
    "hostile",
    "too-slow",
    "refused",
    "not-there",
  ];

  it.each(failures)("(%s) keeps what it brought, says why, and is tried again later and later", async (reason) => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, readOutcome([feedItem("one")], { etag: '"1"' }));
    const read = await feeds.poll("g");
    feeds.scripted.give(address, failedOutcome(reason));
    let longest = 0;
    for (let failed = 1; failed <= 4; failed++) {
      const record = await feeds.poll("g");
      expect(record).toMatchObject({
        state: "active",
        failures: failed,
        reason,
        sentence: `It failed: ${reason}.`,
        etag: '"1"',
      });
      expect(record.lastSuccessAt).toBe(read.lastSuccessAt);
      expect(record.nextTryAt! - feeds.runtime.now()).toBeGreaterThan(longest);
      longest = record.nextTryAt! - feeds.runtime.now();
    }
    expect(await feeds.documents()).toHaveLength(1);
    expect(feeds.log.said("info")).toContain(`It failed: ${reason}.`);
    expect(feeds.measured.filter((event) => event.kind === "feed" && event.outcome === "failed")).toHaveLength(4);
  });

  it("counts no failure when it was we who stopped", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("g"), failedOutcome("stopped"));
    const before = await feeds.store.feed("g");
    await feeds.poller.pollDue();
    expect(await feeds.store.feed("g")).toEqual(before);
    expect(feeds.scripted.asked).toHaveLength(1);
  });

  it("is well again once it is read", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, failedOutcome("unreachable"));
    await feeds.poll("g");
    feeds.scripted.give(address, readOutcome([feedItem("one")]));
    expect(await feeds.poll("g")).toMatchObject({ failures: 0, reason: null, sentence: null });
  });

  it("leaves the others to be read", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("a"), failedOutcome("hostile"));
    feeds.scripted.give(await feeds.addFeed("b"), readOutcome([feedItem("one")]));
    await feeds.poller.pollDue();
    expect(await feeds.documents()).toHaveLength(1);
  });

  it("waits as long as its server asks, and so do the other feeds of that server", async () => {
    const feeds = await feedsUnderTest();
    const host = "https://same.example";
    for (const name of ["a", "b", "c"]) await feeds.addFeed(name, { address: `${host}/${name}` });
    feeds.scripted.give(`${host}/a`, failedOutcome("asked-to-wait", { status: 429, retryAfterMs: 2 * hour }));
    const now = feeds.runtime.now();
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(1);
    for (const id of ["a", "b", "c"]) {
      expect((await feeds.store.feed(id))!.nextTryAt! - now).toBeGreaterThanOrEqual(2 * hour);
    }
    expect(await feeds.store.feed("b")).toMatchObject({ failures: 0, sentence: null });
  });

  it("is asked for no more once it is gone, and says so", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("g"), {
      kind: "gone",
      sentence: "The site says that the feed is no more.",
    });
    expect(await feeds.poll("g")).toMatchObject({
      state: "gone",
      nextTryAt: null,
      sentence: "The site says that the feed is no more.",
    });
    feeds.runtime.pass(100 * 24 * hour);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(1);
  });
});

describe("polling", () => {
  it("asks few hosts at once, and each for one thing at a time", async () => {
    const feeds = await feedsUnderTest();
    const busy = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    feeds.scripted.onAsked = async (address) => {
      const { host } = new URL(address);
      busy.set(host, (busy.get(host) ?? 0) + 1);
      most = Math.max(
        most,
        [...busy.values()].reduce((sum, count) => sum + count, 0),
      );
      mostOfOne = Math.max(mostOfOne, busy.get(host)!);
      await new Promise((resolve) => setImmediate(resolve));
      busy.set(host, busy.get(host)! - 1);
    };
    for (let i = 0; i < 60; i++) {
      const address = await feeds.addFeed(`f${i}`, { address: `https://h${i % 20}.example/${i}` });
      feeds.scripted.give(address, readOutcome([]));
    }
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(60);
    expect(most).toBe(6);
    expect(mostOfOne).toBe(1);
  });

  it("tells of each feed as it is done", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("a"), readOutcome([feedItem("one")]));
    feeds.scripted.give(await feeds.addFeed("b"), failedOutcome("tls"));
    const polled: Polled[] = [];
    await feeds.poller.pollDue((one) => polled.push(one));
    const ends = polled.map(({ feed, outcome, report }) => [feed.id, outcome.kind, report?.added ?? null]);
    expect(ends.toSorted()).toEqual([
      ["a", "read", 1],
      ["b", "failed", null],
    ]);
  });

  it("goes on by itself until it is stopped", async () => {
    const runtime = sleepyRuntime();
    const feeds = await feedsUnderTest({ runtime });
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")]));
    feeds.poller.start();
    await until(() => runtime.sleeping() === 1);
    expect(feeds.scripted.asked).toHaveLength(1);
    for (let i = 0; i < 14; i++) {
      runtime.pass(hour / 2);
      await until(() => runtime.sleeping() === 1);
    }
    expect(feeds.scripted.asked).toHaveLength(2);
    await feeds.poller.stop();
    await feeds.poller.stop();
    runtime.pass(100 * hour);
    expect(feeds.scripted.asked).toHaveLength(2);
  });

  it("finds feeds that another process adds, within half a minute", async () => {
    const runtime = sleepyRuntime();
    const feeds = await feedsUnderTest({ runtime });
    feeds.poller.start();
    await until(() => runtime.sleeping() === 1);
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([]));
    runtime.pass(30_000);
    await until(() => feeds.scripted.asked.length === 1);
    await feeds.poller.stop();
  });

  it("lets go of a feed that is under way when it is stopped; it is due at once for the next", async () => {
    const feeds = await feedsUnderTest();
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    feeds.scripted.onAsked = async () => {
      asked.resolve();
      await answer.promise;
    };
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")]));
    await feeds.addFeed("waiting", { address: "https://g.example/other" });
    feeds.poller.start();
    await asked.promise;
    const stopped = feeds.poller.stop();
    answer.resolve();
    await stopped;
    expect(feeds.scripted.asked).toHaveLength(1);
    expect(await feeds.documents()).toEqual([]);
    const now = feeds.runtime.now();
    const claimed = await feeds.store.claimFeeds({ now, until: now + hour, latest: now + hour, limit: 9 });
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(["g", "waiting"]);
  });

  it("goes on after a fault of the store, and says what it was", async () => {
    const runtime = sleepyRuntime();
    const store = await openSqliteStore({ path: ":memory:", runtime });
    onTestFinished(() => store.close());
    const web = scriptedFeeds();
    web.give("https://g.example/rss", readOutcome([feedItem("one")]));
    web.give("https://g.example/other", readOutcome([feedItem("two")]));
    await store.addFeed(newFeed("g", { addedAt: runtime.now() }));
    await store.addFeed(newFeed("h", { addedAt: runtime.now() + 1, address: "https://g.example/other" }));
    let full = true;
    const keepItems: typeof store.keepItems = async (...given) => {
      if (full) throw new NewsroomError("data-full", "The disk is full.");
      return store.keepItems(...given);
    };
    const log = createLogLines();
    const { logger } = log;
    const feeds = createFeeds({ store: { ...store, keepItems }, web, runtime, logger, measures: createMeasures() });
    onTestFinished(feeds.close);
    feeds.poller.start();
    await until(() => runtime.sleeping() === 1);
    expect(await store.collectionsInUse()).toEqual([]);
    expect(log.said("error")).toBe("Feeds cannot be polled: The disk is full.");
    full = false;
    runtime.pass(30_000);
    await until(async () => (await store.counts(["main"])).documents === 2);
  });

  it("leaves a feed to the process that has claimed it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dateline-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const runtime = createTestRuntime();
    const web = scriptedFeeds();
    const open = async () => {
      const store = await openSqliteStore({ path: join(folder, "dateline.sqlite"), runtime });
      onTestFinished(() => store.close());
      return { store, ...createFeeds({ store, web, runtime, measures: createMeasures() }) };
    };
    const processes = await Promise.all([open(), open(), open()]);
    for (let i = 0; i < 30; i++) {
      const feed = newFeed(`f${i}`, { addedAt: runtime.now() });
      await processes[0]!.store.addFeed(feed);
      web.give(feed.address, readOutcome([feedItem(`${i}`, { text: `Item ${i} of many.` })]));
    }
    await Promise.all(processes.map(({ poller }) => poller.pollDue()));
    expect(web.asked.map(({ address }) => address).toSorted()).toEqual(
      [...new Set(web.asked.map(({ address }) => address))].toSorted(),
    );
    expect(web.asked).toHaveLength(30);
    expect(await processes[0]!.store.documents(["main"], { limit: 99, after: null })).toHaveLength(30);
  });

  it("reads a feed that a clock which was wrong has put far ahead", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([feedItem("one")]));
    feeds.runtime.pass(365 * 24 * hour);
    await feeds.poller.pollDue();
    feeds.runtime.pass(-365 * 24 * hour);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(2);
  });
});
