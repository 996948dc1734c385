/** An immutable segment of the index. */
import { openCursor, seek } from "./cursor.ts";
import type { Part } from "./part.ts";
import type { PassageColumns } from "./passage-columns.ts";
import { type Postings, postingCount, readPostings } from "./postings.ts";
import { createRemoved } from "./removed.ts";

export interface Segment extends Part {
  readonly postings: Postings;
}

/** A segment over postings and the columns of its passages, none of them gone. */
export function createSegment(columns: PassageColumns, postings: Postings): Segment {
  const removed = createRemoved();
  let known = new Map<number, number>();
  let knownAt = 0;

  function holding(term: number): number {
    const count = postingCount(postings, term);
    if (removed.count === 0 || count === 0) return count;
    if (knownAt !== removed.count) {
      known = new Map();
      knownAt = removed.count;
    }
    let found = known.get(term);
    if (found === undefined) {
      found = count;
      const cursor = openCursor(postings, term);
      for (const ordinal of removed.list()) if (seek(cursor, ordinal) !== -1) found--;
      known.set(term, found);
    }
    return found;
  }

  return {
    columns,
    removed,
    postings,
    size: postings.impacts.length,
    count: (term) => postingCount(postings, term),
    holding,
    read: (term, list) => readPostings(postings, term, list),
  };
}
