import { describe, expect, it } from "vitest";
import { addressesTyped, discoverFeed } from "../../src/feeds/discover.ts";
import { failedOutcome, feedItem, readOutcome, scriptedFeeds } from "../support/scripted-feeds.ts";

const feed = readOutcome([feedItem("one")]);

describe("what a person typed", () => {
  it.each([
    ["https://gazette.example/rss", ["https://gazette.example/rss"]],
    ["gazette.example", ["https://gazette.example/", "http://gazette.example/"]],
    ["  gazette.example/rss  ", ["https://gazette.example/rss", "http://gazette.example/rss"]],
    ["localhost.example:8080/x", ["https://localhost.example:8080/x", "http://localhost.example:8080/x"]],
    ["<https://gazette.example/rss|gazette.example>", ["https://gazette.example/rss"]],
    ["<https://gazette.example/rss>", ["https://gazette.example/rss"]],
    ["feed://gazette.example/rss", ["http://gazette.example/rss"]],
    ["feed:https://gazette.example/rss", ["https://gazette.example/rss"]],
  ])("“%s” is %j", (typed, addresses) => {
    expect(addressesTyped(typed)).toEqual(addresses);
  });

  it.each([
    "",
    "the gazette",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ftp://gazette.example",
    "https://",
    "gazette",
    "https://a:b@gazette.example/",
  ])("“%s” is no address", (typed) => {
    expect(() => addressesTyped(typed)).toThrow("is no web address");
  });
});

describe("finding a feed", () => {
  it("takes the address itself when that is one", async () => {
    const web = scriptedFeeds();
    web.give("https://gazette.example/rss", feed);
    expect(await discoverFeed(web, "https://gazette.example/rss")).toMatchObject({
      address: "https://gazette.example/rss",
      others: [],
    });
  });

  it("takes where it has moved for good, and stays where it was for a redirect of the day", async () => {
    const web = scriptedFeeds();
    web.give("https://old.example/", readOutcome([], { movedTo: "https://new.example/", url: "https://cdn.example/" }));
    web.give("https://here.example/", readOutcome([], { url: "https://cdn.example/" }));
    expect((await discoverFeed(web, "https://old.example/")).address).toBe("https://new.example/");
    expect((await discoverFeed(web, "https://here.example/")).address).toBe("https://here.example/");
  });

  it("takes what a home page names, the comments last, and tells of the others", async () => {
    const web = scriptedFeeds();
    const alternates = [
      { url: "https://gazette.example/comments/feed", title: "Comments" },
      { url: "https://gazette.example/world.xml", title: "World" },
      { url: "https://gazette.example/sport.xml", title: "Sport" },
    ];
    web.give("https://gazette.example/", failedOutcome("web-page", { alternates }));
    web.give("https://gazette.example/sport.xml", feed);
    const found = await discoverFeed(web, "gazette.example");
    expect(found.address).toBe("https://gazette.example/sport.xml");
    expect(found.others.map(({ title }) => title)).toEqual(["World", "Comments"]);
  });

  it("looks where feeds usually are when the page names none", async () => {
    const web = scriptedFeeds();
    web.give("https://gazette.example/news", failedOutcome("web-page"));
    web.give("https://gazette.example/rss.xml", feed);
    expect((await discoverFeed(web, "https://gazette.example/news")).address).toBe("https://gazette.example/rss.xml");
    expect(web.asked.length).toBeLessThan(8);
  });

  it("asks by http what does not answer by https, when neither was typed", async () => {
    const web = scriptedFeeds();
    web.give("https://gazette.example/", failedOutcome("tls"));
    web.give("http://gazette.example/", readOutcome([], { url: "http://gazette.example/" }));
    expect((await discoverFeed(web, "gazette.example")).address).toBe("http://gazette.example/");
    web.give("https://plain.example/", failedOutcome("tls", { sentence: "Its certificate is not in order." }));
    await expect(discoverFeed(web, "https://plain.example/")).rejects.toThrow("Its certificate is not in order.");
  });

  it("asks no more of a server that cannot be reached, or asks to wait", async () => {
    for (const reason of ["unreachable", "asked-to-wait", "refused", "too-slow", "private-address"] as const) {
      const web = scriptedFeeds();
      web.give("https://gazette.example/", failedOutcome(reason));
      await expect(discoverFeed(web, "https://gazette.example/")).rejects.toThrow("No feed was found there.");
      expect(web.asked).toHaveLength(1);
    }
    const web = scriptedFeeds();
    web.give("https://gazette.example/", failedOutcome("web-page"));
    web.give("https://gazette.example/rss", failedOutcome("asked-to-wait"));
    await expect(discoverFeed(web, "https://gazette.example/")).rejects.toThrow("Look on the site for “RSS”");
    expect(web.asked).toHaveLength(3);
  });

  it("says that a feed is gone, and that an article that is not there is no site", async () => {
    const web = scriptedFeeds();
    web.give("https://gazette.example/rss", { kind: "gone", sentence: "It is no more." });
    await expect(discoverFeed(web, "https://gazette.example/rss")).rejects.toThrow("It is no more.");
    await expect(discoverFeed(web, "https://gazette.example/2026/11/x")).rejects.toThrow("No feed was found");
    expect(web.asked).toHaveLength(2);
  });
});
