/** Finds the files to read: those named, and those in folders named, in one fixed order and each once. */
import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { NewsroomError } from "../../errors.ts";
import { type Format, formatOf, readable } from "./format.ts";

/** A file that is to be read. */
export interface FoundFile {
  readonly kind: "file";
  /** As the person wrote it, or the folder as written and the way from there. */
  readonly path: string;
  /** Absolute, symbolic links resolved. */
  readonly realPath: string;
  readonly format: Format;
  /** Bytes, when it was found. */
  readonly size: number;
}

/** A path that cannot be read, and why. */
interface Missed {
  readonly kind: "missed";
  readonly path: string;
  readonly error: NewsroomError;
}

interface Search {
  readonly found: (FoundFile | Missed)[];
  /** Real paths of files and folders seen: nothing is read twice, and links in circles end. */
  readonly seen: Set<string>;
  readonly signal: AbortSignal | undefined;
}

/**
 * The files behind `paths`: a file is itself, a folder everything readable in it, names in code-unit order. In folders hidden
 * files, READMEs and other formats are passed over; a path that does not exist, a file of another format named by itself and a
 * folder without documents are misses. Rejects only when `signal` aborts.
 */
export async function findFiles(paths: readonly string[], signal?: AbortSignal): Promise<(FoundFile | Missed)[]> {
  const search: Search = { found: [], seen: new Set(), signal };
  for (const path of paths) await findNamed(path, search);
  return search.found;
}

async function findNamed(path: string, search: Search): Promise<void> {
  const before = search.found.length;
  const entry = await look(path, search);
  if (!entry) return;
  if (entry.stats.isDirectory()) {
    const known = search.seen.has(entry.realPath);
    await findInFolder(path, entry.realPath, search);
    if (search.found.length === before && !known && !(await holdsSeen(search, entry.realPath)))
      miss(search, path, "not-found", `There are no documents in ${path}; it needs files that end in ${readable}.`);
    return;
  }
  const format = formatOf(extname(path));
  if (!entry.stats.isFile()) miss(search, path, "bad-document", `${path} is neither a file nor a folder.`);
  else if (!format)
    miss(search, path, "bad-document", `${path} is in no format that can be read; save it as one of ${readable}.`);
  else addFile(path, entry, format, search);
}

/** Whether something below the folder was found by way of an earlier path. */
async function holdsSeen(search: Search, folder: string): Promise<boolean> {
  return search.found.some((each) => each.kind === "file" && each.realPath.startsWith(join(folder, "/")));
}

async function findInFolder(path: string, realPath: string, search: Search): Promise<void> {
  if (search.seen.has(realPath)) return;
  search.seen.add(realPath);
  let names: string[];
  try {
    names = await readdir(path);
  } catch (cause) {
    search.found.push({ kind: "missed", path, error: unreadable(path, cause) });
    return;
  }
  for (const name of names.sort()) {
    search.signal?.throwIfAborted();
    if (name.startsWith(".") || /^readme(?:\.|$)/i.test(name)) continue;
    const inner = join(path, name);
    const entry = await look(inner, search);
    if (!entry) continue;
    const format = formatOf(extname(name));
    if (entry.stats.isDirectory()) await findInFolder(inner, entry.realPath, search);
    else if (format && entry.stats.isFile()) addFile(inner, entry, format, search);
  }
}

async function look(
  path: string,
  search: Search,
): Promise<{ readonly stats: Stats; readonly realPath: string } | null> {
  try {
    return { stats: await stat(path), realPath: await realpath(resolve(path)) };
  } catch (cause) {
    search.found.push({ kind: "missed", path, error: unreadable(path, cause) });
    return null;
  }
}

function addFile(
  path: string,
  entry: { readonly stats: Stats; readonly realPath: string },
  format: Format,
  search: Search,
): void {
  if (search.seen.has(entry.realPath)) return;
  search.seen.add(entry.realPath);
  search.found.push({ kind: "file", path, realPath: entry.realPath, format, size: entry.stats.size });
}

function miss(search: Search, path: string, code: "not-found" | "bad-document", sentence: string): void {
  search.found.push({ kind: "missed", path, error: new NewsroomError(code, sentence) });
}

/** Why the file system does not let a path be read, as a sentence. */
export function unreadable(path: string, cause: unknown): NewsroomError {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new NewsroomError("not-found", `There is no file or folder ${path}; check how it is written.`, { cause });
  }
  if (code === "EACCES" || code === "EPERM") {
    return new NewsroomError("bad-document", `${path} may not be read; change its permissions and try again.`, {
      cause,
    });
  }
  if (code === "ELOOP") {
    return new NewsroomError("bad-document", `${path} is a symbolic link that leads in a circle; remove it.`, {
      cause,
    });
  }
  return new NewsroomError(
    "bad-document",
    `${path} cannot be read (${code ?? String(cause)}); try again or leave it out.`,
    {
      cause,
    },
  );
}
