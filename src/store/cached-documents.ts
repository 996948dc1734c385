/** Keeps the documents read last in memory, bounded by the length of their texts. */
import type { StoredDocument } from "../corpus/document.ts";
import type { DocumentStore } from "./store.ts";

/** UTF-16 units of text kept. */
const capacity = 16_000_000;

/**
 * Reads a document's revision, from memory when it was read before. A revision never changes, but it can be forgotten:
 * memory is dropped whenever the store's sequence has moved.
 */
export function cacheDocuments(
  store: Pick<DocumentStore, "document" | "sequence">,
): (id: string, revision: number) => Promise<StoredDocument | null> {
  let kept = new Map<string, StoredDocument>();
  let size = 0;
  let sequence = -1;
  return async (id, revision) => {
    const now = await store.sequence();
    if (now !== sequence) {
      kept = new Map();
      size = 0;
      sequence = now;
    }
    const key = `${revision} ${id}`;
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const found = await store.document(id, revision);
    if (!found) return null;
    kept.set(key, found);
    size += found.text.length;
    for (const [oldest, document] of kept) {
      if (size <= capacity || oldest === key) break;
      kept.delete(oldest);
      size -= document.text.length;
    }
    return found;
  };
}
