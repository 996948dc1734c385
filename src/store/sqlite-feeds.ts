/** Keeps feeds, who is polling them, and which of their items have been seen. */
import type { FeedChange, FeedRecord, NewFeed } from "../feeds/feed-record.ts";
import type { Place } from "../ports.ts";
import type { Connection } from "./connection.ts";
import { createFeedItems, type KeepDocuments } from "./sqlite-feed-items.ts";
import type { FeedStore } from "./store.ts";

/** The columns that may change, by the name of what they hold. */
const columns: Readonly<Record<keyof FeedChange, string>> = {
  address: "address",
  title: "title",
  outlet: "outlet",
  home: "home",
  article: "article",
  state: "state",
  nextTryAt: "next_try_at",
  lastTryAt: "last_try_at",
  lastSuccessAt: "last_success_at",
  failures: "failures",
  reason: "reason",
  sentence: "sentence",
  etag: "etag",
  lastModified: "last_modified",
  ttlMs: "ttl",
  itemsADay: "items_a_day",
};

const whole = `id, collection, added_by AS addedBy, added_where AS addedWhere, added_at AS addedAt,
  ${Object.entries(columns)
    .map(([name, column]) => `${column} AS ${name}`)
    .join(", ")}`;

type FeedRow = Omit<FeedRecord, "article" | "addedWhere"> & {
  readonly article: number;
  readonly addedWhere: string | null;
};

function recordOf(row: unknown): FeedRecord {
  const { article, addedWhere, ...rest } = row as FeedRow;
  return {
    ...rest,
    article: article === 1,
    addedWhere: addedWhere === null ? null : (JSON.parse(addedWhere) as Place),
  };
}

/** The store's part for feeds; `keepDocuments` keeps documents inside a transaction that is open. */
export function createFeeds(connection: Connection, keepDocuments: KeepDocuments): FeedStore {
  return { ...createFeedTable(connection), ...createFeedItems(connection, keepDocuments) };
}

type FeedTable = Pick<
  FeedStore,
  "addFeed" | "feed" | "feeds" | "changeFeed" | "removeFeed" | "claimFeeds" | "nextFeedDue"
>;

function createFeedTable({ database, read, write }: Connection): FeedTable {
  const insert = database.prepare(
    `INSERT INTO feeds (id, address, collection, title, outlet, home, article, added_by, added_where, added_at, state,
       next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const readOne = database.prepare(`SELECT ${whole} FROM feeds WHERE id = ?`);
  const readAll = database.prepare(
    `SELECT ${whole} FROM feeds WHERE ?1 IS NULL OR collection IN (SELECT value FROM json_each(?1))
     ORDER BY coalesce(title, address) COLLATE NOCASE, id`,
  );
  const remove = database.prepare("DELETE FROM feeds WHERE id = ?");
  const readClash = database.prepare(
    `SELECT 1 FROM feeds other JOIN feeds own ON own.collection = other.collection AND own.id <> other.id
     WHERE own.id = ? AND other.address = ?`,
  );
  // A claim that ends later than one made now could was made by a clock that was wrong.
  const claim = database.prepare(
    `UPDATE feeds SET claimed_until = $until WHERE id IN (
       SELECT id FROM feeds WHERE state = 'active' AND (next_try_at <= $now OR next_try_at > $latest)
         AND (claimed_until <= $now OR claimed_until > $until)
       ORDER BY next_try_at LIMIT $limit) RETURNING ${whole}`,
  );
  const readNext = database.prepare("SELECT min(next_try_at) AS due FROM feeds WHERE state = 'active'");

  const put = ({ paused, ...feed }: NewFeed) =>
    insert.run(
      feed.id,
      feed.address,
      feed.collection,
      feed.title,
      feed.outlet,
      feed.home,
      feed.article ? 1 : 0,
      feed.addedBy,
      feed.addedWhere === null ? null : JSON.stringify(feed.addedWhere),
      feed.addedAt,
      paused ? "paused" : "active",
      paused ? null : feed.addedAt,
    );

  const change = (id: string, changes: FeedChange): boolean => {
    if (changes.address !== undefined && readClash.get(id, changes.address)) return false;
    const given = Object.entries(changes) as [keyof FeedChange, FeedChange[keyof FeedChange]][];
    const sets = ["claimed_until = 0", ...given.map(([name]) => `${columns[name]} = ?`)];
    const values = given.map(([, value]) => (typeof value === "boolean" ? Number(value) : (value ?? null)));
    return database.prepare(`UPDATE feeds SET ${sets.join(", ")} WHERE id = ?`).run(...values, id).changes === 1;
  };

  return {
    addFeed: (feed) => write(() => put(feed).changes === 1),
    feed: (id) =>
      read(() => {
        const row = readOne.get(id);
        return row ? recordOf(row) : null;
      }),
    feeds: (collections) =>
      read(() => readAll.all(collections === null ? null : JSON.stringify(collections)).map(recordOf)),
    changeFeed: (id, changes) => write(() => change(id, changes)),
    removeFeed: (id) => write(() => remove.run(id).changes === 1),
    claimFeeds: ({ now, until, latest, limit }) =>
      write(() => {
        const claimed = claim.all({ $now: now, $until: until, $latest: latest, $limit: limit }).map(recordOf);
        return claimed.toSorted((a, b) => (a.nextTryAt ?? 0) - (b.nextTryAt ?? 0));
      }),
    nextFeedDue: () => read(() => (readNext.get() as { due: number | null }).due),
  };
}
