/** The database's shape, as steps that are only ever appended to; `user_version` counts the steps a file has taken. */
import type { DatabaseSync } from "node:sqlite";
import { fillCounts } from "./sqlite-counts.ts";

/** Marks a file as ours in its header ("DTLN"), so that another program's database is recognised and left alone. */
export const applicationId = 0x44544c4e;

/**
 * One counter, `corpus.sequence`, numbers all that ever happens to the corpus: each passage kept takes a number, each
 * removal takes one. A passage's number is therefore also its place in the history, and is never used twice.
 *
 * `revisions.sequence` is the number of the revision's first passage; `spans` and `excluded` are pairs of little-endian
 * 32-bit offsets into `text` (spans.ts), so that a passage costs eight bytes and its text stands once. `text` comes
 * last: SQLite reads a row from the left and never touches the pages of what is not asked for.
 *
 * `collections.digest` is the XOR of the digests of the collection's current documents: it does not depend on the order
 * in which they came. `forgotten` keeps the last revision number of an id (as a digest), so that a document that comes
 * back never reuses a revision that an old citation may name.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE corpus (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL
  ) STRICT;
  INSERT INTO corpus VALUES (1, 0);

  CREATE TABLE collections (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    documents INTEGER NOT NULL,
    digest BLOB NOT NULL
  ) STRICT;

  CREATE TABLE documents (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    collection INTEGER NOT NULL REFERENCES collections (row),
    current INTEGER NOT NULL,
    signature BLOB NOT NULL,
    near INTEGER REFERENCES documents (row) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX documents_by_near ON documents (near) WHERE near IS NOT NULL;

  CREATE TABLE revisions (
    sequence INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    hash TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dateline TEXT,
    language TEXT NOT NULL,
    origin TEXT,
    source TEXT,
    url TEXT,
    excluded BLOB NOT NULL,
    spans BLOB NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document, revision)
  ) STRICT;

  CREATE TABLE removals (
    sequence INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE forgotten (
    id BLOB PRIMARY KEY,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE bands (
    band INTEGER NOT NULL,
    collection INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (band, collection, document)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    context TEXT NOT NULL
  ) STRICT;

  CREATE TABLE answer_documents (
    document TEXT NOT NULL,
    answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    PRIMARY KEY (document, answer)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX answer_documents_by_answer ON answer_documents (answer);

  CREATE TABLE contexts (
    key TEXT PRIMARY KEY,
    context TEXT NOT NULL
  ) STRICT;

  CREATE TABLE feedback (
    answer TEXT NOT NULL,
    asker TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (answer, asker)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE permissions (
    adapter TEXT NOT NULL,
    workspace TEXT NOT NULL,
    channel TEXT NOT NULL,
    collections TEXT NOT NULL,
    PRIMARY KEY (adapter, workspace, channel)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE adapter_state (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (namespace, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX adapter_state_by_expiry ON adapter_state (expires);
  `,
  // How often something was forgotten, and up to which of these the file has been rewritten since (erasure.ts).
  `
  ALTER TABLE corpus ADD COLUMN forgets INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE corpus ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
  `,
  // How many current documents there are, by outlet (null: none named) and by day of publication (sqlite-counts.ts).
  `
  CREATE TABLE held_outlets (
    collection INTEGER NOT NULL REFERENCES collections (row),
    outlet TEXT,
    documents INTEGER NOT NULL,
    passages INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX held_outlets_by_name ON held_outlets (collection, outlet);
  CREATE TABLE held_days (
    collection INTEGER NOT NULL REFERENCES collections (row),
    day TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (collection, day)
  ) STRICT, WITHOUT ROWID;
  ${fillCounts}
  `,
  // Feeds, and which of their items were seen. An item is known by the digest of its id and points to its document, so that
  // forgetting a document leaves no word of it here; the row stays, without a document, and nothing brings it back.
  `
  CREATE TABLE feeds (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    collection TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    home TEXT,
    article INTEGER NOT NULL,
    added_by TEXT,
    added_where TEXT,
    added_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    next_try_at INTEGER,
    last_try_at INTEGER,
    last_success_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    sentence TEXT,
    etag TEXT,
    last_modified TEXT,
    ttl INTEGER,
    items_a_day REAL,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (collection, address)
  ) STRICT;
  CREATE INDEX feeds_by_next_try ON feeds (next_try_at) WHERE state = 'active';

  CREATE TABLE feed_items (
    feed TEXT NOT NULL,
    item BLOB NOT NULL,
    hash BLOB NOT NULL,
    twin BLOB,
    document INTEGER REFERENCES documents (row) ON DELETE SET NULL,
    first_seen_at INTEGER NOT NULL,
    published_at INTEGER,
    baseline INTEGER NOT NULL,
    article_tries INTEGER NOT NULL,
    PRIMARY KEY (feed, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX feed_items_by_document ON feed_items (document) WHERE document IS NOT NULL;
  CREATE INDEX feed_items_by_twin ON feed_items (twin) WHERE twin IS NOT NULL;
  CREATE INDEX feed_items_by_arrival ON feed_items (first_seen_at);
  CREATE INDEX feed_items_by_feed_and_arrival ON feed_items (feed, first_seen_at);
  CREATE INDEX feed_articles_due ON feed_items (feed) WHERE article_tries > 0;
  `,
  // Subscriptions, and the ledger of what was delivered for them, part by part. A part's text is kept until it is posted.
  `
  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    schedule TEXT NOT NULL,
    wish TEXT NOT NULL,
    paused INTEGER NOT NULL,
    created_by TEXT,
    created_at INTEGER NOT NULL,
    handled_until INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subscription TEXT NOT NULL,
    place TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    wish TEXT NOT NULL,
    state TEXT NOT NULL,
    sentence TEXT,
    recorded_at INTEGER NOT NULL,
    window_since INTEGER,
    window_until INTEGER,
    documents TEXT NOT NULL DEFAULT '[]',
    claim TEXT,
    beat INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX deliveries_open ON deliveries (sequence) WHERE state = 'open';
  CREATE INDEX deliveries_by_subscription ON deliveries (subscription, sequence);

  CREATE TABLE delivery_parts (
    delivery TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    part TEXT,
    tried_since INTEGER,
    message TEXT,
    thread TEXT,
    PRIMARY KEY (delivery, number)
  ) STRICT, WITHOUT ROWID;
  `,
  // When a document first came in, null for those from before this step; and digests, packed, with the documents they name.
  `
  ALTER TABLE documents ADD COLUMN arrived_at INTEGER;
  CREATE INDEX documents_by_arrival ON documents (arrived_at) WHERE arrived_at IS NOT NULL;

  CREATE TABLE digests (
    id TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    collections TEXT NOT NULL,
    stories INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    headline TEXT,
    digest BLOB NOT NULL
  ) STRICT;
  CREATE INDEX digests_by_time ON digests (until, id);

  CREATE TABLE digest_documents (
    document TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    PRIMARY KEY (document, digest)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX digest_documents_by_digest ON digest_documents (digest);
  `,
];

/** The version this program writes; a file of a greater one belongs to a newer Dateline. */
export const latestVersion = steps.length;

/**
 * Takes the steps a database has not taken. Runs inside a transaction of the caller, so a file has all of them or is
 * as it was.
 */
export function migrate(database: DatabaseSync): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  for (const step of steps.slice(version)) database.exec(step);
  if (version < latestVersion) {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${latestVersion}`);
  }
}
