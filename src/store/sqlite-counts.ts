/** Counts the current documents by outlet and by day as they come and go, so that a view of millions costs nothing to read. */
import type { DatabaseSync } from "node:sqlite";
import type { CorpusCounts } from "../ports.ts";

/** What is counted of a current revision. */
export interface CountedRevision {
  readonly outlet: string | null;
  /** ISO 8601; its first ten characters are the day. */
  readonly published: string | null;
  readonly passages: number;
}

/** Counts a current revision of a collection's row in (1) or out (-1); to be called inside a transaction. */
export type CountRevision = (collection: number, by: 1 | -1, revision: CountedRevision) => void;

/** Fills both tables from the documents that are there; the migration that makes them runs it. */
export const fillCounts = `
  INSERT INTO held_outlets
    SELECT d.collection, r.outlet, count(*), sum(r.passages)
    FROM documents d JOIN revisions r ON r.sequence = d.current GROUP BY d.collection, r.outlet;
  INSERT INTO held_days
    SELECT d.collection, substr(r.published, 1, 10) AS day, count(*)
    FROM documents d JOIN revisions r ON r.sequence = d.current WHERE r.published IS NOT NULL GROUP BY d.collection, day;
`;

/** Keeps the counts. Rows that come to nothing go: an outlet whose last document is forgotten is forgotten with it. */
export function createCounting(database: DatabaseSync): CountRevision {
  const changeOutlet = database.prepare(
    `UPDATE held_outlets SET documents = documents + ?, passages = passages + ? WHERE collection = ? AND outlet IS ?`,
  );
  const addOutlet = database.prepare("INSERT INTO held_outlets VALUES (?, ?, 1, ?)");
  const dropOutlet = database.prepare(
    "DELETE FROM held_outlets WHERE collection = ? AND outlet IS ? AND documents = 0",
  );
  const changeDay = database.prepare(
    `INSERT INTO held_days VALUES (?, ?, ?)
     ON CONFLICT (collection, day) DO UPDATE SET documents = documents + excluded.documents`,
  );
  const dropDay = database.prepare("DELETE FROM held_days WHERE collection = ? AND day = ? AND documents = 0");
  return (collection, by, { outlet, published, passages }) => {
    if (changeOutlet.run(by, by * passages, collection, outlet).changes === 0)
      addOutlet.run(collection, outlet, passages);
    if (by < 0) dropOutlet.run(collection, outlet);
    if (published === null) return;
    const day = published.slice(0, 10);
    changeDay.run(collection, day, by);
    if (by < 0) dropDay.run(collection, day);
  };
}

/** Reads the counts of some collections. */
export function readCounts(database: DatabaseSync): (collections: readonly string[]) => CorpusCounts {
  const inCollections = "collection IN (SELECT row FROM collections WHERE name IN (SELECT value FROM json_each(?)))";
  const readOutlets = database.prepare(
    `SELECT outlet, sum(documents) AS documents, sum(passages) AS passages FROM held_outlets
     WHERE ${inCollections} GROUP BY outlet ORDER BY documents DESC, outlet`,
  );
  const readDays = database.prepare(
    `SELECT min(day) AS first, max(day) AS last FROM held_days WHERE ${inCollections} GROUP BY collection`,
  );
  return (collections) => {
    const names = JSON.stringify(collections);
    const outlets = readOutlets.all(names) as unknown as readonly OutletRow[];
    const days = readDays.all(names) as unknown as readonly { readonly first: string; readonly last: string }[];
    return {
      documents: outlets.reduce((sum, { documents }) => sum + documents, 0),
      passages: outlets.reduce((sum, { passages }) => sum + passages, 0),
      from: days.map(({ first }) => first).toSorted()[0] ?? null,
      to:
        days
          .map(({ last }) => last)
          .toSorted()
          .at(-1) ?? null,
      outlets: outlets.map(({ outlet, documents }) => ({ outlet, documents })),
    };
  };
}

interface OutletRow {
  readonly outlet: string | null;
  readonly documents: number;
  readonly passages: number;
}

/** One sentence where the counts are not those of the documents that are there. */
export function* countProblems(database: DatabaseSync): Generator<string> {
  const astray = database.prepare(
    `WITH outlets AS (
       SELECT d.collection, r.outlet, count(*) AS documents, sum(r.passages) AS passages
       FROM documents d JOIN revisions r ON r.sequence = d.current GROUP BY d.collection, r.outlet),
     days AS (
       SELECT d.collection, substr(r.published, 1, 10) AS day, count(*) AS documents
       FROM documents d JOIN revisions r ON r.sequence = d.current WHERE r.published IS NOT NULL GROUP BY d.collection, day)
     SELECT EXISTS (SELECT * FROM outlets EXCEPT SELECT * FROM held_outlets)
       OR EXISTS (SELECT * FROM held_outlets EXCEPT SELECT * FROM outlets)
       OR EXISTS (SELECT * FROM days EXCEPT SELECT * FROM held_days)
       OR EXISTS (SELECT * FROM held_days EXCEPT SELECT * FROM days) AS wrong`,
  );
  if ((astray.get() as { wrong: number }).wrong === 1)
    yield "The counts by outlet and day are not those of the documents.";
}
