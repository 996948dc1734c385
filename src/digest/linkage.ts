/** Agglomerative clustering by average linkage over a sparse set of pairs (UPGMA; Sokal and Michener, 1958). */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SimilarPairs } from "./similar-pairs.ts";

/** A merge that may be done; it is out of date when either group has changed since. */
interface Candidate {
  readonly one: number;
  readonly other: number;
  readonly average: number;
  readonly versions: number;
}

/** Others get their turn after so many merges. */
const atOnce = 500;

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

  const offer = (one: number, other: number, sum: number): void => {
    const average = sum / (members[one]!.length * members[other]!.length);
    if (average >= enough) heap.push({ one, other, average, versions: versions[one]! + versions[other]! });
  };

  for (let i = 0; i < pairs.one.length; i++) {
    const [one, other, likeness] = [pairs.one[i]!, pairs.other[i]!, pairs.likeness[i]!];
    sums[one]!.set(other, likeness);
    sums[other]!.set(one, likeness);
    offer(one, other, likeness);
  }

  let merges = 0;
  for (let next = heap.pop(); next; next = heap.pop()) {
    const { one, other } = next;
    if (members[one] === null || members[other] === null) continue;
    if (versions[one]! + versions[other]! !== next.versions) continue;
    if (++merges % atOnce === 0) await nextTurn();
    const [into, from] = sums[one]!.size >= sums[other]!.size ? [one, other] : [other, one];
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
    sums[from]!.clear();
    for (const [third, sum] of sums[into]!) offer(into, third, sum);
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
