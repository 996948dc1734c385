/** Rewrites a database's file and empties its log, beside the thread that answers. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

export interface ErasureJob {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** Null when all is done; otherwise what SQLite said. */
export type ErasureOutcome = { readonly errcode: number; readonly message: string } | null;

const busy = 5;

function erase({ path, busyTimeoutMs }: ErasureJob): ErasureOutcome {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    const { forgets } = database.prepare("SELECT forgets FROM corpus").get() as { forgets: number };
    database.exec("PRAGMA synchronous = FULL; VACUUM");
    const { busy: held } = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() as { busy: number };
    if (held) return { errcode: busy, message: "the log is being read" };
    database.prepare("UPDATE corpus SET erased = max(erased, ?)").run(forgets);
    return null;
  } catch (error) {
    const { errcode, message } = error as { errcode?: number; message: string };
    if (errcode === undefined) throw error;
    return { errcode, message };
  } finally {
    database.close();
  }
}

parentPort!.postMessage(erase(workerData as ErasureJob));
