import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress } from "../../src/feeds/address.ts";
import type { ParsedFeed } from "../../src/feeds/feed.ts";
import { feedDate } from "../../src/feeds/feed-date.ts";
import { htmlText } from "../../src/feeds/html-text.ts";
import type { ParseOutcome } from "../../src/feeds/parse-feed.ts";
import { readRobots } from "../../src/feeds/robots.ts";
import { atom, feedSource, parseBody, rss } from "../support/feeds.ts";

/** The same feeds at every run. */
const seed = 20_261_121;

const samples = [
  rss(`<link>https://paper.example/</link><ttl>60</ttl><item><title>One &amp; two</title><link>/1</link><guid isPermaLink="false">g1</guid>
    <pubDate>Fri, 20 Nov 2026 17:30:00 GMT</pubDate><description><![CDATA[<p>A <b>bold</b> word.</p>]]></description></item>
    <item><title>Three</title><description>&lt;p&gt;x&lt;/p&gt; &eacute;</description></item>`),
  atom(`<link href="https://paper.example/"/><entry xml:base="/x/"><id>urn:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><link href="1"/>
    <updated>2026-11-20T10:00:00Z</updated><author><name>Ada</name></author><content type="xhtml"><div>One <b>two</b></div></content></entry>`),
  `<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE rdf:RDF [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>T</title></channel><item rdf:about="y"><title>I &a;</title></item></rdf:RDF>`,
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "T",
    items: [{ id: 1, url: "/1", title: "I", content_html: "<p>x</p>" }],
  }),
  `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>Login</body></html>`,
];
/** What feeds are broken with. */
const tokens = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  "<!DOCTYPE x [",
  "</item>",
  "<item>",
  "<entry>",
  "</channel>",
  "<link/>",
  "<p",
  "\u0000",
  "\ud800",
  "\u202e",
  "&#0;",
  "&#x110000;",
  "&amp;amp;",
  'xml:base="http://["',
  "__proto__",
  "<__proto__>",
  'href="javascript:alert(1)"',
  "\ufeff",
  "{",
  "}",
  "[",
  '"',
  "'",
  "=",
  "<?xml",
  "?>",
  "file:///etc/passwd",
  "9999-99-99",
  "é",
  "日本",
  "𝒳",
  "<rss>",
  "<feed>",
  "<html>",
  "</rss>",
];

/** A sample with pieces put in, taken out, doubled and moved, then perhaps its bytes changed. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(
      fc.record({
        kind: fc.constantFrom("insert", "remove", "double", "swap", "byte"),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(40),
        token: fc.constantFrom(...tokens),
        byte: fc.nat(255),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([sample, steps]) => {
    let bytes = Buffer.from(sample);
    for (const { kind, at: share, length, token, byte } of steps) {
      const at = Math.floor(share * bytes.length);
      const [before, piece, after] = [
        bytes.subarray(0, at),
        bytes.subarray(at, at + length),
        bytes.subarray(at + length),
      ];
      const middle = {
        insert: [Buffer.from(token), piece],
        remove: [],
        double: [piece, piece, piece],
        swap: [after.subarray(0, length), piece],
        byte: [Buffer.of(byte), piece],
      }[kind as "insert"];
      bytes = Buffer.concat([before, ...middle, after]);
    }
    return bytes;
  });

/** What holds of every feed, whatever was sent. */
function check(feed: ParsedFeed): void {
  const isLink = (url: string | null): boolean => url === null || /^https?:\/\/[^\s<>"]+$/.test(url);
  const isDate = (date: string | null): boolean => date === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date);
  expect(isLink(feed.home)).toBe(true);
  expect(new Set(feed.items.map(({ id }) => id)).size).toBe(feed.items.length);
  for (const item of feed.items) {
    expect(item.id.length > 0 && item.id.length <= 512).toBe(true);
    expect(item.title.trim()).not.toBe("");
    expect(isLink(item.url) && isDate(item.published) && isDate(item.updated)).toBe(true);
    for (const text of [item.title, item.text, item.summary ?? "", item.author ?? ""]) {
      expect(text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.test(text), JSON.stringify(text)).toBe(true);
    }
  }
}

describe("whatever is sent as a feed", () => {
  it("ends as a clean feed or as a failure with a sentence, and quickly", async () => {
    let parsed = 0;
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        const began = performance.now();
        const outcome: ParseOutcome = await parseBody(bytes);
        expect(performance.now() - began).toBeLessThan(1_000);
        if (outcome.kind === "failed") expect(outcome.sentence).toMatch(/^[A-Z].*\.$/);
        else {
          parsed++;
          check(outcome.feed);
        }
      }),
      { seed, numRuns: 1_500 },
    );
    expect(parsed).toBeGreaterThan(300);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("gives the same for the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        expect(await parseBody(bytes)).toEqual(await parseBody(bytes));
      }),
      { seed, numRuns: 100 },
    );
  });

  it("ends so whatever its bytes are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.option(fc.string()), async (bytes, contentType) => {
        const outcome = await parseBody(bytes, { contentType });
        if (outcome.kind === "parsed") check(outcome.feed);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe("whatever stands in a field", () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 12 })
    .map((parts) => parts.join(""));

  it("is read as a date that exists or as none", () => {
    const dateLike = fc.array(
      fc.constantFrom(
        "Fri",
        ", ",
        " ",
        "20",
        "Nov",
        "2026",
        "26",
        "17:30",
        ":",
        "GMT",
        "+0100",
        "T",
        "Z",
        "-",
        "99",
        ".",
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          dateLike.map((parts) => parts.join("")),
        ),
        (value) => {
          const date = feedDate(value, feedSource.nowMs);
          if (date !== null) expect(new Date(date).toISOString()).toBe(date.replace("Z", ".000Z"));
        },
      ),
      { seed, numRuns: 2_000 },
    );
  });

  it("is read as an address of http or https or as none, and its text has no tags' remains", () => {
    fc.assert(
      fc.property(text, (value) => {
        const url = readAddress(value);
        if (url instanceof URL) expect(url.protocol).toMatch(/^https?:$/);
        expect(htmlText(value).isWellFormed()).toBe(true);
        expect(typeof readRobots(value, "dateline")("/")).toBe("boolean");
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it("comes out as plain text as it went in escaped", async () => {
    const plain = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
      .map((value) => `x${value.replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/gu, " ")}`);
    await fc.assert(
      fc.asyncProperty(plain, async (value) => {
        const once = value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
        const twice = once.replace(/&/g, "&amp;");
        const outcome = await parseBody(rss(`<item><title>${twice}</title></item>`));
        const expected = value.replace(/\s+/g, " ").trim();
        // One reading for XML and one for HTML: what was escaped for both comes out as it was.
        if (/[&<>]/.test(value)) expect(outcome).toMatchObject({ feed: { items: [{ title: expected }] } });
      }),
      { seed, numRuns: 300 },
    );
  });
});
