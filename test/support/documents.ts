/** Small documents for tests of the store, prepared as ingest prepares them. */
import type { DocumentMeta, SourceDocument } from "../../src/corpus/document.ts";
import { identifyDocument, prepareDocument } from "../../src/corpus/prepare.ts";
import type { PreparedDocument } from "../../src/store/store.ts";

export type DocumentOptions = Partial<DocumentMeta> & Partial<Omit<SourceDocument, "meta">>;

/** A source document with `text`, saying nothing of itself but a title and a language unless told. */
export function sourceDocument(key: string, text: string, options: DocumentOptions = {}): SourceDocument {
  const { collection = "main", excluded = [], ...meta } = options;
  return {
    key,
    collection,
    text,
    excluded,
    meta: {
      title: `Title of ${key}`,
      outlet: null,
      published: null,
      dateline: null,
      language: "en",
      origin: null,
      source: null,
      url: null,
      ...meta,
    },
  };
}

/** The same, ready to be kept. */
export function preparedDocument(key: string, text: string, options?: DocumentOptions): PreparedDocument {
  return prepareDocument(identifyDocument(sourceDocument(key, text, options)));
}

/** `count` paragraphs that share no word with those of another `seed`. */
export function paragraphs(seed: string, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: 12 }, (_, j) => `${seed}${i}w${j}`)
      .join(" ")
      .concat("."),
  ).join("\n\n");
}
