/**
 * Finds the best passages without scoring all of them: MaxScore (Turtle and Flood, 1995) over windows of ordinals, with the
 * greatest impact of each block as the bound (block-max indexes: Ding and Suel, 2011).
 *
 * In each window the terms are ordered by the most they can add there. The weakest, which together cannot lift a passage over
 * the threshold, are optional: only passages that hold one of the others are candidates. The optional terms then come one by
 * one, the strongest first, and after each the candidates that can no longer get in are dropped. A term is added by a sweep
 * over its postings in the window, or looked up for each candidate where those are few: a look-up costs as much as a sweep
 * over a score of postings. Bounds and sums are whole numbers, so nothing that belongs in the result is pruned.
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

const windowSize = 8192;
/** Postings that are swept over in the time that one is looked up. */
const lookUpCost = 20;

interface Window {
  from: number;
  to: number;
  /** Below 2^31: at most 64 terms of an idf below 22, in steps, times 255. */
  readonly sums: Int32Array;
  /** A bit for each ordinal of the window that a term swept over holds. */
  readonly touched: Int32Array;
  /** Ordinals, counted from the window's first, that may still get in; the first `count`. */
  readonly candidates: Uint16Array;
  count: number;
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
    sums: new Int32Array(windowSize),
    touched: new Int32Array(windowSize / 32),
    candidates: new Uint16Array(windowSize),
    count: 0,
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
    let rest = 0;
    while (rest + bounds[order[optional]!]! <= top.threshold) rest += bounds[order[optional++]!]!;
    for (let i = optional; i < order.length; i++) sweep(terms[order[i]!]!, window);
    gather(window, visible, top.threshold - rest);
    for (let i = optional - 1; i >= 0 && window.count > 0; i--) {
      const term = order[i]!;
      rest -= bounds[term]!;
      addOptional(terms[term]!, window, top.threshold - rest);
    }
    for (let i = 0; i < window.count; i++) {
      const at = window.candidates[i]!;
      if (window.sums[at]! > top.threshold) offer(top, window.sums[at]!, base + from + at);
    }
    window.sums.fill(0);
    window.touched.fill(0);
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

/** Adds what a term gives to the sums of the window, by its postings. */
function sweep(term: ScoredTerm, window: Window): void {
  for (const cursor of term.cursors) {
    const { blockLast } = cursor.postings;
    for (let block = cursor.block; block < cursor.endBlock; block++) {
      if (block > cursor.firstBlock && blockLast[block - 1]! >= window.to - 1) break;
      unpackAt(cursor, block);
      if (term.cursors.length > 1) addAlternative(cursor, term.weight, window);
      else addBlock(cursor, term.weight, window);
    }
  }
  if (term.cursors.length > 1) window.impacts.fill(0);
}

/** Where the window begins and ends among the unpacked ordinals of a cursor. */
function startIn({ ordinals, size }: Cursor, from: number): number {
  let i = 0;
  while (i < size && ordinals[i]! < from) i++;
  return i;
}
function endIn({ ordinals, size }: Cursor, to: number): number {
  let i = size;
  while (i > 0 && ordinals[i - 1]! >= to) i--;
  return i;
}

function addBlock(cursor: Cursor, weight: number, { from, to, sums, touched }: Window): void {
  const { ordinals, postings } = cursor;
  const impacts = postings.impacts;
  const first = cursor.firstPosting + (cursor.unpacked - cursor.firstBlock) * blockSize;
  const end = endIn(cursor, to);
  for (let i = startIn(cursor, from); i < end; i++) {
    const at = (ordinals[i]! - from) | 0;
    sums[at] = (sums[at]! + Math.imul(weight, impacts[first + i]!)) | 0;
    touched[at >>> 5]! |= 1 << (at & 31);
  }
}

/** The same for one of several stems: only what it adds over the greatest impact so far. */
function addAlternative(cursor: Cursor, weight: number, { from, to, sums, touched, impacts }: Window): void {
  const { ordinals, postings } = cursor;
  const first = cursor.firstPosting + (cursor.unpacked - cursor.firstBlock) * blockSize;
  const end = endIn(cursor, to);
  for (let i = startIn(cursor, from); i < end; i++) {
    const at = (ordinals[i]! - from) | 0;
    const more = postings.impacts[first + i]! - impacts[at]!;
    if (more <= 0) continue;
    sums[at] = (sums[at]! + Math.imul(weight, more)) | 0;
    impacts[at]! += more;
    touched[at >>> 5]! |= 1 << (at & 31);
  }
}

/** Makes candidates of the touched ordinals that are visible and whose sums exceed `floor`; ascending. */
function gather(window: Window, visible: Uint32Array | null, floor: number): void {
  const { from, sums, touched, candidates } = window;
  let count = 0;
  for (let word = 0; word < touched.length; word++) {
    let bits = touched[word]!;
    if (bits === 0) continue;
    if (visible) bits &= visible[(from >>> 5) + word]!;
    for (; bits !== 0; bits &= bits - 1) {
      const at = word * 32 + 31 - Math.clz32(bits & -bits);
      if (sums[at]! > floor) candidates[count++] = at;
    }
  }
  window.count = count;
}

/** Adds an optional term to the sums of the candidates, and keeps those that exceed `floor`. */
function addOptional(term: ScoredTerm, window: Window, floor: number): void {
  const { sums, candidates } = window;
  const sweeping = postingsAhead(term, window) <= window.count * lookUpCost;
  if (sweeping) sweep(term, window);
  let count = 0;
  for (let i = 0; i < window.count; i++) {
    const at = candidates[i]!;
    if (!sweeping) sums[at]! += lookUp(term, window.from + at);
    if (sums[at]! > floor) candidates[count++] = at;
  }
  window.count = count;
}

/** At most how many postings of a term a sweep of the window would unpack. */
function postingsAhead({ cursors }: ScoredTerm, { to }: Window): number {
  let blocks = 0;
  for (const cursor of cursors) {
    const { blockLast } = cursor.postings;
    for (let block = cursor.block; block < cursor.endBlock; block++) {
      blocks++;
      if (blockLast[block]! >= to - 1) break;
    }
  }
  return blocks * blockSize;
}

/** What a term adds to one passage. */
function lookUp(term: ScoredTerm, ordinal: number): number {
  let greatest = 0;
  for (const cursor of term.cursors) {
    const posting = seek(cursor, ordinal);
    if (posting !== -1) greatest = Math.max(greatest, cursor.postings.impacts[posting]!);
  }
  return term.weight * greatest;
}
