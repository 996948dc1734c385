/**
 * The live tail: the newest passages, their postings in lists that grow.
 *
 * All lists share one pool and are cut into slices, each twice as long as the one before, the last entry of a slice telling
 * where the next begins:
 *
 *   first ─→ ┌─┬─┬─┬─┐   ┌─┬─┬─┬─┬─┬─┬─┬─┐
 *            │p│p│p│●┼─→ │p│p│ │ │ │ │ │ │   next is where the term's next posting goes, end the last entry of its slice
 *            └─┴─┴─┴─┘   └─┴─┴─┴─┴─┴─┴─┴─┘
 */
import { withRoom } from "./growing.ts";
import type { Part } from "./part.ts";
import { createPassageColumns } from "./passage-columns.ts";
import { createPostingList, type PostingList, reservePostings } from "./postings.ts";
import { createRemoved } from "./removed.ts";

const firstSlice = 4;
const longestSlice = 1024;

export interface Tail extends Part {
  readonly postings: null;
  /** Adds a posting of the passage appended last; a term once a passage. */
  add(term: number, ordinal: number, impact: number, places: number): void;
  /** How many postings there are in all. */
  readonly size: number;
}

export function createTail(): Tail {
  const columns = createPassageColumns();
  const removed = createRemoved();
  const scratch = createPostingList();
  // Two numbers an entry, side by side: the ordinal (or where the next slice begins), and impact × 256 + places.
  let entries = new Uint32Array(1 << 12);
  // Index 0 of the pool stays unused, so that a first of 0 means no postings.
  let used = 1;
  // Four numbers a term, side by side: first, next, end, count.
  let lists = new Uint32Array(0);
  let size = 0;

  function allocate(length: number): number {
    const start = used;
    used += length;
    entries = withRoom(entries, used * 2);
    return start;
  }

  /** Begins the list of a term. */
  function begin(at: number): void {
    lists = withRoom(lists, at + 4);
    const start = allocate(firstSlice);
    lists[at] = start;
    lists[at + 1] = start;
    lists[at + 2] = start + firstSlice - 1;
  }

  function extend(at: number): void {
    const length = nextSlice(lists[at + 3]!);
    const start = allocate(length);
    entries[lists[at + 2]! * 2] = start;
    lists[at + 1] = start;
    lists[at + 2] = start + length - 1;
  }

  function add(term: number, ordinal: number, impact: number, mask: number): void {
    const at = term * 4;
    if (at + 4 > lists.length || lists[at] === 0) begin(at);
    else if (lists[at + 1] === lists[at + 2]) extend(at);
    const next = lists[at + 1]!;
    lists[at + 1] = next + 1;
    lists[at + 3] = lists[at + 3]! + 1;
    entries[next * 2] = ordinal;
    entries[next * 2 + 1] = (impact << 8) | mask;
    size++;
  }

  function count(term: number): number {
    return term * 4 + 4 <= lists.length ? lists[term * 4 + 3]! : 0;
  }

  function read(term: number, list: PostingList): void {
    list.count = count(term);
    if (list.count === 0) return;
    reservePostings(list, list.count);
    let at = lists[term * 4]!;
    let end = at + firstSlice - 1;
    for (let i = 0; i < list.count; i++) {
      if (at === end) {
        at = entries[end * 2]!;
        end = at + nextSlice(i) - 1;
      }
      list.ordinals[i] = entries[at * 2]!;
      list.impacts[i] = entries[at * 2 + 1]! >>> 8;
      list.places[i] = entries[at * 2 + 1]! & 255;
      at++;
    }
  }

  function holding(term: number): number {
    if (removed.count === 0 || count(term) === 0) return count(term);
    read(term, scratch);
    let found = 0;
    for (let i = 0; i < scratch.count; i++) if (!removed.has(scratch.ordinals[i]!)) found++;
    return found;
  }

  return {
    columns,
    removed,
    postings: null,
    count,
    holding,
    read,
    add,
    get size() {
      return size;
    },
  };
}

/** The length of the slice that begins once a list has `count` postings: what the slices before hold, and one more for its link. */
function nextSlice(count: number): number {
  return Math.min(longestSlice, count + firstSlice + 1);
}
