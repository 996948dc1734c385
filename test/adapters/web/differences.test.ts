import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../../adapters/web/differences.ts";

const joined = (list: ReturnType<typeof differences>, without: "gone" | "come") =>
  list
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");

const texts = fc
  .array(fc.constantFrom("a ", "b ", "cat ", "\n", ".", "é", "🌊", "a"), { maxLength: 50 })
  .map((pieces) => pieces.join(""));

describe("what changed between two texts", () => {
  it("is told word by word", () => {
    expect(
      differences("Twelve were hurt.\nNobody died.\n", "Fourteen were hurt.\nNobody died. One is missing.\n"),
    ).toEqual([
      { kind: "gone", text: "Twelve" },
      { kind: "come", text: "Fourteen" },
      { kind: "same", text: " were hurt.\nNobody died" },
      { kind: "come", text: ". One is missing" },
      { kind: "same", text: ".\n" },
    ]);
  });

  it("is nothing between a text and itself, and everything between two that share nothing", () => {
    expect(differences("Same.\n", "Same.\n")).toEqual([{ kind: "same", text: "Same.\n" }]);
    expect(differences("", "")).toEqual([]);
    expect(differences("old", "new")).toEqual([
      { kind: "gone", text: "old" },
      { kind: "come", text: "new" },
    ]);
  });

  it("gives both texts back, unit for unit, and never two stretches of a kind in a row", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const list = differences(before, after);
        expect(joined(list, "come")).toBe(before);
        expect(joined(list, "gone")).toBe(after);
        for (let i = 1; i < list.length; i++) expect(list[i]!.kind).not.toBe(list[i - 1]!.kind);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps as many lines as can be kept", () => {
    const lists = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    const textOf = (list: readonly string[]) => list.map((one) => `${one}\n`).join("");
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const kept = joined(
          differences(textOf(one), textOf(other)).filter(({ kind }) => kind === "same"),
          "gone",
        );
        expect(kept.replaceAll("\n", "").length).toBe(longestCommon(one, other));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives up on what nobody could read word by word, in good time", () => {
    const before = Array.from({ length: 60_000 }, (_, i) => `line ${i % 977}`).join("\n");
    const after = Array.from({ length: 60_000 }, (_, i) => `line ${i % 983}`).join("\n");
    const list = differences(before, after);
    expect(joined(list, "come")).toBe(before);
    expect(joined(list, "gone")).toBe(after);
    expect(list.length).toBeLessThan(10);
  });
});

/** The length of the longest common subsequence, the slow way. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const rows = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = 1; i <= one.length; i++)
    for (let j = 1; j <= other.length; j++)
      rows[i]![j] =
        one[i - 1] === other[j - 1] ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!);
  return rows[one.length]![other.length]!;
}
