import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { words } from "../../src/text/tokens.ts";
import { createWordReader } from "../../src/text/word-reader.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ..."aZsSİ éß19.,'’-–“”\"() \u00a0\t\n東กʼſ",
      "U.S.",
      "1,400",
      "3.5",
      "’s ",
      "'s",
      "l’",
      "\u0301",
    ),
    maxLength: 60,
  }),
);

describe("createWordReader", () => {
  it("reads the words that words() gives", () => {
    const reader = createWordReader();
    fc.assert(
      fc.property(anyText, (text) => {
        const count = reader.read(text);
        const read = Array.from(reader.ids.subarray(0, count), (id) => reader.accented(id));
        expect(read).toEqual(words(text).map((word) => word.accented));
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives a word one number for good, whatever else it reads", () => {
    const reader = createWordReader();
    const numbers = new Map<string, number>();
    for (let i = 0; i < 40_000; i++) {
      reader.read(`Word${i % 30_000}’s`);
      const known = numbers.get(`word${i % 30_000}`);
      expect(reader.ids[0]).toBe(known ?? i);
      numbers.set(`word${i % 30_000}`, reader.ids[0]!);
    }
    expect(reader.size).toBe(30_000);
    expect(reader.accented(29_999)).toBe("word29999");
  });
});
