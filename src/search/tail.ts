/**
 * The live tail: the newest passages. Their postings are noted as they come, and threaded into lists by term only when
 * somebody asks for one: a bulk of passages that goes straight into a segment never pays for that.
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
import type { PassageReading } from "./passage-reader.ts";
import { createPostingList, type PostingList, reservePostings } from "./postings.ts";
import { createRemoved } from "./removed.ts";

const firstSlice = 4;
const longestSlice = 1024;
/** Notes sorted between two pauses. */
const stepNotes = 1 << 18;

/** Postings sorted by term. */
export interface SortedPostings {
  count(term: number): number;
  read(term: number, list: PostingList): void;
}

/** Memory that goes from tail to tail: paging in fresh memory would cost as much as the notes themselves. */
export interface TailMemory {
  noted: Uint32Array<ArrayBuffer>;
  sorted: Uint32Array<ArrayBuffer>;
}

export interface Tail extends Part {
  readonly postings: null;
  /** Adds the postings of the passage that was appended last. */
  add(ordinal: number, reading: PassageReading): void;
  /** Threads what is noted, in steps; whoever asks for a list before that waits for all of it. */
  thread(): Generator<void, void>;
  /** Another view of the same postings, sorted by term, in steps: for reading all of them. It does not follow the tail. */
  sort(): Generator<void, SortedPostings>;
  /** The memory the postings were noted in, for another tail; this one is then void. */
  spare(): TailMemory;
}

export function createTail(memory: TailMemory = { noted: new Uint32Array(0), sorted: new Uint32Array(0) }): Tail {
  const columns = createPassageColumns();
  const removed = createRemoved();
  const scratch = createPostingList();
  // As they came, three numbers a posting: term, ordinal, impact × 256 + places.
  let noted = memory.noted;
  let notes = 0;
  /** How many of the notes are in the lists. */
  let threaded = 0;
  // The lists. Two numbers an entry, side by side: the ordinal (or where the next slice begins), impact × 256 + places.
  let entries = new Uint32Array(0);
  // Index 0 of the pool stays unused, so that a first of 0 means no postings.
  let used = 1;
  // Four numbers a term, side by side: first, next, end, count.
  let lists = new Uint32Array(0);

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

  function append(term: number, ordinal: number, weight: number): void {
    const at = term * 4;
    if (at + 4 > lists.length || lists[at] === 0) begin(at);
    else if (lists[at + 1] === lists[at + 2]) extend(at);
    const next = lists[at + 1]!;
    lists[at + 1] = next + 1;
    lists[at + 3] = lists[at + 3]! + 1;
    entries[next * 2] = ordinal;
    entries[next * 2 + 1] = weight;
  }

  function* thread(): Generator<void, void> {
    while (threaded < notes) {
      const end = Math.min(notes, threaded + stepNotes / 8);
      for (; threaded < end; threaded++) {
        append(noted[threaded * 3]!, noted[threaded * 3 + 1]!, noted[threaded * 3 + 2]!);
      }
      yield;
    }
  }

  function add(ordinal: number, { count: added, terms, impacts, places }: PassageReading): void {
    noted = withRoom(noted, (notes + added) * 3);
    let at = notes * 3;
    for (let i = 0; i < added; i++) {
      noted[at] = terms[i]!;
      noted[at + 1] = ordinal;
      noted[at + 2] = (impacts[i]! << 8) | places[i]!;
      at += 3;
    }
    notes += added;
  }

  function count(term: number): number {
    if (threaded < notes) for (const _ of thread());
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
      return notes;
    },
    thread,
    sort() {
      memory.sorted = withRoom(memory.sorted, notes * 2);
      return sortNotes(noted, notes, memory.sorted);
    },
    spare: () => ({ noted, sorted: memory.sorted }),
  };
}

/** The length of the slice that begins once a list has `count` postings: what the slices before hold, and one more for its link. */
function nextSlice(count: number): number {
  return Math.min(longestSlice, count + firstSlice + 1);
}

/** A counting sort: how many of each term, where each term begins, then every posting into its place. */
function* sortNotes(noted: Uint32Array, notes: number, sorted: Uint32Array): Generator<void, SortedPostings> {
  let terms = 0;
  for (let i = 0; i < notes; i++) if (noted[i * 3]! >= terms) terms = noted[i * 3]! + 1;
  const ends = new Uint32Array(terms + 1);
  for (let i = 0; i < notes; i++) ends[noted[i * 3]! + 1]!++;
  for (let term = 0; term < terms; term++) ends[term + 1]! += ends[term]!;
  // Until a term's postings are placed, its entry in `ends` is where the next one goes; then it is where they end.
  for (let i = 0; i < notes; i++) {
    const at = ends[noted[i * 3]!]!++ * 2;
    sorted[at] = noted[i * 3 + 1]!;
    sorted[at + 1] = noted[i * 3 + 2]!;
    if (i % stepNotes === stepNotes - 1) yield;
  }
  const startOf = (term: number) => (term === 0 ? 0 : ends[term - 1]!);
  const count = (term: number) => (term < terms ? ends[term]! - startOf(term) : 0);
  return {
    count,
    read(term, list) {
      list.count = count(term);
      reservePostings(list, list.count);
      for (let i = 0, at = startOf(term) * 2; i < list.count; i++, at += 2) {
        list.ordinals[i] = sorted[at]!;
        list.impacts[i] = sorted[at + 1]! >>> 8;
        list.places[i] = sorted[at + 1]! & 255;
      }
    },
  };
}
