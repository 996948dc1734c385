/** Overwrites what a forgotten document may have left in the database's file. */
import { Worker } from "node:worker_threads";
import { NewsroomError, sentenceFor } from "../errors.ts";
import { type Connection, memory } from "./connection.ts";
import type { ErasureJob, ErasureOutcome } from "./erasure-worker.ts";
import { storeFault } from "./faults.ts";

/**
 * SQLite's `secure_delete` overwrites the cells it deletes, but not the copies that moving a neighbour's cells between
 * pages leaves behind: measured, about one forgotten document in a thousand could still be read in the file. Only
 * rewriting the file is certain. That takes seconds for a million passages, so it happens in a worker, and the database
 * remembers that it is due until it is done.
 */
export interface Erasure {
  /** To be called in the transaction that forgets. */
  due(): void;
  /** Rewrites the file if that is due; those who ask while one waits to begin share it. */
  run(): Promise<void>;
}

export function createErasure(connection: Connection): Erasure {
  const { database, path } = connection;
  const countForget = database.prepare("UPDATE corpus SET forgets = forgets + 1");
  const readDue = database.prepare("SELECT forgets > erased AS due FROM corpus");
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;

  const rewrite = async () => {
    waiting = null;
    const { due } = (await connection.read(() => readDue.get())) as { due: number };
    if (due && path !== memory) await inWorker(connection);
  };

  return {
    due: () => void countForget.run(),
    run: () => {
      waiting ??= running.then(rewrite);
      running = waiting.catch(() => undefined);
      return waiting;
    },
  };
}

async function inWorker({ path, busyTimeoutMs }: Connection): Promise<void> {
  const job: ErasureJob = { path, busyTimeoutMs };
  const worker = new Worker(new URL("./erasure-worker.ts", import.meta.url), { workerData: job });
  const outcome = await new Promise<ErasureOutcome>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the worker that overwrites ended with ${code}`)));
  });
  if (outcome !== null) throw incomplete(path, storeFault(Object.assign(new Error(outcome.message), outcome), path));
}

function incomplete(path: string, fault: unknown): NewsroomError {
  const code = fault instanceof NewsroomError ? fault.code : "internal";
  return new NewsroomError(
    code,
    `It is forgotten, but traces of it may still be in the file: ${sentenceFor(fault)} ` +
      `They are overwritten when ${path} is next opened or something else is forgotten.`,
    { cause: fault },
  );
}
