/** Makes what reading gave ready to be kept: identity, hash, language, passages, signature. */
import { createHash } from "node:crypto";
import type { PreparedDocument } from "../store/store.ts";
import { detectLanguage } from "../text/languages.ts";
import type { DocumentMeta, SourceDocument } from "./document.ts";
import { blankExcluded } from "./excluded.ts";
import { shinglesOf, signatureOf } from "./near-duplicates.ts";
import { cutPassages } from "./passages.ts";

const slugLength = 40;
const idHashLength = 10;

/**
 * The same source gives the same result on every machine and run. Lone surrogates become U+FFFD, unit for unit: no
 * database keeps them. The hash is of what was read, so a better guess at a language is no new revision.
 */
export function prepareDocument(source: SourceDocument): PreparedDocument {
  const text = source.text.toWellFormed();
  const meta = wellFormed(source.meta);
  const article = blankExcluded(text, 0, text.length, source.excluded);
  const language = meta.language === "und" ? detectLanguage(article) : meta.language;
  const key = source.key.toWellFormed();
  return {
    id: documentId(source.collection, key),
    source: { ...source, key, text, meta: { ...meta, language } },
    hash: hashOf(text, meta, source),
    passages: cutPassages(text, source.excluded),
    signature: signatureOf(shinglesOf(article)),
  };
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
function hashOf(text: string, meta: DocumentMeta, { excluded }: SourceDocument): string {
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
