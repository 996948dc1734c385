/** Merges parts of the index into one segment, passages that are gone left out, in steps that leave room for other work. */
import type { Part } from "./part.ts";
import {
  appendDocument,
  appendPassage,
  createPassageColumns,
  documentRow,
  isSameDocument,
  trimColumns,
} from "./passage-columns.ts";
import { createPostingList, createPostingsBuilder, type PostingList, reservePostings } from "./postings.ts";
import { createSegment, type Segment } from "./segment.ts";

/** Postings and passages between two pauses: a few milliseconds. */
const stepSize = 200_000;

const gone = 0xffffffff;

/**
 * One segment of the passages of `parts` that are not gone now, in order; `terms` is the size of the vocabulary. Passages
 * that are removed while it runs are still in it. Yields between its steps; the parts must not change in the meantime.
 */
export function* mergeParts(parts: readonly Part[], terms: number): Generator<void, Segment> {
  const columns = createPassageColumns();
  const maps: Uint32Array[] = [];
  for (const part of parts) {
    const map = new Uint32Array(part.columns.passages);
    for (let from = 0; from < map.length; from += stepSize / 8) {
      copyPassages(part, map, from, Math.min(from + stepSize / 8, map.length), columns);
      yield;
    }
    maps.push(map);
  }
  trimColumns(columns);

  const postings = parts.reduce((sum, part) => sum + part.size, 0);
  const builder = createPostingsBuilder({ terms, postings });
  const merged = createPostingList();
  const read = createPostingList();
  let work = 0;
  for (let term = 0; term < terms; term++) {
    merged.count = 0;
    for (const [i, part] of parts.entries()) {
      const count = part.count(term);
      if (count === 0) continue;
      part.read(term, read);
      append(merged, read, maps[i]!);
      work += count;
    }
    builder.add(merged);
    work += 2;
    if (work >= stepSize) {
      work = 0;
      yield;
    }
  }
  return createSegment(columns, builder.finish());
}

/** Appends the passages of `part` from one ordinal to another that are not gone; `map` takes their new ordinals. */
function copyPassages(
  part: Part,
  map: Uint32Array,
  from: number,
  to: number,
  into: ReturnType<typeof createPassageColumns>,
): void {
  const { columns, removed } = part;
  let document = -1;
  for (let ordinal = from; ordinal < to; ordinal++) {
    if (removed.count > 0 && removed.has(ordinal)) {
      map[ordinal] = gone;
      continue;
    }
    if (columns.documentOf[ordinal] !== document) {
      document = columns.documentOf[ordinal]!;
      const goesOn = into.documents > 0 && isSameDocument(into, into.documents - 1, columns, document);
      if (!goesOn) appendDocument(into, documentRow(columns, document));
    }
    const { numbers, starts, ends, digests } = columns;
    map[ordinal] = appendPassage(into, numbers[ordinal]!, starts[ordinal]!, ends[ordinal]!, digests[ordinal]!);
  }
}

function append(merged: PostingList, read: PostingList, map: Uint32Array): void {
  reservePostings(merged, merged.count + read.count);
  const { ordinals, impacts, places } = merged;
  let at = merged.count;
  for (let i = 0; i < read.count; i++) {
    const ordinal = map[read.ordinals[i]!]!;
    if (ordinal === gone) continue;
    ordinals[at] = ordinal;
    impacts[at] = read.impacts[i]!;
    places[at] = read.places[i]!;
    at++;
  }
  merged.count = at;
}
