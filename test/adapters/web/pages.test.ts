import { describe, expect, it } from "vitest";
import { createPages } from "../../../adapters/web/pages.ts";
import type { Answer } from "../../../src/answer/answer.ts";
import { defaultCollections } from "../../../src/newsroom.ts";
import { sourceDocument } from "../../support/documents.ts";
import { harbourReports } from "../../support/harbour-reports.ts";
import { createLogLines } from "../../support/log-lines.ts";
import { newsroomOver } from "../../support/newsroom.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { pagesOver } from "../../support/web-pages.ts";

const vigilance = "What does the memo say about vigilance?";
const ask = (question: string) => `/ask?q=${encodeURIComponent(question)}`;
const hostile = `<script>alert(1)</script>"'&<img src=x onerror=alert(2)>\u202Eevil`;

describe("the first page", () => {
  it("offers a field, questions that the documents answer, and what there is", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom);
    const page = await pages.open("/");
    expect(page.status).toBe(200);
    expect(page.attribute("form.ask", "action")).toBe("/ask");
    expect(page.attribute("form.ask", "method")).toBe("get");
    const examples = page.all(".examples a");
    expect(examples.length).toBeGreaterThan(0);
    const path = page.attribute(".examples a", "href")!;
    expect((await pages.open(path)).said("h1")).toBe(examples[0]);
    expect(((await pages.json(path)).body as Answer).status).toBe("answered");
    expect(page.text).toContain("<b>2 documents</b>");
    expect(page.all(".outlets li span")).toEqual(["Gazette", "Northern Harbour Courier"]);
    expect(page.all("#outlet option")).toEqual(["any outlet", "Gazette", "Northern Harbour Courier"]);
  });

  it("says what to do where there is nothing to answer from", async () => {
    const page = await pagesOver(createScriptedNewsroom()).open("/");
    expect(page.text).toContain("npm start -- ingest FOLDER");
    expect(page.said(".examples")).toBeNull();
  });

  it("gives the same as JSON", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const { body } = await pagesOver(newsroom).json("/");
    expect(body).toMatchObject({ documents: 2, examples: expect.any(Array), from: "2026-03-05", to: "2026-03-06" });
  });
});

describe("the page of an answer", () => {
  it("says the claims as in chat, each mark leading to its source, each source to the words", async () => {
    const { newsroom, ask: answered } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom);
    const page = await pages.open(ask(vigilance));
    const answer = await answered(vigilance);
    expect(page.said("h1")).toBe(vigilance);
    expect(page.all(".claim")[0]).toContain("We urge vigilance at every gate");
    for (const { n, document, revision, start, end, quote } of answer.citations) {
      expect(page.attribute(`a.cite[href="#source-${n}"]`, "aria-label")).toContain(`[${n}]`);
      expect(page.said(`#source-${n}`)).toContain(`[${n}]`);
      const path = `/documents/${document}?revision=${revision}&start=${start}&end=${end}#cited`;
      expect(page.attribute(`.source[data-n="${n}"] .opens a`, "href")).toBe(path);
      expect(page.said(`.source[data-n="${n}"] blockquote mark`)).toBe(quote);
      expect((await pages.open(path)).all("mark#cited, mark#cited ~ mark").join("")).toBe(quote);
    }
  });

  it("leads to the original at the quoted words where a document came with an address, and only there", async () => {
    const at = (key: string, url: string | null) =>
      sourceDocument(`${key}.txt`, `The ${key} memo urges vigilance at every gate.`, { outlet: key, url });
    const own = [at("Gazette", "https://www.gazette.example/memo?a=1&b=2"), at("Courier", null)];
    const { newsroom } = await newsroomOver(own, { publicUrl: "https://desk.example" });
    const page = await pagesOver(newsroom).open(ask("What does the memo say about vigilance?"));
    expect(page.all(".opens a")).toEqual([
      "Read it in the document",
      "Original at gazette.example ↗",
      "Read it in the document",
    ]);
    expect(page.attribute(".opens a[rel~=external]", "href")).toMatch(
      /^https:\/\/www\.gazette\.example\/memo\?a=1&b=2#:~:text=The%20Gazette%20memo/,
    );
  });

  it("is the bytes of ask --json to a program, wherever it is asked", async () => {
    const { newsroom, ask: answered } = await newsroomOver(harbourReports);
    const { body, status } = await pagesOver(newsroom, { base: "/desk" }).json(ask(vigilance));
    expect(status).toBe(200);
    expect(body).toEqual(await answered(vigilance));
  });

  it("keeps the context for a follow-up, says what that follows, and has an address to share", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom);
    const first = await pages.open(ask("What did Minister Brandt say about the gates?"));
    const follows = first.attribute('input[name="follows"]', "value")!;
    const path = `${ask("And about dredging?")}&follows=${follows}`;
    const second = await pages.open(path);
    expect(second.said(".trail a")).toBe("What did Minister Brandt say about the gates?");
    expect(second.all(".claim").join()).toContain("14 million euros");
    expect((await pages.open(path)).text).toBe(second.text);
    const lost = await pages.open(`${ask(vigilance)}&follows=a-gone`);
    expect(lost.said(".trail")).toContain("is not kept here any more");
  });

  it("answers from one outlet where it is told to, and says so", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom);
    const page = await pages.open(`${ask("What did the ministry send to captains?")}&outlet=northern harbour courier`);
    expect(page.said(".trail")).toContain("Only what northern harbour courier published.");
    expect(page.text).not.toContain(">Gazette</b>");
    expect((await pages.open(`${ask(vigilance)}&outlet=nobody`)).said(".problem p")).toContain(
      "nothing from an outlet",
    );
  });

  it("declines as in chat: why, what was searched, the nearest passages, and the field with the question", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const question = "What did the mayor say about vigilance at the gates?";
    const page = await pagesOver(newsroom).open(ask(question));
    expect(page.status).toBe(200);
    expect(page.said(".decline strong")).toBe("Not in the corpus.");
    expect(page.said(".decline")).toContain("Searched: 2 documents");
    expect(page.said(".near h2")).toBe("Nearest passages – not an answer");
    expect(page.all(".nearest blockquote").length).toBeGreaterThan(0);
    expect(page.attribute("#q", "value")).toBe(question);
    expect(page.said(".claims")).toBeNull();
  });

  it("answers from what its place may see and from nothing else", async () => {
    const secret = sourceDocument("s.txt", "The harbour pact was signed by Minister Brandt on Monday.", {
      collection: "legal",
      outlet: "Legal desk",
    });
    const { newsroom, store } = await newsroomOver([...harbourReports, secret]);
    const pages = pagesOver(newsroom);
    const question = "Who signed the harbour pact?";
    expect(((await pages.json(ask(question))).body as Answer).status).toBe("not-in-corpus");
    const { id } = (await store.documents(["legal"], { limit: 1, after: null }))[0]!;
    expect((await pages.open(`/documents/${id}`)).status).toBe(404);
    expect((await pages.open("/documents")).text).not.toContain(id);
    expect((await pages.open("/")).text).not.toContain("Legal desk");
    await store.allow("web", "pages", null, ["legal"]);
    expect(((await pages.json(ask(question))).body as Answer).status).toBe("answered");
    expect((await pages.open(`/documents/${id}`)).status).toBe(200);
    expect(await newsroom.collections({ adapter: "web", workspace: "x", channel: null, thread: null })).toEqual(
      defaultCollections,
    );
  });
});

describe("the pages of documents", () => {
  it("lists them, a page at a time", async () => {
    const many = Array.from({ length: 60 }, (_, i) => sourceDocument(`d${i}.txt`, `Report number ${i}.`));
    const { newsroom } = await newsroomOver(many);
    const pages = pagesOver(newsroom);
    const first = await pages.open("/documents");
    const second = await pages.open(first.attribute("a[rel=next]", "href")!);
    const titles = [...first.all(".listing a"), ...second.all(".listing a")];
    expect(titles).toHaveLength(60);
    expect(new Set(titles).size).toBe(60);
    expect(second.said("a[rel=next]")).toBeNull();
    const { body } = await pages.json("/documents");
    expect(body).toMatchObject({ documents: expect.any(Array), next: expect.any(String) });
  });

  it("shows what a document says of itself, and the words that are cited", async () => {
    const text = "OSLO – The pact was signed.\n\nNobody objected.";
    const document = sourceDocument("p.md", text, {
      title: "Pact signed",
      outlet: "Gazette",
      published: "2026-03-05T09:00:00Z",
      dateline: "OSLO",
      url: "https://news.example/pact?a=1&b=2",
    });
    const { newsroom, store } = await newsroomOver([document]);
    const { id } = (await store.documents(["main"], { limit: 1, after: null }))[0]!;
    const start = text.indexOf("The pact");
    const page = await pagesOver(newsroom).open(`/documents/${id}?revision=1&start=${start}&end=${start + 8}`);
    expect(page.said(".kicker")).toBe("Gazette");
    expect(page.said(".about")).toMatch(/Published\s+5 March 2026\s+Dateline\s+OSLO\s+Original\s+news\.example/);
    expect(page.attribute(".about a", "href")).toBe("https://news.example/pact?a=1&b=2");
    expect(page.said("mark#cited")).toBe("The pact");
    expect(page.all(".text p")).toEqual(["OSLO – The pact was signed.", "Nobody objected."]);
    const { body } = await pagesOver(newsroom).json(`/documents/${id}?revision=1&start=${start}&end=${start + 8}`);
    expect(body).toMatchObject({ id, title: "Pact signed", text, cited: { quote: "The pact", start } });
  });

  it("opens an old revision as it was cited, and tells what has changed since", async () => {
    const revise = (text: string, title: string) => sourceDocument("t.txt", text, { title });
    const { newsroom, store, add } = await newsroomOver([revise("Twelve were hurt. Nobody died.", "Twelve hurt")]);
    await add([revise("Fourteen were hurt. Nobody died.", "Fourteen hurt")]);
    const { id } = (await store.documents(["main"], { limit: 1, after: null }))[0]!;
    const pages = pagesOver(newsroom);
    const old = await pages.open(`/documents/${id}?revision=1&start=0&end=17`);
    expect(old.said(".notice")).toContain("This is revision 1, as it was cited.");
    expect(old.said("mark#cited")).toBe("Twelve were hurt.");
    expect(old.all(".revisions li")).toHaveLength(2);
    const changes = await pages.open(old.all(".notice a").length > 1 ? `/documents/${id}?revision=2&compare=1` : "");
    expect(changes.all(".changes del")).toEqual(["Twelve"]);
    expect(changes.all(".changes ins")).toEqual(["Fourteen"]);
    expect(changes.said(".about")).toMatch(/title.*Twelve hurt.*Fourteen hurt/s);
    expect((await pages.json(`/documents/${id}?revision=2&compare=1`)).body).toEqual({
      id,
      from: 1,
      to: 2,
      changes: [
        { kind: "gone", text: "Twelve" },
        { kind: "come", text: "Fourteen" },
        { kind: "same", text: " were hurt. Nobody died." },
      ],
    });
  });

  it("shows a long one in parts, and opens at the part that is cited", async () => {
    const text = Array.from({ length: 6000 }, (_, i) => `Sentence ${i} stands here.\n\n`).join("");
    const { newsroom, store } = await newsroomOver([sourceDocument("long.txt", text)]);
    const { id } = (await store.documents(["main"], { limit: 1, after: null }))[0]!;
    const pages = pagesOver(newsroom);
    const start = text.indexOf("Sentence 4321 stands");
    const page = await pages.open(`/documents/${id}?revision=1&start=${start}&end=${start + 13}`);
    expect(page.said("mark#cited")).toBe("Sentence 4321");
    expect(page.said(".turn")).toMatch(/Part \d of \d/);
    expect(page.text.length).toBeLessThan(50_000);
    expect((await pages.open(page.attribute('.turn a[rel="next"]', "href")!)).status).toBe(200);
    expect((await pages.open(`/documents/${id}?part=99`)).status).toBe(404);
  });
});

describe("what cannot be shown", () => {
  it.each([
    ["/nowhere", 404, "There is no page at this address."],
    ["/documents/nothing", 404, "There is no such document here"],
    ["/digests/nothing", 404, "There is no such digest here."],
    ["/ask?q=", 400, "There is no question in that."],
    ["/ask", 400, "There is no question in that."],
    ["/ask?q=%3F%3F", 400, "There is no word in that question"],
    [`/ask?q=${"a".repeat(2001)}`, 400, "ask in at most 2,000"],
    ["/ask?q=x&as=teams", 400, "must be one of slack, discord, data"],
    ["/documents/x?revision=zero", 400, "“revision” in this address must be a whole number"],
    ["/documents/x?start=3", 400, "needs both “start” and “end”"],
  ])("is told in words, as a page and as JSON: %s", async (path, status, sentence) => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom);
    const page = await pages.open(path);
    expect(page.status).toBe(status);
    expect(page.said(".problem")).toContain(sentence);
    expect(await pages.json(path)).toEqual({
      status,
      body: { error: { code: expect.any(String), message: expect.stringContaining(sentence) } },
    });
    expect(pages.log.said("error")).toBe("");
  });

  it("names the length of the text where the words lie outside it", async () => {
    const { newsroom, store } = await newsroomOver([sourceDocument("a.txt", "Short.")]);
    const { id } = (await store.documents(["main"], { limit: 1, after: null }))[0]!;
    const page = await pagesOver(newsroom).open(`/documents/${id}?revision=1&start=3&end=300`);
    expect(page.status).toBe(400);
    expect(page.said(".problem")).toContain("has 6 characters");
  });

  it("is nobody's failure when the person has left meanwhile", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const log = createLogLines();
    const app = createPages(newsroom, { base: "", previews: [], runtime: { now: () => 0 }, logger: log.logger });
    expect((await app.request(ask(vigilance), { signal: AbortSignal.abort() })).status).toBe(499);
    expect(log.said("error")).toBe("");
  });

  it("keeps the question in the field, and the failure in the log", async () => {
    const newsroom = createScriptedNewsroom();
    newsroom.script(() => {
      throw new Error("boom at /srv/secret");
    });
    const pages = pagesOver(newsroom);
    const page = await pages.open(ask("What broke?"));
    expect(page.status).toBe(500);
    expect(page.text).not.toContain("secret");
    expect(page.attribute("#q", "value")).toBe("What broke?");
    expect(pages.log.said("error")).toContain("A page could not be made");
  });
});

describe("text of strangers", () => {
  it("is shown as it is on every page, and is never markup", async () => {
    const document = sourceDocument(`h${hostile}.txt`, `The memo urges vigilance ${hostile} at every gate.`, {
      title: hostile,
      outlet: hostile,
      published: `2026${hostile}`,
      dateline: hostile,
      source: hostile,
      origin: hostile,
    });
    const { newsroom, store } = await newsroomOver([document, ...harbourReports]);
    const pages = pagesOver(newsroom);
    const { id } = (await store.documents(["main"], { limit: 9, after: null })).find(({ title }) => title === hostile)!;
    for (const path of [
      "/",
      ask(vigilance),
      ask(hostile),
      "/documents",
      `/documents/${id}`,
      `${ask(vigilance)}&as=data`,
    ]) {
      const page = await pages.open(path);
      expect(page.said("main script"), path).toBeNull();
      expect(page.said("main img"), path).toBeNull();
      expect(page.text, path).not.toMatch(/<script>alert|<img/);
      expect(page.said("body"), path).not.toContain("\u202E");
    }
    expect((await pages.open(`/documents/${id}`)).said("h1")).toBe(hostile.replace("\u202E", ""));
  });
});

describe("pages under a path of their own", () => {
  it("link to that path only", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom, { base: "/desk" });
    for (const path of ["/", ask(vigilance), "/documents", "/feeds", "/digests", "/nowhere"]) {
      const { text } = await pages.open(path);
      const own = [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map((match) => match[1]!);
      expect(own.length).toBeGreaterThan(3);
      for (const address of own) expect(address, path).toMatch(/^\/desk\//);
    }
  });
});

describe("what the pages bring with them", () => {
  it("has its content in its name and may be kept for good", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const page = await pagesOver(newsroom).open("/");
    const paths = [page.attribute("link[rel=stylesheet]", "href")!, page.attribute("script", "src")!];
    for (const path of paths) {
      expect(path).toMatch(/^\/assets\/\w+-[0-9a-f]{10}\.(?:css|js)$/);
      const file = await pagesOver(newsroom).open(path);
      expect(file.status).toBe(200);
      expect(file.text.length).toBeGreaterThan(100);
    }
    expect(page.text).not.toMatch(/<style|style="|\son\w+="|https?:\/\//);
  });
});
