import { describe, expect, it } from "vitest";
import { checkCommand } from "../../src/commands/command-handler.ts";
import { createFeedsCommand } from "../../src/commands/feeds.ts";
import { durationWords, paceWords } from "../../src/commands/feeds-words.ts";
import { readOpml } from "../../src/feeds/opml.ts";
import { readCommand } from "../../src/platform/command-text.ts";
import type { Inquiry } from "../../src/ports.ts";
import { plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { type FeedsUnderTest, feedsUnderTest } from "../support/feeds-under-test.ts";
import { failedOutcome, feedItem, readOutcome } from "../support/scripted-feeds.ts";

const inSlack: Inquiry = {
  text: "",
  asker: "ann",
  place: { adapter: "slack", workspace: "T1", channel: "C1", thread: null },
  follows: null,
  collections: ["main", "legal"],
  standing: "manager",
  timeZone: null,
};
const operator: Inquiry = {
  ...inSlack,
  place: { adapter: "terminal", workspace: null, channel: null, thread: "1" },
  collections: ["main"],
};

const shown = ({ main }: Reply): string => renderPlainText(main, { width: 300, theme: plainTheme });

/** A person types `text` after “feeds”; what they read back. */
async function typed(feeds: FeedsUnderTest, text: string, inquiry: Inquiry = inSlack): Promise<string> {
  const command = createFeedsCommand({ keeper: feeds.keeper, web: feeds.scripted, runtime: feeds.runtime });
  const read = readCommand(command.spec, text);
  checkCommand(command.spec, read, inquiry);
  return shown(await command.run(read, inquiry));
}

const gazette = "https://gazette.example/rss";

describe("feeds list", () => {
  it("says how to begin where there is none", async () => {
    const feeds = await feedsUnderTest();
    expect(await typed(feeds, "list")).toContain("There is no feed here yet.");
  });

  it("says how each fares, in words", async () => {
    const feeds = await feedsUnderTest();
    const hour = 3_600_000;
    const at = (ago: number) => new Date(feeds.runtime.now() - ago).toISOString();
    feeds.scripted.give(
      await feeds.addFeed("a", { title: "Alpha" }),
      readOutcome([feedItem("1", { published: at(2 * hour) }), feedItem("2", { published: at(24 * hour) })]),
    );
    feeds.scripted.give(
      await feeds.addFeed("b", { title: "Beta" }),
      failedOutcome("unreachable", { sentence: "The site does not answer." }),
    );
    feeds.scripted.give(await feeds.addFeed("c", { title: "Gamma" }), {
      kind: "gone",
      sentence: "The site says that the feed is no more.",
    });
    await feeds.poller.pollDue();
    await feeds.addFeed("d", { title: "Delta", paused: true });
    await feeds.addFeed("e", { title: "Epsilon", collection: "legal" });
    feeds.runtime.pass(5 * 60_000);
    const text = await typed(feeds, "list");
    expect(text).toContain("5 feeds, 1 failing, 1 paused, 1 gone.");
    expect(text).toMatch(/Alpha in main: about 2 items a day; last read 5 minutes ago, again in \d+ hours \(a\)/);
    expect(text).toMatch(
      /Beta in main: cannot be read: The site does not answer\. It was never read; tried again in \d+ minutes \(b\)/,
    );
    expect(text).toContain("Gamma in main: gone: The site says that the feed is no more. It was never read (c)");
    expect(text).toContain("Delta in main: paused; never read (d)");
    expect(text).toContain("Epsilon in legal: not read yet, due now (e)");
  });

  it("shows a place the feeds of its collections, and an operator all", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { title: "Alpha", collection: "secret" });
    expect(await typed(feeds, "list")).not.toContain("Alpha");
    expect(await typed(feeds, "list", operator)).toContain("Alpha");
    expect(await typed(feeds, "list", { ...operator, place: null, standing: "guest" })).not.toContain("Alpha");
    await expect(typed(feeds, "remove a")).rejects.toMatchObject({ code: "not-found" });
    await expect(typed(feeds, "pause Alpha")).rejects.toMatchObject({ code: "not-found" });
    expect(await typed(feeds, "pause all")).toContain("0 feeds");
    expect(await feeds.store.feed("a")).toMatchObject({ state: "active" });
  });
});

describe("feeds test", () => {
  it("says what stands behind an address, and adds nothing", async () => {
    const feeds = await feedsUnderTest();
    const published = "2026-11-20T08:00:00Z";
    feeds.scripted.give(
      "https://gazette.example/",
      failedOutcome("web-page", {
        alternates: [
          { url: gazette, title: "News" },
          { url: "https://gazette.example/sport", title: "Sport" },
        ],
      }),
    );
    feeds.scripted.give(gazette, readOutcome([feedItem("one", { title: "Gate closes", published })]));
    const text = await typed(feeds, "test gazette.example");
    expect(text).toContain(
      `The Gazette, a feed in RSS at ${gazette}. It holds 1 item: about 1 item a day, the newest of 20 November 2026. Its items would be cited as The Gazette.`,
    );
    expect(text).toContain("Gate closes, 20 November 2026");
    expect(text).toContain(`/feeds add ${gazette} --article`);
    expect(text).toContain("Sport: https://gazette.example/sport");
    expect(text).toContain(`Nothing has been added. To add it: /feeds add ${gazette}`);
    expect(await feeds.keeper.list(null)).toEqual([]);
  });

  it("is for members, adding for managers", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(gazette, readOutcome([]));
    await expect(typed(feeds, `test ${gazette}`, { ...inSlack, standing: "guest" })).rejects.toThrow(
      "Only full members",
    );
    expect(await typed(feeds, `test ${gazette}`, { ...inSlack, standing: "member" })).toContain(
      "It holds no item now.",
    );
    for (const text of [`add ${gazette}`, "remove a", "pause a", "resume a", "import https://x.example/opml"])
      await expect(typed(feeds, text, { ...inSlack, standing: "member" }), text).rejects.toThrow(
        "Only somebody who manages",
      );
    expect(await typed(feeds, "list", { ...inSlack, standing: "guest" })).toContain("no feed here yet");
  });
});

describe("feeds add", () => {
  it("adds what was found and says so", async () => {
    const feeds = await feedsUnderTest();
    feeds.scripted.give(gazette, readOutcome([feedItem("one", { title: "Gate closes" })]));
    const text = await typed(feeds, `add ${gazette} --article --outlet "Gazette, London" --collection legal`);
    expect(text).toContain(
      "The Gazette is added to the collection legal, cited as Gazette, London. 1 item can be asked about from now on; digests tell of what comes later.",
    );
    expect(text).toContain("Gate closes");
    expect(text).toMatch(/To remove it: \/feeds remove gazette-[0-9a-f]{6}/);
    const [feed] = await feeds.store.feeds(null);
    expect(feed).toMatchObject({ article: true, outlet: "Gazette, London", addedBy: "ann", addedWhere: inSlack.place });
  });

  it("goes into main, or where a place sees no main, into what it sees; never where it sees nothing", async () => {
    const feeds = await feedsUnderTest();
    for (const name of ["a", "b", "c", "d"]) feeds.scripted.give(`https://${name}.example/`, readOutcome([]));
    await typed(feeds, "add https://a.example/");
    await typed(feeds, "add https://b.example/", { ...inSlack, collections: ["legal"] });
    await typed(feeds, "add https://c.example/ --collection investigations", operator);
    const kept = (await feeds.store.feeds(null)).map(({ address, collection }) => `${address} ${collection}`);
    expect(kept.toSorted()).toEqual([
      "https://a.example/ main",
      "https://b.example/ legal",
      "https://c.example/ investigations",
    ]);
    const refused = (name: string) => typed(feeds, `add https://d.example/ --collection ${name}`);
    await expect(refused("investigations")).rejects.toThrow(
      "This place sees no collection “investigations”, only main, legal.",
    );
    await expect(refused("starter")).rejects.toThrow("The starter corpus takes no feeds.");
    await expect(refused("../x")).rejects.toThrow("A collection’s name has letters");
    await expect(typed(feeds, "add https://d.example/", { ...inSlack, collections: ["starter"] })).rejects.toThrow(
      "sees no collection",
    );
  });
});

describe("feeds pause, resume, remove", () => {
  it("switch one feed, or all", async () => {
    const feeds = await feedsUnderTest();
    for (const id of ["a", "b"]) await feeds.addFeed(id);
    expect(await typed(feeds, "pause all")).toBe("Paused: 2 feeds. Nothing is read from there until /feeds resume all");
    expect(await typed(feeds, "pause b")).toContain("Paused: Feed b.");
    expect(await typed(feeds, "resume b")).toContain("Resumed: Feed b.");
    expect((await feeds.store.feeds(null)).map(({ state }) => state)).toEqual(["paused", "active"]);
    expect(await typed(feeds, "remove Feed a")).toBe("Removed: Feed a. What it brought stays in the corpus.");
    expect(await feeds.store.feeds(null)).toHaveLength(1);
  });
});

describe("feeds import and export", () => {
  const opml =
    '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/" category="legal"/><outline text="B" xmlUrl="https://b.example/" category="secret"/></body></opml>';

  it("take a list as text or by its address, into collections that the place sees", async () => {
    const feeds = await feedsUnderTest();
    const command = createFeedsCommand({
      keeper: feeds.keeper,
      web: { text: async () => opml },
      runtime: feeds.runtime,
    });
    const run = async (options: Record<string, string>) =>
      shown(await command.run({ name: "feeds", subcommand: "import", options }, inSlack));
    expect(await run({ list: opml })).toContain("2 feeds added, to the collections legal, main.");
    expect(await run({ list: "https://x.example/feeds.opml" })).toContain("0 feeds added. 2 feeds were there already.");
    expect(await run({ list: "https://x.example/feeds.opml", collection: "legal" })).toContain(
      "1 feed added, to the collection legal. 1 feed was there already.",
    );
    expect((await feeds.store.feeds(null)).map(({ collection }) => collection).toSorted()).toEqual([
      "legal",
      "legal",
      "main",
    ]);
  });

  it("understand a list as it comes out of a chat's message", async () => {
    const feeds = await feedsUnderTest();
    const text = await typed(feeds, `import ${opml}`);
    expect(text).toContain("2 feeds added");
    expect((await feeds.store.feeds(null)).map(({ address }) => address)).toEqual([
      "https://a.example/",
      "https://b.example/",
    ]);
  });

  it("say of a list that is off how to switch it on", async () => {
    const feeds = await feedsUnderTest();
    const off = '<opml><body><outline text="A" xmlUrl="https://a.example/" dateline:polling="off"/></body></opml>';
    const command = createFeedsCommand({ keeper: feeds.keeper, web: feeds.scripted, runtime: feeds.runtime });
    const reply = await command.run({ name: "feeds", subcommand: "import", options: { list: off } }, inSlack);
    expect(shown(reply)).toMatch(
      /They are paused: nothing is read until somebody switches them on, all with \/feeds resume all or one with \/feeds resume a-/,
    );
  });

  it("give the feeds of the place", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a");
    await feeds.addFeed("b", { collection: "secret" });
    const text = await typed(feeds, "export");
    expect(text).toContain("1 feed as OPML");
    expect(text).toContain('xmlUrl="https://a.example/rss"');
    expect(text).not.toContain("b.example");
    expect(readOpml(text.slice(text.indexOf("<?xml"))).feeds).toMatchObject([{ title: "Feed a", category: "main" }]);
  });
});

describe("what can be typed for an option", () => {
  it("is the titles of the feeds that the place sees, ids where titles are not clear, and its collections", async () => {
    const feeds = await feedsUnderTest();
    await feeds.addFeed("a", { title: "Alpha" });
    await feeds.addFeed("b1", { title: "Same" });
    await feeds.addFeed("b2", { title: "Same" });
    await feeds.addFeed("c", { title: "Secret", collection: "secret" });
    const { complete } = createFeedsCommand({ keeper: feeds.keeper, web: feeds.scripted, runtime: feeds.runtime });
    expect(await complete!("feed", "", inSlack)).toEqual(["Alpha", "b1", "b2"]);
    expect(await complete!("feed", "alp", inSlack)).toEqual(["Alpha"]);
    expect(await complete!("collection", "l", inSlack)).toEqual(["legal"]);
    expect(await complete!("address", "x", inSlack)).toEqual([]);
  });
});

describe("the words", () => {
  it.each([
    [400, "1 second"],
    [119_000, "119 seconds"],
    [12 * 60_000, "12 minutes"],
    [5 * 3_600_000, "5 hours"],
    [60 * 3_600_000, "3 days"],
  ])("for %d ms are %s", (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it.each([
    [34.4, "about 34 items a day"],
    [1, "about 1 item a day"],
    [0.3, "about 2 items a week"],
    [0, "no item dated in the last week"],
  ])("for %d items a day are %s", (pace, words) => {
    expect(paceWords(pace)).toBe(words);
  });
});
