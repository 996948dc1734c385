/** Stored documents without a store. */
import type { DocumentMeta, StoredDocument } from "../../src/corpus/document.ts";

/** A document that says nothing of itself unless told. */
export function storedDocument(
  given: Pick<StoredDocument, "id" | "text"> &
    Partial<Omit<StoredDocument, "meta">> & { readonly meta?: Partial<DocumentMeta> },
): StoredDocument {
  return {
    revision: 1,
    collection: "main",
    excluded: [],
    hash: "",
    nearDuplicateOf: null,
    ...given,
    meta: {
      title: `Title of ${given.id}`,
      outlet: null,
      published: null,
      dateline: null,
      language: "en",
      origin: null,
      source: null,
      url: null,
      ...given.meta,
    },
  };
}
