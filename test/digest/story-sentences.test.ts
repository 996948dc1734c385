import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standsAlone, wholeSentences } from "../../src/digest/story-sentences.ts";
import { storedDocument } from "../support/stored.ts";

const quotable = (text: string) =>
  wholeSentences(storedDocument({ id: "d", text }))
    .filter(standsAlone)
    .map((sentence) => sentence.text);

describe("the sentences of a document that may be quoted", () => {
  it.each([
    ["leans on what stands before it", "He said that the bridge would be closed until spring."],
    ["speaks of somebody it does not name", "Prosecutors say that he took two million crowns from the builder."],
    ["breaks off, as teasers do", "The bridge over the Torre will be closed until …"],
    ["is too short to say anything", "The bridge is closed."],
    ["is the page's own", "Read more about the Torre bridge in our newsletter tomorrow."],
    ["opens a quotation that it does not close", "“The bridge will be closed until spring, said the mayor of Sund."],
  ])("are none that %s", (_name, text) => {
    expect(quotable(text)).toEqual([]);
  });

  it("are whole ones that name who they speak of", () => {
    const text = "Mayor Ada Holm said she would close the bridge. The bridge carries 30,000 cars on an ordinary day.";
    expect(quotable(text)).toEqual([
      "Mayor Ada Holm said she would close the bridge.",
      "The bridge carries 30,000 cars on an ordinary day.",
    ]);
  });

  it.each([
    ["de", "Er sagte, die Brücke über die Torre bleibe bis zum Frühjahr gesperrt.", 0],
    ["de", "Die Brücke über die Torre bleibt bis zum Frühjahr gesperrt.", 1],
    ["fr", "Elle a annoncé la fermeture du pont jusqu’au printemps prochain.", 0],
    ["it", "Il ponte sulla Torre resta chiuso fino alla primavera prossima.", 1],
    ["ja", "トッレ川にかかる橋は春まで閉鎖されると市長が発表した。", 1],
  ])("are told by the words of their language: %s, %s", (language, text, count) => {
    const list = wholeSentences(storedDocument({ id: "d", text, meta: { language } }));
    expect(list.filter(standsAlone)).toHaveLength(count);
  });

  it("never reach over what is not the article, and are exact slices", () => {
    const words = fc.constantFrom(
      "The bridge was closed on Monday.",
      "Advertisement",
      "Engineers found two cracks",
      "in its pier.",
      "\n",
      " ",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), fc.nat(200), fc.nat(60), (list, start, length) => {
        const text = list.join(" ");
        const from = Math.min(start, text.length);
        const excluded = [{ start: from, end: Math.min(text.length, from + length) }].filter(
          (span) => span.end > span.start,
        );
        for (const sentence of wholeSentences(storedDocument({ id: "d", text, excluded }))) {
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          for (const hole of excluded) expect(sentence.start >= hole.end || sentence.end <= hole.start).toBe(true);
        }
      }),
    );
  });
});
