import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFeedParser, type FeedParser } from "../../src/feeds/feed-parser.ts";
import type { ParseOutcome } from "../../src/feeds/parse-feed.ts";
import { withLag } from "../support/event-loop.ts";
import { feedSource, rss } from "../support/feeds.ts";
import { counted, described, hostileFeeds } from "../support/hostile-feeds.ts";

let parser: FeedParser;
beforeAll(() => {
  parser = createFeedParser();
});
afterAll(() => parser.close());

const parse = (text: string, by = parser): Promise<ParseOutcome> =>
  by.parse(new TextEncoder().encode(text), feedSource);
const good = rss("<item><title>Still here</title></item>");
// Tried again where other work on the machine held the timers up.
describe("a feed made to hold us up", () => {
  it.each(Object.entries(hostileFeeds))(
    "%s ends within two seconds and nobody waits for it",
    async (_, [make, expected]) => {
      await parse(good);
      const bytes = new TextEncoder().encode(make());
      const began = performance.now();
      const { result, lagMs } = await withLag(() => parser.parse(bytes, feedSource));
      const ms = performance.now() - began;
      if (expected === "parsed") expect(result.kind).toBe("parsed");
      else if (expected !== "any") expect(result).toMatchObject({ kind: "failed", reason: expected });
      if (result.kind === "failed") expect(result.sentence).toMatch(/^[A-Z].{10,}\.$/);
      // Two seconds and what a busy machine adds.
      expect(ms).toBeLessThan(3_000);
      expect(lagMs).toBeLessThan(200);
      expect(await parse(good)).toMatchObject({ kind: "parsed", feed: { items: [{ title: "Still here" }] } });
    },
  );

  it("lets the feeds that wait behind it go on", async () => {
    const impatient = createFeedParser({ limitMs: 700, memoryMb: 256 });
    await parse(good, impatient);
    const outcomes = await Promise.all([
      parse(good, impatient),
      parse(described("<p>word</p>".repeat(1_000_000)), impatient),
      parse(good, impatient),
      parse(good, impatient),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["parsed", "failed", "parsed", "parsed"]);
    expect(outcomes[1]).toMatchObject({
      reason: "hostile",
      sentence: "Reading it took longer than 0.7 s and was stopped.",
    });
    await impatient.close();
  });

  it("is stopped when it needs too much memory, and the process lives", async () => {
    const small = createFeedParser({ limitMs: 10_000, memoryMb: 32 });
    await parse(good, small);
    const outcome = await parse(
      rss(counted(7_000, (n) => `<item><title>${n}</title><description>${"word ".repeat(300)}</description></item>`)),
      small,
    );
    expect(outcome).toMatchObject({ reason: "hostile", sentence: expect.stringContaining("memory") });
    expect((await parse(good, small)).kind).toBe("parsed");
    await small.close();
  });
});

describe("a large feed that is none the worse for it", () => {
  it("is handed over without holding anybody up", { retry: 5 }, async () => {
    const body = rss(
      counted(
        9_000,
        (n) => `<item><title>${n}</title><guid>g${n}</guid><description>${"word ".repeat(60)}</description></item>`,
      ),
    );
    await parse(good);
    const bytes = new TextEncoder().encode(body);
    const { result, lagMs } = await withLag(() => parser.parse(bytes, feedSource));
    expect(result.kind === "parsed" && result.feed.items.length).toBe(9_000);
    expect(lagMs).toBeLessThan(200);
  });
});

describe("a page made to hold us up", () => {
  it.each([
    ["nested two hundred thousand deep", `<html><body>${"<div>".repeat(200_000)}<p>x`, "too-deep"],
    ["of six hundred thousand spans", `<html><body>${"<span>a</span>".repeat(600_000)}</body></html>`, "failed"],
    ["of <p a hundred thousand times", `<html><body>${"<p".repeat(100_000)}`, "no-article"],
  ])("%s ends within two seconds and nobody waits for it", { retry: 5 }, async (_, page, kind) => {
    await parse(good);
    const bytes = new TextEncoder().encode(page);
    const began = performance.now();
    const { result, lagMs } = await withLag(() =>
      parser.article(bytes, { url: "https://paper.example/1", contentType: null }),
    );
    expect(result.kind).toBe(kind);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(lagMs).toBeLessThan(200);
  });
});

describe("the thread", () => {
  it("is stopped in the middle of a feed, and what waits is told", async () => {
    const own = createFeedParser({ limitMs: 20_000, memoryMb: 384 });
    const waiting = [parse(described("<p>word</p>".repeat(1_000_000)), own), parse(good, own)];
    await own.close();
    expect(await Promise.all(waiting)).toMatchObject([{ reason: "stopped" }, { reason: "stopped" }]);
    expect(await parse(good, own)).toMatchObject({ reason: "stopped" });
    await own.close();
  });

  it("leaves the caller its bytes", async () => {
    const bytes = new TextEncoder().encode(good);
    await parser.parse(bytes, feedSource);
    expect(new TextDecoder().decode(bytes)).toBe(good);
  });
});
