/** Agglomerative clustering by average linkage over a sparse set of pairs (UPGMA; Sokal and Michener, 1958). */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SimilarPairs } from "./similar-pairs.ts";

/** The group that `one` is most like. What joining others does to an average only lowers it, so it is an upper bound. */
interface Candidate {
  readonly one: number;
  readonly other: number;
  readonly average: number;
  /** How often `one` had grown. */
  readonly version: number;
}

/** Others get their turn after so many looks at a pair. */
const atOnce = 50_000;

/**
 * Groups `count` things: the two groups whose members are most alike on average are joined, again and again, while that
 * average is at least `enough`. A pair that is not among `pairs` counts as not alike. Groups are in order of their first
 * member, members ascending.
 */
export async function averageLinkage(
  count: number,
  pairs: Pick<SimilarPairs, "one" | "other" | "likeness">,
  enough: number,
): Promise<readonly (readonly number[])[]> {
  const members: (number[] | null)[] = Array.from({ length: count }, (_, i) => [i]);
  /** The sum of likeness between two groups, by group. */
  const sums: Map<number, number>[] = Array.from({ length: count }, () => new Map());
  const versions = new Uint32Array(count);
  const heap = createHeap();
  let looks = 0;

  for (let i = 0; i < pairs.one.length; i++) {
    sums[pairs.one[i]!]!.set(pairs.other[i]!, pairs.likeness[i]!);
    sums[pairs.other[i]!]!.set(pairs.one[i]!, pairs.likeness[i]!);
    if (++looks % atOnce === 0) await nextTurn();
  }

  const averageOf = (one: number, other: number): number =>
    (sums[one]!.get(other) ?? 0) / (members[one]!.length * (members[other]?.length ?? 1));

  /** Puts up the best partner of a group, if it is like enough. */
  const putUp = (one: number): void => {
    let best = -1;
    let most = enough;
    for (const other of sums[one]!.keys()) {
      const average = averageOf(one, other);
      if (average > most || (average === most && (best < 0 || other < best))) [best, most] = [other, average];
    }
    looks += sums[one]!.size;
    if (best >= 0) heap.push({ one, other: best, average: most, version: versions[one]! });
  };

  const join = (into: number, from: number): void => {
    members[into]!.push(...members[from]!);
    members[from] = null;
    versions[into]!++;
    sums[into]!.delete(from);
    sums[from]!.delete(into);
    for (const [third, sum] of sums[from]!) {
      const joined = sum + (sums[into]!.get(third) ?? 0);
      sums[into]!.set(third, joined);
      sums[third]!.set(into, joined);
      sums[third]!.delete(from);
    }
    looks += sums[from]!.size;
    sums[from]!.clear();
    putUp(into);
  };

  for (let one = 0; one < count; one++) putUp(one);
  for (let next = heap.pop(); next; next = heap.pop()) {
    if (looks >= atOnce) {
      looks = 0;
      await nextTurn();
    }
    const { one, other, average, version } = next;
    if (members[one] === null || versions[one] !== version) continue;
    if (members[other] === null || averageOf(one, other) !== average) putUp(one);
    else if (sums[one]!.size >= sums[other]!.size) join(one, other);
    else join(other, one);
  }
  return members
    .filter((group) => group !== null)
    .map((group) => group.sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
}

/** The most alike first; among equals the lower numbers, so that the order never depends on chance. */
function before(a: Candidate, b: Candidate): boolean {
  if (a.average !== b.average) return a.average > b.average;
  const [lowA, lowB] = [Math.min(a.one, a.other), Math.min(b.one, b.other)];
  return lowA !== lowB ? lowA < lowB : Math.max(a.one, a.other) < Math.max(b.one, b.other);
}

/** A binary heap of candidates. */
function createHeap() {
  const heap: Candidate[] = [];
  return {
    push(candidate: Candidate): void {
      let at = heap.push(candidate) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!before(candidate, heap[parent]!)) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = candidate;
    },
    pop(): Candidate | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      let at = 0;
      for (;;) {
        let child = at * 2 + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
      return first;
    },
  };
}
