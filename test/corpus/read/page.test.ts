import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPage } from "../../../src/corpus/read/page.ts";
import { createPageReader, type PageReader } from "../../../src/corpus/read/page-reader.ts";

const file = { name: "desk/pier.html", base: "pier.html", stem: "pier" };
const read = (html: string | Uint8Array) => readPage(typeof html === "string" ? Buffer.from(html) : html, file);

const paragraph =
  "The harbour authority will close the northern pier to ferries from March, after divers found that worms had eaten through a third of the oak piles.";
const page = (body: string, head = ""): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Pier closes - Courier</title>${head}</head><body><nav><a href="/">Home</a></nav><article>${body}</article><footer>Contact</footer></body></html>`;

describe("a page", () => {
  it("gives its article as paragraphs between blank lines, lists line by line, and nothing around it", () => {
    const body = `<h2>Worms</h2><p>${paragraph}</p>\n<p>Repairs   would <b>cost</b> 14&nbsp;million kronor &amp; take<br>two summers.</p><ul><li>close the pier</li>
      <li>move the ferries</li></ul><script>alert(1)</script><p>${paragraph}</p><pre>a\n  b</pre>`;
    expect(read(page(body)).text).toBe(
      `Worms\n\n${paragraph}\n\nRepairs would cost 14 million kronor & take\ntwo summers.\n\nclose the pier\nmove the ferries\n\n${paragraph}\n\na\nb`,
    );
  });

  it("says what the page says of itself", () => {
    const head = `<meta property="og:site_name" content="Courier"><meta property="article:published_time" content="2025-11-26T08:00:00+01:00"><link rel="canonical" href="https://example.com/pier"><meta property="og:url" content="https://example.com/other">`;
    expect(read(page(`<p>${paragraph}</p>`, head)).meta).toEqual({
      title: "Pier closes",
      outlet: "Courier",
      published: "2025-11-26T08:00:00+01:00",
      dateline: null,
      language: "en",
      origin: null,
      source: "pier.html",
      url: "https://example.com/pier",
    });
  });

  it("reads JSON-LD, and drops addresses that are not of the web and dates that are none", () => {
    const data = {
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      headline: "Pier",
      datePublished: "2025-11-26",
      publisher: { name: "Courier" },
    };
    const head = `<script type="application/ld+json">${JSON.stringify(data)}</script><link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="/pier">`;
    expect(read(page(`<p>${paragraph}</p>`, head)).meta).toMatchObject({
      title: "Pier",
      published: "2025-11-26",
      outlet: "Courier",
      url: null,
    });
    const wrong = `<meta property="article:published_time" content="yesterday">`;
    expect(read(page(`<p>${paragraph}</p>`, wrong)).meta).toMatchObject({ published: null, outlet: null, url: null });
  });

  it("excludes advertising that is set as a paragraph", () => {
    const { text, excluded } = read(page(`<p>${paragraph}</p><p>ADVERTISEMENT</p><p>${paragraph}</p>`));
    expect(excluded.map(({ start, end }) => text.slice(start, end))).toEqual(["ADVERTISEMENT"]);
  });

  it.each([
    ["a fragment", `<p>${paragraph}</p>`],
    ["no body element", `<!doctype html><title>Pier</title><p>${paragraph}</p>`],
    ["no html element", `<head><title>Pier</title></head><body><p>${paragraph}</p></body>`],
    ["upper case", `<HTML><BODY><P>${paragraph}</P></BODY></HTML>`],
    ["an unclosed end", `<html><body><div><p>${paragraph}`],
  ])("may leave tags out: %s", (_, html) => {
    expect(read(html).text).toBe(paragraph);
  });

  it("is decoded as it declares", () => {
    const html = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=shift_jis"></head><body><p>`;
    const bytes = Buffer.concat([
      Buffer.from(html),
      Buffer.from("8bb482f095c28dbd82b782e98142", "hex"),
      Buffer.from("</p></body></html>"),
    ]);
    expect(read(bytes).text).toBe("橋を閉鎖する。");
    const latin = Buffer.from(page(`<p>Größe. ${paragraph}</p>`).replace("utf-8", "iso-8859-1"), "latin1");
    expect(read(latin).text).toBe(`Größe. ${paragraph}`);
  });

  it.each([
    ["only scripts", "<html><body><script>document.write('x')</script></body></html>"],
    ["an empty article", "<html><body><article></article></body></html>"],
    ["nothing but tags", "<p".repeat(1_000)],
    ["nothing", " "],
  ])("with %s is refused by name", (_, html) => {
    expect(() => read(html)).toThrow(/^There is no article in desk\/pier\.html/);
  });

  it("does not expand entities of its own, nor give lone surrogates", () => {
    const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
    const { text } = read(
      `<!DOCTYPE lolz [${laughs}]><html><body><p>&l9; &#xD800; &eacute; ${paragraph}</p></body></html>`,
    );
    expect(text.length).toBeLessThan(300);
    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain("é");
  });
});

describe("the thread that reads pages", () => {
  /** Less than what `readDocuments` allows, so that the tests are quick. */
  const limitMs = 600;
  let reader: PageReader;
  const good = Buffer.from(page(`<p>${paragraph}</p>`));

  beforeAll(async () => {
    reader = createPageReader(limitMs);
    await reader.read(good, file);
  });
  afterAll(() => reader.close());

  it.each([
    ["200,000 nested elements", "<div>".repeat(200_000)],
    [
      "200,000 nested and closed elements",
      `<html><body>${"<div>".repeat(200_000)}${paragraph}${"</div>".repeat(200_000)}`,
    ],
    ["100,000 open tags", "<p".repeat(100_000)],
    ["100,000 paragraphs", "<p>".repeat(100_000)],
    ["a million brackets", "<".repeat(1_000_000)],
    ["20 MB of text", `<html><body>${`<p>${paragraph}</p>`.repeat(140_000)}`],
  ])("is done with %s within its time, and the process goes on meanwhile", async (_, html) => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const bytes = Buffer.from(html);
    delay.enable();
    const start = performance.now();
    await reader.read(bytes, file).catch((error: unknown) => expect(error).toMatchObject({ code: "bad-document" }));
    const took = performance.now() - start;
    delay.disable();
    expect(took).toBeLessThan(limitMs + 1_400);
    expect(delay.percentile(99) / 1e6).toBeLessThan(200);
    expect((await reader.read(good, file)).text).toBe(paragraph);
  });

  it("says that a page took too long, and what to do", async () => {
    await expect(reader.read(Buffer.from("<b>".repeat(300_000)), file)).rejects.toThrow(
      "Reading desk/pier.html took longer than 0.6 s and was stopped; save the article's text instead.",
    );
  });

  it("says that a page needs too much memory, and goes on with the next", async () => {
    const small = createPageReader(20_000, 24);
    await expect(small.read(Buffer.from(`<html><body>${"<i></i>".repeat(400_000)}`), file)).rejects.toThrow(
      /needs more memory/,
    );
    expect((await small.read(good, file)).text).toBe(paragraph);
    await small.close();
  });

  it("stops in the middle of a page when it is closed, and reads nothing more", async () => {
    const other = createPageReader(30_000);
    await other.read(good, file);
    const reading = other.read(Buffer.from("<div>".repeat(200_000)), file);
    const outcome = expect(reading).rejects.toMatchObject({ code: "stopped" });
    await other.close();
    await outcome;
    await other.close();
    await expect(other.read(good, file)).rejects.toMatchObject({ code: "stopped" });
  });
});
