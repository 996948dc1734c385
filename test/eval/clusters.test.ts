import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Cluster {
  readonly docs: readonly { id: string; title: string; text: string; outlet?: string; origin?: string }[];
  readonly questions: readonly { q: string; answers: readonly string[]; answerable: boolean; why?: string }[];
}

const folder = join(import.meta.dirname, "..", "fixtures", "clusters");
const clusters = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name): [string, Cluster] => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as Cluster]);

/** The text as the measure compares it: lower case, with punctuation and white space folded, padded to whole words. */
function folded(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** Those that occur more than once. */
function repeated(items: readonly string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

describe("the invented news clusters", () => {
  it("are four, and no question stands in two of them", () => {
    expect(clusters.map(([name]) => name)).toHaveLength(4);
    expect(repeated(clusters.flatMap(([, cluster]) => cluster.questions.map(({ q }) => folded(q))))).toEqual([]);
  });

  describe.each(clusters)("%s", (_name, { docs, questions }) => {
    const answerable = questions.filter((question) => question.answerable);
    const nearMisses = questions.filter((question) => !question.answerable);

    it("holds five reports of the length of a report, each of another outlet", () => {
      expect(docs).toHaveLength(5);
      expect(repeated(docs.map(({ id }) => id))).toEqual([]);
      expect(repeated(docs.map(({ outlet }) => outlet ?? ""))).toEqual([]);
      const lengths = docs.map(({ text }) => text.split(/\s+/).length);
      expect(lengths.filter((length) => length < 250 || length > 700)).toEqual([]);
    });

    it("asks 36 questions that the reports answer and 30 that they do not", () => {
      expect(answerable).toHaveLength(36);
      expect(nearMisses).toHaveLength(30);
      expect(nearMisses.filter(({ why, answers }) => why === undefined || answers.length > 0)).toEqual([]);
      expect(answerable.filter(({ answers }) => answers.length === 0)).toEqual([]);
    });

    it("has every key verbatim in a report", () => {
      const keys = answerable.flatMap(({ answers }) => answers);
      expect(keys.filter((key) => !docs.some(({ text }) => text.includes(key)))).toEqual([]);
    });

    it("gives no key away in its question", () => {
      const given = answerable.filter(({ q, answers }) => answers.some((key) => folded(q).includes(folded(key))));
      expect(given.map(({ q }) => q)).toEqual([]);
    });
  });
});
