/** Turns what SQLite and the file system say into the sentence a person can act on. */
import { NewsroomError } from "../errors.ts";

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that have a sentence of their own. */
const busy = 5;
const locked = 6;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const tooBig = 18;
const notADatabase = 26;

/** An I/O error by name, but what it means is that the log's index (`-shm`) found no room on the disk. */
const noRoomForIndex = 4874;

function primaryCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  if (typeof code !== "number") return null;
  return code === noRoomForIndex ? full : code & 0xff;
}

/** True when another connection holds the lock that was asked for, so that asking again may help. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === busy || code === locked;
}

/** `place` is the file or folder the sentence names. Errors that are none of the store's are returned as they are. */
export function storeFault(error: unknown, place: string): unknown {
  const fault = (code: ConstructorParameters<typeof NewsroomError>[0], message: string) =>
    new NewsroomError(code, message, { cause: error });
  switch (primaryCode(error)) {
    case busy:
    case locked:
      return fault("data-locked", `${place} is locked by another process. Stop that process, or try again later.`);
    case readOnly:
    case cannotOpen:
      return readOnlyFault(place, error);
    case corrupt:
      return fault("data-damaged", `${place} is damaged. Restore it from a backup, or move it away and ingest again.`);
    case full:
      return fault("data-full", `The disk that holds ${place} is full. Free some space, then run the same again.`);
    case ioError:
      return fault("data-damaged", `${place} cannot be read or written. Check the disk and its quota, then try again.`);
    case tooBig:
      return fault("bad-document", "A document is too long to be stored. Split it, then ingest the parts.");
    case notADatabase:
      return notADatabaseFault(place, error);
    default:
      return error;
  }
}

/** A place that exists or should exist, but that may not be written. */
export function readOnlyFault(place: string, cause?: unknown): NewsroomError {
  return new NewsroomError(
    "data-read-only",
    `${place} cannot be written. Give this user write permission, or name another data folder with --data.`,
    { cause },
  );
}

/** A file in our place that is not ours. */
export function notADatabaseFault(place: string, cause?: unknown): NewsroomError {
  return new NewsroomError(
    "data-not-a-database",
    `${place} is not a database of Dateline's. Move it away, or name another data folder with --data.`,
    { cause },
  );
}

/** A file that a later version has written. */
export function newerFault(place: string, version: number, latest: number): NewsroomError {
  return new NewsroomError(
    "data-newer",
    `${place} was written by a newer Dateline (data version ${version}, this one reads up to ${latest}). ` +
      "Update Dateline, or name another data folder with --data.",
  );
}
