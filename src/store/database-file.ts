/** Looks at a database's file before SQLite opens it: whose it is, of which version, and whether it may be written. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { newerFault, notADatabaseFault, readOnlyFault } from "./faults.ts";
import { applicationId, latestVersion } from "./migrations.ts";

/**
 * Throws `data-not-a-database`, `data-newer` or `data-read-only`. The header is read by itself: SQLite leaves files
 * beside a database that it has only looked at.
 */
export function checkFile(path: string): void {
  const header = readHeader(path);
  checkWritable(dirname(path));
  if (header !== null) checkWritable(path);
  if (header === null || header.length === 0) return;
  if (header.length < 100 || header.toString("latin1", 0, 16) !== "SQLite format 3\0") throw notADatabaseFault(path);
  checkVersion(path, header.readUInt32BE(68), header.readUInt32BE(60));
}

/** Throws `data-not-a-database` when it is not ours, `data-newer` when it is of a later version. */
export function checkVersion(path: string, application: number, version: number): void {
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

/** SQLite opens what it may not write for reading, and says so only when somebody waits for an answer. */
function checkWritable(place: string): void {
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw readOnlyFault(place, error);
  }
}
