/** The index on disk: its base segment and vocabulary, with all it takes to know whether they may be used. */
import { createHash } from "node:crypto";
import type { DocumentStore } from "../store/store.ts";
import type { GrowingArray } from "./growing.ts";
import { createNames, firstOrdinal, type PassageColumns } from "./passage-columns.ts";
import { createPassageReader } from "./passage-reader.ts";
import type { Postings } from "./postings.ts";
import { rankingConstants, stretches } from "./scoring.ts";
import { createSegment, type Segment } from "./segment.ts";
import { readSnapshot, type SnapshotContent, writeSnapshot } from "./snapshot-file.ts";
import { createStringPool, type StringParts } from "./strings.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

/** Grows with every change of what the arrays mean. */
const formatVersion = 4;

/** What a snapshot holds: all passages up to the last number in it that were current then. */
export interface IndexSnapshot {
  readonly base: Segment;
  readonly vocabulary: Vocabulary;
}

interface About {
  readonly format: number;
  readonly analysis: string;
  readonly passages: number;
  readonly documents: number;
  readonly names: Readonly<Record<keyof PassageColumns["names"], readonly string[]>>;
}

/** Text that goes through every rule of cutting and stemming; what it reads as tells whether a snapshot was read alike. */
const sample =
  "The U.S. embassy’s 1,400 judges were urging freedoms, cafés and Łódź’s re-elections in 3.5 cities; they’d voted. " +
  "Las naciones hablarán de libertades. Les libertés de l’homme étaient égales. Die Häuser der Straße wurden größer. " +
  "As nações falaram. Le città della libertà. De vrijheden van mensen. Выборы судей. 東京都の知事 กรุงเทพ 한국의 선거";

/** A digest of how texts of these languages are read and weighed: what an index depends on beside the texts. */
function analysisDigest(languages: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify([rankingConstants, stretches]));
  for (const language of languages) {
    const vocabulary = createVocabulary();
    const reading = createPassageReader(vocabulary).read({ title: sample.slice(0, 60), body: sample, language });
    const { bytes } = vocabulary.copy(vocabulary.size, () => true);
    hash.update(language).update(bytes);
    for (const array of [reading.terms, reading.impacts, reading.places]) hash.update(array.subarray(0, reading.count));
    hash.update(reading.titleTerms);
  }
  return hash.digest("hex");
}

/** Writes the base of an index to `path`, atomically. Stems that nothing in the base holds any more are left out. */
export async function saveIndex(path: string, { base, vocabulary }: IndexSnapshot): Promise<void> {
  const { columns, postings } = base;
  const { ids, names, passages, documents, ...columnArrays } = columns;
  const stems = vocabulary.copy(postings.termPostings.length - 1, (id) => base.count(id) > 0);
  const about: About = {
    format: formatVersion,
    analysis: analysisDigest(names.languages.list),
    passages,
    documents,
    names: { collections: names.collections.list, outlets: names.outlets.list, languages: names.languages.list },
  };
  await writeSnapshot(path, {
    about,
    arrays: {
      ...prefixed("stems", stems),
      ...prefixed("ids", ids.parts()),
      ...prefixed("columns", columnArrays),
      ...prefixed("postings", postings),
    },
  });
}

function prefixed(prefix: string, arrays: object): Record<string, GrowingArray> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${prefix}.${name}`, array]));
}

/** The arrays that `prefixed` gave this prefix; the checks on the file say that they are those that were written. */
function unprefixed<T>(prefix: string, arrays: SnapshotContent["arrays"]): T {
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length + 1), array])) as T;
}

/** Reads what `saveIndex` wrote; null where there is no file. Rejects where it is damaged or was made by other rules. */
export async function loadIndex(path: string): Promise<IndexSnapshot | null> {
  const content = await readSnapshot(path);
  if (!content) return null;
  const about = content.about as About;
  if (about.format !== formatVersion) throw new Error("The snapshot is of another version.");
  if (about.analysis !== analysisDigest(about.names.languages))
    throw new Error("The snapshot was read by other rules.");
  return indexOf(about, content.arrays);
}

function indexOf({ passages, documents, names }: About, arrays: SnapshotContent["arrays"]): IndexSnapshot {
  const columns: PassageColumns = {
    ...unprefixed<Omit<PassageColumns, "passages" | "documents" | "ids" | "names">>("columns", arrays),
    passages,
    documents,
    ids: createStringPool(unprefixed<StringParts>("ids", arrays)),
    names: {
      collections: createNames(names.collections),
      outlets: createNames(names.outlets),
      languages: createNames(names.languages),
    },
  };
  return {
    base: createSegment(columns, unprefixed<Postings>("postings", arrays)),
    vocabulary: createVocabulary(unprefixed<StringParts>("stems", arrays)),
  };
}

/** Places in the corpus that are compared, and passages at each. */
const placesCompared = 5;
const passagesCompared = 64;

/**
 * Whether a snapshot was made from this store: passages here and there in it must stand in the store under the same number
 * with the same words. A snapshot that is older than the store passes; one of another store, or of a later state, does not.
 */
export async function matchesStore(
  { base: { columns }, vocabulary }: IndexSnapshot,
  source: Pick<DocumentStore, "changes" | "sequence">,
): Promise<boolean> {
  const last = columns.numbers[columns.passages - 1] ?? 0;
  if (last === 0 || last > (await source.sequence())) return false;
  const reader = createPassageReader(vocabulary);
  let same = 0;
  for (let place = 0; place < placesCompared; place++) {
    const at = Math.floor((place * (columns.passages - 1)) / (placesCompared - 1));
    for await (const change of source.changes(columns.numbers[at]! - 1)) {
      if (change.kind !== "add") continue;
      for (const passage of change.passages.slice(0, passagesCompared)) {
        if (passage.number > last) break;
        const ordinal = firstOrdinal(columns, passage.number);
        const document = columns.documentOf[ordinal]!;
        const known =
          columns.numbers[ordinal] === passage.number &&
          columns.ids.get(document) === passage.document &&
          columns.revisions[document] === passage.revision &&
          columns.starts[ordinal] === passage.start &&
          columns.ends[ordinal] === passage.end &&
          columns.digests[ordinal] === reader.read(passage).digest;
        if (!known) return false;
        same++;
      }
      break;
    }
  }
  return same > 0;
}
