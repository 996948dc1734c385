/** What came in when, and the digests that were made of it: kept packed, and rid of a document that is forgotten. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Digest, DigestSummary } from "../digest/digest.ts";
import type { Connection } from "./connection.ts";
import { withoutDocument } from "./digest-without-document.ts";
import { type DocumentRow, storedDocument } from "./sqlite-documents.ts";
import type { ArrivedDocument, DigestStore } from "./store.ts";

/** Documents read at once: what a digest is made of never stands in memory as a whole. */
const batchSize = 16;

const pack = (digest: Digest): Uint8Array => deflateRawSync(JSON.stringify(digest));
const unpack = (packed: unknown): Digest => JSON.parse(inflateRawSync(packed as Uint8Array).toString("utf8")) as Digest;

/** Every document that a digest names. */
function documentsOf(digest: Digest): ReadonlySet<string> {
  return new Set([
    ...[...digest.stories, ...digest.brief].flatMap(({ documents }) => documents),
    ...digest.leftOut.map(({ document }) => document),
  ]);
}

/** Takes a document out of every digest that names it; to be called inside a transaction. */
export function createForgettingInDigests({ database }: Connection): (document: string) => void {
  const naming = database.prepare(
    "SELECT id, digest FROM digests WHERE id IN (SELECT digest FROM digest_documents WHERE document = ?)",
  );
  const change = database.prepare("UPDATE digests SET digest = ?, headline = ?, stories = ? WHERE id = ?");
  const remove = database.prepare("DELETE FROM digest_documents WHERE document = ?");
  return (document) => {
    for (const { id, digest } of naming.all(document)) {
      const rest = withoutDocument(unpack(digest), document);
      change.run(pack(rest), rest.stories[0]?.headline.title ?? null, rest.stories.length, String(id));
    }
    remove.run(document);
  };
}

export function createDigests({ database, read, write }: Connection): DigestStore {
  const readArrived = database.prepare(
    `SELECT d.id, r.revision, c.name AS collection, r.hash, n.id AS near, r.title, r.outlet, r.published, r.dateline,
       r.language, r.origin, r.source, r.url, r.excluded, r.text, d.arrived_at, d.row,
       EXISTS (SELECT 1 FROM feed_items i WHERE i.document = d.row) AS byFeed,
       EXISTS (SELECT 1 FROM feed_items i WHERE i.document = d.row AND i.baseline = 0) AS fresh
     FROM documents d JOIN collections c ON c.row = d.collection LEFT JOIN documents n ON n.row = d.near
       JOIN revisions r ON r.sequence = d.current
     WHERE (d.arrived_at, d.row) > (?, ?) AND d.arrived_at <= ? AND c.name IN (SELECT value FROM json_each(?))
     ORDER BY d.arrived_at, d.row LIMIT ?`,
  );
  const put = database.prepare(
    `INSERT OR IGNORE INTO digests (id, since, until, time_zone, collections, stories, documents, headline, digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const putDocument = database.prepare("INSERT OR IGNORE INTO digest_documents (document, digest) VALUES (?, ?)");
  const get = database.prepare("SELECT digest FROM digests WHERE id = ?");
  const list = database.prepare(
    `SELECT id, since, until, time_zone AS timeZone, stories, documents, headline FROM digests g
     WHERE NOT EXISTS (SELECT 1 FROM json_each(g.collections) c WHERE c.value NOT IN (SELECT value FROM json_each($visible)))
       AND ($after IS NULL OR (until, id) < ((SELECT until FROM digests WHERE id = $after), $after))
     ORDER BY until DESC, id DESC LIMIT $limit`,
  );

  async function* arrived(
    collections: readonly string[],
    window: { readonly since: number; readonly until: number },
  ): AsyncGenerator<readonly ArrivedDocument[]> {
    // Whole milliseconds, and behind every row of the first one.
    let [at, row] = [window.since, Number.MAX_SAFE_INTEGER];
    for (;;) {
      const rows = await read(() => readArrived.all(at, row, window.until, JSON.stringify(collections), batchSize));
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ arrived_at: arrivedAt, row: _, byFeed, fresh, ...document }) => ({
        document: storedDocument(document as unknown as DocumentRow),
        arrivedAt: Number(arrivedAt),
        byFeed: byFeed === 1,
        baseline: byFeed === 1 && fresh === 0,
      }));
      [at, row] = [Number(last.arrived_at), Number(last.row)];
    }
  }

  return {
    arrived,
    keepDigest: (digest) =>
      write(() => {
        const { id, window, timeZone, collections, stories } = digest;
        const kept = put.run(
          id,
          window.since,
          window.until,
          timeZone,
          JSON.stringify(collections),
          stories.length,
          digest.arrived.documents,
          stories[0]?.headline.title ?? null,
          pack(digest),
        );
        if (kept.changes === 1) for (const document of documentsOf(digest)) putDocument.run(document, id);
      }),
    digest: (id) =>
      read(() => {
        const row = get.get(id);
        return row ? unpack(row.digest) : null;
      }),
    digests: (collections, { limit, after }) =>
      read(() =>
        list
          .all({ $visible: JSON.stringify(collections), $after: after, $limit: limit })
          .map(
            ({ since, until, ...rest }) =>
              ({ ...rest, window: { since: Number(since), until: Number(until) } }) as unknown as DigestSummary,
          ),
      ),
  };
}
