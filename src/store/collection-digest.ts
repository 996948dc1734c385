/** Keeps the digest of each collection's current documents, so that a fingerprint costs nothing to read. */
import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** Gathers a transaction's changes to collections, to write each of them once. */
export interface CollectionChanges {
  /** The collection's row, made if need be. */
  rowOf(collection: string): number;
  /** Counts a current revision in (1) or out (-1). */
  count(collection: number, by: 1 | -1, id: string, revision: number, hash: string): void;
  /** Writes what was counted. */
  flush(): void;
}

/** To be called inside a transaction, once for each. */
export function createCollectionChanges(database: DatabaseSync): () => CollectionChanges {
  const insert = database.prepare("INSERT OR IGNORE INTO collections (name, documents, digest) VALUES (?, 0, ?)");
  const find = database.prepare("SELECT row FROM collections WHERE name = ?");
  const readDigest = database.prepare("SELECT digest FROM collections WHERE row = ?");
  const update = database.prepare("UPDATE collections SET documents = documents + ?, digest = ? WHERE row = ?");
  return () => {
    const rows = new Map<string, number>();
    const changes = new Map<number, { documents: number; digest: Uint8Array }>();
    return {
      rowOf: (collection) => {
        let row = rows.get(collection);
        if (row === undefined) {
          insert.run(collection, new Uint8Array(32));
          row = (find.get(collection) as { row: number }).row;
          rows.set(collection, row);
        }
        return row;
      },
      count: (collection, by, id, revision, hash) => {
        const change = changes.get(collection) ?? { documents: 0, digest: new Uint8Array(32) };
        change.documents += by;
        xorInto(change.digest, digestOf(id, revision, hash));
        changes.set(collection, change);
      },
      flush: () => {
        for (const [row, { documents, digest }] of changes) {
          const kept = (readDigest.get(row) as { digest: Uint8Array }).digest;
          xorInto(digest, kept);
          update.run(documents, digest, row);
        }
      },
    };
  };
}

/** The fingerprint of some collections: it depends on the documents in them, not on the collections' names. */
export function readFingerprint(database: DatabaseSync): (collections: readonly string[]) => string {
  const read = database.prepare(
    "SELECT documents, digest FROM collections WHERE name IN (SELECT value FROM json_each(?))",
  );
  return (collections) => {
    let documents = 0;
    const digest = new Uint8Array(32);
    for (const row of read.all(JSON.stringify(collections)) as { documents: number; digest: Uint8Array }[]) {
      documents += row.documents;
      xorInto(digest, row.digest);
    }
    return fingerprintOf(documents, digest);
  };
}

/** What `readFingerprint` should say of one collection, reckoned from its documents. */
export function recountedFingerprint(database: DatabaseSync, collection: string): string {
  const current = database.prepare(
    `SELECT d.id, r.revision, r.hash FROM documents d JOIN revisions r ON r.sequence = d.current
       JOIN collections c ON c.row = d.collection
     WHERE c.name = ?`,
  );
  let documents = 0;
  const digest = new Uint8Array(32);
  for (const { id, revision, hash } of current.iterate(collection)) {
    documents++;
    xorInto(digest, digestOf(String(id), Number(revision), String(hash)));
  }
  return fingerprintOf(documents, digest);
}

function fingerprintOf(documents: number, digest: Uint8Array): string {
  return createHash("sha256").update(`${documents}\n`).update(digest).digest("hex");
}

/** XOR, because the digests of a set may then come and go in any order. */
function xorInto(target: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i]! ^= other[i]!;
}

function digestOf(id: string, revision: number, hash: string): Uint8Array {
  return createHash("sha256").update(`${id}\n${revision}\n${hash}`).digest();
}
