import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReport, readSeeds, reportsAtHand } from "../support/seeds.ts";

interface StarterQuestion {
  readonly q: string;
  readonly answers: readonly string[];
  readonly answerable: boolean;
  readonly why?: string;
}

const file = join(import.meta.dirname, "..", "fixtures", "starter-questions.json");
const { questions } = JSON.parse(readFileSync(file, "utf8")) as { questions: readonly StarterQuestion[] };
const answerable = questions.filter((question) => question.answerable);
const nearMisses = questions.filter((question) => !question.answerable);
const seeds = readSeeds();

/** Lower case, with everything between two words one space, so that whole words can be looked up between spaces. */
function fold(text: string): string {
  return ` ${(
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ")} `;
}

/** The keys, each after its question, that stand in none of the texts. */
function missingFrom(texts: readonly string[]): string[] {
  const folded = texts.map(fold);
  return answerable.flatMap(({ q, answers }) =>
    answers.filter((key) => !folded.some((text) => text.includes(fold(key)))).map((key) => `${q}: ${key}`),
  );
}

describe("the questions on the starter corpus", () => {
  it("are 70 that it answers and 50 near misses", () => {
    expect([answerable.length, nearMisses.length]).toEqual([70, 50]);
  });

  it("are all different", () => {
    const folded = questions.map(({ q }) => fold(q));
    expect(folded.filter((q, at) => folded.indexOf(q) !== at)).toEqual([]);
  });

  it("have keys where they are answerable, and say what is missing where they are not", () => {
    expect(answerable.filter(({ answers, why }) => answers.length === 0 || why !== undefined)).toEqual([]);
    expect(nearMisses.filter(({ answers, why }) => answers.length > 0 || !/\S/.test(why ?? ""))).toEqual([]);
  });

  it("do not hold their own keys", () => {
    const given = answerable.filter(({ q, answers }) => answers.some((key) => fold(q).includes(fold(key))));
    expect(given).toEqual([]);
    expect(answerable.flatMap(({ answers }) => answers).filter((key) => fold(key).trim() === "")).toEqual([]);
  });

  it("have keys that stand in a document of the starter corpus", () => {
    expect(missingFrom(seeds.map(({ body }) => body))).toEqual([]);
  });

  it.skipIf(!reportsAtHand)(
    "have keys that stand in a report too (skipped where the reports are not beside the repository)",
    () => {
      expect(missingFrom(seeds.map(readReport))).toEqual([]);
    },
  );

  it("reach every document of the starter corpus", () => {
    const keys = answerable.flatMap(({ answers }) => answers.map(fold));
    const unreached = seeds.filter(({ body }) => keys.filter((key) => fold(body).includes(key)).length < 8);
    expect(unreached.map((seed) => seed.file)).toEqual([]);
  });
});
