/** Digests over a store: made, kept, put into words, asked why. */
import type { Citation, NearestPassage } from "../answer/answer.ts";
import type { Span, StoredDocument } from "../corpus/document.ts";
import type { Store } from "../store/store.ts";
import { composeDigest, type DigestSurroundings, type QuotedPassage } from "./compose.ts";
import type { Digest, Digests } from "./digest.ts";
import { makeDigest } from "./make-digest.ts";
import { composeWhy } from "./why.ts";

export interface DigestsDeps {
  readonly store: Pick<Store, "arrived" | "document" | "keepDigest" | "digest">;
  /** Where a citation opens at its words, or null. */
  readonly url: (cited: NearestPassage) => string | null;
  /** A quotation in its place. */
  readonly passage: (document: StoredDocument, span: Span) => QuotedPassage;
}

export function createDigests({ store, url, passage }: DigestsDeps): Digests {
  async function surroundings(digest: Digest): Promise<DigestSurroundings> {
    const passages = new Map<Citation, QuotedPassage>();
    for (const citation of digest.citations) {
      const document = await store.document(citation.document, citation.revision);
      if (document) passages.set(citation, passage(document, citation));
    }
    return { url, passage: (citation) => passages.get(citation) ?? null };
  }

  return {
    make: (request, signal) => makeDigest(store, request, signal),
    keep: (digest) => store.keepDigest(digest),
    compose: async (digest) => composeDigest(digest, await surroundings(digest)),
    async why(id, collections, about) {
      const digest = await store.digest(id);
      if (digest === null || !digest.collections.every((name) => collections.includes(name))) return null;
      return composeWhy(digest, about, { url });
    },
  };
}
