import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert, inertJson, inertLine } from "../../src/reply/inert.ts";

const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

describe("text of strangers", () => {
  it.each([
    ["colours", "a\u001b[31mred\u001b[0m", "a␛[31mred␛[0m"],
    ["a window title", "\u001b]0;owned\u0007x", "␛]0;owned␇x"],
    ["eight-bit sequences", "\u009b31mred", "\uFFFD31mred"],
    ["a carriage return that overwrites", "safe\rEVIL", "safe\nEVIL"],
    ["a backspace", "ab\b\bcd", "ab␈␈cd"],
    ["a directional override", "invoice\u202Egpj.exe", "invoicegpj.exe"],
    ["directional isolates", "\u2066a\u2069b", "ab"],
    ["zero-width characters", "pay\u200Bpal\uFEFF\u2060", "paypal"],
    ["a soft hyphen", "im\u00ADmigrant", "immigrant"],
    ["tags that smuggle text", "hi\u{E0041}\u{E0042}", "hi"],
    ["variation selectors that smuggle bytes", "x\u{E0101}\u{E0102}", "x"],
    ["lone surrogates", "a\uD83Db\uDC00", "a\uFFFDb\uFFFD"],
    ["a null", "a\0b", "a␀b"],
    ["CRLF", "a\r\nb\u2028c", "a\nb\nc"],
    ["a tab", "a\tb", "a b"],
  ])("loses its power: %s", (_what, given, shown) => {
    expect(inert(given)).toBe(shown);
  });

  it.each([
    ["a family", "👨‍👩‍👧‍👦"],
    ["a skin tone and a profession", "👩🏽‍🚀"],
    ["the rainbow flag", "🏳️‍🌈"],
    ["the flag of Scotland", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"],
    ["a heart with presentation", "❤️"],
    ["Persian", "می‌خواهم"],
    ["Hindi", "क्‍ष"],
    ["Hebrew and Arabic", "שלום عليكم"],
    ["combining characters", "e\u0301 Zürich n\u0303"],
  ])("is left as it is: %s", (_what, text) => {
    expect(inert(text)).toBe(text);
  });

  it("has nothing left that acts, and is the same the second time", () => {
    const hostile = fc.string({
      unit: fc.oneof(fc.nat({ max: 0x2100 }), fc.nat({ max: 0xffff })).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = inert(text);
        expect(shown).not.toMatch(acting);
        expect(inert(shown)).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps every visible character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(inert(text)).toBe(text);
      }),
    );
  });

  it("stays on one line when asked to", () => {
    expect(inertLine("  a\r\n\r\n b\u00a0 c\t\u001b\n")).toBe("a b c ␛");
  });

  it("is the same data as JSON, and prints nothing that acts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = inertJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(acting);
      }),
      { numRuns: 1000 },
    );
  });
});
