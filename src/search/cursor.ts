/** Walks the postings of one term in a segment, unpacking a block only when something in it is asked for. */
import { blockSize, type Postings, postingCount, unpackBlock } from "./postings.ts";

export interface Cursor {
  readonly postings: Postings;
  readonly firstBlock: number;
  /** One past the term's last block. */
  readonly endBlock: number;
  readonly firstPosting: number;
  readonly term: number;
  readonly count: number;
  /** The block that the cursor stands on. */
  block: number;
  /** The block whose ordinals are in `ordinals`, or -1. */
  unpacked: number;
  readonly ordinals: Uint32Array;
  /** How many postings that block has, and of how many the ordinals are unpacked. */
  size: number;
  filled: number;
  /** Where `seek` goes on. */
  at: number;
  /** Where unpacking goes on: the word of `packed` last read, what is left of it, and of how many bits. */
  word: number;
  bits: number;
  left: number;
}

export function openCursor(postings: Postings, term: number): Cursor {
  const count = postingCount(postings, term);
  const firstBlock = count === 0 ? 0 : postings.termBlocks[term]!;
  return {
    postings,
    firstBlock,
    endBlock: count === 0 ? 0 : postings.termBlocks[term + 1]!,
    firstPosting: count === 0 ? 0 : postings.termPostings[term]!,
    term,
    count,
    block: firstBlock,
    unpacked: -1,
    ordinals: new Uint32Array(blockSize),
    size: 0,
    filled: 0,
    at: 0,
    word: 0,
    bits: 0,
    left: 0,
  };
}

function turnTo(cursor: Cursor, block: number): void {
  const { blockStart } = cursor.postings;
  cursor.unpacked = block;
  cursor.size = Math.min(blockSize, cursor.count - (block - cursor.firstBlock) * blockSize);
  cursor.filled = 0;
  cursor.at = 0;
  cursor.word = blockStart[block]! - 1;
  cursor.bits = 0;
  cursor.left = 0;
}

/** The last ordinal before a block of the cursor's term, -1 before the first. */
function ordinalBefore(cursor: Cursor, block: number): number {
  return block === cursor.firstBlock ? -1 : cursor.postings.blockLast[block - 1]!;
}

/** Unpacks the whole of a block of the cursor's term. */
export function unpackAt(cursor: Cursor, block: number): void {
  if (cursor.unpacked !== block) turnTo(cursor, block);
  if (cursor.filled === cursor.size) return;
  unpackBlock(cursor.postings, block, cursor.size, ordinalBefore(cursor, block), cursor.ordinals, 0);
  cursor.filled = cursor.size;
}

/** Goes on unpacking the block until an ordinal is at least `ordinal`; at least one. */
function unpackUntil(cursor: Cursor, ordinal: number): void {
  const { postings, ordinals, unpacked, size } = cursor;
  const packed = postings.packed;
  const width = postings.blockWidth[unpacked]! | 0;
  const mask = ((1 << width) - 1) | 0;
  let { filled, word, bits, left } = cursor;
  let last = filled > 0 ? ordinals[filled - 1]! | 0 : ordinalBefore(cursor, unpacked);
  do {
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
    last = (last + gap + 1) | 0;
    ordinals[filled++] = last;
  } while (filled < size && last < ordinal);
  cursor.filled = filled;
  cursor.word = word;
  cursor.bits = bits;
  cursor.left = left;
}

/** The first block from the cursor's own that can hold `ordinal`: the cursor then stands on it. */
export function skipTo(cursor: Cursor, ordinal: number): void {
  const last = cursor.postings.blockLast;
  const end = cursor.endBlock;
  let low = cursor.block;
  if (low >= end || last[low]! >= ordinal) return;
  let step = 1;
  while (low + step < end && last[low + step]! < ordinal) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, end);
  // last[low] < ordinal, and last[high] >= ordinal or high is the end
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (last[middle]! < ordinal) low = middle;
    else high = middle;
  }
  cursor.block = high;
}

/**
 * The index of the posting of `ordinal` in the segment's postings, or -1; unpacks no further than it must. Ordinals asked for
 * must not descend.
 */
export function seek(cursor: Cursor, ordinal: number): number {
  skipTo(cursor, ordinal);
  if (cursor.block >= cursor.endBlock) return -1;
  if (cursor.unpacked !== cursor.block) turnTo(cursor, cursor.block);
  const ordinals = cursor.ordinals;
  const filled = cursor.filled;
  let at = cursor.at;
  while (at < filled && ordinals[at]! < ordinal) at++;
  if (at === filled) {
    if (at === cursor.size) return -1;
    unpackUntil(cursor, ordinal);
    at = cursor.filled - 1;
  }
  cursor.at = at;
  if (ordinals[at] !== ordinal) return -1;
  return cursor.firstPosting + (cursor.block - cursor.firstBlock) * blockSize + at;
}
