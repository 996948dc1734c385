/** The corpus's history: what an index must add and remove to catch up with the store. */
import { blankExcluded } from "../corpus/excluded.ts";
import type { Connection } from "./connection.ts";
import { unpackSpans } from "./spans.ts";
import type { Change, DocumentStore, IndexedPassage } from "./store.ts";

/** An `add` holds at most this many passages; reading stops for a batch at this many or at this much text. */
const batchPassages = 2048;
const batchCharacters = 1 << 20;
const batchRemovals = 512;

type RevisionRow = readonly [
  sequence: number,
  revision: number,
  id: string,
  collection: string,
  outlet: string | null,
  published: string | null,
  language: string,
  title: string,
  spans: Uint8Array,
  excluded: Uint8Array,
  text: string,
];

/** `sequence` and `changes` of the store. */
export function createHistory(connection: Connection): Pick<DocumentStore, "sequence" | "changes"> {
  const { database } = connection;
  const readSequence = database.prepare("SELECT sequence FROM corpus");
  const readRemovals = database.prepare(
    `SELECT sequence, first, last FROM removals
     WHERE sequence > ? AND sequence <= ? AND first <= ? ORDER BY sequence LIMIT ${batchRemovals}`,
  );
  const readRevisions = database.prepare(
    `SELECT r.sequence, r.revision, d.id, c.name, r.outlet, r.published, r.language, r.title,
       r.spans, r.excluded, r.text
     FROM revisions r JOIN documents d ON d.row = r.document AND d.current = r.sequence
       JOIN collections c ON c.row = d.collection
     WHERE r.sequence >= coalesce((SELECT max(sequence) FROM revisions WHERE sequence <= ?1), 0)
       AND r.sequence + r.passages > ?1 + 1 AND r.sequence <= ?2
     ORDER BY r.sequence`,
  );
  readRevisions.setReturnArrays(true);

  const sequence = () => connection.read(() => (readSequence.get() as { sequence: number }).sequence);

  /** Whole revisions, at least one if there is one. */
  const someRevisions = (after: number, upTo: number) =>
    connection.read(() => {
      const found: IndexedPassage[] = [];
      let characters = 0;
      let cursor = upTo;
      for (const row of readRevisions.iterate(after, upTo) as unknown as Iterable<RevisionRow>) {
        if (found.length >= batchPassages || characters >= batchCharacters) {
          cursor = row[0] - 1;
          break;
        }
        appendPassages(found, row, after);
        characters += row[10].length;
      }
      return { found, cursor };
    });

  async function* additions(after: number, upTo: number): AsyncGenerator<Change> {
    for (let cursor = after; cursor < upTo; ) {
      const batch = await someRevisions(cursor, upTo);
      for (let i = 0; i < batch.found.length; i += batchPassages) {
        const passages = batch.found.slice(i, i + batchPassages);
        yield { kind: "add", sequence: passages.at(-1)!.number, passages };
      }
      cursor = batch.cursor;
    }
  }

  async function* changes(since: number): AsyncGenerator<Change> {
    const until = await sequence();
    let cursor = since;
    for (;;) {
      const removals = (await connection.read(() => readRemovals.all(cursor, until, since))) as unknown as Removal[];
      for (const removal of removals) {
        yield* additions(cursor, removal.sequence);
        cursor = removal.sequence;
        yield { kind: "remove", sequence: cursor, first: removal.first, last: Math.min(removal.last, since) };
      }
      if (removals.length < batchRemovals) break;
    }
    yield* additions(cursor, until);
  }

  return { sequence, changes };
}

interface Removal {
  readonly sequence: number;
  readonly first: number;
  readonly last: number;
}

/** Appends the passages of a revision whose numbers are above `after`. */
function appendPassages(found: IndexedPassage[], row: RevisionRow, after: number): void {
  const [sequence, revision, document, collection, outlet, published, language, title, spans, excludedBytes, text] =
    row;
  const excluded = unpackSpans(excludedBytes);
  unpackSpans(spans).forEach(({ start, end }, i) => {
    const number = sequence + i;
    if (number <= after) return;
    const body = blankExcluded(text, start, end, excluded);
    found.push({
      number,
      document,
      revision,
      start,
      end,
      collection,
      outlet,
      published,
      language,
      title,
      body,
    });
  });
}
