import { describe, expect, it } from "vitest";
import {
  baseForm,
  companions,
  inOneList,
  isCountryWord,
  isPeopleWord,
  numberValue,
  rootOf,
} from "../../src/text/related-words.ts";
import { stemmer } from "../../src/text/stems.ts";

const stem = stemmer("en");

describe("words that stand for one another", () => {
  it("knows the base of irregular forms, and leaves the others alone", () => {
    expect(["said", "sang", "written", "went", "children", "crises", "fled"].map(baseForm)).toEqual([
      "say",
      "sing",
      "write",
      "go",
      "child",
      "crisis",
      "flee",
    ]);
    expect(["harbour", "voted"].map(baseForm)).toEqual(["harbour", "voted"]);
  });

  it("reads figures, ordinals and number words as numbers", () => {
    expect(["12", "12th", "twelve", "twelfth", "3.5", "1400", "forty", "zero"].map(numberValue)).toEqual([
      12, 12, 12, 12, 3.5, 1400, 40, 0,
    ]);
    expect(["", "dozen", "x12", "12x", "1.2.3"].map(numberValue)).toEqual([null, null, null, null, null]);
  });

  it("joins what is derived from one word", () => {
    const roots = (...words: readonly string[]) => new Set(words.map((word) => rootOf(stem(word))));
    expect(roots("migrate", "migrant", "migration", "migrants").size).toBe(1);
    expect(roots("convict", "convicted", "conviction").size).toBe(1);
    expect(roots("govern", "government", "governor").size).toBe(1);
    expect(roots("harbour", "barber").size).toBe(2);
    expect(rootOf("unit")).toBe("unit");
  });

  it("lists close synonyms and a country with its people, in any inflection", () => {
    expect(inOneList("cable", "telegrams")).toBe(true);
    expect(inOneList("Sweden".toLowerCase(), "swedish")).toBe(true);
    expect(inOneList("bought", "purchases")).toBe(true);
    expect(inOneList("cable", "sweden")).toBe(false);
    expect(inOneList("harbour", "harbour")).toBe(false);
    expect(companions("lawyer")).toEqual(["attorney"]);
    expect(companions("harbour")).toEqual([]);
  });

  it("tells countries from their people", () => {
    expect([isCountryWord("sweden"), isPeopleWord("sweden")]).toEqual([true, false]);
    expect([isCountryWord("swedish"), isPeopleWord("swedish")]).toEqual([true, true]);
    expect([isCountryWord("gazette"), isPeopleWord("gazette")]).toEqual([false, false]);
  });
});
