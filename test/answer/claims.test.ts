import { describe, expect, it } from "vitest";
import { makeClaims } from "../../src/answer/claims.ts";
import type { Evidence } from "../../src/answer/evidence.ts";
import { evidenceFor, foundPassage, lastSentence } from "../support/evidence.ts";

const closed = "The city council closed the Tolly bridge on Monday after engineers found cracks in 4 pillars.";
const ferry = "A ferry will carry bicycles over the river for free.";
const mayor = "The mayor was in Oslo, far away from all of it.";

describe("claims", () => {
  it("are one where several outlets report the same, each cited once, with what differs", () => {
    const { claims, citations } = makeClaims(
      [
        lastSentence("gazette", closed, { outlet: "The Gazette", published: "2026-03-05" }),
        lastSentence("courier", closed.replace("Monday", "Tuesday"), { outlet: "The Courier" }),
        lastSentence("herald", closed.replace("4", "6")),
        lastSentence("post", closed),
      ],
      3,
    );
    expect(claims).toHaveLength(1);
    expect(claims[0]).toMatchObject({
      text: closed,
      citations: [1, 2, 3, 4],
      variants: [
        { citation: 2, kind: "date", text: "…bridge on Tuesday after engineers…" },
        { citation: 3, kind: "number", text: "…cracks in 6 pillars" },
      ],
    });
    expect(citations.map(({ outlet, published, title }) => [outlet, published, title])).toEqual([
      ["The Gazette", "2026-03-05", "Title of gazette"],
      ["The Courier", null, "Title of courier"],
      [null, null, "Title of herald"],
      [null, null, "Title of post"],
    ]);
  });

  it("are as many as there are different things, in the order of the evidence, up to the limit", () => {
    const evidence = [ferry, closed, mayor].map((text, index) => lastSentence(`d${index}`, text));
    expect(makeClaims(evidence, 3).claims.map(({ text }) => text)).toEqual([ferry, closed, mayor]);
    expect(makeClaims(evidence, 2).claims.map(({ text }) => text)).toEqual([ferry, closed]);
    expect(makeClaims(evidence, 2).citations).toHaveLength(2);
    expect(makeClaims([], 3)).toEqual({ claims: [], citations: [] });
  });

  it("still gather further outlets once the limit is reached", () => {
    const evidence = [lastSentence("a", closed), lastSentence("b", ferry), lastSentence("c", closed)];
    expect(makeClaims(evidence, 1)).toMatchObject({ claims: [{ text: closed, citations: [1, 2] }] });
  });

  it("cite a document once, also where it says the same twice", () => {
    const passage = foundPassage("gazette", `${closed} ${ferry} ${closed}`);
    const evidence = evidenceFor("What?", [passage]).toSorted((a, b) => a.sentence.start - b.sentence.start);
    const { claims } = makeClaims([...evidence, lastSentence("courier", closed)], 3);
    expect(claims.map(({ citations }) => citations)).toEqual([[1, 2], [3]]);
  });

  it("cite exactly what stands in the document", () => {
    const text = `Före 👩🏽‍🚀.\r\n\r\n“Vi «stänger»\r\nbron”, sa e\u0301n.\r\n\r\nהנמל סגור.`;
    const evidence: Evidence[] = evidenceFor("What?", [foundPassage("swedish", text)]);
    const { citations } = makeClaims(evidence, 20);
    expect(citations.length).toBeGreaterThan(2);
    for (const { quote, start, end } of citations) expect(text.slice(start, end)).toBe(quote);
  });
});
