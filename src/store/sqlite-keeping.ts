/** Keeps and forgets documents, with everything that hangs on them: revisions, numbers, history, near-duplicates. */
import { createHash } from "node:crypto";
import { NewsroomError } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import { type CollectionChanges, createCollectionChanges } from "./collection-digest.ts";
import type { Connection } from "./connection.ts";
import { createErasure } from "./erasure.ts";
import { packSpans } from "./spans.ts";
import { type CountedRevision, createCounting } from "./sqlite-counts.ts";
import { createForgettingInDigests } from "./sqlite-digests.ts";
import { createNearDuplicates, packSignature, unpackSignature } from "./sqlite-near-duplicates.ts";
import type { DocumentStore, PreparedDocument, PutOutcome } from "./store.ts";

/** A document with its current revision. */
interface Kept extends CountedRevision {
  readonly row: number;
  readonly id: string;
  readonly key: string;
  readonly collection: number;
  readonly collectionName: string;
  readonly signature: Uint8Array;
  readonly near: string | null;
  readonly sequence: number;
  readonly revision: number;
  readonly hash: string;
}

function countedOf({ source, passages }: PreparedDocument): CountedRevision {
  return { ...source.meta, passages: passages.length };
}

interface Keeping extends Pick<DocumentStore, "put" | "forget"> {
  /** What `put` does, inside a transaction of the caller. */
  keep(documents: readonly PreparedDocument[]): readonly PutOutcome[];
}

/** `put` and `forget` of the store. */
export function createKeeping(connection: Connection, runtime: Pick<Runtime, "now">): Keeping {
  const { database, write } = connection;
  const erasure = createErasure(connection);
  const statements = prepareStatements(connection);
  const near = createNearDuplicates(connection);
  const forgetInDigests = createForgettingInDigests(connection);
  const collectionChanges = createCollectionChanges(database);
  const count = createCounting(database);

  const find = (id: string) => statements.find.get(id) as unknown as Kept | undefined;
  const idOf = (row: number | null) => (row === null ? null : (statements.idOf.get(row) as { id: string }).id);

  /** Takes `count` numbers and returns the first. */
  const take = (count: number) => (statements.take.get(count) as { sequence: number }).sequence - count + 1;

  const removePassages = ({ sequence, passages }: Kept) => {
    const step = take(1);
    if (passages > 0) statements.putRemoval.run(step, sequence, sequence + passages - 1);
  };

  const addRevision = (row: number, revision: number, document: PreparedDocument) => {
    const { meta, text, excluded } = document.source;
    const count = document.passages.length;
    const sequence = take(Math.max(1, count));
    statements.putRevision.run(
      sequence,
      row,
      revision,
      count,
      document.hash,
      meta.title,
      meta.outlet,
      meta.published,
      meta.dateline,
      meta.language,
      meta.origin,
      meta.source,
      meta.url,
      packSpans(excluded),
      packSpans(document.passages),
      text,
    );
    statements.setCurrent.run(sequence, packSignature(document.signature), row);
  };

  const add = (document: PreparedDocument, changes: CollectionChanges): PutOutcome => {
    const { id, source, hash } = document;
    const collection = changes.rowOf(source.collection);
    const row = Number(statements.putDocument.run(id, source.key, collection, runtime.now()).lastInsertRowid);
    const before = statements.forgotten.get(digestOf(id)) as { revision: number } | undefined;
    const revision = (before?.revision ?? 0) + 1;
    addRevision(row, revision, document);
    changes.count(collection, 1, id, revision, hash);
    count(collection, 1, countedOf(document));
    return { id, revision, outcome: "added", nearDuplicateOf: idOf(near.added(row, collection, document.signature)) };
  };

  const revise = (kept: Kept, document: PreparedDocument, changes: CollectionChanges): PutOutcome => {
    const { id, hash, signature } = document;
    const revision = kept.revision + 1;
    removePassages(kept);
    addRevision(kept.row, revision, document);
    changes.count(kept.collection, -1, id, kept.revision, kept.hash);
    changes.count(kept.collection, 1, id, revision, hash);
    count(kept.collection, -1, kept);
    count(kept.collection, 1, countedOf(document));
    const duplicate = near.revised(kept.row, kept.collection, unpackSignature(kept.signature), signature);
    return { id, revision, outcome: "revised", nearDuplicateOf: idOf(duplicate) };
  };

  const put = (document: PreparedDocument, changes: CollectionChanges): PutOutcome => {
    const kept = find(document.id);
    if (!kept) return add(document, changes);
    const { key, collection } = document.source;
    if (kept.key !== key || kept.collectionName !== collection) throw sameIdFault(kept, document);
    if (kept.hash !== document.hash) return revise(kept, document, changes);
    return { id: kept.id, revision: kept.revision, outcome: "unchanged", nearDuplicateOf: kept.near };
  };

  const forget = (kept: Kept) => {
    const changes = collectionChanges();
    const orphans = near.leaving(kept.row, kept.collection, unpackSignature(kept.signature));
    removePassages(kept);
    statements.putForgotten.run(digestOf(kept.id), kept.revision);
    statements.removeAnswers.run(kept.id);
    statements.undoDeliveries.run(kept.id);
    statements.withdrawParts.run(kept.id);
    forgetInDigests(kept.id);
    statements.removeDocument.run(kept.row);
    near.settle(orphans);
    changes.count(kept.collection, -1, kept.id, kept.revision, kept.hash);
    count(kept.collection, -1, kept);
    changes.flush();
    erasure.due();
  };

  const keep = (documents: readonly PreparedDocument[]) => {
    const changes = collectionChanges();
    const outcomes = documents.map((document) => put(document, changes));
    changes.flush();
    return outcomes;
  };

  return {
    keep,
    put: (documents) => write(() => keep(documents)),
    forget: async (id) => {
      const found = await write(() => {
        const kept = find(id);
        if (kept) forget(kept);
        return kept !== undefined;
      });
      await erasure.run();
      return found;
    },
  };
}

/** Deliveries on their way that quote the document of that id. */
const openQuoting = `SELECT d.id FROM deliveries d, json_each(d.documents) quoted
  WHERE d.state = 'open' AND quoted.value = ?`;

function prepareStatements({ database }: Connection) {
  return {
    find: database.prepare(
      `SELECT d.row, d.id, d.key, d.collection, c.name AS collectionName, d.signature, n.id AS near,
         r.sequence, r.revision, r.hash, r.passages, r.outlet, r.published
       FROM documents d JOIN collections c ON c.row = d.collection JOIN revisions r ON r.sequence = d.current
         LEFT JOIN documents n ON n.row = d.near
       WHERE d.id = ?`,
    ),
    idOf: database.prepare("SELECT id FROM documents WHERE row = ?"),
    take: database.prepare("UPDATE corpus SET sequence = sequence + ? RETURNING sequence"),
    putDocument: database.prepare(
      "INSERT INTO documents (id, key, collection, current, signature, arrived_at) VALUES (?, ?, ?, 0, x'', ?)",
    ),
    putRevision: database.prepare(
      `INSERT INTO revisions (sequence, document, revision, passages, hash, title, outlet, published, dateline,
         language, origin, source, url, excluded, spans, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    setCurrent: database.prepare("UPDATE documents SET current = ?, signature = ? WHERE row = ?"),
    putRemoval: database.prepare("INSERT INTO removals (sequence, first, last) VALUES (?, ?, ?)"),
    forgotten: database.prepare("SELECT revision FROM forgotten WHERE id = ?"),
    putForgotten: database.prepare("INSERT OR REPLACE INTO forgotten (id, revision) VALUES (?, ?)"),
    // A digest on its way that quotes it: not begun, it is composed anew; begun, what is left of it is not posted.
    undoDeliveries: database.prepare(
      `DELETE FROM delivery_parts WHERE delivery IN (${openQuoting})
         AND NOT EXISTS (SELECT 1 FROM delivery_parts o WHERE o.delivery = delivery_parts.delivery AND o.state <> 'waiting')`,
    ),
    withdrawParts: database.prepare(
      `UPDATE delivery_parts SET part = NULL, state = iif(state = 'waiting', 'withdrawn', 'uncertain')
       WHERE state IN ('waiting', 'posting') AND delivery IN (${openQuoting})`,
    ),
    removeAnswers: database.prepare(
      "DELETE FROM answers WHERE id IN (SELECT answer FROM answer_documents WHERE document = ?)",
    ),
    removeDocument: database.prepare("DELETE FROM documents WHERE row = ?"),
  };
}

function digestOf(id: string): Uint8Array {
  return createHash("sha256").update(id).digest();
}

function sameIdFault(kept: Kept, { id, source }: PreparedDocument): NewsroomError {
  return new NewsroomError(
    "bad-document",
    `${source.key} (collection ${source.collection}) would have the id ${id}, which is that of ${kept.key} ` +
      `(collection ${kept.collectionName}). Rename one of the two, then ingest it again.`,
  );
}
