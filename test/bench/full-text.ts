/** SQLite's own full-text search over the same passages: what the index is measured beside. */
import { DatabaseSync } from "node:sqlite";
import type { IndexedPassage } from "../../src/store/store.ts";

/** Pages of the database that SQLite may keep in memory, in KiB: all that a question of the bench reads, and more. */
const cacheKiB = 512 * 1024;

/** Writes the passages into a new FTS5 table, on disk, and merges its segments into one. */
export async function buildFullText(path: string, passages: AsyncIterable<readonly IndexedPassage[]>): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  database.exec("CREATE VIRTUAL TABLE passages USING fts5 (title, body, tokenize = 'porter unicode61')");
  const insert = database.prepare("INSERT INTO passages (rowid, title, body) VALUES (?, ?, ?)");
  database.exec("BEGIN");
  for await (const batch of passages) for (const { number, title, body } of batch) insert.run(number, title, body);
  database.exec("COMMIT");
  database.exec("INSERT INTO passages (passages) VALUES ('optimize')");
  database.close();
}

/** A search for any of the words: the best twenty by BM25, a word in the title counting three times. */
export function openFullText(path: string): (words: readonly string[]) => number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec(`PRAGMA cache_size = -${cacheKiB}`);
  const select = database.prepare(
    "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, 3.0, 1.0) LIMIT 20",
  );
  return (words) => {
    const match = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(" OR ");
    return select.all(match).map((row) => Number(row.rowid));
  };
}
