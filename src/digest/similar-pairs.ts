/** Finds the pairs of vectors that are alike, by an inverted index, so that most pairs are never looked at. */
import type { Vector } from "./vectors.ts";

/** Pairs of indexes with how alike they are, side by side; `one[i] < other[i]`. */
export interface SimilarPairs {
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly likeness: Float32Array;
}

/** Below this, two reports count as having nothing in common. */
const least = 0.04;
/** A term of more reports than this tells little about any two of them, and would cost the square of their number. */
const commonest = 400;

/** The pairs whose cosine, after `adjust`, is at least 0.04. */
export function similarPairs(
  vectors: readonly Vector[],
  terms: number,
  adjust: (one: number, other: number, cosine: number) => number,
): SimilarPairs {
  const { starts, holders, weights } = invert(vectors, terms);
  const [one, other, likeness] = [[] as number[], [] as number[], [] as number[]];
  const sums = new Float64Array(vectors.length);
  const touched: number[] = [];
  for (let at = 0; at < vectors.length; at++) {
    const vector = vectors[at]!;
    for (let i = 0; i < vector.terms.length; i++) {
      const term = vector.terms[i]!;
      const end = starts[term + 1]!;
      const start = starts[term]!;
      if (end - start > commonest) continue;
      const weight = vector.weights[i]!;
      for (let posting = start; posting < end; posting++) {
        const holder = holders[posting]!;
        if (holder >= at) break;
        if (sums[holder] === 0) touched.push(holder);
        sums[holder]! += weight * weights[posting]!;
      }
    }
    touched.sort((a, b) => a - b);
    for (const before of touched) {
      const adjusted = sums[before]! < least ? 0 : adjust(before, at, sums[before]!);
      sums[before] = 0;
      if (adjusted < least) continue;
      one.push(before);
      other.push(at);
      likeness.push(adjusted);
    }
    touched.length = 0;
  }
  return { one: Int32Array.from(one), other: Int32Array.from(other), likeness: Float32Array.from(likeness) };
}

/** Who holds each term, in order: `holders.slice(starts[term], starts[term + 1])`. */
function invert(vectors: readonly Vector[], terms: number) {
  const starts = new Uint32Array(terms + 1);
  for (const vector of vectors) for (const term of vector.terms) starts[term + 1]!++;
  for (let term = 0; term < terms; term++) starts[term + 1]! += starts[term]!;
  const next = starts.slice(0, terms);
  const holders = new Uint32Array(starts[terms]!);
  const weights = new Float32Array(starts[terms]!);
  for (const [at, vector] of vectors.entries()) {
    for (let i = 0; i < vector.terms.length; i++) {
      const posting = next[vector.terms[i]!]!++;
      holders[posting] = at;
      weights[posting] = vector.weights[i]!;
    }
  }
  return { starts, holders, weights };
}
