/** What every store keeps to about feeds and their items. */
import { beforeEach, describe, expect, it } from "vitest";
import type { FeedRecord } from "../../src/feeds/feed-record.ts";
import type { Store } from "../../src/store/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { newFeed, noon, seenItem } from "../support/feed-records.ts";

const hour = 3_600_000;

const claim = (now: number) => ({ now, until: now + hour, latest: now + 25 * hour, limit: 10 });
const ids = (feeds: readonly FeedRecord[]) => feeds.map(({ id }) => id);

/** How a store keeps feeds and shares them out to those who poll. */
export function feedsContract(current: () => Store): void {
  describe("feeds", () => {
    let store: Store;
    beforeEach(() => {
      store = current();
    });

    it("are kept as they were added, due at once", async () => {
      expect(await store.addFeed(newFeed("a"))).toBe(true);
      const { paused: _, ...asAdded } = newFeed("a");
      expect(await store.feed("a")).toEqual({
        ...asAdded,
        state: "active",
        nextTryAt: noon,
        lastTryAt: null,
        lastSuccessAt: null,
        failures: 0,
        reason: null,
        sentence: null,
        etag: null,
        lastModified: null,
        ttlMs: null,
        itemsADay: null,
      });
      expect(await store.feed("b")).toBeNull();
    });

    it("are listed by title, of the collections that are asked for", async () => {
      await store.addFeed(newFeed("a", { title: "zebra" }));
      await store.addFeed(newFeed("b", { title: "Ant" }));
      await store.addFeed(newFeed("c", { title: null, collection: "legal", addedWhere: null }));
      expect(ids(await store.feeds(["main"]))).toEqual(["b", "a"]);
      expect(ids(await store.feeds(["legal", "none"]))).toEqual(["c"]);
      expect(ids(await store.feeds([]))).toEqual([]);
      expect(ids(await store.feeds(null))).toEqual(["b", "c", "a"]);
    });

    it("have an address once in a collection", async () => {
      const address = "https://one.example/rss";
      expect(await store.addFeed(newFeed("a", { address }))).toBe(true);
      expect(await store.addFeed(newFeed("b", { address }))).toBe(false);
      expect(await store.addFeed(newFeed("c", { address, collection: "legal" }))).toBe(true);
      await store.addFeed(newFeed("d"));
      expect(await store.changeFeed("d", { address, title: "moved" })).toBe(false);
      expect(await store.feed("d")).toMatchObject({ title: "Feed d", address: "https://d.example/rss" });
      expect(await store.changeFeed("a", { address, title: "same" })).toBe(true);
    });

    it("change in what is said and in nothing else", async () => {
      await store.addFeed(newFeed("a"));
      const before = await store.feed("a");
      const change = {
        article: true,
        state: "gone",
        nextTryAt: null,
        reason: "gone",
        itemsADay: 1.5,
        etag: '"x"',
      } as const;
      expect(await store.changeFeed("a", change)).toBe(true);
      expect(await store.feed("a")).toEqual({ ...before, ...change });
      expect(await store.changeFeed("z", { title: "x" })).toBe(false);
    });

    it("are removed, and may be added again", async () => {
      await store.addFeed(newFeed("a"));
      expect(await store.removeFeed("a")).toBe(true);
      expect(await store.removeFeed("a")).toBe(false);
      expect(await store.addFeed(newFeed("a"))).toBe(true);
    });

    it("are claimed when they are due, the longest due first, each by one only", async () => {
      await store.addFeed(newFeed("a", { addedAt: noon + 2 }));
      await store.addFeed(newFeed("b", { addedAt: noon + 1 }));
      await store.addFeed(newFeed("c", { addedAt: noon + hour }));
      await store.addFeed(newFeed("d", { paused: true }));
      expect(await store.nextFeedDue()).toBe(noon + 1);
      expect(ids(await store.claimFeeds(claim(noon)))).toEqual([]);
      const at = noon + 10;
      expect(ids(await store.claimFeeds({ ...claim(at), limit: 1 }))).toEqual(["b"]);
      expect(ids(await store.claimFeeds(claim(at)))).toEqual(["a"]);
      expect(ids(await store.claimFeeds(claim(at)))).toEqual([]);
    });

    it("can be claimed again after a change, or when the claim has run out", async () => {
      await store.addFeed(newFeed("a"));
      await store.addFeed(newFeed("b"));
      await store.claimFeeds(claim(noon));
      await store.changeFeed("a", {});
      expect(ids(await store.claimFeeds(claim(noon)))).toEqual(["a"]);
      expect(ids(await store.claimFeeds(claim(noon + hour)))).toEqual(["a", "b"]);
    });

    it("are due all the same when a clock that was wrong put their next try, or their claim, far ahead", async () => {
      await store.addFeed(newFeed("a"));
      await store.changeFeed("a", { nextTryAt: noon + 1000 * hour });
      expect(ids(await store.claimFeeds(claim(noon + 1000 * hour)))).toEqual(["a"]);
      expect(ids(await store.claimFeeds(claim(noon)))).toEqual(["a"]);
    });

    it("are due to nobody when none is active", async () => {
      await store.addFeed(newFeed("a", { paused: true }));
      expect(await store.nextFeedDue()).toBeNull();
    });
  });
}

/** How a store keeps the items of feeds together with their documents. */
export function feedItemsContract(current: () => Store): void {
  describe("items of feeds", () => {
    let store: Store;
    const twin = "ab".repeat(16);
    const documents = [0, 1, 2].map((i) => preparedDocument(`a/${i}`, paragraphs(`d${i}`, 2), { outlet: "Gazette" }));
    const [first, second, third] = documents as [(typeof documents)[0], (typeof documents)[0], (typeof documents)[0]];
    beforeEach(async () => {
      store = current();
      await store.addFeed(newFeed("a"));
    });

    it("are kept with their documents", async () => {
      const seen = seenItem("1", { document: first.id, twin, publishedAt: noon, baseline: true, articleTries: 2 });
      const outcomes = await store.keepItems("a", [seen], [first]);
      expect(outcomes).toMatchObject([{ id: first.id, outcome: "added" }]);
      expect(await store.seenItems("a", ["1", "2"])).toEqual(new Map([["1", seen]]));
      expect(await store.seenItems("b", ["1"])).toEqual(new Map());
      expect((await store.document(first.id))?.text).toBe(first.source.text);
    });

    it("are not kept when a document is refused", async () => {
      const refused = { ...preparedDocument("other", "Text."), id: first.id };
      await store.put([first]);
      await expect(store.keepItems("a", [seenItem("1")], [second, refused])).rejects.toMatchObject({
        code: "bad-document",
      });
      expect(await store.seenItems("a", ["1"])).toEqual(new Map());
      expect(await store.document(second.id)).toBeNull();
    });

    it("keep when they were first seen, and that they are baseline", async () => {
      const seen = seenItem("1", { document: first.id, baseline: true });
      await store.keepItems("a", [seen], [first]);
      const later = seenItem("1", {
        hash: "ff".repeat(16),
        firstSeenAt: noon + 9 * hour,
        document: second.id,
        publishedAt: 7,
      });
      await store.keepItems("a", [later], [second]);
      const kept = (await store.seenItems("a", ["1"])).get("1");
      expect(kept).toEqual({ ...later, firstSeenAt: seen.firstSeenAt, baseline: true, document: first.id });
    });

    it("stay known without their document when it is forgotten", async () => {
      await store.keepItems("a", [seenItem("1", { document: first.id, twin })], [first]);
      await store.forget(first.id);
      expect((await store.seenItems("a", ["1"])).get("1")).toMatchObject({ document: null });
      expect(await store.twinItems("main", [twin])).toEqual(new Map([[twin, { twin, document: null }]]));
      await store.put([first]);
      await store.keepItems("a", [seenItem("1", { document: first.id, twin })], []);
      expect((await store.seenItems("a", ["1"])).get("1")).toMatchObject({ document: null });
    });

    it("stay known when their feed is removed", async () => {
      await store.keepItems("a", [seenItem("1", { document: first.id, twin })], [first]);
      await store.removeFeed("a");
      expect((await store.seenItems("a", ["1"])).size).toBe(1);
      expect((await store.twinItems("main", [twin])).get(twin)?.document).toEqual({ id: first.id, key: "a/0" });
    });

    it("are found by what they carry, in their own collection, the earliest first", async () => {
      await store.addFeed(newFeed("b"));
      await store.keepItems(
        "b",
        [seenItem("x", { document: second.id, twin, firstSeenAt: noon + 2 * hour })],
        [second],
      );
      await store.keepItems("a", [seenItem("1", { document: first.id, twin })], [first]);
      expect((await store.twinItems("main", [twin, "00".repeat(16)])).size).toBe(1);
      expect((await store.twinItems("main", [twin])).get(twin)?.document?.id).toBe(first.id);
      expect((await store.twinItems("legal", [twin])).size).toBe(0);
    });

    it("count those whose page is still to be read", async () => {
      await store.keepItems("a", [seenItem("1", { articleTries: 1 }), seenItem("2")], []);
      expect(await store.articlesDue("a", noon)).toBe(1);
      expect(await store.articlesDue("a", noon + 2 * hour)).toBe(0);
      expect(await store.articlesDue("b", noon)).toBe(0);
    });

    it("tell when they appeared, those without a date that were there at first left out", async () => {
      await store.keepItems(
        "a",
        [
          seenItem("1", { publishedAt: noon, baseline: true }),
          seenItem("2", { baseline: true }),
          seenItem("3", { publishedAt: noon + 99 * hour }),
          seenItem("4", { firstSeenAt: noon - hour }),
        ],
        [],
      );
      const times = await store.itemTimes("a", noon);
      expect(times.toSorted()).toEqual([noon, noon + hour]);
    });

    it("are counted by day and their feed's outlet, the latest day first, each document once", async () => {
      await store.addFeed(newFeed("g", { outlet: "Gazette" }));
      await store.addFeed(newFeed("h", { outlet: "Gazette" }));
      await store.keepItems("g", [seenItem("1", { document: first.id, publishedAt: noon - 24 * hour })], [first]);
      await store.keepItems("g", [seenItem("2", { document: second.id }), seenItem("4")], [second]);
      await store.keepItems("h", [seenItem("2", { document: second.id })], []);
      await store.keepItems("a", [seenItem("3", { document: third.id, publishedAt: noon + 99 * hour })], [third]);
      expect(await store.itemsByDay(["main"], noon - 48 * hour)).toEqual([
        { day: "2026-01-05", outlet: null, items: 1 },
        { day: "2026-01-05", outlet: "Gazette", items: 1 },
        { day: "2026-01-04", outlet: "Gazette", items: 1 },
      ]);
      expect(await store.itemsByDay(["main"], noon)).toHaveLength(2);
      expect(await store.itemsByDay(["legal"], noon)).toEqual([]);
    });
  });
}
