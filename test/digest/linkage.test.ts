import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageLinkage } from "../../src/digest/linkage.ts";

type Pair = readonly [one: number, other: number, likeness: number];

const pairs = (list: readonly Pair[]) => ({
  one: Int32Array.from(list, ([one]) => one),
  other: Int32Array.from(list, ([, other]) => other),
  likeness: Float32Array.from(list, ([, , likeness]) => likeness),
});

/** The same by looking at every two groups again after every join. */
function naive(count: number, list: readonly Pair[], enough: number): number[][] {
  const likeness = new Map(list.map(([one, other, value]) => [`${one} ${other}`, Math.fround(value)]));
  const between = (a: number, b: number) => likeness.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? 0;
  let groups = Array.from({ length: count }, (_, i) => [i]);
  for (;;) {
    let best: readonly [average: number, one: number, other: number] = [enough, -1, -1];
    for (const [i, one] of groups.entries())
      for (const [j, other] of groups.entries()) {
        if (j <= i) continue;
        const sum = one.reduce((total, a) => total + other.reduce((inner, b) => inner + between(a, b), 0), 0);
        const average = sum / (one.length * other.length);
        if (average > best[0]) best = [average, i, j];
      }
    const [, one, other] = best;
    if (one < 0) return groups.map((group) => group.sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
    groups = [...groups.filter((_, i) => i !== one && i !== other), [...groups[one]!, ...groups[other]!]];
  }
}

describe("average linkage", () => {
  it("leaves alone what is like nothing", async () => {
    expect(await averageLinkage(3, pairs([]), 0.2)).toEqual([[0], [1], [2]]);
    expect(await averageLinkage(0, pairs([]), 0.2)).toEqual([]);
  });

  it("joins by the average, so that one bridge does not join two groups", async () => {
    const list = pairs([
      [0, 1, 0.9],
      [2, 3, 0.9],
      [1, 2, 0.7],
    ]);
    expect(await averageLinkage(4, list, 0.2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(await averageLinkage(4, list, 0.15)).toEqual([[0, 1, 2, 3]]);
  });

  it("gives what looking at every two groups gives", async () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        // Different for every pair, so that nothing is a matter of taste.
        order: fc.shuffledSubarray(
          Array.from({ length: (count * (count - 1)) / 2 }, (_, i) => i),
          { minLength: 0 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(graph, fc.constantFrom(0.1, 0.25, 0.5), async ({ count, order }, enough) => {
        const all = Array.from({ length: count }, (_, i) =>
          Array.from({ length: i }, (_, j) => [j, i] as const),
        ).flat();
        const list = order.map((at, rank): Pair => [...all[at]!, 1 / (1.37 + rank * 0.713)]);
        expect(await averageLinkage(count, pairs(list), enough)).toEqual(naive(count, list, enough));
      }),
    );
  });
});
