/**
 * Finds the best passages without scoring all of them: MaxScore (Turtle and Flood, 1995) over windows of ordinals, with the
 * greatest impact of each block as the bound (block-max indexes: Ding and Suel, 2011).
 *
 * In each window the terms are ordered by the most they can add there. The weakest, which together cannot lift a passage over
 * the threshold, are optional: only the postings of the others are walked, and the optional ones are looked up for the
 * passages that may still get in. Bounds and sums are whole numbers, so nothing that belongs in the result is pruned.
 */
import { type Cursor, seek, skipTo, unpackAt } from "./cursor.ts";
import { blockSize } from "./postings.ts";
import { offer, type Top } from "./top.ts";

/** A term with its postings in one segment: those of each of its stems. A passage counts the stem of greatest impact. */
export interface ScoredTerm {
  /** Idf steps. */
  readonly weight: number;
  readonly cursors: readonly Cursor[];
}

const windowSize = 4096;

interface Window {
  from: number;
  to: number;
  readonly sums: Uint32Array;
  /** A bit for each ordinal of the window that an essential term holds. */
  readonly touched: Uint32Array;
  /** Scratch: the impact a term of several stems has added so far. */
  readonly impacts: Uint8Array;
}

/** Offers the passages of one segment, of which there are `count`, to `top`, their ordinals counted from `base`. */
export function scoreSegment(
  terms: readonly ScoredTerm[],
  count: number,
  visible: Uint32Array | null,
  base: number,
  top: Top,
): void {
  const bounds = new Float64Array(terms.length);
  const order = terms.map((_, i) => i);
  const window: Window = {
    from: 0,
    to: 0,
    sums: new Uint32Array(windowSize),
    touched: new Uint32Array(windowSize / 32),
    impacts: new Uint8Array(terms.some((term) => term.cursors.length > 1) ? windowSize : 0),
  };
  for (let from = 0; from < count; from += windowSize) {
    window.from = from;
    window.to = Math.min(from + windowSize, count);
    let total = 0;
    for (let i = 0; i < terms.length; i++) {
      bounds[i] = terms[i]!.weight * greatestImpact(terms[i]!.cursors, window);
      total += bounds[i]!;
    }
    if (total <= top.threshold) continue;
    sortByBound(order, bounds);
    let optional = 0;
    let optionalSum = 0;
    while (optional < order.length && optionalSum + bounds[order[optional]!]! <= top.threshold) {
      optionalSum += bounds[order[optional++]!]!;
    }
    for (let i = optional; i < order.length; i++) {
      const term = terms[order[i]!]!;
      if (bounds[order[i]!]! > 0) addTerm(term, window);
    }
    collect(terms, order, bounds, optional, optionalSum, window, visible, base, top);
    window.sums.fill(0);
  }
}

/** The greatest impact that any of the blocks that reach into the window may hold; the cursors then stand on its first block. */
function greatestImpact(cursors: readonly Cursor[], window: Window): number {
  let greatest = 0;
  for (const cursor of cursors) {
    skipTo(cursor, window.from);
    const { blockLast, blockMax } = cursor.postings;
    for (let block = cursor.block; block < cursor.endBlock; block++) {
      if (block > cursor.firstBlock && blockLast[block - 1]! >= window.to - 1) break;
      if (blockMax[block]! > greatest) greatest = blockMax[block]!;
    }
  }
  return greatest;
}

/** Insertion sort: a handful of items, nearly in order from the window before. */
function sortByBound(order: number[], bounds: Float64Array): void {
  for (let i = 1; i < order.length; i++) {
    const item = order[i]!;
    let at = i;
    while (at > 0 && bounds[order[at - 1]!]! > bounds[item]!) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = item;
  }
}

/** Adds what a term gives to the sums of the window. */
function addTerm(term: ScoredTerm, window: Window): void {
  if (term.cursors.length === 1) {
    addCursor(term.cursors[0]!, term.weight, window);
    return;
  }
  for (const cursor of term.cursors) addAlternative(cursor, term.weight, window);
  window.impacts.fill(0);
}

function addCursor(cursor: Cursor, weight: number, { from, to, sums, touched }: Window): void {
  const { blockLast, impacts } = cursor.postings;
  for (let block = cursor.block; block < cursor.endBlock; block++) {
    if (block > cursor.firstBlock && blockLast[block - 1]! >= to - 1) break;
    unpackAt(cursor, block);
    const { ordinals, size } = cursor;
    const first = cursor.firstPosting + (block - cursor.firstBlock) * blockSize;
    let i = 0;
    while (i < size && ordinals[i]! < from) i++;
    for (; i < size; i++) {
      const at = ordinals[i]! - from;
      if (at >= to - from) break;
      sums[at]! += weight * impacts[first + i]!;
      touched[at >>> 5]! |= 1 << (at & 31);
    }
  }
}

/** The same for one of several stems: only what it adds over the greatest impact so far. */
function addAlternative(cursor: Cursor, weight: number, { from, to, sums, touched, impacts }: Window): void {
  const postings = cursor.postings;
  for (let block = cursor.block; block < cursor.endBlock; block++) {
    if (block > cursor.firstBlock && postings.blockLast[block - 1]! >= to - 1) break;
    unpackAt(cursor, block);
    const { ordinals, size } = cursor;
    const first = cursor.firstPosting + (block - cursor.firstBlock) * blockSize;
    for (let i = 0; i < size; i++) {
      const at = ordinals[i]! - from;
      if (at < 0) continue;
      if (at >= to - from) break;
      const more = postings.impacts[first + i]! - impacts[at]!;
      if (more <= 0) continue;
      sums[at]! += weight * more;
      impacts[at]! += more;
      touched[at >>> 5]! |= 1 << (at & 31);
    }
  }
}

/** Offers the touched passages of the window that, with the optional terms, exceed the threshold; in ascending order. */
function collect(
  terms: readonly ScoredTerm[],
  order: readonly number[],
  bounds: Float64Array,
  optional: number,
  optionalSum: number,
  { from, sums, touched }: Window,
  visible: Uint32Array | null,
  base: number,
  top: Top,
): void {
  for (let word = 0; word < touched.length; word++) {
    let bits = touched[word]!;
    if (bits === 0) continue;
    touched[word] = 0;
    if (visible) bits &= visible[(from >>> 5) + word]!;
    for (; bits !== 0; bits &= bits - 1) {
      const at = word * 32 + 31 - Math.clz32(bits & -bits);
      let sum = sums[at]!;
      let rest = optionalSum;
      for (let i = optional - 1; i >= 0 && sum + rest > top.threshold; i--) {
        rest -= bounds[order[i]!]!;
        sum += impactAt(terms[order[i]!]!, from + at);
      }
      if (sum > top.threshold) offer(top, sum, base + from + at);
    }
  }
}

/** What a term adds to one passage. */
function impactAt(term: ScoredTerm, ordinal: number): number {
  let greatest = 0;
  for (const cursor of term.cursors) {
    const posting = seek(cursor, ordinal);
    if (posting !== -1) greatest = Math.max(greatest, cursor.postings.impacts[posting]!);
  }
  return term.weight * greatest;
}
