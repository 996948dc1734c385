/** Looks a database over beyond what SQLite checks itself: its own `integrity_check` sees no broken meaning. */
import type { DatabaseSync } from "node:sqlite";
import { bandsOf } from "../corpus/near-duplicates.ts";
import { readFingerprint, recountedFingerprint } from "./collection-digest.ts";
import { type ConnectionOptions, openConnection } from "./connection.ts";
import { unpackSpans } from "./spans.ts";
import { countProblems } from "./sqlite-counts.ts";
import { unpackSignature } from "./sqlite-near-duplicates.ts";

/**
 * One sentence for each thing that is wrong with the database at `path`, at most a hundred; none when it is sound.
 * Reads every text, so it takes seconds a gigabyte. Rejects as `openData` does.
 */
export async function checkStore(options: ConnectionOptions): Promise<readonly string[]> {
  const connection = await openConnection(options);
  try {
    return await connection.read(() => [...take(problems(connection.database), 100)]);
  } finally {
    connection.close();
  }
}

function* take<T>(items: Iterable<T>, limit: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken++ === limit) return;
    yield item;
  }
}

function* problems(database: DatabaseSync): Generator<string> {
  for (const row of database.prepare("PRAGMA integrity_check(20)").iterate())
    if (row.integrity_check !== "ok") yield `SQLite: ${row.integrity_check}`;
  for (const row of database.prepare("PRAGMA foreign_key_check").iterate())
    yield `A row of ${row.table} belongs to nothing.`;
  yield* revisionProblems(database);
  yield* documentProblems(database);
  yield* historyProblems(database);
  yield* collectionProblems(database);
  yield* countProblems(database);
  yield* bandProblems(database);
}

/** Passages are ordered, disjoint slices that are not empty, as many as are counted. */
function* revisionProblems(database: DatabaseSync): Generator<string> {
  const revisions = database.prepare(
    "SELECT sequence, passages, spans, excluded, text FROM revisions ORDER BY sequence",
  );
  for (const row of revisions.iterate()) {
    const { sequence, passages, spans, excluded, text } = row as unknown as {
      sequence: number;
      passages: number;
      spans: Uint8Array;
      excluded: Uint8Array;
      text: string;
    };
    for (const [name, packed] of [
      ["passage", spans],
      ["excluded span", excluded],
    ] as const) {
      let end = 0;
      for (const span of unpackSpans(packed)) {
        if (span.start < end || span.end <= span.start || span.end > text.length)
          yield `Revision ${sequence} has a ${name} ${span.start}-${span.end} that is no slice of its text.`;
        end = span.end;
      }
    }
    if (spans.byteLength !== passages * 8) yield `Revision ${sequence} counts its passages wrongly.`;
  }
}

/** A document's current revision is its last. */
function* documentProblems(database: DatabaseSync): Generator<string> {
  const astray = database.prepare(
    `SELECT id FROM documents d WHERE current IS NOT
       (SELECT sequence FROM revisions r WHERE r.document = d.row ORDER BY revision DESC LIMIT 1)`,
  );
  for (const { id } of astray.iterate()) yield `Document ${id} does not point at its last revision.`;
}

/** Numbers are used once, up to the sequence; what was removed is not current, and what is not current was removed. */
function* historyProblems(database: DatabaseSync): Generator<string> {
  const { sequence } = database.prepare("SELECT sequence FROM corpus").get() as { sequence: number };
  const steps = database.prepare(
    `SELECT sequence AS first, sequence + max(passages, 1) - 1 AS last FROM revisions
     UNION ALL SELECT sequence, sequence FROM removals ORDER BY 1`,
  );
  let highest = 0;
  for (const step of steps.iterate()) {
    const { first, last } = step as unknown as { first: number; last: number };
    if (first <= highest) yield `Number ${first} was used twice.`;
    highest = last;
  }
  if (highest > sequence) yield `The sequence is ${sequence}, but ${highest} is used.`;
  const gone = "SELECT 1 FROM removals x WHERE x.first = r.sequence";
  const contradictions = database.prepare(
    `SELECT r.sequence FROM revisions r JOIN documents d ON d.row = r.document
     WHERE r.passages > 0 AND (r.sequence = d.current) = EXISTS (${gone})`,
  );
  for (const row of contradictions.iterate()) yield `Revision ${row.sequence} is both current and removed, or neither.`;
}

/** The digests that are kept are those of the documents that are there. */
function* collectionProblems(database: DatabaseSync): Generator<string> {
  const fingerprint = readFingerprint(database);
  for (const row of database.prepare("SELECT name FROM collections").iterate()) {
    const name = String(row.name);
    if (fingerprint([name]) !== recountedFingerprint(database, name))
      yield `The fingerprint of collection ${name} is not that of its documents.`;
  }
}

/** Every document is found under the bands of its signature, and under no others. */
function* bandProblems(database: DatabaseSync): Generator<string> {
  const has = database.prepare("SELECT 1 FROM bands WHERE band = ? AND collection = ? AND document = ?");
  let expected = 0;
  for (const row of database.prepare("SELECT row, id, collection, signature FROM documents").iterate()) {
    const bands = new Set(bandsOf(unpackSignature(row.signature as Uint8Array)));
    expected += bands.size;
    for (const band of bands)
      if (!has.get(band, row.collection as number, row.row as number)) {
        yield `Document ${row.id} is not found by its signature.`;
        break;
      }
  }
  const { count } = database.prepare("SELECT count(*) AS count FROM bands").get() as { count: number };
  if (count !== expected) yield `There are ${count} bands, and there should be ${expected}.`;
}
