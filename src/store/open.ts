/** Opens the store in a data folder. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { NewsroomError } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import { readOnlyFault } from "./faults.ts";
import { openSqliteStore } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** The database's name inside a data folder. */
const databaseFile = "dateline.sqlite";

export interface DataOptions {
  readonly runtime: Runtime;
  /** How long to wait for a lock that another process holds; ten seconds unless said. */
  readonly busyTimeoutMs?: number;
}

/**
 * Makes the folder if it is not there and opens the store in it. Rejects with `data-read-only`, `data-newer`,
 * `data-locked`, `data-not-a-database`, `data-full` or `data-damaged`; then nothing in the folder has changed.
 */
export async function openData(folder: string, options: DataOptions): Promise<Store> {
  makeFolder(folder);
  return openSqliteStore({ path: join(folder, databaseFile), ...options });
}

/**
 * One sentence for each thing that is wrong with the store in a data folder, none when it is sound, null when there is no
 * store in it. Rejects as `openData` does.
 */
export async function checkData(folder: string, options: DataOptions): Promise<readonly string[] | null> {
  const path = join(folder, databaseFile);
  if (!existsSync(path)) return null;
  const { checkStore } = await import("./check.ts");
  return checkStore({ path, ...options });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw folderFault(folder, error);
  }
}

function folderFault(folder: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOENT":
      return readOnlyFault(folder, error);
    case "ENOSPC":
    case "EDQUOT":
      return new NewsroomError("data-full", `The disk that would hold ${folder} is full. Free some space first.`, {
        cause: error,
      });
    case "ENOTDIR":
    case "EEXIST":
      return new NewsroomError(
        "data-read-only",
        `${folder} cannot be a data folder: a file is in its place. Name another one with --data.`,
        { cause: error },
      );
    default:
      return error;
  }
}
