import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { paragraphs, partOf } from "../../../adapters/web/document-text.ts";
import { html } from "../../../adapters/web/markup.ts";
import type { Span } from "../../../src/corpus/document.ts";
import { inert } from "../../../src/reply/inert.ts";

function shown(text: string, part: Span, cited: Span | null, excluded: readonly Span[] = []) {
  const page = String(html`<main>${paragraphs(text, part, { cited, excluded })}</main>`);
  return parseHTML(page).document.querySelector("main")!;
}

const squeezed = (text: string) => inert(text).replace(/\s+/gu, "");
const whole = (text: string) => ({ start: 0, end: text.length });

/** Text with the characters that matter here, and line breaks of every kind. */
const texts = fc
  .array(fc.constantFrom("a", "Word ", "<b>", "&", '"', "\n", "\n\n", "\r\n", "\r\n \r\n", "é", "שלום", "🌊", "."), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(""));

describe("the text of a document", () => {
  it("stands in paragraphs, the cited words marked wherever they cross", () => {
    const text = "One & two.\n\nThree “four”.\r\n\r\nFive <six>.";
    const cited = { start: text.indexOf("two"), end: text.indexOf(" <six>") };
    const main = shown(text, whole(text), cited);
    expect([...main.querySelectorAll("p")].map((one) => one.textContent)).toEqual([
      "One & two.",
      "Three “four”.",
      "Five <six>.",
    ]);
    expect([...main.querySelectorAll("mark")].map((one) => one.textContent)).toEqual(["two.", "Three “four”.", "Five"]);
    expect([...main.querySelectorAll("[id]")].map((one) => one.outerHTML)).toEqual([
      '<mark id="cited" tabindex="-1">two.</mark>',
    ]);
  });

  it("sets advertising apart, also beside what is cited", () => {
    const text = "News. ADVERT More news.";
    const excluded = [{ start: 6, end: 13 }];
    const main = shown(text, whole(text), { start: 13, end: 23 }, excluded);
    expect(main.querySelector(".excluded")?.textContent).toBe("ADVERT ");
    expect(main.querySelector("mark")?.textContent).toBe("More news.");
  });

  it("says every word of the text once and in order, and marks exactly what is cited", () => {
    fc.assert(
      fc.property(texts, fc.nat(200), fc.nat(60), fc.nat(200), (text, from, length, other) => {
        const start = Math.min(from, text.length);
        const cited = { start, end: Math.min(start + length, text.length) };
        const from2 = Math.min(other, text.length);
        const excluded = [{ start: from2, end: Math.min(from2 + 5, text.length) }].filter(
          ({ start, end }) => end > start,
        );
        const main = shown(text, whole(text), cited.end > cited.start ? cited : null, excluded);
        const marks = [...main.querySelectorAll("mark")].map((one) => one.textContent).join("");
        // A character that a bound cuts in two is shown as two replacement characters on either side.
        fc.pre(text.slice(0, start).isWellFormed() && text.slice(0, cited.end).isWellFormed());
        fc.pre(
          excluded.every((span) => text.slice(0, span.start).isWellFormed() && text.slice(0, span.end).isWellFormed()),
        );
        expect(squeezed(main.textContent)).toBe(squeezed(text));
        expect(squeezed(marks)).toBe(squeezed(text.slice(cited.start, cited.end)));
      }),
      { numRuns: 400 },
    );
  });
});

describe("the parts of a long document", () => {
  const prose = Array.from(
    { length: 9000 },
    (_, i) => `Sentence ${i} of the report. ${i % 7 === 0 ? "\n\n" : ""}`,
  ).join("");

  it("follow each other without a gap, end with a line, and stay small", () => {
    const { count } = partOf(prose, 1, null)!;
    let end = 0;
    for (let number = 1; number <= count; number++) {
      const part = partOf(prose, number, null)!;
      expect(part).toMatchObject({ start: end, number, count });
      expect(part.end - part.start).toBeLessThan(33_000);
      end = part.end;
      if (number < count) expect(prose[end - 1]).toBe("\n");
    }
    expect(end).toBe(prose.length);
    expect(partOf(prose, count + 1, null)).toBeNull();
  });

  it("open at the one that holds the cited words, whole", () => {
    const start = prose.indexOf("Sentence 5000");
    const part = partOf(prose, undefined, { start, end: start + 30 })!;
    expect(part.start).toBeLessThanOrEqual(start);
    expect(part.end).toBeGreaterThanOrEqual(start + 30);
    const { end } = partOf(prose, 2, null)!;
    expect(partOf(prose, undefined, { start: end - 10, end: end + 500 })!.end).toBe(end + 500);
  });

  it("are not stretched without end by an address that asks for everything", () => {
    const part = partOf(prose, undefined, { start: 0, end: prose.length })!;
    expect(part.end - part.start).toBeLessThan(40_000);
  });

  it("cut no character in two where there is no space at all, and hold fewer characters of more bytes", () => {
    const waves = "🌊".repeat(40_000);
    const { count } = partOf(waves, 1, null)!;
    for (let number = 1; number <= count; number++) {
      const { start, end } = partOf(waves, number, null)!;
      expect(waves.slice(start, end).isWellFormed()).toBe(true);
      expect(Buffer.byteLength(waves.slice(start, end))).toBeLessThan(35_000);
    }
    expect(partOf("", undefined, null)).toEqual({ start: 0, end: 0, number: 1, count: 1 });
  });
});
