/** Reads documents from files and folders, each format by its own reader, one event a document or failure. */
import { readFile } from "node:fs/promises";
import { basename, extname, relative, resolve, sep } from "node:path";
import { NewsroomError } from "../../errors.ts";
import type { SourceDocument } from "../document.ts";
import type { ReadEvent } from "../read-event.ts";
import { type RecordKey, readArchive } from "./archive.ts";
import { decode } from "./decode.ts";
import { type FoundFile, findFiles, unreadable } from "./find-files.ts";
import type { Format } from "./format.ts";
import { readMarkdown } from "./markdown.ts";
import { createPageReader, type PageReader } from "./page-reader.ts";
import { readPlain } from "./plain.ts";
import { emptyFile, type ReadText, type TextFile } from "./read-text.ts";
import { sizeInWords } from "./size.ts";

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
  const limits = { ...defaultLimits, ...options.limits };
  const pages = createPageReader(limits.pageMs);
  const onAbort = (): void => void pages.close();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const found = await findFiles(paths, options.signal);
    const bytesTotal = found.reduce((sum, each) => sum + (each.kind === "file" ? each.size : 0), 0);
    let bytesBefore = 0;
    for (const each of found) {
      if (each.kind === "missed") {
        yield { kind: "failed", source: each.path, error: each.error, bytesDone: bytesBefore, bytesTotal };
        continue;
      }
      for await (const { end, ...event } of readFound(each, { options, limits, pages })) {
        yield { ...event, bytesDone: bytesBefore + Math.min(end, each.size), bytesTotal };
      }
      bytesBefore += each.size;
    }
  } catch (cause) {
    if (!options.signal?.aborted) throw cause;
    throw new NewsroomError(
      "stopped",
      "Reading was stopped; what was read before is complete. Run it again to go on.",
      { cause },
    );
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    await pages.close();
  }
}

/** What reading a file takes. */
interface Reading {
  readonly options: ReadOptions;
  readonly limits: ReadLimits;
  readonly pages: PageReader;
}

/** An event before it knows its place in the whole; `end` counts bytes of its file. */
type FileEvent = (
  | { readonly kind: "document"; readonly document: SourceDocument }
  | { readonly kind: "failed"; readonly source: string; readonly error: NewsroomError }
) & { readonly end: number };

async function* readFound(file: FoundFile, reading: Reading): AsyncGenerator<FileEvent> {
  const { collection, root, signal } = reading.options;
  const end = file.size;
  try {
    signal?.throwIfAborted();
    if (file.format !== "archive") {
      const read = await readWhole(file, file.format, reading);
      yield { kind: "document", document: toDocument(keyOf(file, root), read, collection), end };
      return;
    }
    for await (const each of readArchive(file, reading.pages, reading.limits.lineBytes, signal)) {
      if (each.kind === "failed")
        yield { kind: "failed", source: `${file.path}:${each.line}`, error: each.error, end: each.end };
      else
        yield {
          kind: "document",
          document: toDocument(recordKey(each.key, file, root), each.read, collection),
          end: each.end,
        };
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const error = cause instanceof NewsroomError ? cause : unreadable(file.path, cause);
    yield { kind: "failed", source: file.path, error, end };
  }
}

/** Reads a file that holds one document: detects how it is to be read and hands it to the reader of its format. */
async function readWhole(
  file: FoundFile,
  format: Exclude<Format, "archive">,
  { limits, pages }: Reading,
): Promise<ReadText> {
  const bytes = await readBytes(file, limits.fileBytes);
  const base = basename(file.path);
  const names: TextFile = { name: file.path, base, stem: basename(base, extname(base)) };
  const read =
    format === "page"
      ? await pages.read(bytes, names)
      : format === "markdown"
        ? readMarkdown(decode(bytes, file.path), names)
        : readPlain(decode(bytes, file.path), names);
  if (read.text.trim() === "") throw emptyFile(file.path);
  return read;
}

async function readBytes(file: FoundFile, most: number): Promise<Uint8Array> {
  if (file.size > most) {
    throw new NewsroomError(
      "bad-document",
      `${file.path} is too large (${sizeInWords(file.size)}; at most ${sizeInWords(most)}); split it into smaller files.`,
    );
  }
  const bytes = await readFile(file.realPath);
  if (bytes.length === 0) throw emptyFile(file.path);
  return bytes;
}

function toDocument(key: string, read: ReadText, collection: string): SourceDocument {
  const { text, meta, excluded } = read;
  return { key, collection: read.collection ?? collection, meta, text, excluded };
}

/** What a file's document is known by: its way from the root, with slashes, or its real path. */
function keyOf(file: FoundFile, root: string | undefined): string {
  return root === undefined ? file.realPath : relative(resolve(root), resolve(file.path)).split(sep).join("/");
}

/** What a record's document is known by: the archive's own id, else its file and a digest of its line. */
function recordKey(key: RecordKey, file: FoundFile, root: string | undefined): string {
  return "id" in key ? `jsonl:${key.id}` : `${keyOf(file, root)}#${key.digest}`;
}
