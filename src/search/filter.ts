/** Which passages of a part a filter lets through, as bits, so that nothing else is ever scored. */
import { words } from "../text/tokens.ts";
import type { Part } from "./part.ts";
import type { PassageColumns } from "./passage-columns.ts";
import type { SearchFilter } from "./search.ts";

export interface Visible {
  /** A bit for each ordinal that is let through; null when all are. */
  readonly bits: Uint32Array | null;
  readonly passages: number;
  readonly documents: number;
  /** The first and the last document of which a passage is let through; -1 where none is. */
  readonly first: number;
  readonly last: number;
}

/** Filters remembered for each part. */
const remembered = 16;

interface Known extends Visible {
  readonly state: number;
}

const cache = new WeakMap<Part, Map<string, Known>>();

/** An outlet's name as it is compared. */
export function foldOutlet(outlet: string | null): string {
  return words(outlet ?? "")
    .map((word) => word.text)
    .join(" ");
}

/** A date as one number, year, month, day, 0 for what is not said; 0 for what is no date. */
export function dateNumber(published: string | null): number {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(published ?? "");
  return match ? Number(match[1]) * 10_000 + Number(match[2] ?? 0) * 100 + Number(match[3] ?? 0) : 0;
}

/** The first and the last day that a date number may mean. */
function firstDay(date: number): number {
  return date + (date % 10_000 === 0 ? 101 : date % 100 === 0 ? 1 : 0);
}
function lastDay(date: number): number {
  return date + (date % 10_000 === 0 ? 1231 : date % 100 === 0 ? 31 : 0);
}

/** The passages of `part` that are not gone and that `filter` lets through. A period holds a passage only if surely within it. */
export function visiblePassages(part: Part, filter: SearchFilter): Visible {
  const { collections, outlet, from, to } = filter;
  const key = JSON.stringify([collections, outlet ?? null, from ?? null, to ?? null]);
  const state = part.columns.passages + part.removed.count;
  let known = cache.get(part);
  if (!known) {
    known = new Map();
    cache.set(part, known);
  }
  let found = known.get(key);
  known.delete(key);
  if (found?.state !== state) found = { ...select(part, documentsLetThrough(part.columns, filter)), state };
  known.set(key, found);
  if (known.size > remembered) known.delete(known.keys().next().value!);
  return found;
}

/** A byte for each document: 1 when the filter lets it through. */
function documentsLetThrough(columns: PassageColumns, filter: SearchFilter): Uint8Array {
  const { names, published } = columns;
  const collections = Uint8Array.from(names.collections.list, (name) => (filter.collections.includes(name) ? 1 : 0));
  const outlet = filter.outlet === undefined ? -1 : names.outlets.list.indexOf(foldOutlet(filter.outlet));
  const anyOutlet = filter.outlet === undefined;
  const dated = filter.from !== undefined || filter.to !== undefined;
  const from = filter.from === undefined ? 0 : firstDay(dateNumber(filter.from) || Number.POSITIVE_INFINITY);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : lastDay(dateNumber(filter.to));
  const let_ = new Uint8Array(columns.documents);
  for (let at = 0; at < let_.length; at++) {
    if (!collections[columns.collections[at]!]) continue;
    if (!anyOutlet && columns.outlets[at] !== outlet) continue;
    const date = published[at]!;
    if (dated && (date === 0 || firstDay(date) < from || lastDay(date) > to)) continue;
    let_[at] = 1;
  }
  return let_;
}

function select(part: Part, letThrough: Uint8Array): Visible {
  const { columns, removed } = part;
  const { passages, documentOf } = columns;
  if (removed.count === 0 && letThrough.every((one) => one === 1)) {
    return {
      bits: null,
      passages,
      documents: columns.documents,
      first: passages > 0 ? 0 : -1,
      last: columns.documents - 1,
    };
  }
  const bits = new Uint32Array((passages + 31) >>> 5);
  let count = 0;
  let documents = 0;
  let first = -1;
  let last = -1;
  for (let ordinal = 0; ordinal < passages; ordinal++) {
    const document = documentOf[ordinal]!;
    if (letThrough[document] === 0 || (removed.count > 0 && removed.has(ordinal))) continue;
    bits[ordinal >>> 5]! |= 1 << (ordinal & 31);
    count++;
    if (document !== last) documents++;
    if (first === -1) first = document;
    last = document;
  }
  return { bits, passages: count, documents, first, last };
}
