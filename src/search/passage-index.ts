/**
 * The index of the passages of a store.
 *
 *   segments   [ base ][ sealed ]…        immutable; removed passages are only marked, and dropped by the next merge
 *   tail                         [ live ]  grows; sealed into a segment when it is full
 *   ordinals   0 … … … … … … … … … … … →   over all parts, ascending with the passages' numbers
 *
 * One vocabulary numbers the stems of all parts. Nothing that a search finds depends on how passages are spread over parts.
 */
import type { IndexedPassage } from "../store/store.ts";
import { dateNumber, foldOutlet } from "./filter.ts";
import { mergeParts } from "./merge.ts";
import type { Part } from "./part.ts";
import { appendDocument, appendPassage, firstOrdinal, type PassageColumns } from "./passage-columns.ts";
import { createPassageReader, type PassageReader } from "./passage-reader.ts";
import { idfSteps } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import { createTail } from "./tail.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface PassageIndex {
  readonly vocabulary: Vocabulary;
  /** Segments in order, then the tail. */
  readonly parts: readonly Part[];
  readonly segments: readonly Segment[];
  /** Passages that are not gone. */
  readonly passages: number;
  /** The greatest passage number, 0 when there is none. */
  readonly lastNumber: number;
  /** The languages of the passages, the commonest first. */
  readonly languages: readonly string[];
  /** Whether any passage holds this stem. */
  has(stem: string): boolean;
  /** Idf steps of a term that has these stems. */
  weight(stems: readonly string[]): number;
  /** Adds a passage; its number must be greater than any before, else it is taken as known and left out. */
  add(passage: IndexedPassage): void;
  /** Removes the passages of these numbers; gives how many there were. */
  remove(first: number, last: number): number;
  /** Whether the tail should be sealed before this passage is added. */
  tailIsFull(passage: IndexedPassage): boolean;
  /** Makes the tail a segment, in steps; nothing else may change the index meanwhile. */
  seal(): Generator<void, void>;
  /** Makes what was added ready to be searched, in steps; a search that comes first does it at once. */
  prepare(): Generator<void, void>;
  /** Lets go of what only reading a bulk of passages needs. */
  rest(): void;
  /** Merges the segments into one, in steps; passages may be added, removed and sealed meanwhile. */
  merge(): Generator<void, void>;
}

export interface PassageIndexOptions {
  /** Passages in a tail that is full; it takes the rest of a document all the same. */
  readonly tailPassages?: number;
  /** What a snapshot kept. */
  readonly saved?: { readonly vocabulary: Vocabulary; readonly base: Segment };
}

const defaultTailPassages = 1 << 16;

export function createPassageIndex(options: PassageIndexOptions = {}): PassageIndex {
  const { tailPassages = defaultTailPassages, saved } = options;
  const vocabulary = saved?.vocabulary ?? createVocabulary();
  const reader = createLazy(() => createPassageReader(vocabulary));
  const languageCounts = new Map<string, number>();
  let languages: readonly string[] | null = null;
  let segments: Segment[] = saved ? [saved.base] : [];
  let tail = createTail();
  let parts: readonly Part[] = [...segments, tail];
  let passages = 0;
  /** Ranges removed since the merge that runs began; null when none runs. */
  let removedMeanwhile: [first: number, last: number][] | null = null;

  for (const { columns } of segments) {
    passages += columns.passages;
    for (let ordinal = 0; ordinal < columns.passages; ordinal++) countLanguage(languageOf(columns, ordinal), 1);
  }

  function countLanguage(language: string, change: number): void {
    languageCounts.set(language, (languageCounts.get(language) ?? 0) + change);
    languages = null;
  }

  function lastNumber(): number {
    for (const { columns } of parts.toReversed()) {
      if (columns.passages > 0) return columns.numbers[columns.passages - 1]!;
    }
    return 0;
  }

  function add(passage: IndexedPassage): void {
    if (passage.number <= lastNumber()) return;
    const reading = reader.get().read(passage);
    const { columns } = tail;
    if (!belongsToLast(columns, passage)) {
      appendDocument(columns, {
        id: passage.document,
        revision: passage.revision,
        collection: passage.collection,
        outlet: foldOutlet(passage.outlet),
        language: passage.language,
        published: dateNumber(passage.published),
        titleTerms: reading.titleTerms,
      });
    }
    const ordinal = appendPassage(columns, passage.number, passage.start, passage.end, reading.digest);
    tail.add(ordinal, reading);
    passages++;
    countLanguage(passage.language, 1);
  }

  function remove(first: number, last: number): number {
    removedMeanwhile?.push([first, last]);
    const before = passages;
    for (const part of parts) {
      const { columns } = part;
      const end = firstOrdinal(columns, last + 1);
      for (let ordinal = firstOrdinal(columns, first); ordinal < end; ordinal++) {
        if (!part.removed.mark(ordinal)) continue;
        passages--;
        countLanguage(languageOf(columns, ordinal), -1);
      }
    }
    return before - passages;
  }

  function holding(stem: string): number {
    const term = vocabulary.find(stem);
    return term === -1 ? 0 : parts.reduce((sum, part) => sum + part.holding(term), 0);
  }

  function* seal(): Generator<void, void> {
    if (tail.columns.passages === 0) return;
    const sorted: Part = { ...tail, ...(yield* tail.sort()) };
    segments = [...segments, yield* mergeParts([sorted], vocabulary.size)];
    tail = createTail(tail.spare());
    parts = [...segments, tail];
  }

  function* merge(): Generator<void, void> {
    const merging = segments;
    removedMeanwhile = [];
    const merged = yield* mergeParts(merging, vocabulary.size);
    for (const [first, last] of removedMeanwhile) {
      const end = firstOrdinal(merged.columns, last + 1);
      for (let ordinal = firstOrdinal(merged.columns, first); ordinal < end; ordinal++) merged.removed.mark(ordinal);
    }
    removedMeanwhile = null;
    segments = [merged, ...segments.slice(merging.length)];
    parts = [...segments, tail];
  }

  return {
    vocabulary,
    get parts() {
      return parts;
    },
    get segments() {
      return segments;
    },
    get passages() {
      return passages;
    },
    get lastNumber() {
      return lastNumber();
    },
    get languages() {
      languages ??= [...languageCounts]
        .filter(([, count]) => count > 0)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .map(([language]) => language);
      return languages;
    },
    has: (stem) => holding(stem) > 0,
    weight: (stems) =>
      idfSteps(
        passages,
        stems.reduce((sum, stem) => sum + holding(stem), 0),
      ),
    add,
    remove,
    tailIsFull: (passage) => tail.columns.passages >= tailPassages && !belongsToLast(tail.columns, passage),
    seal,
    prepare: () => tail.thread(),
    rest() {
      reader.drop();
      if (tail.columns.passages === 0) tail = createTail();
      parts = [...segments, tail];
    },
    merge,
  };
}

function languageOf(columns: PassageColumns, ordinal: number): string {
  return columns.names.languages.list[columns.languages[columns.documentOf[ordinal]!]!]!;
}

/** Whether a passage goes on the document that was added last: then the two share its row. */
function belongsToLast(columns: PassageColumns, passage: IndexedPassage): boolean {
  const last = columns.documents - 1;
  return last >= 0 && columns.revisions[last] === passage.revision && columns.ids.get(last) === passage.document;
}

function createLazy(create: () => PassageReader) {
  let made: PassageReader | null = null;
  return {
    get(): PassageReader {
      made ??= create();
      return made;
    },
    drop(): void {
      made = null;
    },
  };
}
