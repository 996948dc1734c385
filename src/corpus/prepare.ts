/** Makes what reading gave ready to be kept: identity and hash first, then language, passages, signature. */
import { createHash } from "node:crypto";
import type { PreparedDocument } from "../store/store.ts";
import { detectLanguage } from "../text/languages.ts";
import type { DocumentMeta, SourceDocument } from "./document.ts";
import { blankExcluded } from "./excluded.ts";
import { shinglesOf, signatureOf } from "./near-duplicates.ts";
import { cutPassages } from "./passages.ts";

const slugLength = 40;
const idHashLength = 10;
const languageSample = 1200;

/** A document with the two things that tell whether it is kept already; they cost little. */
export interface IdentifiedDocument {
  readonly id: string;
  readonly hash: string;
  readonly source: SourceDocument;
}

/**
 * The same source gives the same result on every machine and run. Lone surrogates become U+FFFD, unit for unit: no
 * database keeps them. The hash is of what was read, so a better guess at a language is no new revision.
 */
export function identifyDocument(read: SourceDocument): IdentifiedDocument {
  const source = {
    ...read,
    key: read.key.toWellFormed(),
    text: read.text.toWellFormed(),
    meta: wellFormed(read.meta),
  };
  return { id: documentId(source.collection, source.key), hash: hashOf(source), source };
}

/** Does the rest: language, passages, signature. */
export function prepareDocument({ id, hash, source }: IdentifiedDocument): PreparedDocument {
  const { text, meta, excluded } = source;
  const article = blankExcluded(text, 0, text.length, excluded);
  const language = meta.language === "und" ? languageOf(article) : meta.language;
  return {
    id,
    hash,
    source: { ...source, meta: { ...meta, language } },
    passages: cutPassages(text, excluded),
    signature: signatureOf(shinglesOf(article)),
  };
}

/** Two hundred words tell a language as surely as all of them, for a fraction of the time. */
function languageOf(article: string): string {
  const language = detectLanguage(article.slice(0, languageSample));
  return language === "und" ? detectLanguage(article) : language;
}

/**
 * The id of a document by where it came from: what its key ends in, made printable, and ten hex digits of SHA-256 of
 * collection and key. (A hundred thousand files of one name meet by chance once in two hundred such corpora; the store
 * refuses the second rather than take it for a revision.)
 */
export function documentId(collection: string, key: string): string {
  const digest = createHash("sha256").update(`${collection}\n${key}`).digest("hex");
  return `${slugOf(key)}-${digest.slice(0, idHashLength)}`;
}

/** The last segment without its extension, in lower-case ASCII letters, digits and hyphens. */
function slugOf(key: string): string {
  const segment = key.split(/[/\\]/).findLast((part) => part !== "") ?? "";
  const slug = segment
    .slice(0, 200)
    .replace(/(?<=.)\.[A-Za-z0-9]{1,8}$/, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, slugLength)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "document" : slug;
}

/** Spans count too: what a better reader excludes must leave the index. */
function hashOf({ text, meta, excluded }: SourceDocument): string {
  const { title, outlet, published, dateline, language, origin, source, url } = meta;
  const said = [title, outlet, published, dateline, language, origin, source, url];
  const spans = excluded.map(({ start, end }) => [start, end]);
  return createHash("sha256")
    .update(JSON.stringify([said, spans]))
    .update("\n")
    .update(text)
    .digest("hex");
}

function wellFormed(meta: DocumentMeta): DocumentMeta {
  const entries = Object.entries(meta).map(([name, value]: [string, string | null]) => [
    name,
    value?.toWellFormed() ?? null,
  ]);
  return Object.fromEntries(entries) as unknown as DocumentMeta;
}
