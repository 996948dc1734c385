/**
 * The live tail: the newest passages, their postings in lists that grow.
 *
 * All lists share one pool and are cut into slices, each twice as long as the one before, the last entry of a slice telling
 * where the next begins:
 *
 *   head[t] ─→ ┌─┬─┬─┬─┐   ┌─┬─┬─┬─┬─┬─┬─┬─┐
 *              │p│p│p│●┼─→ │p│p│ │ │ │ │ │ │   write[t] is where the term's next posting goes
 *              └─┴─┴─┴─┘   └─┴─┴─┴─┴─┴─┴─┴─┘
 */
import { withRoom } from "./growing.ts";
import type { Part } from "./part.ts";
import { createPassageColumns } from "./passage-columns.ts";
import { createPostingList, type PostingList, reservePostings } from "./postings.ts";
import { createRemoved } from "./removed.ts";

/** A tail holds at most this many passages: an entry has 24 bits for the ordinal beside 8 for the impact. */
export const tailLimit = 1 << 24;

const firstSlice = 4;
const longestSlice = 1024;

export interface Tail extends Part {
  readonly postings: null;
  /** Adds a posting of the passage appended last; a term once a passage. */
  add(term: number, ordinal: number, impact: number, places: number): void;
  /** Terms the tail may hold are below this. */
  readonly terms: number;
  /** How many postings there are in all. */
  readonly size: number;
}

export function createTail(): Tail {
  const columns = createPassageColumns();
  const removed = createRemoved();
  const scratch = createPostingList();
  let entries = new Uint32Array(1 << 12);
  let places = new Uint8Array(1 << 12);
  // Index 0 of the pool stays unused, so that 0 in `head` means no postings.
  let used = 1;
  let head = new Uint32Array(0);
  let write = new Uint32Array(0);
  let limit = new Uint32Array(0);
  let counts = new Uint32Array(0);
  let size = 0;

  function allocate(length: number): number {
    const start = used;
    used += length;
    entries = withRoom(entries, used);
    places = withRoom(places, used);
    return start;
  }

  function begin(term: number): void {
    head = withRoom(head, term + 1);
    write = withRoom(write, term + 1);
    limit = withRoom(limit, term + 1);
    counts = withRoom(counts, term + 1);
    if (head[term] !== 0) return;
    const start = allocate(firstSlice);
    head[term] = start;
    write[term] = start;
    limit[term] = start + firstSlice - 1;
  }

  function add(term: number, ordinal: number, impact: number, mask: number): void {
    if (term >= head.length || head[term] === 0) begin(term);
    if (write[term] === limit[term]) {
      const length = nextSlice(counts[term]!);
      const start = allocate(length);
      entries[limit[term]!] = start;
      write[term] = start;
      limit[term] = start + length - 1;
    }
    const at = write[term]!++;
    entries[at] = (ordinal << 8) | impact;
    places[at] = mask;
    counts[term]!++;
    size++;
  }

  function read(term: number, list: PostingList): void {
    const count = term < head.length ? counts[term]! : 0;
    list.count = count;
    if (count === 0) return;
    reservePostings(list, count);
    let at = head[term]!;
    let end = at + firstSlice - 1;
    for (let i = 0; i < count; i++) {
      if (at === end) {
        at = entries[end]!;
        end = at + nextSlice(i) - 1;
      }
      const entry = entries[at]!;
      list.ordinals[i] = entry >>> 8;
      list.impacts[i] = entry & 255;
      list.places[i] = places[at]!;
      at++;
    }
  }

  function holding(term: number): number {
    const count = term < head.length ? counts[term]! : 0;
    if (removed.count === 0 || count === 0) return count;
    read(term, scratch);
    let found = 0;
    for (let i = 0; i < count; i++) if (!removed.has(scratch.ordinals[i]!)) found++;
    return found;
  }

  return {
    columns,
    removed,
    postings: null,
    count: (term) => (term < head.length ? counts[term]! : 0),
    holding,
    read,
    add,
    get terms() {
      return head.length;
    },
    get size() {
      return size;
    },
  };
}

/** The length of the slice that begins once a list has `count` postings: what the slices before hold, and one more for its link. */
function nextSlice(count: number): number {
  return Math.min(longestSlice, count + firstSlice + 1);
}
