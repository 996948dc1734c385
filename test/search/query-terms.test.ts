import { describe, expect, it } from "vitest";
import { queryTerms } from "../../src/search/query-terms.ts";

const corpus = (languages: readonly string[], ...stems: string[]) => ({
  languages,
  has: (stem: string) => stems.includes(stem),
});
const wordsOf = (text: string, languages: readonly string[] = ["en"]) =>
  queryTerms(text, corpus(languages)).map((term) => term.word);

describe("queryTerms", () => {
  it("drops function words and keeps each other word once", () => {
    expect(wordsOf("What did the cable say about the cables?")).toEqual(["cable", "say"]);
  });

  it("keeps function words where nothing else is there", () => {
    expect(wordsOf("Who are they?")).toEqual(["who", "are", "they"]);
    expect(wordsOf("?!")).toEqual([]);
  });

  it("keeps a function word that is written as a name", () => {
    expect(wordsOf("What did the US tell the WHO in May?")).toEqual(["us", "tell", "who", "may"]);
    expect(wordsOf("What did the U.S. embassy tell us?")).toEqual(["us", "embassy", "tell"]);
    expect(wordsOf("WHAT DID THE CABLE SAY")).toEqual(["cable", "say"]);
  });

  it("goes by the language of the question, or the corpus's own where one word speaks for another", () => {
    expect(wordsOf("¿Qué dijo el presidente?")).toEqual(["dijo", "presidente"]);
    expect(wordsOf("die hard")).toEqual(["die", "hard"]);
    expect(wordsOf("die Wahl", ["en", "de"])).toEqual(["wahl"]);
  });

  it("gives the stems of every language of the corpus, the commonest first", () => {
    const [term] = queryTerms("naciones", corpus(["es", "en", "und"]));
    expect(term).toEqual({
      word: "naciones",
      stems: ["nacion", "naciones"],
    });
    expect(queryTerms("judges", corpus(["en"]))).toEqual([{ word: "judges", stems: ["judg"] }]);
  });

  it("finds two words that the corpus writes as one", () => {
    const terms = queryTerms("Where is the gall bladder?", corpus(["en"], "gallbladd"));
    expect(terms.map((term) => term.stems)).toEqual([
      ["gall", "gallbladd"],
      ["bladder", "gallbladd"],
    ]);
  });
});
