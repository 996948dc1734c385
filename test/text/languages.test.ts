import { describe, expect, it } from "vitest";
import { detectLanguage, isStopWord } from "../../src/text/languages.ts";
import { stemmer } from "../../src/text/stems.ts";

describe("detectLanguage", () => {
  it.each([
    ["en", "What did the cable say about religious freedom?"],
    ["es", "¿Qué dijo el presidente sobre la libertad religiosa?"],
    ["fr", "Que dit le télégramme sur la liberté de religion ?"],
    ["de", "Was sagt das Telegramm über die Religionsfreiheit?"],
    ["pt", "O que disse o presidente sobre a liberdade religiosa?"],
    ["it", "Che cosa ha detto il presidente sulla libertà religiosa?"],
    ["nl", "Wat zegt het telegram over de vrijheid van godsdienst?"],
    ["und", "Riksdag 2024"],
    ["und", ""],
  ])("says %s of %j", (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe("isStopWord", () => {
  it("knows function words of its language only", () => {
    expect(isStopWord("the", "en")).toBe(true);
    expect(isStopWord("the", "de")).toBe(false);
    expect(isStopWord("anything", "und")).toBe(false);
  });
});

describe("stemmer", () => {
  it("brings inflections together and folds what it gives", () => {
    expect(stemmer("en")("judges")).toBe(stemmer("en")("judge"));
    expect(stemmer("es")("nación")).toBe(stemmer("es")("naciones"));
    expect(stemmer("fr")("liberté")).toBe(stemmer("fr")("libertés"));
    expect(stemmer("de")("häuser")).toBe("haus");
  });

  it("only folds where it knows no language", () => {
    expect(stemmer("und")("été")).toBe("ete");
  });
});
