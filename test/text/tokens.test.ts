import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accented, fold, slicePhrase, words } from "../../src/text/tokens.ts";

const texts = (text: string) => words(text).map((word) => word.text);

/** Text as it comes: letters of many scripts, marks, figures, punctuation, apostrophes, white space. */
const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."aZ é'’.,-1405 東京กขé\u0301ßİﬁ½²\n\r\t“”U.S") }),
);

describe("words", () => {
  it("folds possessives, accents, figures and initials", () => {
    expect(texts("Trump’s café: 1,400 people, $3.5bn, the U.S. and Łódź")).toEqual(
      "trump cafe 1400 people 3.5 bn the us and lodz".split(" "),
    );
    expect(texts("1,400,000.25 and 12,34 and 12.05.2024, v1.5.")).toEqual(
      "1400000.25 and 12 34 and 12 05 2024 v1 5".split(" "),
    );
    expect(texts("don't O'Brien workers' rights STRASSE Straße")).toEqual(
      "dont obrien workers rights strasse strasse".split(" "),
    );
  });

  it("cuts hyphenated words and elisions into parts", () => {
    expect(texts("U.S.-led COVID-19 l’homme d'État dell'arte")).toEqual(
      "us led covid 19 l homme d etat dell arte".split(" "),
    );
  });

  it("gives pairs of characters for scripts without spaces", () => {
    expect(texts("東京都 2024年")).toEqual(["東京", "京都", "2024", "年"]);
  });

  it("keeps offsets of the text it was given", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const word of words(text)) {
          expect(word.text).not.toBe("");
          expect(word.start).toBeGreaterThanOrEqual(last);
          expect(word.end).toBeGreaterThan(word.start);
          expect(fold(text.slice(word.start, word.end))).toBe(word.text);
          expect(accented(text.slice(word.start, word.end))).toBe(word.accented);
          last = word.start;
        }
      }),
    );
  });

  it("does not depend on what stands beyond white space", () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(texts(`${left} ${right}`)).toEqual([...texts(left), ...texts(right)]);
      }),
    );
  });
});

describe("fold", () => {
  it("changes nothing the second time", () => {
    fc.assert(fc.property(anyText, (text) => void expect(fold(fold(text))).toBe(fold(text))));
  });

  it("folds the accented form to the same", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of words(text)) expect(fold(word.accented)).toBe(word.text);
      }),
    );
  });
});

describe("a phrase", () => {
  it("is the text of its words, with the last stop of initials and no other", () => {
    const phrase = (text: string) => slicePhrase(text, words(text));
    expect(phrase("“The  harbour\nboard.”")).toBe("The  harbour\nboard");
    expect(phrase("(the U.S.)")).toBe("the U.S.");
    expect(phrase("the US.")).toBe("the US");
  });
});
