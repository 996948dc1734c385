/** One connection to the embedded database: opened only when the file is ours, waiting while another process writes. */
import { DatabaseSync } from "node:sqlite";
import type { Runtime } from "../runtime.ts";
import { checkFile, checkVersion } from "./database-file.ts";
import { isBusy, storeFault } from "./faults.ts";
import { latestVersion, migrate } from "./migrations.ts";

export interface ConnectionOptions {
  /** A file, or ":memory:" for a database that ends with the process. */
  readonly path: string;
  readonly runtime: Runtime;
  /** How long to wait for a lock that another process holds; ten seconds unless said. */
  readonly busyTimeoutMs?: number;
}

export interface Connection {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly busyTimeoutMs: number;
  /** Runs reading work in one transaction, so that all of it sees the same state. Work may run more than once. */
  read<T>(work: () => T): Promise<T>;
  /** Runs writing work in one transaction: all of it is on the disk when this resolves, or none ever. */
  write<T>(work: () => T): Promise<T>;
  /** Runs what cannot run inside a transaction. */
  outside<T>(work: () => T): Promise<T>;
  close(): void;
}

/** SQLite's name for a database without a file. */
export const memory = ":memory:";
/** Rewriting the file of a million passages after something was forgotten holds the lock for five seconds. */
const defaultBusyTimeoutMs = 10_000;
const firstPauseMs = 5;
const longestPauseMs = 50;

/**
 * Opens a database, or makes it. Rejects with `data-newer`, `data-not-a-database`, `data-locked`, `data-read-only`,
 * `data-full` or `data-damaged`; a file that is refused is left as it was.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { path } = options;
  if (path !== memory) checkFile(path);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    const connection = connectionOver(database, options);
    await prepareDatabase(connection);
    return connection;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw storeFault(error, path);
  }
}

/**
 * The tables are made before write-ahead logging is switched on, so that the file's own header says whose it is from
 * its first transaction on. A database that is up to date is opened without waiting for those who write to it.
 */
async function prepareDatabase({ database, path, read, write, outside }: Connection): Promise<void> {
  await outside(() => database.exec(settings));
  const checkedVersion = () => {
    const row = database.prepare(readState).get() as { application: number; version: number; tables: number };
    if (row.tables > 0) checkVersion(path, row.application, row.version);
    return row.version;
  };
  if ((await read(checkedVersion)) !== latestVersion)
    await write(() => {
      checkedVersion();
      migrate(database);
    });
  if (path !== memory) await outside(() => database.exec("PRAGMA journal_mode = WAL"));
}

/** Why `synchronous` is FULL: docs/decisions. The cache is in KiB, the log's limit in bytes. */
const settings = `PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;
  PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864`;

const readState = `SELECT application_id AS application, user_version AS version,
    (SELECT count(*) FROM sqlite_schema) AS tables
  FROM pragma_application_id, pragma_user_version`;

/** Puts a database behind waiting and naming of faults. `database` has no busy timeout of its own: that would block. */
function connectionOver(database: DatabaseSync, options: ConnectionOptions): Connection {
  const { path, runtime, busyTimeoutMs = defaultBusyTimeoutMs } = options;

  const attempt = async <T>(work: () => T): Promise<T> => {
    const deadline = runtime.monotonic() + busyTimeoutMs;
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || runtime.monotonic() >= deadline) throw storeFault(error, path);
      }
      await runtime.sleep(pause);
    }
  };

  const transaction = <T>(begin: string, work: () => T): T => {
    database.exec(begin);
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  return {
    database,
    path,
    busyTimeoutMs,
    read: (work) => attempt(() => transaction("BEGIN", work)),
    write: (work) => attempt(() => transaction("BEGIN IMMEDIATE", work)),
    outside: attempt,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
