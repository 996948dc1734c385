/** Finds the pairs of vectors that are alike, by an inverted index, so that most pairs are never looked at. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Vector } from "./vectors.ts";

/** Pairs of indexes with how alike they are, side by side; `one[i] < other[i]`. */
export interface SimilarPairs {
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly likeness: Float32Array;
  /** For each vector the first one that is all but the same, itself where there is none. Only these first ones are in pairs. */
  readonly first: Int32Array;
}

/** Below this, two reports count as having nothing in common. */
const least = 0.08;
/** From this cosine on, two reports say the same in the same words: one stands for both. */
const same = 0.9;
/** A term of more reports than this would cost the square of their number; what is told of by more has rarer words too. */
const commonest = 1_000;
/** So many of those before it a report is compared with, the most alike: a flood of one kind must not fill the memory. */
const neighbours = 150;
/** Others get their turn after so many. */
const atOnce = 250;

/** The pairs whose cosine, after `adjust`, is at least 0.08. */
export async function similarPairs(
  vectors: readonly Vector[],
  terms: number,
  adjust: (one: number, other: number, cosine: number) => number,
): Promise<SimilarPairs> {
  const index = createIndex(vectors, terms);
  const first = Int32Array.from(vectors, (_, at) => at);
  const [one, other, likeness] = [[] as number[], [] as number[], [] as number[]];
  const adjusted = new Float64Array(vectors.length);
  for (let at = 0; at < vectors.length; at++) {
    if (at % atOnce === atOnce - 1) await nextTurn();
    const found = index.alike(at);
    for (const before of found) adjusted[before] = adjust(before, at, index.cosine(before));
    const twin = found.find((before) => adjusted[before]! >= same);
    if (twin === undefined) {
      const bar = barOf(found, adjusted);
      for (const before of found) {
        if (adjusted[before]! < bar) continue;
        one.push(before);
        other.push(at);
        likeness.push(adjusted[before]!);
      }
    } else first[at] = twin;
    index.forget(found);
    if (twin === undefined) index.add(at);
  }
  return { one: Int32Array.from(one), other: Int32Array.from(other), likeness: Float32Array.from(likeness), first };
}

/** What a likeness must reach to be among the greatest 150, and at least 0.08. */
function barOf(found: Uint32Array, adjusted: Float64Array): number {
  if (found.length <= neighbours) return least;
  const sorted = Float64Array.from(found, (before) => adjusted[before]!).sort();
  return Math.max(least, sorted[sorted.length - neighbours]!);
}

/** Who holds each term, as chains of postings: the newest first. */
function createIndex(vectors: readonly Vector[], terms: number) {
  const heads = new Int32Array(terms).fill(-1);
  const sizes = new Uint32Array(terms);
  const count = vectors.reduce((sum, vector) => sum + vector.terms.length, 0);
  const holders = new Uint32Array(count);
  const weights = new Float32Array(count);
  const next = new Int32Array(count);
  const sums = new Float64Array(vectors.length);
  const touched = new Uint32Array(vectors.length);
  let used = 0;
  return {
    /** Those added before that share enough with `at`, ascending; `forget` them before the next call. */
    alike(at: number): Uint32Array {
      const vector = vectors[at]!;
      let reached = 0;
      for (let i = 0; i < vector.terms.length; i++) {
        const term = vector.terms[i]!;
        if (sizes[term]! > commonest) continue;
        const weight = vector.weights[i]!;
        for (let posting = heads[term]!; posting >= 0; posting = next[posting]!) {
          const holder = holders[posting]!;
          if (sums[holder] === 0) touched[reached++] = holder;
          sums[holder]! += weight * weights[posting]!;
        }
      }
      let enough = 0;
      for (let i = 0; i < reached; i++) {
        const before = touched[i]!;
        if (sums[before]! >= least) touched[enough++] = before;
        else sums[before] = 0;
      }
      return touched.subarray(0, enough).sort();
    },
    cosine: (before: number): number => sums[before]!,
    forget(found: Uint32Array): void {
      for (const before of found) sums[before] = 0;
    },
    add(at: number): void {
      const vector = vectors[at]!;
      for (let i = 0; i < vector.terms.length; i++) {
        const term = vector.terms[i]!;
        holders[used] = at;
        weights[used] = vector.weights[i]!;
        next[used] = heads[term]!;
        heads[term] = used++;
        sizes[term]!++;
      }
    },
  };
}
