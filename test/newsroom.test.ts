import { describe, expect, it } from "vitest";
import { starterCollection } from "../src/corpus/starter.ts";
import { longestQuestion } from "../src/newsroom.ts";
import { preparedDocument, sourceDocument } from "./support/documents.ts";
import { newFeed, noon, seenItem } from "./support/feed-records.ts";
import { harbourReports } from "./support/harbour-reports.ts";
import { newsroomOver, plainInquiry, threadNamed } from "./support/newsroom.ts";

const vigilance = "What did the memo say about vigilance?";

describe("a question that is none", () => {
  it.each([
    ["nothing", ""],
    ["white space", " \t\r\n\u00a0 "],
    ["punctuation", "?!… – “”"],
    ["emoji", "🚢🎉👩🏽‍🚀"],
    ["control characters", "\u0000\u0007\u001b\u009f"],
    ["combining marks and joiners alone", "\u0301\u200d\ufe0f"],
  ])("is refused with what to do: %s", async (_name, text) => {
    const { ask } = await newsroomOver(harbourReports);
    await expect(ask(text)).rejects.toMatchObject({
      name: "NewsroomError",
      code: "bad-question",
      message: expect.stringMatching(/\. (?:Ask|Name) .+/),
    });
  });

  it("is refused when it is too long, saying how long it may be", async () => {
    const { ask } = await newsroomOver(harbourReports);
    await expect(ask("memo ".repeat(2000))).rejects.toMatchObject({
      code: "bad-question",
      message: "That question has 9,999 characters; ask in at most 2,000.",
    });
    await expect(ask(`${"a".repeat(longestQuestion)}?`)).rejects.toMatchObject({ code: "bad-question" });
    expect((await ask("memo ".repeat(399))).status).toBeDefined();
  });

  it("leaves nothing behind in its thread", async () => {
    const { ask, newsroom } = await newsroomOver(harbourReports);
    const place = threadNamed("t1");
    await ask(vigilance, { place });
    const before = await newsroom.context(place);
    await expect(ask("???", { place })).rejects.toMatchObject({ code: "bad-question" });
    expect(await newsroom.context(place)).toEqual(before);
  });
});

describe("a strange question", () => {
  it("of stop words alone is declined", async () => {
    const { ask } = await newsroomOver(harbourReports);
    for (const text of ["the of and", "What is it?", "to be or not to be", "who"])
      expect(await ask(text)).toMatchObject({ status: "not-in-corpus", reason: "topic", claims: [] });
  });

  it.each([
    ["Spanish", "¿Qué dijo el ministro sobre los volcanes?"],
    ["German", "Was sagte der Minister über Vulkane?"],
    ["Chinese", "部长对火山说了什么？"],
    ["Arabic", "ماذا قال الوزير عن البراكين؟"],
    ["Russian", "Что министр сказал о вулканах?"],
    ["SQL", "'; DROP TABLE documents; --"],
    ["FTS5", 'volcano* AND NEAR("lava" ash, 3) OR -title:x ^y'],
    ["a regular expression", "(a+)+$ [^\\] (?<=x{2,}"],
    ["a template", "{{7*7}} <%= volcano %> %s %n"],
    ["a path", "../../etc/passwd\u0000.md"],
    ["a lone surrogate", "volcano \ud800?"],
    ["a word that objects inherit", "__proto__ constructor toString hasOwnProperty"],
  ])("in %s is answered or declined like any other", async (_name, text) => {
    const { ask } = await newsroomOver(harbourReports);
    const answer = await ask(text);
    expect(answer).toMatchObject({ status: "not-in-corpus", claims: [], citations: [] });
    expect(answer.question.isWellFormed()).toBe(true);
  });

  it("with control characters and odd white space is read without them", async () => {
    const { ask } = await newsroomOver(harbourReports);
    const odd = await ask("\u001b What did\u0000the memo\r\n\tsay about\u00a0vigilance?\u0007");
    expect(odd.question).toBe(vigilance);
    expect(odd.claims).toEqual((await ask(vigilance)).claims);
  });
});

describe("a decline", () => {
  it("cites nothing, says what was searched and shows the nearest passages", async () => {
    const { ask } = await newsroomOver(harbourReports);
    const answer = await ask("What did Minister Brandt say about vigilance?");
    expect(answer).toMatchObject({
      status: "not-in-corpus",
      reason: "combination",
      claims: [],
      citations: [],
      searched: { documents: 2, passages: 11 },
    });
    expect(answer.nearest).toHaveLength(3);
    expect(answer.nearest.map(({ quote }) => quote)).toContain(
      "One of the points reads: “We urge vigilance at every gate.”",
    );
    expect(Object.keys(answer.nearest[0]!)).not.toContain("n");
  });

  it("says that there was nothing to search in an empty newsroom", async () => {
    const { ask } = await newsroomOver([]);
    expect(await ask(vigilance)).toMatchObject({
      status: "not-in-corpus",
      nearest: [],
      searched: { documents: 0, passages: 0 },
    });
  });

  it("comes of a period in which nothing was published", async () => {
    const { ask } = await newsroomOver(harbourReports);
    const during = (period: string) => ask(`What does the memo say about vigilance in articles published ${period}?`);
    expect(await during("on 2026-03-05")).toMatchObject({ status: "answered", searched: { documents: 1 } });
    expect(await during("since 2026")).toMatchObject({ status: "answered", searched: { documents: 2 } });
    expect(await during("before 2026")).toMatchObject({ status: "not-in-corpus", searched: { documents: 0 } });
    expect(await during("after 2026-03-05")).toMatchObject({ status: "not-in-corpus", searched: { documents: 1 } });
  });
});

describe("the same corpus, context and question", () => {
  it("give the same bytes in two newsrooms", async () => {
    const [one, other] = [await newsroomOver(harbourReports), await newsroomOver(harbourReports)];
    for (const text of [vigilance, "Who said dredging is useless?", "Are there volcanoes?", "How old is the Aurora?"]) {
      const reply = await one.newsroom.ask({ ...plainInquiry, text });
      expect(JSON.stringify(await other.newsroom.ask({ ...plainInquiry, text }))).toBe(JSON.stringify(reply));
      expect(JSON.stringify(await one.newsroom.ask({ ...plainInquiry, text }))).toBe(JSON.stringify(reply));
    }
  });

  it("give them also with the documents kept in another order and batch", async () => {
    const [one, other] = [await newsroomOver([]), await newsroomOver(harbourReports)];
    for (const document of harbourReports.toReversed()) await one.add([document]);
    expect((await one.ask(vigilance)).id).toBe((await other.ask(vigilance)).id);
    expect((await one.ask(vigilance)).claims).toEqual((await other.ask(vigilance)).claims);
  });

  it("give the id, which changes with the question, the context, the limit and the corpus", async () => {
    const { ask, add } = await newsroomOver(harbourReports);
    const place = threadNamed("t1");
    const ids = [
      (await ask(vigilance)).id,
      (await ask("What did the memo say about sailors?")).id,
      (await ask(vigilance, { claims: 1 })).id,
    ];
    await ask("What did the president say about songs?", { place });
    ids.push((await ask(vigilance, { place })).id);
    await add([sourceDocument("new.txt", "A ferry sank.")]);
    ids.push((await ask(vigilance)).id);
    // Words weigh by how rare they are in all collections.
    await add([sourceDocument("other.txt", "Vigilance sank.", { collection: "elsewhere" })]);
    ids.push((await ask(vigilance)).id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^a-[0-9a-f]{12}$/);
  });
});

describe("asking through the door", () => {
  it("runs the commands in the table, and no other", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const inquiry = { ...plainInquiry, text: "" };
    const run = (name: string, options = {}) => newsroom.run({ name, subcommand: null, options }, inquiry);
    expect((await run("ask", { question: vigilance })).answer?.status).toBe("answered");
    expect(
      (await newsroom.run({ name: "ask", subcommand: null, options: {} }, { ...inquiry, text: vigilance })).answer
        ?.question,
    ).toBe(vigilance);
    expect((await run("sources")).answer).toBeNull();
    expect((await run("help")).answer).toBeNull();
    await expect(run("toString")).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("ask, sources, help"),
    });
  });

  it("answers from one outlet alone where it is told to, also what follows, and says which there are", async () => {
    const { newsroom } = await newsroomOver([
      sourceDocument("a", "The minister said the harbour will close in May.", { outlet: "Gazette" }),
      sourceDocument("b", "The minister said the harbour will close in June.", { outlet: "Courier" }),
    ]);
    const question = "When will the harbour close?";
    const place = threadNamed("outlet");
    const run = (outlet: string, more = {}) =>
      newsroom.run(
        { name: "ask", subcommand: null, options: { question, outlet } },
        { ...plainInquiry, ...more, text: "" },
      );
    const { answer } = await run(" courier ", { place });
    expect(answer?.citations.map(({ outlet }) => outlet)).toEqual(["Courier"]);
    expect(answer?.searched.documents).toBe(1);
    const next = await newsroom.ask({ ...plainInquiry, place, text: "And who said that?" });
    expect(next.answer?.searched.documents).toBe(1);
    await expect(run("Herald")).rejects.toMatchObject({
      code: "bad-question",
      message: expect.stringContaining("It has: Courier, Gazette."),
    });
    const offered = (prefix: string) =>
      newsroom.complete({ command: "ask", subcommand: null, option: "outlet" }, prefix, { ...plainInquiry, text: "" });
    expect(await offered("")).toEqual(["Courier", "Gazette"]);
    expect(await offered("zet")).toEqual(["Gazette"]);
  });

  it("stops when it is told to, and keeps nothing of it", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const place = threadNamed("t1");
    const inquiry = { ...plainInquiry, text: vigilance, place };
    await expect(newsroom.ask(inquiry, AbortSignal.abort())).rejects.toThrow();
    const stop = new AbortController();
    const asked = newsroom.ask(inquiry, stop.signal);
    stop.abort();
    await expect(asked).rejects.toThrow();
    expect(await newsroom.context(place)).toBeNull();
  });

  it("replies with links to where the words stand", async () => {
    const options = { publicUrl: "https://desk.example" };
    const { newsroom } = await newsroomOver(harbourReports, options);
    const reply = await newsroom.ask({ ...plainInquiry, text: vigilance });
    const { document, start, end } = reply.answer!.citations[0]!;
    expect(reply.main.sources[0]!.url).toBe(
      `https://desk.example/documents/${document}?revision=1&start=${start}&end=${end}#cited`,
    );
    expect(reply.thread).toHaveLength(reply.answer!.claims.length);
  });

  it("has one starter corpus, that steps aside for anything else", async () => {
    const starter = sourceDocument("s.md", "The starter memo urges vigilance.", { collection: starterCollection });
    const { ask, add, newsroom } = await newsroomOver([starter]);
    expect((await ask("What does the starter memo urge?")).status).toBe("answered");
    await add([sourceDocument("own.txt", "The harbour is deep.")]);
    const after = await ask("What does the starter memo urge?", { collections: ["main", starterCollection] });
    expect(after).toMatchObject({ status: "not-in-corpus", searched: { documents: 1, passages: 1 } });
    expect(JSON.stringify(after.nearest)).not.toContain("starter");
    expect(await newsroom.read.documents([starterCollection], { limit: 9, after: null })).toEqual([]);
  });
});

describe("a place that may not see a collection", () => {
  const secret = (key: string, text: string) => sourceDocument(key, text, { collection: "investigations" });
  const documents = [
    ...harbourReports,
    secret("leak.txt", "The leaked memo says: “We urge vigilance about the volcano Katla.” Vigilance, vigilance!"),
    ...Array.from({ length: 60 }, (_, n) => secret(`${n}.txt`, `The memo says vigilance number ${n} is vigilance.`)),
  ];

  it("is answered as if its documents were not there", async () => {
    const [all, few] = [await newsroomOver(documents), await newsroomOver(harbourReports)];
    for (const text of [vigilance, "What does the leaked memo say about the volcano Katla?", "Who sang?"]) {
      const [seen, alone] = [await all.ask(text), await few.ask(text)];
      expect(seen.searched).toEqual({ documents: 2, passages: 11 });
      expect(JSON.stringify(seen)).not.toMatch(/Katla”|number \d/);
      expect([seen.status, seen.reason, seen.claims]).toEqual([alone.status, alone.reason, alone.claims]);
    }
  });

  it("finds them where it may, and only them where it may see nothing else", async () => {
    const { ask } = await newsroomOver(documents);
    const volcano = "What does the leaked memo say about the volcano Katla?";
    expect(await ask(volcano, { collections: ["main", "investigations"] })).toMatchObject({
      status: "answered",
      searched: { documents: 63 },
    });
    expect(await ask(vigilance, { collections: ["investigations"] })).toMatchObject({ searched: { documents: 61 } });
    expect(await ask(vigilance, { collections: [] })).toMatchObject({
      status: "not-in-corpus",
      nearest: [],
      searched: { documents: 0, passages: 0 },
    });
  });

  it("cannot read them either", async () => {
    const { newsroom, ask } = await newsroomOver(documents);
    const found = await ask("volcano Katla", { collections: ["investigations"] });
    const { document } = (found.citations[0] ?? found.nearest[0])!;
    expect((await newsroom.read.document(document, ["investigations"]))?.text).toContain("Katla");
    expect(await newsroom.read.document(document, ["main"])).toBeNull();
    expect(await newsroom.read.document("unknown", ["main"])).toBeNull();
    expect(await newsroom.read.documents(["main"], { limit: 9, after: null })).toHaveLength(2);
  });

  it("sees what it is allowed: the channel’s, else the workspace’s, else the default", async () => {
    const { newsroom, store } = await newsroomOver(documents);
    const place = threadNamed("t1");
    expect(await newsroom.collections(place)).toEqual(["main"]);
    await store.allow("test", "W", null, ["main", "investigations"]);
    expect((await newsroom.collections(place)).toSorted()).toEqual(["investigations", "main"]);
    await store.allow("test", "W", "C", ["investigations"]);
    expect(await newsroom.collections(place)).toEqual(["investigations"]);
    expect(await newsroom.collections({ ...place, channel: "D" })).toContain("main");
    expect(await newsroom.collections({ ...place, workspace: null })).toEqual(["main"]);
  });
});

describe("what a page shows of feeds", () => {
  it("is how each fares, in the collections of the place", async () => {
    const { newsroom, store } = await newsroomOver([]);
    await store.addFeed(newFeed("a", { title: null, outlet: "Gazette" }));
    await store.addFeed(newFeed("b", { collection: "legal" }));
    await store.changeFeed("a", {
      failures: 2,
      reason: "too-slow",
      sentence: "The site took too long.",
      nextTryAt: 7,
      itemsADay: 3,
    });
    expect(await newsroom.read.feeds(["main"])).toEqual([
      {
        id: "a",
        title: "a.example",
        address: "https://a.example/rss",
        home: null,
        collection: "main",
        outlet: "Gazette",
        state: "failing",
        problem: "The site took too long.",
        lastSuccessAt: null,
        nextTryAt: 7,
        itemsADay: 3,
      },
    ]);
    await store.changeFeed("b", { state: "paused", failures: 2, nextTryAt: null });
    expect(await newsroom.read.feeds(["legal"])).toMatchObject([{ title: "Feed b", state: "paused" }]);
    expect(await newsroom.read.feeds([])).toEqual([]);
  });

  it("is what they brought on the last days, by outlet", async () => {
    const { newsroom, store } = await newsroomOver([]);
    await store.addFeed(newFeed("a", { outlet: "Gazette" }));
    const documents = [0, 1, 2].map((day) =>
      preparedDocument(`a/${day}`, `Text of day ${day}.`, { outlet: "Gazette" }),
    );
    const items = documents.map(({ id }, day) =>
      seenItem(`${day}`, { document: id, publishedAt: noon - day * 86_400_000 }),
    );
    await store.keepItems("a", items, documents);
    expect(await newsroom.read.arrivals(["main"], 2)).toEqual([
      { day: "2026-01-05", outlet: "Gazette", items: 1 },
      { day: "2026-01-04", outlet: "Gazette", items: 1 },
    ]);
    expect(await newsroom.read.arrivals(["legal"], 2)).toEqual([]);
  });
});
