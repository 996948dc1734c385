/** Searches the passages of a store from an index in memory that follows the store. */
import { rm } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "../logger.ts";
import type { DocumentStore, IndexedPassage } from "../store/store.ts";
import { createPassageIndex, type PassageIndex } from "./passage-index.ts";
import { queryTerms } from "./query-terms.ts";
import { rank } from "./rank.ts";
import { idfOf } from "./scoring.ts";
import type { Search } from "./search.ts";
import { loadIndex, matchesStore, saveIndex } from "./snapshot.ts";

export interface SearchOptions {
  readonly source: Pick<DocumentStore, "changes" | "sequence">;
  /** The file that keeps the index between runs; null keeps none. */
  readonly snapshot: string | null;
  readonly logger?: Logger;
  /** For tests: smaller than anybody needs. */
  readonly limits?: Partial<SearchLimits>;
}

export interface SearchLimits {
  /** Passages after which the live tail becomes a segment. */
  readonly tailPassages: number;
  /** Passages after which the index is worth keeping on disk; reading fewer takes no time. */
  readonly snapshotPassages: number;
}

const defaultLimits: SearchLimits = { tailPassages: 1 << 16, snapshotPassages: 1 << 11 };

/** Passages read between two turns of the event loop: a few milliseconds. */
const stepPassages = 128;

async function run(steps: Generator<void, void>): Promise<void> {
  while (!steps.next().done) await nextTurn();
}

/** The index that the snapshot holds where it is whole and of this store, else an empty one; what cannot be used is removed. */
async function openIndex({ source, snapshot, logger }: SearchOptions, limits: SearchLimits): Promise<PassageIndex> {
  const { tailPassages } = limits;
  if (snapshot === null) return createPassageIndex({ tailPassages });
  try {
    const saved = await loadIndex(snapshot);
    if (saved && (await matchesStore(saved, source))) return createPassageIndex({ tailPassages, saved });
    if (saved) logger?.warn("The index on disk is not of this store; it is built again.", { snapshot });
  } catch (error) {
    logger?.warn("The index on disk cannot be used; it is built again.", { snapshot, error });
  }
  await removeFile(snapshot, logger);
  return createPassageIndex({ tailPassages });
}

async function removeFile(path: string, logger: Logger | undefined): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    logger?.warn("The index on disk could not be removed.", { snapshot: path, error });
  }
}

/**
 * A search over `source`, brought up to it: from the snapshot and what has changed since, or from the store alone where the
 * snapshot is absent, stale or damaged. Keeps the snapshot up when enough has changed, and on `close`; a snapshot that
 * cannot be written is logged and costs nothing but the next start.
 */
export async function createSearch(options: SearchOptions): Promise<Search> {
  const { source, snapshot, logger } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const index = await openIndex(options, limits);
  /** All changes up to this one are in the index. */
  let sequence = index.lastNumber;
  /** Passages added and removed since the snapshot was read or written. */
  let added = 0;
  let removed = 0;
  let catchingUp: Promise<void> | null = null;
  let tidying: Promise<void> | null = null;
  let closed = false;

  async function addAll(passages: readonly IndexedPassage[]): Promise<number> {
    for (const [i, passage] of passages.entries()) {
      if (index.tailIsFull(passage)) await run(index.seal());
      index.add(passage);
      if (i % stepPassages === stepPassages - 1) await nextTurn();
    }
    await nextTurn();
    added += passages.length;
    return passages.length;
  }

  async function catchUp(target: number): Promise<void> {
    let read = 0;
    for await (const change of source.changes(sequence)) {
      if (change.kind === "remove") removed += index.remove(change.first, change.last);
      else read += await addAll(change.passages);
      // At once, not at the end: where the source breaks off, what it told of is in the index and is not told again.
      sequence = change.sequence;
      target = Math.max(target, sequence);
    }
    if (read < limits.tailPassages / 4) {
      await run(index.prepare());
    } else {
      await run(index.seal());
      index.rest();
    }
    sequence = target;
  }

  async function refresh(): Promise<void> {
    const target = await source.sequence();
    while (sequence < target) {
      catchingUp ??= catchUp(target).finally(() => {
        catchingUp = null;
      });
      await catchingUp;
    }
    if (!closed)
      tidying ??= tidy().finally(() => {
        tidying = null;
      });
  }

  /** Merges what should be one, and keeps it on disk when a good part of it is new. */
  async function tidy(): Promise<void> {
    try {
      const gone = index.segments.reduce((sum, segment) => sum + segment.removed.count, 0);
      if (index.segments.length > 1 || gone > Math.max(limits.snapshotPassages, index.passages / 10)) {
        await run(index.merge());
      }
      if (added + removed >= Math.max(limits.snapshotPassages, index.passages / 16)) await save();
    } catch (error) {
      logger?.error("The index could not be tidied; it goes on as it is.", { error });
    }
  }

  /** Keeps the base on disk, or nothing where it is small; what is in the tail is read again at the next start. */
  async function save(): Promise<void> {
    const base = index.segments[0];
    if (snapshot === null) return;
    if (!base || index.passages < limits.snapshotPassages) {
      await removeFile(snapshot, logger);
      return;
    }
    const before = { added, removed };
    const stillThere = base.removed.count;
    try {
      await saveIndex(snapshot, { base, vocabulary: index.vocabulary });
      added -= before.added;
      removed += stillThere - before.removed;
    } catch (error) {
      logger?.warn("The index could not be kept on disk; the next start builds it again.", { snapshot, error });
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await catchingUp;
    await tidying;
    // What was removed must not stay in the file, however little it is.
    if (snapshot === null || (removed === 0 && added < limits.snapshotPassages)) return;
    await run(index.seal());
    await run(index.merge());
    await save();
  }

  await refresh();
  await tidying;
  return {
    terms: (text) => queryTerms(text, index),
    idf: (term) => idfOf(index.weight(term.stems)),
    async search(terms, filter, limit) {
      // A step of the corpus's history is searched whole or not at all.
      while (catchingUp) await catchingUp;
      return rank(index, terms, filter, limit);
    },
    refresh,
    close,
  };
}
