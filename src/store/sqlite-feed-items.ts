/** Keeps which items of feeds have been seen, together with the documents that they became. */
import { createHash } from "node:crypto";
import type { SeenItem, TwinItem } from "../feeds/feed-record.ts";
import type { DayCount } from "../ports.ts";
import type { Connection } from "./connection.ts";
import type { FeedStore, PreparedDocument, PutOutcome } from "./store.ts";

/** Keeps documents inside a transaction that is open. */
export type KeepDocuments = (documents: readonly PreparedDocument[]) => readonly PutOutcome[];

type FeedItems = Pick<FeedStore, "seenItems" | "twinItems" | "articlesDue" | "keepItems" | "itemTimes" | "itemsByDay">;

/** What a stranger calls an item may be long, and may hold words of what is forgotten later; its digest does not. */
function digestOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest().subarray(0, 16);
}

const dayMs = 86_400_000;

const hex = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString("hex");
const bytesOf = (digest: string) => Buffer.from(digest, "hex");

export function createFeedItems({ database, read, write }: Connection, keepDocuments: KeepDocuments): FeedItems {
  const readItem = database.prepare(
    `SELECT i.hash, i.twin, d.id AS document, i.first_seen_at, i.published_at, i.baseline, i.article_tries
     FROM feed_items i LEFT JOIN documents d ON d.row = i.document WHERE i.feed = ? AND i.item = ?`,
  );
  // The feed may be gone and its documents still there: the document says which collection it is.
  const readTwin = database.prepare(
    `SELECT d.id, d.key FROM feed_items i LEFT JOIN documents d ON d.row = i.document
       LEFT JOIN collections c ON c.row = d.collection LEFT JOIN feeds f ON f.id = i.feed
     WHERE i.twin = ? AND coalesce(c.name, f.collection) = ? ORDER BY i.first_seen_at, i.feed LIMIT 1`,
  );
  const putItem = database.prepare(
    `INSERT INTO feed_items (feed, item, hash, twin, document, first_seen_at, published_at, baseline, article_tries)
       VALUES ($feed, $item, $hash, $twin, (SELECT row FROM documents WHERE id = $document), $seen, $published, $baseline,
         $tries)
     ON CONFLICT (feed, item) DO UPDATE SET hash = $hash, twin = $twin, published_at = $published,
       article_tries = $tries`,
  );
  const countDue = database.prepare(
    "SELECT count(*) AS due FROM feed_items WHERE feed = ? AND article_tries > 0 AND first_seen_at > ?",
  );
  const readTimes = database.prepare(
    `SELECT CASE WHEN published_at <= first_seen_at THEN published_at ELSE first_seen_at END AS time
     FROM feed_items WHERE feed = ? AND first_seen_at > ? AND (baseline = 0 OR published_at IS NOT NULL)`,
  );
  // Published before it was seen, an item that counts has been seen in these days too: the index on that leads.
  const readDays = database.prepare(
    `SELECT date(min(i.first_seen_at, coalesce(i.published_at, i.first_seen_at)) / 1000, 'unixepoch') AS day, f.outlet,
       count(DISTINCT i.document) AS items
     FROM feed_items i JOIN feeds f ON f.id = i.feed
     WHERE i.first_seen_at >= $since AND i.document IS NOT NULL
       AND f.collection IN (SELECT value FROM json_each($collections)) AND day >= date($since / 1000, 'unixepoch')
     GROUP BY day, f.outlet ORDER BY day DESC, items DESC, f.outlet`,
  );

  const seenItem = (feed: string, item: string): SeenItem[] => {
    const row = readItem.get(feed, digestOf(item));
    if (!row) return [];
    return [
      {
        item,
        hash: hex(row.hash),
        twin: row.twin === null ? null : hex(row.twin),
        document: row.document === null ? null : String(row.document),
        firstSeenAt: Number(row.first_seen_at),
        publishedAt: row.published_at === null ? null : Number(row.published_at),
        baseline: row.baseline === 1,
        articleTries: Number(row.article_tries),
      },
    ];
  };

  const keepItem = (feed: string, seen: SeenItem) =>
    void putItem.run({
      $feed: feed,
      $item: digestOf(seen.item),
      $hash: bytesOf(seen.hash),
      $twin: seen.twin === null ? null : bytesOf(seen.twin),
      $document: seen.document,
      $seen: seen.firstSeenAt,
      $published: seen.publishedAt,
      $baseline: seen.baseline ? 1 : 0,
      $tries: seen.articleTries,
    });

  const twinItem = (collection: string, twin: string): TwinItem[] => {
    const row = readTwin.get(bytesOf(twin), collection);
    if (!row) return [];
    return [{ twin, document: row.id === null ? null : { id: String(row.id), key: String(row.key) } }];
  };

  return {
    seenItems: (feed, items) =>
      read(() => new Map(items.flatMap((item) => seenItem(feed, item)).map((seen) => [seen.item, seen]))),
    twinItems: (collection, twins) =>
      read(() => new Map(twins.flatMap((twin) => twinItem(collection, twin)).map((found) => [found.twin, found]))),
    articlesDue: (feed, since) => read(() => Number(countDue.get(feed, since)!.due)),
    keepItems: (feed, items, documents) =>
      write(() => {
        const outcomes = keepDocuments(documents);
        for (const item of items) keepItem(feed, item);
        return outcomes;
      }),
    itemTimes: (feed, since) => read(() => readTimes.all(feed, since).map(({ time }) => Number(time))),
    itemsByDay: (collections, since) =>
      read(() =>
        readDays
          .all({ $collections: JSON.stringify(collections), $since: since - (since % dayMs) })
          .map((row) => ({ ...row }) as unknown as DayCount),
      ),
  };
}
