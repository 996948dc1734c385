/** Reads what is kept of documents: one revision, lists, collections in use, the fingerprint of a corpus. */
import type { DocumentMeta, StoredDocument } from "../corpus/document.ts";
import type { DocumentRevision, DocumentSummary } from "../ports.ts";
import { readFingerprint } from "./collection-digest.ts";
import type { Connection } from "./connection.ts";
import { unpackSpans } from "./spans.ts";
import { readCounts } from "./sqlite-counts.ts";
import type { DocumentStore } from "./store.ts";

type Reading = Pick<
  DocumentStore,
  "hashes" | "document" | "documents" | "revisions" | "counts" | "collectionsInUse" | "fingerprint"
>;

export type DocumentRow = DocumentMeta & {
  readonly id: string;
  readonly revision: number;
  readonly collection: string;
  readonly hash: string;
  readonly near: string | null;
  readonly excluded: Uint8Array;
  readonly text: string;
};

const from = `FROM documents d
  JOIN collections c ON c.row = d.collection
  LEFT JOIN documents n ON n.row = d.near
  JOIN revisions r ON r.document = d.row`;

export function createReading({ database, read }: Connection): Reading {
  const one = `SELECT d.id, r.revision, c.name AS collection, r.hash, n.id AS near, r.title, r.outlet, r.published,
    r.dateline, r.language, r.origin, r.source, r.url, r.excluded, r.text ${from}`;
  const readCurrent = database.prepare(`${one} AND r.sequence = d.current WHERE d.id = ?`);
  const readRevision = database.prepare(`${one} AND r.revision = ? WHERE d.id = ?`);
  const readPage = database.prepare(
    `SELECT d.id, r.revision, c.name AS collection, r.title, r.outlet, r.published, r.url, n.id AS nearDuplicateOf,
       r.passages ${from} AND r.sequence = d.current
     WHERE d.id > ? AND c.name IN (SELECT value FROM json_each(?)) ORDER BY d.id LIMIT ?`,
  );
  const readHashes = database.prepare(
    `SELECT d.id, r.hash FROM json_each(?) asked JOIN documents d ON d.id = asked.value
       JOIN revisions r ON r.sequence = d.current`,
  );
  const readRevisions = database.prepare(
    `SELECT r.revision, c.name AS collection, r.title, r.outlet, r.published ${from}
     WHERE d.id = ? ORDER BY r.revision DESC`,
  );
  const readCollections = database.prepare("SELECT name FROM collections WHERE documents > 0 ORDER BY name");
  const fingerprint = readFingerprint(database);
  const counts = readCounts(database);
  return {
    hashes: (ids) =>
      read(() => {
        const rows = readHashes.all(JSON.stringify(ids));
        return new Map(rows.map(({ id, hash }) => [String(id), String(hash)]));
      }),
    document: (id, revision) =>
      read(() => {
        const row = revision === undefined ? readCurrent.get(id) : readRevision.get(revision, id);
        return row ? storedDocument(row as unknown as DocumentRow) : null;
      }),
    documents: (collections, { limit, after }) =>
      read(() => {
        const rows = readPage.all(after ?? "", JSON.stringify(collections), limit);
        return rows.map((row) => ({ ...row }) as unknown as DocumentSummary);
      }),
    revisions: (id) => read(() => readRevisions.all(id).map((row) => ({ ...row }) as unknown as DocumentRevision)),
    counts: (collections) => read(() => counts(collections)),
    collectionsInUse: () => read(() => readCollections.all().map((row) => String(row.name))),
    fingerprint: (collections) => read(() => fingerprint(collections)),
  };
}

export function storedDocument(row: DocumentRow): StoredDocument {
  const { id, revision, collection, hash, near, excluded, text, ...meta } = row;
  return {
    id,
    revision,
    collection,
    meta,
    text,
    excluded: unpackSpans(excluded),
    hash,
    nearDuplicateOf: near,
  };
}
