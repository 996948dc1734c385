import { describe, expect, it } from "vitest";
import type { FeedSummary } from "../../../src/ports.ts";
import { createScriptedNewsroom, type ScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { pagesOver } from "../../support/web-pages.ts";

const now = Date.parse("2026-03-03T12:00:00Z");
const minuteMs = 60_000;

const feed = (id: string, over: Partial<FeedSummary> = {}): FeedSummary => ({
  id,
  title: `Feed ${id}`,
  address: `https://${id}.example/rss`,
  home: `https://${id}.example/`,
  collection: "main",
  outlet: null,
  state: "active",
  problem: null,
  lastSuccessAt: now - 13 * minuteMs,
  nextTryAt: now + 17 * minuteMs,
  itemsADay: 12.4,
  ...over,
});

function newsroomWith(feeds: readonly FeedSummary[]): ScriptedNewsroom {
  const newsroom = createScriptedNewsroom();
  const arrivals = [{ day: "2026-03-02", outlet: "Gazette", items: 3 }];
  return { ...newsroom, read: { ...newsroom.read, feeds: async () => feeds, arrivals: async () => arrivals } };
}

describe("the page of the feeds", () => {
  it("says how each fares, those in trouble first", async () => {
    const feeds = [
      feed("a"),
      feed("b", { state: "paused", itemsADay: 0.3 }),
      feed("c", { state: "failing", problem: "It answered with a login page.", lastSuccessAt: null, itemsADay: null }),
      feed("d", { state: "gone", nextTryAt: null, problem: "It says that it is gone for good." }),
    ];
    const page = await pagesOver(newsroomWith(feeds)).open("/feeds");
    expect(page.said(".status")).toBe("4 feeds: 2 in trouble, 1 paused.");
    expect(page.all(".feed .name b")).toEqual(["Feed c", "Feed d", "Feed a", "Feed b"]);
    expect(page.all(".feed .state")).toEqual(["failing", "gone", "in order", "paused"]);
    expect(page.all(".fault")).toEqual(["It answered with a login page.", "It says that it is gone for good."]);
    const details = page.all(".feed .meta:not(.address)");
    expect(details[0]).toBe("not read yet · next in 17 minutes");
    expect(details[2]).toBe("read 13 minutes ago · next in 17 minutes · about 12 items a day");
    expect(details[3]).toBe("read 13 minutes ago · less than one item a day");
    expect(page.said("figcaption")).toBe("3 items by feed in the last 14 days, by day and outlet");
  });

  it("says how to add one where there is none", async () => {
    const page = await pagesOver(newsroomWith([])).open("/feeds");
    expect(page.said(".lede")).toContain("npm start -- feeds add");
  });

  it("links only to http and https, and shows what strangers wrote as text", async () => {
    const page = await pagesOver(
      newsroomWith([feed("a", { title: "<script>alert(1)</script>", home: "javascript:alert(1)", problem: "<b>x" })]),
    ).open("/feeds");
    expect(page.said(".feed .name b")).toBe("<script>alert(1)</script>");
    expect(page.said(".feed a")).toBeNull();
    expect(page.said(".fault")).toBe("<b>x");
  });

  it("gives the same as JSON", async () => {
    const { body } = await pagesOver(newsroomWith([feed("a")])).json("/feeds");
    expect(body).toEqual({ feeds: [feed("a")], arrivals: [{ day: "2026-03-02", outlet: "Gazette", items: 3 }] });
  });
});
