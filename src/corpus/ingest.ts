/** Brings what reading gives into the store, in batches: what a batch kept is never lost, and a second run goes on. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { NewsroomError, sentenceFor } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { DocumentStore, PreparedDocument, PutOutcome } from "../store/store.ts";
import { type IdentifiedDocument, identifyDocument, prepareDocument } from "./prepare.ts";
import type { ReadEvent } from "./read-event.ts";

export interface IngestOptions {
  readonly store: Pick<DocumentStore, "hashes" | "put">;
  readonly documents: AsyncIterable<ReadEvent>;
  /** The collection that every document is kept in, whatever it says itself; without it, each in its own. */
  readonly collection?: string;
  readonly runtime: Runtime;
  /** Aborted: the batch that was read is kept, and the report says `stopped`. */
  readonly signal?: AbortSignal;
  /** Called after each batch, with what is kept by then. */
  readonly onProgress?: (progress: IngestProgress) => void;
}

interface IngestCounts {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  /** Of the added and revised: those that carry nearly the same text as an earlier document. */
  readonly nearDuplicates: number;
  readonly failed: number;
  /** Passages of the added and revised. */
  readonly passages: number;
}

export interface IngestProgress extends IngestCounts {
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
}

/** One that could not be read or kept. */
interface IngestFailure {
  readonly source: string;
  readonly sentence: string;
}

export interface IngestReport extends IngestCounts {
  /** The first hundred; `failed` counts them all. */
  readonly failures: readonly IngestFailure[];
  /** True when it was aborted before all was read. */
  readonly stopped: boolean;
  readonly durationMs: number;
}

const batchDocuments = 256;
const batchCharacters = 4 << 20;
const batchMs = 250;
const failuresListed = 100;

/**
 * Keeps what `documents` gives. A document that cannot be read or kept is counted and listed, and the rest goes on;
 * a fault of the store itself (full, locked, read-only) rejects, and what earlier batches kept stays kept.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { documents, collection, runtime, signal, onProgress } = options;
  const started = runtime.monotonic();
  const tally = createTally();
  const batch = createBatch(runtime);
  let bytes = { bytesDone: 0, bytesTotal: null as number | null };

  const keep = async () => {
    await keepBatch(options.store, batch.take(), tally);
    onProgress?.({ ...tally.counts(), ...bytes });
    // Reading from memory never lets go of the turn; an interrupt is heard only between turns.
    await nextTurn();
  };

  const stopped = await untilAborted(documents, signal, async (event) => {
    bytes = { bytesDone: event.bytesDone, bytesTotal: event.bytesTotal };
    if (event.kind === "failed") tally.fail(event.source, event.error);
    else batch.add(identifyDocument(collection === undefined ? event.document : { ...event.document, collection }));
    if (batch.isFull()) await keep();
  });
  await keep();
  return { ...tally.counts(), failures: tally.failures, stopped, durationMs: runtime.monotonic() - started };
}

/** Hands on every event until the signal aborts; true when it did before the end. */
async function untilAborted(
  documents: AsyncIterable<ReadEvent>,
  signal: AbortSignal | undefined,
  handle: (event: ReadEvent) => Promise<void>,
): Promise<boolean> {
  const iterator = documents[Symbol.asyncIterator]();
  let next: IteratorResult<ReadEvent> | null = null;
  try {
    for (;;) {
      next = await nextOrAborted(iterator, signal);
      if (next === null || next.done) return next === null;
      await handle(next.value);
    }
  } finally {
    // Reading may hang where it is; that it was told to end is all it needs, and what it says to that is no news.
    if (!next?.done) void iterator.return?.().catch(() => undefined);
  }
}

/** Null once the signal has aborted, without waiting for a reading that hangs. */
function nextOrAborted<T>(iterator: AsyncIterator<T>, signal?: AbortSignal): Promise<IteratorResult<T> | null> {
  if (!signal) return iterator.next();
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const abort = () => resolve(null);
    const settled = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    iterator.next().then(resolve, reject).finally(settled);
  });
}

interface Batch {
  add(document: IdentifiedDocument): void;
  isFull(): boolean;
  take(): readonly IdentifiedDocument[];
}

/** Full by documents, by text, or by the time since its first document. */
function createBatch(runtime: Runtime): Batch {
  let documents: IdentifiedDocument[] = [];
  let characters = 0;
  let since = 0;
  return {
    add: (document) => {
      if (documents.length === 0) since = runtime.monotonic();
      documents.push(document);
      characters += document.source.text.length;
    },
    isFull: () =>
      documents.length >= batchDocuments ||
      characters >= batchCharacters ||
      (documents.length > 0 && runtime.monotonic() - since >= batchMs),
    take: () => {
      const taken = documents;
      documents = [];
      characters = 0;
      return taken;
    },
  };
}

/** Leaves out what is there already before the costly part of preparing, so that a second run is quick. */
async function keepBatch(store: IngestOptions["store"], batch: readonly IdentifiedDocument[], tally: Tally) {
  const kept = await store.hashes(batch.map(({ id }) => id));
  const changed = batch.filter(({ id, hash }) => kept.get(id) !== hash);
  tally.unchanged(batch.length - changed.length);
  await putAll(store, changed.map(prepareDocument), tally);
}

/** A batch that the store refuses for one of its documents is kept one by one, so that only that one fails. */
async function putAll(store: IngestOptions["store"], documents: readonly PreparedDocument[], tally: Tally) {
  if (documents.length === 0) return;
  try {
    tally.keep(documents, await store.put(documents));
  } catch (error) {
    if (!(error instanceof NewsroomError && error.code === "bad-document")) throw error;
    if (documents.length === 1) tally.fail(documents[0]!.source.meta.source ?? documents[0]!.source.key, error);
    else for (const document of documents) await putAll(store, [document], tally);
  }
}

interface Tally {
  readonly failures: readonly IngestFailure[];
  unchanged(count: number): void;
  keep(documents: readonly PreparedDocument[], outcomes: readonly PutOutcome[]): void;
  fail(source: string, error: NewsroomError): void;
  counts(): IngestCounts;
}

function createTally(): Tally {
  const outcomesSeen = { added: 0, revised: 0, unchanged: 0 };
  const failures: IngestFailure[] = [];
  let nearDuplicates = 0;
  let failed = 0;
  let passages = 0;
  return {
    failures,
    unchanged: (count) => {
      outcomesSeen.unchanged += count;
    },
    keep: (documents, outcomes) => {
      outcomes.forEach(({ outcome, nearDuplicateOf }, i) => {
        outcomesSeen[outcome]++;
        if (outcome === "unchanged") return;
        if (nearDuplicateOf !== null) nearDuplicates++;
        passages += documents[i]!.passages.length;
      });
    },
    fail: (source, error) => {
      failed++;
      if (failures.length < failuresListed) failures.push({ source, sentence: sentenceFor(error) });
    },
    counts: () => ({ ...outcomesSeen, nearDuplicates, failed, passages }),
  };
}
