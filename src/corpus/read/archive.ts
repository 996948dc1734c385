/** Reads an archive export, one JSON object a line, streamed: a line that cannot be read is an error and the next goes on. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { NewsroomError } from "../../errors.ts";
import type { DocumentMeta } from "../document.ts";
import { byteLines } from "./byte-lines.ts";
import { decodeAs, encodingOf } from "./decode.ts";
import type { FoundFile } from "./find-files.ts";
import { inferDateline, inferTitle } from "./inferred.ts";
import { isoDate, isoFromEpoch } from "./iso-date.ts";
import { cleanLine, isCollectionName, languageOf, webAddress } from "./meta-values.ts";
import { findFurniture } from "./page-furniture.ts";
import type { PageReader } from "./page-reader.ts";
import { emptyFile, type ReadText } from "./read-text.ts";
import { sizeInWords } from "./size.ts";

/** Bytes from which the encoding of the whole archive is told. */
const sampleBytes = 65_536;

/** A file whose first so many lines all fail is not read on. */
const hopeless = 100;

/** A record of an archive, or why one could not be read. */
export type ArchiveRecord =
  | { readonly kind: "record"; readonly key: RecordKey; readonly read: ReadText; readonly end: number }
  | { readonly kind: "failed"; readonly line: number; readonly error: NewsroomError; readonly end: number };

/** What a record is known by: the archive's own id for it, or a digest of its line. */
export type RecordKey = { readonly id: string } | { readonly digest: string };

/** Names under which exports give a value, the most telling first. */
const aliases = {
  id: ["id", "_id", "guid", "uuid"],
  title: ["title", "headline"],
  text: ["text", "body", "content"],
  outlet: ["outlet", "source", "publisher", "publication"],
  url: ["url", "link"],
  published: ["published", "published_at", "publishedAt", "date", "datePublished", "pub_date", "pubDate"],
  dateline: ["dateline"],
  language: ["language", "lang"],
  origin: ["origin"],
  collection: ["collection"],
} as const;

/**
 * The records of an archive in order; `end` counts the bytes read. Throws what the file system throws, and `bad-document`
 * when the file is no archive at all.
 */
export async function* readArchive(
  file: FoundFile,
  pages: PageReader,
  lineBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<ArchiveRecord> {
  const encoding = await archiveEncoding(file);
  const stream = createReadStream(file.realPath, { highWaterMark: 2 ** 20, ...(signal ? { signal } : {}) });
  const chunks: AsyncIterable<Buffer> = encoding.startsWith("utf-16") ? recoded(stream, encoding) : stream;
  const lineEncoding = encoding.startsWith("utf-16") ? "utf-8" : encoding;
  let records = 0;
  let failures = 0;
  for await (const { bytes, number, end } of byteLines(chunks, lineBytes)) {
    if (bytes !== null && isBlank(bytes)) continue;
    const where = `Line ${number} of ${file.path}`;
    try {
      if (bytes === null) {
        const limit = sizeInWords(lineBytes);
        throw new NewsroomError("bad-document", `${where} is longer than ${limit}; split that record into several.`);
      }
      const record = await readRecord(decodeAs(bytes, lineEncoding, where), where, file.path, pages);
      records++;
      yield { kind: "record", ...record, end };
    } catch (cause) {
      if (!(cause instanceof NewsroomError) || cause.code === "stopped") throw cause;
      yield { kind: "failed", line: number, error: cause, end };
      if (++failures === hopeless && records === 0) throw noArchive(file.path, cause);
    }
  }
  if (records + failures === 0) throw emptyFile(file.path);
}

function noArchive(path: string, cause: unknown): NewsroomError {
  return new NewsroomError(
    "bad-document",
    `${path} is no archive: not one of its first ${hopeless} lines is a record, and the rest was not read. Each line must hold one whole JSON object.`,
    { cause },
  );
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length < 1_000 && /^(?:\xef\xbb\xbf)?\s*$/.test(bytes.toString("latin1"));
}

/** The encoding of the whole file, told from its first complete lines. */
async function archiveEncoding(file: FoundFile): Promise<string> {
  const handle = await open(file.realPath);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const sample = buffer.subarray(0, bytesRead);
    const lastBreak = sample.lastIndexOf(10);
    // A first line longer than the sample ends anywhere: then it is UTF-8, as JSON is.
    if (lastBreak < 0 && bytesRead === sampleBytes) return "utf-8";
    return encodingOf(lastBreak < 0 || sample.includes(0) ? sample : sample.subarray(0, lastBreak), file.path);
  } finally {
    await handle.close();
  }
}

/** UTF-16 as UTF-8, so that lines can be told by a byte. */
async function* recoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function readRecord(
  line: string,
  where: string,
  path: string,
  pages: PageReader,
): Promise<{ readonly key: RecordKey; readonly read: ReadText }> {
  const record = parseRecord(line, where);
  const given = textOf(record, aliases.text)?.toWellFormed() ?? "";
  const text = isMarkup(given) ? await pages.text(given, where) : given;
  if (text.trim() === "") {
    throw new NewsroomError("bad-document", `${where} has no text; put the article's text under the key "text".`);
  }
  const collection = textOf(record, aliases.collection);
  if (collection !== null && !isCollectionName(collection)) {
    throw new NewsroomError(
      "bad-document",
      `${where} names a collection that cannot be one; use letters, digits, hyphens and dots.`,
    );
  }
  const id = cleanLine(textOf(record, aliases.id));
  const language = languageOf(textOf(record, aliases.language), text);
  const excluded = findFurniture(text, language);
  const meta: DocumentMeta = {
    title: cleanLine(textOf(record, aliases.title)) ?? inferTitle(text, excluded),
    outlet: cleanLine(textOf(record, aliases.outlet)),
    published: publishedOf(textOf(record, aliases.published)),
    dateline: cleanLine(textOf(record, aliases.dateline)) ?? inferDateline(text, excluded),
    language,
    origin: cleanLine(textOf(record, aliases.origin)),
    source: id ?? basename(path),
    url: webAddress(textOf(record, aliases.url)),
  };
  const key = id === null ? { digest: createHash("sha256").update(line).digest("hex").slice(0, 24) } : { id };
  return { key, read: { text, excluded, collection, meta } };
}

/** Whether a text is HTML from its first to its last character, as some exports give it. */
function isMarkup(text: string): boolean {
  return /^\s*<[a-z][a-z0-9]*[\s>/]/i.test(text.slice(0, 200)) && /<\/[a-z][a-z0-9]*>\s*$/i.test(text.slice(-200));
}

function parseRecord(line: string, where: string): object {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (cause) {
    throw new NewsroomError("bad-document", `${where} is not valid JSON; each line must hold one whole JSON object.`, {
      cause,
    });
  }
  if (typeof record !== "object" || record === null || Array.isArray(record))
    throw new NewsroomError("bad-document", `${where} is not a JSON object; write {"title": …, "text": …} on it.`);
  return record;
}

/** The first of `names` whose value is text, a number, or an object with a name (an outlet in some exports); null if none is. */
function textOf(record: object, names: readonly string[]): string | null {
  for (const name of names) {
    const value = ownValue(record, name);
    const plain = typeof value === "object" && value !== null ? ownValue(value, "name") : value;
    if (typeof plain === "string" && plain.trim() !== "") return plain;
    if (typeof plain === "number") return String(plain);
  }
  return null;
}

function ownValue(record: object, name: string): unknown {
  return Object.hasOwn(record, name) ? (record as Readonly<Record<string, unknown>>)[name] : undefined;
}

function publishedOf(value: string | null): string | null {
  if (value === null) return null;
  return isoDate(value) ?? (/^\d+(?:\.\d+)?$/.test(value) ? isoFromEpoch(Number(value)) : null);
}
