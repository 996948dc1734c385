import { describe, expect, it } from "vitest";
import { carried, meets } from "../../src/answer/requirements.ts";
import { readQuestion } from "../../src/question/read.ts";
import { readText, requirementsIn } from "../support/reading.ts";

/** How well the last word of `text` meets the last requirement of `question`. */
function worth(question: string, text: string): number {
  const requirement = requirementsIn(readQuestion(question, null)).at(-1)!;
  return meets(requirement, readText(text).sentences.at(-1)!.words.at(-1)!);
}

describe("what a question requires", () => {
  it("is met by the word itself in any inflection, accent, case or form of figure", () => {
    expect(worth("What of convictions?", "They were convicted.")).toBe(1);
    expect(worth("What of ferries?", "One FERRY")).toBe(1);
    expect(worth("Who sang?", "They sing")).toBe(1);
    expect(worth("What of São Tomé?", "sao tome")).toBe(1);
    expect(worth("What of 12?", "twelve")).toBe(1);
    expect(worth("What of the 3rd?", "third")).toBe(1);
    expect(worth("What of 1,400?", "1400")).toBe(1);
  });

  it("is met less by what is derived from it, and less again by a close synonym or a people", () => {
    expect(worth("What of migration?", "a migrant")).toBe(0.9);
    expect(worth("What of lawyers?", "an attorney")).toBe(0.8);
    expect(worth("What of Sweden?", "Swedish")).toBe(0.8);
  });

  it("is not met by a word that only looks alike", () => {
    for (const [question, text] of [
      ["What of Miller?", "a million"],
      ["What of the harbour?", "a barber"],
      ["What of 12?", "13"],
      ["What of ferries?", "fairies"],
    ] as const)
      expect([question, worth(question, text)]).toEqual([question, 0]);
  });

  it("is carried by a stretch of text as well as its best word carries it", () => {
    const requirements = requirementsIn(readQuestion("What of Swedish lawyers and ferries?", null));
    const words = readText("An attorney from Sweden met a lawyer.").sentences[0]!.words;
    expect(carried(requirements, words)).toEqual([0.8, 1, 0]);
    expect(carried(requirements, [])).toEqual([0, 0, 0]);
    expect(carried([], words)).toEqual([]);
  });
});
