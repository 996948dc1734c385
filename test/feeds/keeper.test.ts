import { describe, expect, it } from "vitest";
import { readOpml } from "../../src/feeds/opml.ts";
import { feedsUnderTest } from "../support/feeds-under-test.ts";
import { failedOutcome, feedItem, parsedFeed, readOutcome } from "../support/scripted-feeds.ts";

const address = "https://www.gazette.example/rss";
const request = { typed: address, collection: "main", article: false, outlet: null, by: "ann", where: null };
const list = (...feeds: readonly string[]) => readOpml(`<opml><body>${feeds.join("")}</body></opml>`);

describe("adding a feed", () => {
  it("keeps it under an id of its own, with what it holds as baseline", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, readOutcome([feedItem("one"), feedItem("two")], { etag: '"1"' }));
    const { feed, report } = await feeds.keeper.add(request);
    expect(feed).toMatchObject({
      title: "The Gazette",
      address,
      collection: "main",
      outlet: "The Gazette",
      state: "active",
    });
    expect(feed.id).toMatch(/^gazette-[0-9a-f]{6}$/);
    expect(report).toMatchObject({ fresh: 2, added: 2 });
    expect(await feeds.store.feed(feed.id)).toMatchObject({
      etag: '"1"',
      addedBy: "ann",
      lastSuccessAt: feeds.runtime.now(),
    });
    const seen = await feeds.store.seenItems(feed.id, ["one", "two"]);
    expect([...seen.values()].map(({ baseline }) => baseline)).toEqual([true, true]);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(1);
  });

  it("cites its items as the outlet that was named", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, readOutcome([feedItem("one")]));
    await feeds.keeper.add({ ...request, outlet: "Gazette, London" });
    expect(await feeds.store.documents(["main"], { limit: 1, after: null })).toMatchObject([
      { outlet: "Gazette, London" },
    ]);
  });

  it("leaves articles' pages to the next poll, which comes at once: somebody is waiting", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "The gate closes." })]));
    const { feed } = await feeds.keeper.add({ ...request, article: true });
    expect(feeds.scripted.articlesAsked).toEqual([]);
    expect(feed.nextTryAt).toBe(feeds.runtime.now());
    await feeds.poller.pollDue();
    expect(feeds.scripted.articlesAsked).toEqual(["https://gazette.example/one"]);
  });

  it("refuses one that is there already, and takes it for another collection", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, readOutcome([feedItem("one")]));
    await feeds.keeper.add(request);
    await expect(feeds.keeper.add(request)).rejects.toThrow("“The Gazette” is there already, in the collection main");
    const { feed } = await feeds.keeper.add({ ...request, collection: "legal" });
    expect(feed.collection).toBe("legal");
  });

  it("adds nothing when there is no feed", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, failedOutcome("too-slow", { sentence: "The site took longer than 30 s to answer." }));
    await expect(feeds.keeper.add(request)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("took longer than 30 s"),
    });
    expect(await feeds.keeper.list(null)).toEqual([]);
  });

  it("brings nothing twice when it was removed before", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(address, readOutcome([feedItem("one")]));
    const first = await feeds.keeper.add(request);
    await feeds.keeper.remove((await feeds.store.feed(first.feed.id))!);
    feeds.scripted.give(address, readOutcome([feedItem("two"), feedItem("one")]));
    const second = await feeds.keeper.add(request);
    expect(second.report).toMatchObject({ fresh: 1, added: 1, revised: 0 });
    expect(await feeds.documents()).toHaveLength(2);
  });
});

describe("looking at a feed", () => {
  it("keeps nothing", async () => {
    const feeds = await feedsUnderTest();
    const items = [0, 1, 2].map((day) =>
      feedItem(`${day}`, { published: new Date(feeds.runtime.now() - day * 86_400_000).toISOString() }),
    );
    feeds.scripted.give(address, readOutcome(items));
    const preview = await feeds.keeper.preview("www.gazette.example/rss");
    expect(preview).toMatchObject({ address, outlet: "The Gazette" });
    expect(preview.itemsADay).toBeCloseTo(1.5);
    expect(await feeds.keeper.list(null)).toEqual([]);
    expect(await feeds.store.collectionsInUse()).toEqual([]);
  });
});

describe("finding a feed that is there", () => {
  it("takes its id, its address however written, its title or a part that no other has", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { title: "The Gazette", address });
    await feeds.addFeed("b", { title: "The Courier", collection: "legal" });
    const found = async (named: string) => (await feeds.keeper.find(named, null)).id;
    for (const named of [
      "a",
      address,
      "www.gazette.example/rss/",
      "<https://www.gazette.example/rss>",
      "the gazette",
      "Gaz",
    ])
      expect(await found(named), named).toBe("a");
    await expect(found("the")).rejects.toThrow("Several feeds are called that.");
    await expect(found("nobody")).rejects.toMatchObject({ code: "not-found" });
    await expect(feeds.keeper.find("courier", ["main"])).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("switching a feed off and on", () => {
  it("reads nothing while it is off, and at once when it is on again, whatever failed before", async () => {
    const feeds = await feedsUnderTest();
    const at = await feeds.addFeed("a");
    feeds.scripted.give(at, failedOutcome("unreachable"));
    await feeds.keeper.pause(await feeds.poll("a"));
    feeds.runtime.pass(10 * 86_400_000);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(1);
    await feeds.keeper.resume((await feeds.store.feed("a"))!);
    expect(await feeds.keeper.list(null)).toMatchObject([{ state: "active", problem: null }]);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked).toHaveLength(2);
  });

  it("asks again for a feed that was gone", async () => {
    const feeds = await feedsUnderTest();
    const at = await feeds.addFeed("a");
    feeds.scripted.give(at, { kind: "gone", sentence: "It is no more." });
    const gone = await feeds.poll("a");
    await feeds.keeper.pause(gone);
    expect(await feeds.keeper.list(null)).toMatchObject([{ state: "gone", problem: "It is no more." }]);
    feeds.scripted.give(at, readOutcome([feedItem("one")]));
    await feeds.keeper.resume(gone);
    await feeds.poller.pollDue();
    expect(await feeds.keeper.list(null)).toMatchObject([{ state: "active", problem: null }]);
  });
});

describe("lists of feeds", () => {
  it("are imported without reading anything, each feed where it belongs, those that are there left alone", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { address: "https://there.example/" });
    const given = list(
      '<outline xmlUrl="https://there.example/" text="There"/>',
      '<outline xmlUrl="https://new.example/" text="New" category="legal"/>',
      '<outline xmlUrl="https://off.example/" text="Off" xmlns:dateline="x" dateline:polling="off" dateline:article="yes"/>',
    );
    const imported = await feeds.keeper.importList(given, (category) => category ?? "main", { by: "ann", where: null });
    expect(imported.there).toBe(1);
    expect(imported.added).toMatchObject([
      { title: "New", collection: "legal", state: "active" },
      { title: "Off", collection: "main", state: "paused" },
    ]);
    expect(feeds.scripted.asked).toEqual([]);
    await feeds.poller.pollDue();
    expect(feeds.scripted.asked.map(({ address: at }) => at).toSorted()).toEqual([
      "https://new.example/",
      "https://there.example/",
    ]);
  });

  it("are exported so that importing them elsewhere gives the same feeds", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { title: "A & B", outlet: "B", home: "https://a.example/", article: true });
    await feeds.addFeed("c", { collection: "legal", paused: true });
    const exported = readOpml(await feeds.keeper.exportList(null));
    expect(exported.feeds).toEqual([
      {
        title: "A & B",
        address: "https://a.example/rss",
        home: "https://a.example/",
        category: "main",
        outlet: "B",
        article: true,
        paused: false,
      },
      {
        title: "Feed c",
        address: "https://c.example/rss",
        home: null,
        category: "legal",
        outlet: null,
        article: false,
        paused: true,
      },
    ]);
    const elsewhere = await feedsUnderTest();
    await elsewhere.keeper.importList(exported, (category) => category!, { by: null, where: null });
    expect(await elsewhere.keeper.exportList(null)).toBe(await feeds.keeper.exportList(null));
    expect(readOpml(await feeds.keeper.exportList(["legal"])).feeds).toHaveLength(1);
  });

  it("keep the name that a feed was given", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { title: "My Gazette" });
    feeds.scripted.give("https://a.example/rss", readOutcome([], { feed: parsedFeed([], { title: "Gazette!!" }) }));
    expect(await feeds.poll("a")).toMatchObject({ title: "My Gazette" });
  });
});
