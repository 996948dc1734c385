/**
 * What the index knows of its passages beside their words, in columns.
 *
 *   passage   0        1        2        3 …       ordinals: ascending by number, a document's side by side
 *   numbers   17       18       19       23
 *   document  0        0        0        1         row of its document's revision
 *   start, end, digest
 *
 *   document  0        1 …
 *   id, revision, collection, outlet, language, published, title terms
 */
import { withoutRoom, withRoom } from "./growing.ts";
import { createStringPool, type StringPool } from "./strings.ts";

const encoder = new TextEncoder();

export interface PassageColumns {
  passages: number;
  documents: number;
  numbers: Float64Array<ArrayBuffer>;
  documentOf: Uint32Array<ArrayBuffer>;
  starts: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  /** Digest of the words, to tell whether a snapshot was made from this store. */
  digests: Int32Array<ArrayBuffer>;
  readonly ids: StringPool;
  revisions: Uint32Array<ArrayBuffer>;
  collections: Uint16Array<ArrayBuffer>;
  outlets: Uint32Array<ArrayBuffer>;
  languages: Uint16Array<ArrayBuffer>;
  /** Year, month and day as one number, 0 for what is not said (20240500, 0). */
  published: Int32Array<ArrayBuffer>;
  titleEnds: Uint32Array<ArrayBuffer>;
  /** The distinct words of content of the titles, as term numbers. */
  titleTerms: Uint32Array<ArrayBuffer>;
  /** What `collections`, `outlets` (folded) and `languages` count. */
  readonly names: { readonly collections: Names; readonly outlets: Names; readonly languages: Names };
}

/** A few different names and their numbers. */
export interface Names {
  readonly list: readonly string[];
  intern(name: string): number;
}

export function createNames(list: readonly string[] = []): Names {
  const names = [...list];
  const numbers = new Map(names.map((name, i) => [name, i]));
  return {
    list: names,
    intern(name) {
      let number = numbers.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        numbers.set(name, number);
      }
      return number;
    },
  };
}

export function createPassageColumns(): PassageColumns {
  return {
    passages: 0,
    documents: 0,
    numbers: new Float64Array(0),
    documentOf: new Uint32Array(0),
    starts: new Uint32Array(0),
    ends: new Uint32Array(0),
    digests: new Int32Array(0),
    ids: createStringPool(),
    revisions: new Uint32Array(0),
    collections: new Uint16Array(0),
    outlets: new Uint32Array(0),
    languages: new Uint16Array(0),
    published: new Int32Array(0),
    titleEnds: new Uint32Array(0),
    titleTerms: new Uint32Array(0),
    names: { collections: createNames(), outlets: createNames(), languages: createNames() },
  };
}

/** A row of the document columns. */
export interface DocumentRow {
  readonly id: string;
  readonly revision: number;
  readonly collection: string;
  /** Folded; "" when none. */
  readonly outlet: string;
  readonly language: string;
  readonly published: number;
  readonly titleTerms: Uint32Array;
}

/** Adds a document; the passages that are appended next are its own. */
export function appendDocument(columns: PassageColumns, row: DocumentRow): void {
  const at = columns.documents++;
  const titleFrom = at === 0 ? 0 : columns.titleEnds[at - 1]!;
  const titleEnd = titleFrom + row.titleTerms.length;
  columns.ids.add(encoder.encode(row.id));
  columns.revisions = withRoom(columns.revisions, at + 1);
  columns.collections = withRoom(columns.collections, at + 1);
  columns.outlets = withRoom(columns.outlets, at + 1);
  columns.languages = withRoom(columns.languages, at + 1);
  columns.published = withRoom(columns.published, at + 1);
  columns.titleEnds = withRoom(columns.titleEnds, at + 1);
  columns.titleTerms = withRoom(columns.titleTerms, titleEnd);
  columns.revisions[at] = row.revision;
  columns.collections[at] = columns.names.collections.intern(row.collection);
  columns.outlets[at] = columns.names.outlets.intern(row.outlet);
  columns.languages[at] = columns.names.languages.intern(row.language);
  columns.published[at] = row.published;
  columns.titleEnds[at] = titleEnd;
  columns.titleTerms.set(row.titleTerms, titleFrom);
}

/** Adds a passage of the last document; gives its ordinal. */
export function appendPassage(
  columns: PassageColumns,
  number: number,
  start: number,
  end: number,
  digest: number,
): number {
  const at = columns.passages++;
  columns.numbers = withRoom(columns.numbers, at + 1);
  columns.documentOf = withRoom(columns.documentOf, at + 1);
  columns.starts = withRoom(columns.starts, at + 1);
  columns.ends = withRoom(columns.ends, at + 1);
  columns.digests = withRoom(columns.digests, at + 1);
  columns.numbers[at] = number;
  columns.documentOf[at] = columns.documents - 1;
  columns.starts[at] = start;
  columns.ends[at] = end;
  columns.digests[at] = digest;
  return at;
}

/** The row of document `at`. */
export function documentRow(columns: PassageColumns, at: number): DocumentRow {
  return {
    id: columns.ids.get(at),
    revision: columns.revisions[at]!,
    collection: columns.names.collections.list[columns.collections[at]!]!,
    outlet: columns.names.outlets.list[columns.outlets[at]!]!,
    language: columns.names.languages.list[columns.languages[at]!]!,
    published: columns.published[at]!,
    titleTerms: columns.titleTerms.subarray(at === 0 ? 0 : columns.titleEnds[at - 1], columns.titleEnds[at]),
  };
}

/** Whether a document of one part is the document of another: a revision may have come in pieces. */
export function isSameDocument(one: PassageColumns, at: number, other: PassageColumns, otherAt: number): boolean {
  return one.revisions[at] === other.revisions[otherAt] && one.ids.get(at) === other.ids.get(otherAt);
}

/** The first ordinal whose passage number is `number` or greater. */
export function firstOrdinal(columns: PassageColumns, number: number): number {
  let low = 0;
  let high = columns.passages;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns.numbers[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gives back the spare room of columns that no longer grow. */
export function trimColumns(columns: PassageColumns): void {
  const { passages, documents } = columns;
  columns.numbers = withoutRoom(columns.numbers, passages);
  columns.documentOf = withoutRoom(columns.documentOf, passages);
  columns.starts = withoutRoom(columns.starts, passages);
  columns.ends = withoutRoom(columns.ends, passages);
  columns.digests = withoutRoom(columns.digests, passages);
  columns.revisions = withoutRoom(columns.revisions, documents);
  columns.collections = withoutRoom(columns.collections, documents);
  columns.outlets = withoutRoom(columns.outlets, documents);
  columns.languages = withoutRoom(columns.languages, documents);
  columns.published = withoutRoom(columns.published, documents);
  columns.titleEnds = withoutRoom(columns.titleEnds, documents);
  columns.titleTerms = withoutRoom(columns.titleTerms, documents === 0 ? 0 : columns.titleEnds[documents - 1]!);
  columns.ids.parts();
}
