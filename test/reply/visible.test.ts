import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible } from "../../src/reply/visible.ts";

describe("what a reader sees of a stranger's text", () => {
  it("takes out bidirectional controls, so that nothing is shown in another order than it is stored", () => {
    expect(visible("invoice\u202Efdp.exe\u202C and \u2066x\u2069 \u200Fy")).toBe("invoicefdp.exe and x y");
  });

  it("takes out zero-width characters, fillers, soft hyphens and tags", () => {
    expect(visible("a\u200Bb\u2060c\uFEFFd\u00ADe\u3164f\u115Fg\u{E0041}\u{E0042}h\u180Ei\u034Fj")).toBe("abcdefghij");
  });

  it("takes out variation selectors that carry hidden bytes", () => {
    expect(visible("hello\uFE00\uFE01\u{E0100}\u{E0101} x\uFE0F")).toBe("hello x");
  });

  it("replaces lone surrogates and control characters, and makes line ends one", () => {
    expect(visible("a\uD800b\u0000c\u001B[31md\r\ne\rf\u2028g\th")).toBe("a\uFFFDbc[31md\ne\nf\ng\th");
  });

  it.each([
    ["a family", "👨‍👩‍👧‍👦"],
    ["a rainbow flag", "🏳️‍🌈"],
    ["the flag of Scotland", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"],
    ["a keycap", "1️⃣"],
    ["a skin tone", "👩🏽‍🚀"],
    ["a Persian word with a non-joiner", "می‌خواهم"],
    ["a Hindi word with a joiner", "क्‍ष"],
    ["Hebrew with points", "שָׁלוֹם"],
    ["combining marks", "e\u0301 n\u0303"],
    ["the Arabic sign for a year", "\u0601١٩٩٩"],
  ])("leaves %s exact", (_name, text) => {
    expect(visible(text)).toBe(text);
  });

  const strange = fc.string({
    unit: fc.constantFrom(
      ..."ab1 \n\r\t#👨👩🏴🏽❤شम्",
      "\u200D",
      "\u200C",
      "\uFE0F",
      "\u202E",
      "\uD83D",
      "\uDC68",
      "\u{E0067}",
      "\u{E007F}",
      "\u{E0031}",
      "\u034F",
    ),
    maxLength: 30,
  });

  it("is idempotent, and what it leaves is well formed and without bidirectional controls", () => {
    fc.assert(
      fc.property(fc.oneof(strange, fc.string({ unit: "binary" })), (text) => {
        const once = visible(text);
        expect(visible(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/[\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
