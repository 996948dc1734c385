/** Searches the passages of a store from an index in memory that follows the store. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "../logger.ts";
import type { DocumentStore } from "../store/store.ts";
import { createPassageIndex } from "./passage-index.ts";
import { queryTerms } from "./query-terms.ts";
import { rank } from "./rank.ts";
import { idfOf } from "./scoring.ts";
import type { Search } from "./search.ts";

export interface SearchOptions {
  readonly source: Pick<DocumentStore, "changes" | "sequence">;
  /** The file that keeps the index between runs; null keeps none. */
  readonly snapshot: string | null;
  readonly logger?: Logger;
  /** Passages after which the live tail becomes a segment; for tests. */
  readonly tailPassages?: number;
}

/** Passages read between two turns of the event loop: a few milliseconds. */
const stepPassages = 128;
/** Passages after which reading was a bulk. */
const bulkPassages = 8_192;

/** A search over `source`, brought up to it. */
export async function createSearch({ source, tailPassages }: SearchOptions): Promise<Search> {
  const index = createPassageIndex(tailPassages === undefined ? {} : { tailPassages });
  /** All changes up to this one are in the index. */
  let sequence = 0;
  let catchingUp: Promise<void> | null = null;
  let merging: Promise<void> | null = null;

  async function run(steps: Generator<void, void>): Promise<void> {
    while (!steps.next().done) await nextTurn();
  }

  async function catchUp(target: number): Promise<void> {
    let read = 0;
    for await (const change of source.changes(sequence)) {
      if (change.kind === "remove") {
        index.remove(change.first, change.last);
        continue;
      }
      for (const passage of change.passages) {
        if (index.tailIsFull(passage)) await run(index.seal());
        index.add(passage);
        if (++read % stepPassages === 0) await nextTurn();
      }
      target = Math.max(target, change.sequence);
    }
    sequence = target;
    if (read >= bulkPassages) index.rest();
    if (index.segments.length > 1)
      merging ??= run(index.merge()).finally(() => {
        merging = null;
      });
  }

  async function refresh(): Promise<void> {
    const target = await source.sequence();
    while (sequence < target) {
      catchingUp ??= catchUp(target).finally(() => {
        catchingUp = null;
      });
      await catchingUp;
    }
  }

  await refresh();
  return {
    terms: (text) => queryTerms(text, index.languages()),
    idf: (term) => idfOf(index.weight(term.stems)),
    async search(terms, filter, limit) {
      // A step of the corpus's history is searched whole or not at all.
      while (catchingUp) await catchingUp;
      return rank(index, terms, filter, limit);
    },
    refresh,
    async close() {
      await catchingUp;
      await merging;
    },
  };
}
