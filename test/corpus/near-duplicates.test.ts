import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bandsOf,
  mayBeNearDuplicates,
  nearDuplicateResemblance,
  resemblance,
  shingleSetOf,
  shinglesOf,
  signatureOf,
} from "../../src/corpus/near-duplicates.ts";

const signature = (text: string) => signatureOf(shinglesOf(text));
const between = (a: string, b: string) => resemblance(shingleSetOf(a), shingleSetOf(b));

/** Candidates as the store finds them. */
const sharesBand = (a: string, b: string) => {
  const bands = new Set(bandsOf(signature(a)));
  return bandsOf(signature(b)).some((band) => bands.has(band)) && mayBeNearDuplicates(signature(a), signature(b));
};

/** By the definition, with the words themselves. */
function naiveResemblance(a: readonly string[], b: readonly string[]): number {
  const shingles = (words: readonly string[]) => {
    const count = Math.max(1, words.length - 3);
    return new Set(words.length === 0 ? [] : Array.from({ length: count }, (_, i) => words.slice(i, i + 4).join(" ")));
  };
  const [left, right] = [shingles(a), shingles(b)];
  const common = [...left].filter((shingle) => right.has(shingle)).length;
  const together = left.size + right.size - common;
  return together === 0 ? 0 : common / together;
}

/** A made-up article: `from` up to `to` of an endless story, which is another one for each `story`. */
function article(story: number, from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `w${Math.imul(story * 7919 + from + i, 2654435761) >>> 0}`).join(
    " ",
  );
}

describe("resemblance", () => {
  it("is the share of common shingles, as the definition has it", () => {
    const words = fc.array(fc.constantFrom("war", "peace", "talks", "éire", "北", "12"), { maxLength: 30 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(between(a.join(" "), b.join(" "))).toBeCloseTo(naiveResemblance(a, b), 10);
      }),
    );
  });

  it("overlooks case, punctuation, typographic quotes, line ends and how accents are composed", () => {
    expect(between("“It’s over,” he said; déjà vu.\r\n", '"IT\'S OVER", he said: de\u0301ja\u0300 vu')).toBe(1);
  });

  it("tells a changed digit or name", () => {
    expect(
      between("Twelve people died in the attack on Monday", "Ten people died in the attack on Monday"),
    ).toBeLessThan(1);
  });

  it("compares scripts that do not space their words unit by unit", () => {
    const text = "国务院发言人星期一表示将继续与各国政府保持接触并讨论有关问题";
    expect(between(text, `${text}。记者报道`)).toBeGreaterThan(0.8);
    expect(between(text, "昨天下午在城市北部的一个市场附近发生了严重的交通事故")).toBeLessThan(0.1);
  });

  it("is nothing for texts without words", () => {
    expect(between("", "")).toBe(0);
    expect(between("!!! …", "!!! …")).toBe(0);
    expect(signature("?!")).toHaveLength(0);
    expect(bandsOf(signature("?!"))).toEqual([]);
  });

  it("is 1 for a text of one word and itself", () => {
    expect(between("Denied.", "denied")).toBe(1);
    expect(sharesBand("Denied.", "denied")).toBe(true);
  });
});

describe("signatures", () => {
  it("are the same on every run and machine", () => {
    expect([...signature("The quick brown fox jumps over the lazy dog").slice(0, 3)]).toMatchInlineSnapshot(`
      [
        -2078614875,
        -1322274128,
        -1533414888,
      ]
    `);
    expect(bandsOf(signature("The quick brown fox jumps over the lazy dog")).slice(0, 2)).toMatchInlineSnapshot(`
      [
        149503328514867,
        153808769695089,
      ]
    `);
  });

  it("always share a band for the same words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 200 }), (text) => {
        const some = `a ${text}`;
        expect(sharesBand(some, some.toUpperCase().toLowerCase())).toBe(
          between(some, some.toUpperCase().toLowerCase()) === 1,
        );
      }),
    );
  });

  it("find stories that were cut by a quarter, nearly always", () => {
    const found = Array.from({ length: 300 }, (_, story) =>
      sharesBand(article(story, 0, 400), article(story, 0, 303)),
    ).filter(Boolean).length;
    expect(between(article(1, 0, 400), article(1, 0, 303))).toBeGreaterThan(nearDuplicateResemblance);
    expect(found).toBeGreaterThanOrEqual(285);
  });

  it("do not bring together stories that share a paragraph", () => {
    const found = Array.from({ length: 300 }, (_, story) =>
      sharesBand(
        `${article(0, 0, 60)} ${article(story, 100, 500)}`,
        `${article(0, 0, 60)} ${article(story, 600, 1000)}`,
      ),
    ).filter(Boolean).length;
    expect(found).toBe(0);
  });
});
