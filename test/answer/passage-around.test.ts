import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passageAround } from "../../src/answer/passage-around.ts";

function around(text: string, quote: string, excluded: readonly { start: number; end: number }[] = []) {
  const start = text.indexOf(quote);
  return passageAround({ text, excluded }, { start, end: start + quote.length });
}

describe("the passage around a quotation", () => {
  it("takes whole sentences on either side, verbatim", () => {
    const text = "One of the points reads as follows.\r\n\r\n“We urge vigilance.” The second sentence. The third one.";
    expect(around(text, "We urge vigilance.")).toEqual({
      before: "One of the points reads as follows.\r\n\r\n“",
      quote: "We urge vigilance.",
      after: "” The second sentence. The third one.",
    });
  });

  it("takes no more than a few sentences", () => {
    const text = `${"A sentence of forty characters or there. ".repeat(40)}Here it is. ${"And another one that follows upon it. ".repeat(40)}`;
    const { before, after } = around(text, "Here it is.");
    expect(before.length).toBeGreaterThan(200);
    expect(before.length).toBeLessThanOrEqual(302);
    expect(after.length).toBeLessThanOrEqual(202);
    expect(before).toMatch(/^A sentence/);
    expect(after).toMatch(/it\.$/);
  });

  it("stops at advertising", () => {
    const advert = "SUBSCRIBE NOW for 1 dollar.";
    const text = `First sentence here. ${advert} The very words. Then this. ${advert} The end.`;
    const first = text.indexOf(advert);
    const second = text.lastIndexOf(advert);
    const spans = [first, second].map((start) => ({ start, end: start + advert.length }));
    expect(around(text, "The very words.", spans)).toEqual({
      before: "",
      quote: "The very words.",
      after: " Then this.",
    });
  });

  it("cuts an endless sentence at a word and says so", () => {
    const text = `${"word ".repeat(1000)}the quoted words${" more".repeat(1000)}`;
    const { before, after } = around(text, "the quoted words");
    expect(before).toMatch(/^… word .*word $/);
    expect(after).toMatch(/^ more .*more …$/);
    expect(before.length + after.length).toBeLessThan(1220);
  });

  it("is the stored text but for an ellipsis at its ends, wherever the quotation stands", () => {
    const anyText = fc
      .array(fc.constantFrom("word ", "end. ", "Next ", "\r\n\r\n", "👩🏽‍🚀", "“", "” ", "x".repeat(400)), {
        maxLength: 60,
      })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
        const { before, quote, after } = passageAround({ text, excluded: [] }, { start, end });
        expect(quote).toBe(text.slice(start, end));
        const plain = before.replace(/^… /, "");
        expect(text.slice(start - plain.length, start)).toBe(plain);
        const rest = after.replace(/ …$/, "");
        expect(text.slice(end, end + rest.length)).toBe(rest);
      }),
      { numRuns: 500 },
    );
  });
});
