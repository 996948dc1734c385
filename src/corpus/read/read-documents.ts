/** Reads documents from files and folders, each format by its own reader, one event a document or failure. */
import { readFile } from "node:fs/promises";
import { basename, extname, relative, resolve, sep } from "node:path";
import { NewsroomError } from "../../errors.ts";
import type { SourceDocument } from "../document.ts";
import type { ReadEvent } from "../read-event.ts";
import { decode } from "./decode.ts";
import { type FoundFile, findFiles, unreadable } from "./find-files.ts";
import { readMarkdown } from "./markdown.ts";
import { readPlain } from "./plain.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** Sizes and times beyond which a document is refused. */
export interface ReadLimits {
  /** Bytes of a file that holds one document. */
  readonly fileBytes: number;
  /** Bytes of a line of an archive. */
  readonly lineBytes: number;
  /** Milliseconds that extracting an article from a page may take. */
  readonly pageMs: number;
}

const defaultLimits: ReadLimits = { fileBytes: 64 * 2 ** 20, lineBytes: 32 * 2 ** 20, pageMs: 2_000 };

export interface ReadOptions {
  /** The collection of documents that name none for themselves. */
  readonly collection: string;
  /** Keys are paths from this folder; absolute paths, links resolved, without it. */
  readonly root?: string;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReadLimits>;
}

/**
 * Reads everything behind `paths` (see `findFiles`), in one fixed order. A file or record that cannot be read is a `failed`
 * event, and the rest goes on. Throws `stopped` when the signal aborts.
 */
export async function* readDocuments(paths: readonly string[], options: ReadOptions): AsyncGenerator<ReadEvent> {
  const { signal } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const found = await findFiles(paths, signal);
  const bytesTotal = found.reduce((sum, each) => sum + (each.kind === "file" ? each.size : 0), 0);
  let bytesDone = 0;
  for (const each of found) {
    signal?.throwIfAborted();
    if (each.kind === "missed") {
      yield { kind: "failed", source: each.path, error: each.error, bytesDone, bytesTotal };
      continue;
    }
    bytesDone += each.size;
    try {
      const document = await readOne(each, options, limits);
      yield { kind: "document", document, bytesDone, bytesTotal };
    } catch (cause) {
      yield { kind: "failed", source: each.path, error: asNewsroomError(cause, each.path), bytesDone, bytesTotal };
    }
  }
}

async function readOne(file: FoundFile, options: ReadOptions, limits: ReadLimits): Promise<SourceDocument> {
  const bytes = await readBytes(file, limits);
  const base = basename(file.path);
  const names: TextFile = { name: file.path, base, stem: basename(base, extname(base)) };
  const text = decode(bytes, file.path);
  if (text.trim() === "")
    throw new NewsroomError("bad-document", `${file.path} is empty; there is nothing to read in it.`);
  const read: ReadText = file.format === "markdown" ? readMarkdown(text, names) : readPlain(text, names);
  return {
    key: keyOf(file, options.root),
    collection: read.collection ?? options.collection,
    meta: read.meta,
    text: read.text,
    excluded: read.excluded,
  };
}

async function readBytes(file: FoundFile, limits: ReadLimits): Promise<Uint8Array> {
  if (file.size > limits.fileBytes) {
    throw new NewsroomError(
      "bad-document",
      `${file.path} is too large (${Math.ceil(file.size / 2 ** 20)} MB, at most ${limits.fileBytes / 2 ** 20} MB); split it into smaller files.`,
    );
  }
  return readFile(file.realPath);
}

/** What a file's document is known by: its way from the root, with slashes, or its real path. */
function keyOf(file: FoundFile, root: string | undefined): string {
  return root === undefined ? file.realPath : relative(resolve(root), resolve(file.path)).split(sep).join("/");
}

function asNewsroomError(cause: unknown, path: string): NewsroomError {
  return cause instanceof NewsroomError ? cause : unreadable(path, cause);
}
