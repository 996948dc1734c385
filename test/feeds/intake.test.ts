import { describe, expect, it } from "vitest";
import { documentId } from "../../src/corpus/prepare.ts";
import type { ArticleOutcome } from "../../src/feeds/feed.ts";
import { createIntake } from "../../src/feeds/intake.ts";
import { preparedDocument } from "../support/documents.ts";
import { type FeedsUnderTest, feedsUnderTest } from "../support/feeds-under-test.ts";
import { failedOutcome, feedItem, parsedFeed, readOutcome } from "../support/scripted-feeds.ts";

const words = (seed: string, count: number) => Array.from({ length: count }, (_, i) => `${seed}${i}`).join(" ");

async function textOf(feeds: FeedsUnderTest, title: string): Promise<string> {
  const found = (await feeds.documents()).find((document) => document.title === title);
  return (await feeds.store.document(found!.id))!.text;
}

function article(
  url: string,
  text: string,
  given: Partial<Extract<ArticleOutcome, { kind: "read" }>> = {},
): ArticleOutcome {
  const facts = { title: null, excluded: [], language: "en", published: null, outlet: null };
  return { kind: "read", url, text, ...facts, ...given };
}

describe("what a feed brings", () => {
  it("becomes documents that say what the items say, and nothing else", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { outlet: null, title: null });
    const item = feedItem("one", {
      title: "Gate closes",
      text: "The gate closes.\nIt opens in May.",
      published: "2026-11-21T08:30:00Z",
      origin: "Reuters",
    });
    feeds.scripted.give(
      address,
      readOutcome([item, feedItem("two", { text: "", summary: null, url: null, language: null })]),
    );
    const record = await feeds.poll("g");
    expect(record).toMatchObject({ title: "The Gazette", outlet: "The Gazette", home: "https://gazette.example/" });
    const documents = await feeds.documents();
    expect(documents.map(({ title }) => title).toSorted()).toEqual(["Gate closes", "Title of two"]);
    const stored = (await feeds.store.document(documents.find(({ title }) => title === "Gate closes")!.id))!;
    expect(stored).toMatchObject({
      text: "The gate closes.\n\nIt opens in May.",
      excluded: [],
      meta: {
        title: "Gate closes",
        outlet: "The Gazette",
        published: "2026-11-21T08:30:00Z",
        dateline: null,
        language: "en",
        origin: "Reuters",
        url: "https://gazette.example/one",
      },
    });
    expect(await textOf(feeds, "Title of two")).toBe("Title of two");
  });

  it("is not kept again when it is repeated, also after a restart", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, readOutcome([feedItem("one"), feedItem("two")]));
    await feeds.poll("g");
    const before = await feeds.store.sequence();
    const moved = [feedItem("two", { updated: "2026-11-21T08:30:00Z", categories: ["ports"] }), feedItem("one")];
    feeds.scripted.give(address, readOutcome(moved));
    await feeds.poll("g");
    expect(await feeds.store.sequence()).toBe(before);
  });

  it("becomes a new revision when it changes; the old one stays", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "Ten ships left." }), feedItem("two")]));
    await feeds.poll("g");
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "Twelve ships left." }), feedItem("two")]));
    await feeds.poll("g");
    const documents = await feeds.documents();
    expect(documents.map(({ revision }) => revision).toSorted()).toEqual([1, 2]);
    const changed = documents.find(({ revision }) => revision === 2)!;
    expect((await feeds.store.document(changed.id))?.text).toBe("Twelve ships left.");
    expect((await feeds.store.document(changed.id, 1))?.text).toBe("Ten ships left.");
  });

  it("is known as carrying the same text as another feed's", async () => {
    const feeds = await feedsUnderTest();
    const wire = words("wire", 80);
    for (const id of ["g", "h"]) {
      const address = await feeds.addFeed(id);
      const item = feedItem(`${id}1`, { text: `${wire} ${id}` });
      feeds.scripted.give(address, readOutcome([item], { feed: parsedFeed([item], { title: `Paper ${id}` }) }));
      await feeds.poll(id);
    }
    const documents = await feeds.store.documents(["main"], { limit: 10, after: null });
    const copies = documents.filter(({ nearDuplicateOf }) => nearDuplicateOf !== null);
    expect(copies.map(({ outlet }) => outlet)).toEqual(["Paper h"]);
    expect(documents).toHaveLength(2);
  });

  it("is one document when two feeds of an outlet bring the same article", async () => {
    const feeds = await feedsUnderTest();
    const published = "2026-11-20T08:00:00Z";
    const url = "https://gazette.example/story";
    const story = feedItem("x", { url: `${url}?utm_source=rss`, title: "Gate closes", published });
    const same = feedItem("y", { url: `${url}#top`, title: "Gate closes", published, text: "Shorter." });
    feeds.scripted.give(await feeds.addFeed("g"), readOutcome([story]));
    await feeds.poll("g");
    feeds.scripted.give(await feeds.addFeed("h"), readOutcome([same]));
    await feeds.poll("h");
    await feeds.poll("h");
    expect(await feeds.documents()).toMatchObject([{ title: "Gate closes", revision: 1 }]);
    expect(await textOf(feeds, "Gate closes")).toBe(story.text);
  });

  it("is nothing new when a feed gives all its items other ids", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    const items = (prefix: string) =>
      ["a", "b", "c"].map((name) =>
        feedItem(`${prefix}${name}`, { url: `https://g.example/${name}`, title: name, text: `Text ${name}.` }),
      );
    feeds.scripted.give(address, readOutcome(items("old-")));
    await feeds.poll("g");
    feeds.runtime.pass(3_600_000);
    feeds.scripted.give(address, readOutcome(items("new-")));
    await feeds.poll("g");
    const documents = await feeds.documents();
    expect(documents).toHaveLength(3);
    const seen = await feeds.store.seenItems("g", ["new-a", "new-b", "new-c"]);
    expect([...seen.values()].map(({ baseline }) => baseline)).toEqual([true, true, true]);
    feeds.scripted.give(address, readOutcome(items("new-").map((item) => ({ ...item, text: `${item.text} More.` }))));
    await feeds.poll("g");
    expect((await feeds.documents()).map(({ revision }) => revision)).toEqual([2, 2, 2]);
  });

  it("tells apart items that share address, title and date", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    const statement = (id: string) =>
      feedItem(id, { url: "https://ministry.example/", title: "Statement", text: `Statement ${id}.` });
    feeds.scripted.give(address, readOutcome([statement("1"), statement("2")]));
    await feeds.poll("g");
    expect(await feeds.documents()).toHaveLength(2);
    feeds.scripted.give(address, readOutcome([{ ...statement("3"), text: statement("1").text }, statement("1")]));
    await feeds.poll("g");
    feeds.scripted.give(address, readOutcome([statement("4")]));
    await feeds.poll("g");
    expect((await feeds.documents()).map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
  });

  it("stays forgotten once it was forgotten, whatever the feed says", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    feeds.scripted.give(address, readOutcome([feedItem("one")]));
    await feeds.poll("g");
    await feeds.store.forget((await feeds.documents())[0]!.id);
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "Changed." })]));
    await feeds.poll("g");
    feeds.scripted.give(
      address,
      readOutcome([feedItem("other", { url: "https://gazette.example/one", title: "Title of one", text: "Changed." })]),
    );
    await feeds.poll("g");
    expect(await feeds.documents()).toEqual([]);
  });

  it("is baseline at first sight, and news from then on", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    const forty = Array.from({ length: 40 }, (_, i) => feedItem(`${i}`, { text: words(`item${i}x`, 9) }));
    feeds.scripted.give(address, readOutcome(forty));
    await feeds.poll("g");
    feeds.runtime.pass(3_600_000);
    feeds.scripted.give(address, readOutcome([feedItem("new", { text: words("fresh", 9) }), ...forty]));
    await feeds.poll("g");
    const seen = await feeds.store.seenItems("g", ["new", ...forty.map(({ id }) => id)]);
    expect([...seen.values()].filter(({ baseline }) => !baseline).map(({ item }) => item)).toEqual(["new"]);
    expect(seen.size).toBe(41);
  });

  it("is asked for again as a whole when an item could not be kept; the others are kept", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g");
    const elsewhere = { ...preparedDocument("elsewhere", "Other."), id: documentId("main", "g/one") };
    await feeds.store.put([elsewhere]);
    feeds.scripted.give(address, readOutcome([feedItem("one"), feedItem("two")], { etag: '"1"' }));
    expect(await feeds.poll("g")).toMatchObject({ etag: null, failures: 0 });
    expect((await feeds.documents()).map(({ title }) => title)).toContain("Title of two");
    expect(feeds.log.said("warn")).toContain("An item could not be kept:");
    await feeds.store.forget(elsewhere.id);
    expect(await feeds.poll("g")).toMatchObject({ etag: '"1"' });
    expect((await feeds.documents()).map(({ title }) => title)).toContain("Title of one");
  });

  it("is taken in whole when it is a thousand items, each once, a few at a time so that others have their turn", async () => {
    const feeds = await feedsUnderTest();
    const parts: number[] = [];
    const keepItems: typeof feeds.store.keepItems = (feed, items, documents) => {
      if (documents.length > 0) parts.push(documents.length);
      return feeds.store.keepItems(feed, items, documents);
    };
    const { runtime, scripted } = feeds;
    const intake = createIntake({ store: { ...feeds.store, keepItems }, reader: scripted, runtime });
    await feeds.addFeed("g");
    const feed = (await feeds.store.feed("g"))!;
    const many = Array.from({ length: 1_000 }, (_, i) => feedItem(`${i}`, { text: words(`item${i}x`, 8) }));
    expect(await intake(feed, parsedFeed(many))).toMatchObject({ fresh: 1_000, added: 1_000 });
    expect(await intake(feed, parsedFeed(many))).toMatchObject({ fresh: 0, added: 0, revised: 0 });
    expect(await feeds.documents()).toHaveLength(1_000);
    expect(Math.max(...parts)).toBeLessThanOrEqual(40);
  });
});

describe("the page of a teaser", () => {
  const page = words("page", 300);
  const teaser = () => feedItem("one", { text: "The gate closes." });

  it("is read when the feed is to be read so, and only then", async () => {
    const feeds = await feedsUnderTest();
    const [with_, without] = [await feeds.addFeed("g", { article: true }), await feeds.addFeed("h")];
    feeds.scripted.giveArticle(
      "https://gazette.example/one",
      article("https://gazette.example/one", page, { excluded: [{ start: 0, end: 5 }] }),
    );
    feeds.scripted.give(with_, readOutcome([teaser(), feedItem("long", { text: words("long", 200) })]));
    feeds.scripted.give(without, readOutcome([feedItem("other")]));
    await feeds.poll("g");
    await feeds.poll("h");
    expect(feeds.scripted.articlesAsked).toEqual(["https://gazette.example/one"]);
    const found = (await feeds.documents()).find(({ title }) => title === "Title of one")!;
    expect(await feeds.store.document(found.id)).toMatchObject({ text: page, excluded: [{ start: 0, end: 5 }] });
  });

  it("is not read again while the item stays as it is", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.giveArticle("https://gazette.example/one", article("https://gazette.example/one", page));
    feeds.scripted.give(address, readOutcome([teaser()]));
    await feeds.poll("g");
    await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(1);
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "The gate closes now." })]));
    await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(2);
  });

  it("does with the teaser where it cannot be read, and is tried again when that may help", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.giveArticle("https://gazette.example/one", failedOutcome("too-slow"));
    feeds.scripted.give(address, readOutcome([teaser()], { etag: '"1"' }));
    await feeds.poll("g");
    expect(await textOf(feeds, "Title of one")).toBe("The gate closes.");
    feeds.scripted.giveArticle("https://gazette.example/one", article("https://gazette.example/one", page));
    await feeds.poll("g");
    // Asked without “only if changed”: the page's turn would never come otherwise.
    expect(feeds.scripted.asked.at(-1)?.known).toBeUndefined();
    expect(await textOf(feeds, "Title of one")).toBe(page);
    await feeds.poll("g");
    expect(feeds.scripted.asked.at(-1)?.known).toEqual({ etag: '"1"', lastModified: null });
  });

  it.each(["robots", "refused", "no-article"] as const)("is not tried again after %s", async (reason) => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.giveArticle("https://gazette.example/one", failedOutcome(reason));
    feeds.scripted.give(address, readOutcome([teaser()]));
    await feeds.poll("g");
    await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(1);
  });

  it("is given up after a few tries", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.giveArticle("https://gazette.example/one", failedOutcome("too-slow"));
    feeds.scripted.give(address, readOutcome([teaser()]));
    for (let i = 0; i < 8; i++) await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(4);
    expect(await feeds.documents()).toMatchObject([{ revision: 1 }]);
  });

  it("stays when it cannot be read any more and the feed has only a teaser", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.giveArticle("https://gazette.example/one", article("https://gazette.example/one", page));
    feeds.scripted.give(address, readOutcome([teaser()]));
    await feeds.poll("g");
    feeds.scripted.giveArticle("https://gazette.example/one", failedOutcome("refused"));
    feeds.scripted.give(address, readOutcome([feedItem("one", { text: "The gate closes today." })]));
    await feeds.poll("g");
    await feeds.poll("g");
    expect(await textOf(feeds, "Title of one")).toBe(page);
    expect(feeds.scripted.articlesAsked).toHaveLength(2);
  });

  it("is read for so many items in one poll, and for the others in the next ones", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    const items = Array.from({ length: 40 }, (_, i) => feedItem(`${i}`, { text: `Teaser ${i}.` }));
    for (const { url } of items)
      feeds.scripted.giveArticle(url!, article(url!, words(`p${url!.split("/").at(-1)}x`, 200)));
    feeds.scripted.give(address, readOutcome(items));
    await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(25);
    expect(await feeds.documents()).toHaveLength(40);
    await feeds.poll("g");
    await feeds.poll("g");
    expect(feeds.scripted.articlesAsked).toHaveLength(40);
    expect((await feeds.documents()).filter(({ revision }) => revision === 2)).toHaveLength(15);
  });

  it("takes no more than a minute of a poll, however slow the site is", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    feeds.scripted.article = async () => {
      feeds.runtime.pass(25_000);
      return failedOutcome("too-slow");
    };
    const items = Array.from({ length: 10 }, (_, i) => feedItem(`${i}`, { text: `Teaser ${i}.` }));
    feeds.scripted.give(address, readOutcome(items));
    const before = feeds.runtime.monotonic();
    await feeds.poll("g");
    expect(feeds.runtime.monotonic() - before).toBe(75_000);
    expect(await feeds.documents()).toHaveLength(10);
    expect(await feeds.store.articlesDue("g", 0)).toBe(10);
  });

  it("of another site is cited as that site's", async () => {
    const feeds = await feedsUnderTest();
    const address = await feeds.addFeed("g", { article: true });
    const url = "https://courier.example/one";
    feeds.scripted.giveArticle(url, article(url, page, { outlet: "The Courier" }));
    feeds.scripted.give(address, readOutcome([feedItem("one", { url, text: "The gate closes." })]));
    await feeds.poll("g");
    expect(await feeds.store.documents(["main"], { limit: 1, after: null })).toMatchObject([{ outlet: "The Courier" }]);
  });
});
