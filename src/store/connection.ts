/** One connection to the embedded database: opened only when the file is ours, waiting while another process writes. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Runtime } from "../runtime.ts";
import { isBusy, newerFault, notADatabaseFault, readOnlyFault, storeFault } from "./faults.ts";
import { applicationId, latestVersion, migrate } from "./migrations.ts";

export interface ConnectionOptions {
  /** A file, or ":memory:" for a database that ends with the process. */
  readonly path: string;
  readonly runtime: Runtime;
  /** How long to wait for a lock that another process holds. */
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
const defaultBusyTimeoutMs = 5000;
const firstPauseMs = 5;
const longestPauseMs = 50;

/**
 * Opens a database, or makes it. Rejects with `data-newer`, `data-not-a-database`, `data-locked`, `data-read-only`,
 * `data-full` or `data-damaged`; a file that is refused is left as it was.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { path } = options;
  if (path !== memory) checkHeader(path);
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

/** Reads the header by itself, so that a file that is not ours is never touched. */
function checkHeader(path: string): void {
  const header = readHeader(path);
  if (header === null || header.length === 0) return;
  if (header.length < 100 || header.toString("latin1", 0, 16) !== "SQLite format 3\0") throw notADatabaseFault(path);
  checkVersion(path, header.readUInt32BE(68), header.readUInt32BE(60));
}

function checkVersion(path: string, application: number, version: number): void {
  if (application !== applicationId) throw notADatabaseFault(path);
  if (version > latestVersion) throw newerFault(path, version, latestVersion);
}

/** Null when there is no file. */
function readHeader(path: string): Buffer | null {
  try {
    if (statSync(path).isDirectory()) throw notADatabaseFault(path);
    const file = openSync(path, "r");
    try {
      const header = Buffer.alloc(100);
      return header.subarray(0, readSync(file, header));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return null;
    if (code === "EACCES" || code === "EPERM" || code === "ENOTDIR") throw readOnlyFault(path, error);
    throw error;
  }
}

/**
 * The tables are made before write-ahead logging is switched on, so that the file's own header says whose it is from
 * its first transaction on. Durability: docs/decisions says why `synchronous` is FULL.
 */
async function prepareDatabase({ database, path, write, outside }: Connection): Promise<void> {
  database.exec("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;");
  database.exec("PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;");
  await write(() => {
    const { application_id: application } = database.prepare("PRAGMA application_id").get() as Record<string, number>;
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as Record<string, number>;
    const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get() as { tables: number };
    if (tables > 0) checkVersion(path, application ?? 0, version ?? 0);
    migrate(database);
  });
  if (path !== memory) await outside(() => database.exec("PRAGMA journal_mode = WAL"));
}

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
