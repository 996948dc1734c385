import { describe, expect, it } from "vitest";
import type { Citation } from "../../../src/answer/answer.ts";
import type { Digest, DigestDocument, DigestSummary } from "../../../src/digest/digest.ts";
import { createScriptedNewsroom, type ScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { pagesOver } from "../../support/web-pages.ts";

const window = { since: Date.parse("2026-03-02T07:00:00Z"), until: Date.parse("2026-03-03T07:00:00Z") };
const named = (document: string, outlet: string): DigestDocument => ({
  document,
  revision: 1,
  title: `Title of ${document}`,
  outlet,
  published: "2026-03-02",
  url: null,
});
const cited = (n: number, document: string, outlet: string, quote: string): Citation => ({
  ...named(document, outlet),
  n,
  quote,
  start: 10,
  end: 10 + quote.length,
});
const score = { total: 0.62, independent: 2, outlets: 0.5, freshness: 0.8, topics: 1, matched: ["the harbour"] };
const digest: Digest = {
  id: "d-1",
  window,
  timeZone: "Europe/Oslo",
  collections: ["main"],
  topics: ["the harbour"],
  outlets: [],
  stories: [
    {
      headline: named("a", "Gazette"),
      keySentences: [1],
      alsoIn: [{ ...named("b", "Courier"), copyOf: "a" }],
      disagreements: [
        {
          kind: "number",
          sides: [
            { citation: 1, text: "14 million", outlets: ["Gazette"] },
            { citation: 2, text: "15 million", outlets: ["Courier"] },
          ],
        },
      ],
      documents: ["a", "b"],
      score,
    },
  ],
  brief: [{ headline: named("c", "Sextant"), documents: ["c"], score, reason: "off-topic" }],
  leftOut: [{ ...named("e", "Old <b>News"), reason: "old", score: null }],
  citations: [
    cited(1, "a", "Gazette", "Dredging costs 14 million."),
    cited(2, "b", "Courier", "Dredging costs 15 million."),
  ],
  arrived: { documents: 4, outlets: 4 },
};

function newsroomWith(digests: readonly Digest[]): ScriptedNewsroom {
  const newsroom = createScriptedNewsroom();
  const summaries: readonly DigestSummary[] = digests.map(({ id, window, timeZone, stories, arrived }) => ({
    id,
    window,
    timeZone,
    stories: stories.length,
    documents: arrived.documents,
    headline: stories[0]?.headline.title ?? null,
  }));
  return {
    ...newsroom,
    read: {
      ...newsroom.read,
      digests: async (_collections, { limit, after }) => {
        const from = after === null ? 0 : summaries.findIndex(({ id }) => id === after) + 1;
        return summaries.slice(from, from + limit);
      },
      digest: async (id) => digests.find((one) => one.id === id) ?? null,
    },
  };
}

describe("the page of a digest", () => {
  it("tells each story word for word with where it stands, who else has it, and where they differ", async () => {
    const page = await pagesOver(newsroomWith([digest])).open("/digests/d-1");
    expect(page.said("h1")).toBe("News digest, Tuesday 3 March 2026");
    expect(page.said(".status")).toBe(
      "1 story on the harbour; 4 reports by 4 outlets came in between 2 March 2026, 08:00 and 3 March 2026, 08:00 (Europe/Oslo).",
    );
    expect(page.said(".story h2")).toBe("Title of a");
    expect(page.all(".story blockquote")).toEqual(["Dredging costs 14 million."]);
    expect(page.attribute(".story figcaption a", "href")).toBe("/documents/a?revision=1&start=10&end=36#cited");
    expect(page.all(".variants li")[1]).toMatch(/“15 million” – Courier\s+\[2\]\sCourier/);
    expect(page.said(".also")).toBe("Also: Courier, Title of b (carries the same text)");
    expect(page.said(".story .meta")).toContain("2 independent outlets, on the harbour, freshness 80 of 100; score 62");
  });

  it("names what it does not tell, and what was left out with the reason", async () => {
    const page = await pagesOver(newsroomWith([digest])).open("/digests/d-1");
    expect(page.said("section.brief")).toContain("Outside the topics");
    expect(page.said("details.brief summary")).toBe("1 report left out, and why");
    expect(page.said("details.brief h3")).toBe("Published long before: 1");
    expect(page.said("details.brief li")).toBe("Title of e Old <b>News");
  });

  it("gives the digest itself as JSON", async () => {
    expect((await pagesOver(newsroomWith([digest])).json("/digests/d-1")).body).toEqual(digest);
  });
});

describe("the list of digests", () => {
  it("has the latest first, a page at a time", async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ...digest, id: `d-${i}` }));
    const pages = pagesOver(newsroomWith(many));
    const first = await pages.open("/digests");
    expect(first.all(".listing a")).toHaveLength(30);
    expect(first.all(".listing .meta")[0]).toBe("3 March 2026, 08:00 · 1 story from 4 reports");
    const second = await pages.open(first.attribute("a[rel=next]", "href")!);
    expect(second.all(".listing a")).toHaveLength(10);
    expect((await pages.json("/digests")).body).toMatchObject({ next: "d-29" });
  });

  it("says how to have one made where there is none", async () => {
    expect((await pagesOver(newsroomWith([])).open("/digests")).said(".lede")).toContain("/digest subscribe");
  });
});
