/** Walks the postings of one term in a segment, unpacking a block only when something in it is asked for. */
import { blockSize, type Postings, postingCount, unpackBlock } from "./postings.ts";

export interface Cursor {
  readonly postings: Postings;
  readonly firstBlock: number;
  /** One past the term's last block. */
  readonly endBlock: number;
  readonly firstPosting: number;
  readonly count: number;
  /** The block that the cursor stands on. */
  block: number;
  /** The block whose ordinals are in `ordinals`, or -1. */
  unpacked: number;
  readonly ordinals: Uint32Array;
  /** How many ordinals the unpacked block has, and where `seek` goes on. */
  size: number;
  at: number;
}

export function openCursor(postings: Postings, term: number): Cursor {
  const count = postingCount(postings, term);
  return {
    postings,
    firstBlock: count === 0 ? 0 : postings.termBlocks[term]!,
    endBlock: count === 0 ? 0 : postings.termBlocks[term + 1]!,
    firstPosting: count === 0 ? 0 : postings.termPostings[term]!,
    count,
    block: count === 0 ? 0 : postings.termBlocks[term]!,
    unpacked: -1,
    ordinals: new Uint32Array(blockSize),
    size: 0,
    at: 0,
  };
}

/** Unpacks a block of the cursor's term, unless it is the one that is unpacked. */
export function unpackAt(cursor: Cursor, block: number): void {
  if (cursor.unpacked === block) return;
  const { postings, firstBlock, ordinals } = cursor;
  const before = block === firstBlock ? -1 : postings.blockLast[block - 1]!;
  cursor.size = Math.min(blockSize, cursor.count - (block - firstBlock) * blockSize);
  unpackBlock(postings, block, cursor.size, before, ordinals, 0);
  cursor.unpacked = block;
  cursor.at = 0;
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

/** The index of the posting of `ordinal` in the segment's postings, or -1. Ordinals asked for must not descend. */
export function seek(cursor: Cursor, ordinal: number): number {
  skipTo(cursor, ordinal);
  if (cursor.block >= cursor.endBlock) return -1;
  unpackAt(cursor, cursor.block);
  const { ordinals, size } = cursor;
  let at = cursor.at;
  while (at < size && ordinals[at]! < ordinal) at++;
  cursor.at = at;
  if (at >= size || ordinals[at] !== ordinal) return -1;
  return cursor.firstPosting + (cursor.block - cursor.firstBlock) * blockSize + at;
}
