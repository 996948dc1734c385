/**
 * Postings of one segment, compressed and immutable.
 *
 *   term t    ├─ block ─┤├─ block ─┤├ rest ┤         blocks termBlocks[t] … termBlocks[t + 1] - 1, of 128 postings each
 *   block b   last ordinal · greatest impact · bit width · where its packed ordinals begin
 *   packed    gaps between ordinals, less one, in blockWidth[b] bits each, every block on a 32-bit boundary
 *   impacts   one byte a posting, in the order of the postings (termPostings[t] …)
 *   places    of term t from termPlaces[t] to termPlaces[t + 1]: four bits a posting, the stretches of the body the term stands
 *             in; or, where few postings have any (function words have none), five bytes for each of those: which, and places
 *
 * Ordinals count the passages of the segment from 0, in the order of their numbers.
 */
import { withoutRoom, withRoom } from "./growing.ts";

export const blockSize = 128;

export interface Postings {
  readonly termBlocks: Uint32Array<ArrayBuffer>;
  readonly termPostings: Uint32Array<ArrayBuffer>;
  readonly termPlaces: Uint32Array<ArrayBuffer>;
  readonly blockLast: Uint32Array<ArrayBuffer>;
  readonly blockStart: Uint32Array<ArrayBuffer>;
  readonly blockWidth: Uint8Array<ArrayBuffer>;
  readonly blockMax: Uint8Array<ArrayBuffer>;
  readonly packed: Uint32Array<ArrayBuffer>;
  readonly impacts: Uint8Array<ArrayBuffer>;
  readonly places: Uint8Array<ArrayBuffer>;
}

/** The postings of one term, unpacked; `count` of each array are valid. */
export interface PostingList {
  ordinals: Uint32Array<ArrayBuffer>;
  impacts: Uint8Array<ArrayBuffer>;
  places: Uint8Array<ArrayBuffer>;
  count: number;
}

export function createPostingList(): PostingList {
  return { ordinals: new Uint32Array(0), impacts: new Uint8Array(0), places: new Uint8Array(0), count: 0 };
}

/** Makes room for `count` postings. */
export function reservePostings(list: PostingList, count: number): void {
  list.ordinals = withRoom(list.ordinals, count);
  list.impacts = withRoom(list.impacts, count);
  list.places = withRoom(list.places, count);
}

/** How many postings a term has; 0 for one the segment does not know. */
export function postingCount(postings: Postings, term: number): number {
  if (term + 1 >= postings.termPostings.length) return 0;
  return postings.termPostings[term + 1]! - postings.termPostings[term]!;
}

/** Bytes of an entry where few postings of a term have places: which posting of the term (little-endian), its places. */
const sparseEntry = 5;

/** Bytes of the places of so many postings, two a byte. */
function denseLength(postings: number): number {
  return (postings + 1) >>> 1;
}

/** The places of a term's posting, counted from its first. */
export function placesOf(postings: Postings, term: number, posting: number): number {
  const { places, termPlaces, termPostings } = postings;
  const from = termPlaces[term]!;
  const length = termPlaces[term + 1]! - from;
  if (length === denseLength(termPostings[term + 1]! - termPostings[term]!)) {
    return (places[from + (posting >>> 1)]! >>> ((posting & 1) * 4)) & 15;
  }
  let low = 0;
  let high = length / sparseEntry;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sparsePosting(places, from + middle * sparseEntry) < posting) low = middle + 1;
    else high = middle;
  }
  const at = from + low * sparseEntry;
  return at < from + length && sparsePosting(places, at) === posting ? places[at + 4]! : 0;
}

function sparsePosting(places: Uint8Array, at: number): number {
  return (places[at]! | (places[at + 1]! << 8) | (places[at + 2]! << 16) | (places[at + 3]! << 24)) >>> 0;
}

function readPlaces({ places, termPlaces }: Postings, term: number, list: PostingList): void {
  const from = termPlaces[term]!;
  const to = termPlaces[term + 1]!;
  if (to - from === denseLength(list.count)) {
    for (let i = 0; i < list.count; i++) list.places[i] = (places[from + (i >>> 1)]! >>> ((i & 1) * 4)) & 15;
    return;
  }
  list.places.fill(0, 0, list.count);
  for (let at = from; at < to; at += sparseEntry) list.places[sparsePosting(places, at)] = places[at + 4]!;
}

/** Unpacks the ordinals of block `block`, of `count` postings, into `into` from `at`; `before` is the last ordinal before it, or -1. */
export function unpackBlock(
  postings: Postings,
  block: number,
  count: number,
  before: number,
  into: Uint32Array,
  at: number,
): void {
  // Every `| 0` keeps a number a 32-bit integer for the compiler, which would take it for a float otherwise.
  const packed = postings.packed;
  const width = postings.blockWidth[block]! | 0;
  const mask = ((1 << width) - 1) | 0;
  let ordinal = before | 0;
  let word = postings.blockStart[block]! | 0;
  let bits = packed[word]! | 0;
  let left = 32;
  for (let i = 0; i < count; i++) {
    let gap = bits & mask;
    if (left >= width) {
      bits >>>= width;
      left = (left - width) | 0;
    } else {
      word = (word + 1) | 0;
      const next = packed[word]! | 0;
      gap = (bits | (next << left)) & mask;
      bits = next >>> (width - left);
      left = (left + 32 - width) | 0;
    }
    ordinal = (ordinal + gap + 1) | 0;
    into[at + i] = ordinal;
  }
}

/** Unpacks all postings of a term. */
export function readPostings(postings: Postings, term: number, list: PostingList): void {
  const count = postingCount(postings, term);
  list.count = count;
  if (count === 0) return;
  reservePostings(list, count);
  const from = postings.termPostings[term]!;
  list.impacts.set(postings.impacts.subarray(from, from + count));
  readPlaces(postings, term, list);
  let before = -1;
  let block = postings.termBlocks[term]!;
  for (let at = 0; at < count; at += blockSize, block++) {
    unpackBlock(postings, block, Math.min(blockSize, count - at), before, list.ordinals, at);
    before = postings.blockLast[block]!;
  }
}

export interface PostingsBuilder {
  /** Adds the next of the expected terms, with the postings of `list`: ordinals ascending. */
  add(list: PostingList): void;
  finish(): Postings;
}

/** Packs postings term by term; there may be this many of each. Memory that grows is memory that is copied and paged in anew. */
export function createPostingsBuilder(expected: {
  readonly terms: number;
  readonly postings: number;
}): PostingsBuilder {
  const expectedBlocks = Math.ceil(expected.postings / blockSize) + expected.terms;
  const termBlocks = new Uint32Array(expected.terms + 1);
  const termPostings = new Uint32Array(expected.terms + 1);
  const termPlaces = new Uint32Array(expected.terms + 1);
  let blockLast = new Uint32Array(expectedBlocks);
  let blockStart = new Uint32Array(expectedBlocks);
  let blockWidth = new Uint8Array(expectedBlocks);
  let blockMax = new Uint8Array(expectedBlocks);
  // A gap takes nine bits or so.
  let packed = new Uint32Array(expected.terms + Math.ceil(expected.postings * 0.3));
  let impacts = new Uint8Array(expected.postings);
  let places = new Uint8Array(expected.postings >>> 1);
  let terms = 0;
  let blocks = 0;
  let words = 0;
  let count = 0;
  let placed = 0;

  function addPlaces({ places: masks, count: own }: PostingList): void {
    let some = 0;
    for (let i = 0; i < own; i++) if (masks[i] !== 0) some++;
    const dense = some * sparseEntry >= denseLength(own);
    places = withRoom(places, placed + (dense ? denseLength(own) : some * sparseEntry));
    if (dense) {
      for (let i = 0; i < own; i += 2) places[placed++] = masks[i]! | (i + 1 < own ? masks[i + 1]! << 4 : 0);
      return;
    }
    for (let i = 0; i < own; i++) {
      if (masks[i] === 0) continue;
      for (let byte = 0; byte < 4; byte++) places[placed++] = i >>> (byte * 8);
      places[placed++] = masks[i]!;
    }
  }

  function addBlock(list: PostingList, from: number, to: number): void {
    blockLast = withRoom(blockLast, blocks + 1);
    blockStart = withRoom(blockStart, blocks + 1);
    blockWidth = withRoom(blockWidth, blocks + 1);
    blockMax = withRoom(blockMax, blocks + 1);
    packed = withRoom(packed, words + to - from + 1);
    let before = from === 0 ? -1 : list.ordinals[from - 1]!;
    let gaps = 0;
    let max = 0;
    for (let i = from, last = before; i < to; i++) {
      gaps |= list.ordinals[i]! - last - 1;
      last = list.ordinals[i]!;
      if (list.impacts[i]! > max) max = list.impacts[i]!;
    }
    const width = 32 - Math.clz32(gaps);
    blockLast[blocks] = list.ordinals[to - 1]!;
    blockStart[blocks] = words;
    blockWidth[blocks] = width;
    blockMax[blocks] = max;
    blocks++;
    if (width === 0) return;
    let bits = 0;
    let filled = 0;
    for (let i = from; i < to; i++) {
      const gap = list.ordinals[i]! - before - 1;
      before = list.ordinals[i]!;
      bits |= gap << filled;
      filled += width;
      if (filled < 32) continue;
      packed[words++] = bits;
      filled -= 32;
      bits = gap >>> (width - filled);
    }
    if (filled > 0) packed[words++] = bits;
  }

  return {
    add(list) {
      impacts = withRoom(impacts, count + list.count);
      impacts.set(list.impacts.subarray(0, list.count), count);
      addPlaces(list);
      count += list.count;
      for (let from = 0; from < list.count; from += blockSize) {
        addBlock(list, from, Math.min(from + blockSize, list.count));
      }
      terms++;
      termBlocks[terms] = blocks;
      termPostings[terms] = count;
      termPlaces[terms] = placed;
    },
    finish: () => ({
      termBlocks,
      termPostings,
      termPlaces,
      blockLast: withoutRoom(blockLast, blocks),
      blockStart: withoutRoom(blockStart, blocks),
      blockWidth: withoutRoom(blockWidth, blocks),
      blockMax: withoutRoom(blockMax, blocks),
      packed: withoutRoom(packed, words),
      impacts: withoutRoom(impacts, count),
      places: withoutRoom(places, placed),
    }),
  };
}
