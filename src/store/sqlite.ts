/** The embedded store, on node:sqlite: one file in write-ahead logging, shared by any number of processes. */

import { NewsroomError } from "../errors.ts";
import { type Connection, type ConnectionOptions, openConnection } from "./connection.ts";
import { createErasure } from "./erasure.ts";
import { createConversations } from "./sqlite-conversations.ts";
import { createDigests } from "./sqlite-digests.ts";
import { createReading } from "./sqlite-documents.ts";
import { createFeeds } from "./sqlite-feeds.ts";
import { createHistory } from "./sqlite-history.ts";
import { createKeeping } from "./sqlite-keeping.ts";
import { createLedger } from "./sqlite-ledger.ts";
import { createSubscriptions } from "./sqlite-subscriptions.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store at `path` (":memory:" for one that ends with the process), making or migrating it if need be.
 * Rejects as `openData` does.
 */
export async function openSqliteStore(options: ConnectionOptions): Promise<Store> {
  const connection = await openConnection(options);
  await finishErasure(connection);
  return createSqliteStore(connection, options.runtime);
}

/** The store over a connection that is open. */
export function createSqliteStore(connection: Connection, runtime: ConnectionOptions["runtime"]): Store {
  const { keep, ...keeping } = createKeeping(connection, runtime);
  return {
    ...createReading(connection),
    ...keeping,
    ...createFeeds(connection, keep),
    ...createDigests(connection),
    ...createHistory(connection),
    ...createConversations(connection, runtime),
    ...createSubscriptions(connection),
    ...createLedger(connection),
    close: async () => connection.close(),
  };
}

/** A process that was killed while it forgot has left it due. What hinders it now must not keep anybody from asking. */
async function finishErasure(connection: Connection): Promise<void> {
  try {
    await createErasure(connection).run();
  } catch (error) {
    if (!(error instanceof NewsroomError)) throw error;
  }
}
