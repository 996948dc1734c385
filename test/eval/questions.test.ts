import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReport, readSeeds, reportsAtHand } from "../support/seeds.ts";

interface Question {
  readonly q: string;
  readonly answers: readonly string[];
  readonly answerable: boolean;
  readonly why?: string;
}

const file = join(import.meta.dirname, "questions.json");
const { questions } = JSON.parse(readFileSync(file, "utf8")) as { questions: Question[] };
const answerable = questions.filter((question) => question.answerable);
const nearMisses = questions.filter((question) => !question.answerable);
const seeds = readSeeds();

/** Lower case, every run of punctuation and white space one space, a space at both ends for word boundaries. */
function fold(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
}

/** The keys that no text of the list holds, with their questions. */
function missing(texts: readonly string[]): string[] {
  const folded = texts.map(fold);
  return answerable.flatMap(({ q, answers }) =>
    answers.filter((key) => !folded.some((text) => text.includes(fold(key)))).map((key) => `${q} ${key}`),
  );
}

describe("the questions on the starter corpus", () => {
  it("are at least 60 that can be answered and 40 that cannot", () => {
    expect(answerable.length).toBeGreaterThanOrEqual(60);
    expect(nearMisses.length).toBeGreaterThanOrEqual(40);
  });

  it("are each asked once", () => {
    const asked = questions.map(({ q }) => fold(q));
    expect(asked.filter((q, index) => asked.indexOf(q) !== index)).toEqual([]);
  });

  it("have a key where there is an answer, and a reason where there is none", () => {
    for (const { q, answers } of answerable)
      expect(answers.filter((key) => fold(key).trim()).length, q).toBeGreaterThan(0);
    for (const { q, answers, why } of nearMisses) {
      expect(answers, q).toEqual([]);
      expect(why, q).toMatch(/\S/);
    }
  });

  it("do not give their own answer away", () => {
    const given = answerable.filter(({ q, answers }) => answers.some((key) => fold(q).includes(fold(key))));
    expect(given.map(({ q }) => q)).toEqual([]);
  });

  it("have keys that stand in the starter corpus", () => {
    expect(missing(seeds.map((seed) => seed.body))).toEqual([]);
  });

  it.skipIf(!reportsAtHand)(
    "have keys that stand in the reports too (skipped where the reports are not beside the repository)",
    () => {
      expect(missing(seeds.map(readReport))).toEqual([]);
    },
  );
});
