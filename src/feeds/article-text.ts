/** Reads the article out of a fetched page, with the reader that ingest has for pages. */
import { isUtf8 } from "node:buffer";
import { readPage } from "../corpus/read/page.ts";
import { NewsroomError } from "../errors.ts";
import { charsetOf } from "./answer-headers.ts";
import type { ArticleOutcome } from "./feed.ts";
import { isNestedDeeper } from "./nesting.ts";

/** What is known of a page beside its bytes. */
export interface ArticleSource {
  /** The address that answered. */
  readonly url: string;
  /** The Content-Type header, or null. */
  readonly contentType: string | null;
}

type Article = Extract<ArticleOutcome, { readonly kind: "read" }>;

export type ArticleReading = Article | { readonly kind: "no-article" } | { readonly kind: "too-deep" };

/** No page that people read is nested so deep; finding the article in one would take forever. */
const maxNesting = 1_000;

/** The article in a page; as dangerous as the page, so for the parsing thread only. */
export function readArticle(bytes: Uint8Array, source: ArticleSource): ArticleReading {
  if (isNestedDeeper(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"), maxNesting)) {
    return { kind: "too-deep" };
  }
  const name = URL.parse(source.url)?.hostname ?? "the page";
  try {
    const read = readPage(inUtf8(bytes, charsetOf(source.contentType)), { name, base: name, stem: name });
    const { title, language, published, outlet } = read.meta;
    return {
      kind: "read",
      url: source.url,
      title,
      text: read.text,
      excluded: read.excluded,
      language: language === "und" ? null : language,
      published,
      outlet,
    };
  } catch (error) {
    if (error instanceof NewsroomError && error.code === "bad-document") return { kind: "no-article" };
    throw error;
  }
}

/** The page in UTF-8 where the server names another encoding than it and the bytes are not UTF-8 anyway. */
function inUtf8(bytes: Uint8Array, charset: string | null): Uint8Array {
  if (charset === null || isUtf8(bytes)) return bytes;
  try {
    return new TextEncoder().encode(new TextDecoder(charset, { fatal: true }).decode(bytes));
  } catch {
    return bytes; // The server is wrong about it: the page's own declaration is tried.
  }
}
