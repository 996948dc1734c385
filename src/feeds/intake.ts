/** Brings the items of a feed that was read into the corpus: each once, a changed one as a revision, a repeat not at all. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SourceDocument } from "../corpus/document.ts";
import { type IngestOptions, type IngestReport, ingest } from "../corpus/ingest.ts";
import { documentId } from "../corpus/prepare.ts";
import type { ReadEvent } from "../corpus/read-event.ts";
import type { Runtime } from "../runtime.ts";
import type { DocumentStore, FeedStore, PreparedDocument } from "../store/store.ts";
import type { FeedReader, ParsedFeed } from "./feed.ts";
import type { FeedRecord, SeenItem } from "./feed-record.ts";
import { type Task, tasksFor } from "./intake-tasks.ts";
import { itemDocument } from "./item-document.ts";
import { articlesAPoll, createReadArticle } from "./read-articles.ts";

export interface IntakeDeps {
  readonly store: Pick<DocumentStore, "hashes" | "document"> & FeedStore;
  readonly reader: Pick<FeedReader, "article">;
  readonly runtime: Runtime;
}

/** What became of a feed's items. */
export interface IntakeReport {
  /** Items that were not known before. */
  readonly fresh: number;
  readonly added: number;
  readonly revised: number;
  /** Of the added and revised: those that carry nearly the same text as an earlier document. */
  readonly nearDuplicates: number;
  /** One sentence for each item that could not be kept. */
  readonly failures: readonly string[];
  /** Aborted before all were kept; the rest come at the next poll. */
  readonly stopped: boolean;
}

/** Items looked up in one go: between, others have their turn. */
const itemsAtOnce = 200;
/** Documents, and their UTF-16 units, that are prepared and kept in one go. */
const documentsAPart = 40;
const unitsAPart = 200_000;
/** Makes the intake; see `Intake`. */
export function createIntake(deps: IntakeDeps): Intake {
  return (feed, parsed, { signal, pages = articlesAPoll } = {}) => takeIn(deps, feed, parsed, pages, signal);
}

/**
 * Takes in what a feed holds. Each document is kept in one transaction with the record that its item was seen, so a
 * process that is killed loses none that was kept and doubles none. The items of a feed that was never read before are
 * marked as baseline. Rejects only for faults of the store, and when `signal` aborts.
 */
export type Intake = (feed: FeedRecord, parsed: ParsedFeed, options?: IntakeOptions) => Promise<IntakeReport>;

export interface IntakeOptions {
  readonly signal?: AbortSignal | undefined;
  /** How many articles' pages may be read now; the others are due at the next poll. */
  readonly pages?: number | undefined;
}

async function takeIn(
  deps: IntakeDeps,
  feed: FeedRecord,
  parsed: ParsedFeed,
  pages: number,
  signal?: AbortSignal,
): Promise<IntakeReport> {
  const { store, runtime } = deps;
  const known = new Map<string, SeenItem>();
  const tasks: Task[] = [];
  for (let from = 0; from < parsed.items.length; from += itemsAtOnce) {
    const items = parsed.items.slice(from, from + itemsAtOnce);
    const seen = await store.seenItems(
      feed.id,
      items.map(({ id }) => id),
    );
    for (const [id, item] of seen) known.set(id, item);
    tasks.push(...(await tasksFor(store, feed, items, seen, runtime.now())));
    await nextTurn();
  }
  const waiting = new Map<string, SeenItem[]>();
  const tried = new Set<string>();

  const keep = async (documents: readonly PreparedDocument[]) => {
    for (const { id } of documents) tried.add(id);
    const items = documents.flatMap(({ id }) => waiting.get(id) ?? []);
    return store.keepItems(feed.id, items, documents);
  };
  const documents = documentsOf(deps, feed, parsed, tasks, waiting, pages, signal);
  const report = await ingestInParts({ ...store, put: keep }, documents, runtime, signal);
  if (!report.stopped) {
    // Documents that are there as they are, and items that need none: only the items are news to the store.
    const unchanged = [...waiting].filter(([id]) => !tried.has(id)).flatMap(([, items]) => items);
    const without = tasks.filter(({ key }) => key === null).map(({ seen }) => seen);
    const rest = [...unchanged, ...without];
    for (let from = 0; from < rest.length; from += itemsAtOnce) {
      await store.keepItems(feed.id, rest.slice(from, from + itemsAtOnce), []);
      await nextTurn();
    }
  }
  return {
    fresh: tasks.filter(({ item }) => !known.has(item.id)).length,
    added: report.added,
    revised: report.revised,
    nearDuplicates: report.nearDuplicates,
    failures: report.failures.map(({ sentence }) => sentence),
    stopped: report.stopped,
  };
}

type Ingested = Pick<IngestReport, "added" | "revised" | "nearDuplicates" | "failures" | "stopped">;

/** Ingests a few documents at a time: what one part costs, everybody else waits for. */
async function ingestInParts(
  store: IngestOptions["store"],
  documents: AsyncIterator<ReadEvent>,
  runtime: Runtime,
  signal?: AbortSignal,
): Promise<Ingested> {
  let all: Ingested = { added: 0, revised: 0, nearDuplicates: 0, failures: [], stopped: false };
  let ended = false;
  async function* part(): AsyncGenerator<ReadEvent> {
    for (let count = 0, units = 0; count < documentsAPart && units < unitsAPart; count++) {
      const next = await documents.next();
      ended = next.done === true;
      if (next.done) return;
      if (next.value.kind === "document") units += next.value.document.text.length;
      yield next.value;
    }
  }
  while (!ended && !all.stopped) {
    const report = await ingest({ store, documents: part(), runtime, ...(signal ? { signal } : {}) });
    all = {
      added: all.added + report.added,
      revised: all.revised + report.revised,
      nearDuplicates: all.nearDuplicates + report.nearDuplicates,
      failures: [...all.failures, ...report.failures],
      stopped: report.stopped,
    };
  }
  return all;
}

/** The documents of the tasks that make one, each read when its turn comes; `waiting` holds what is kept with them. */
async function* documentsOf(
  deps: IntakeDeps,
  feed: FeedRecord,
  parsed: ParsedFeed,
  tasks: readonly Task[],
  waiting: Map<string, SeenItem[]>,
  pages: number,
  signal?: AbortSignal,
): AsyncGenerator<ReadEvent> {
  const readArticle = createReadArticle(deps, feed, pages, signal);
  for (const [done, task] of tasks.entries()) {
    if (task.key === null) continue;
    const { article, tries } = await readArticle(task.item, task.seen);
    const id = documentId(feed.collection, task.key);
    waiting.set(id, [...(waiting.get(id) ?? []), { ...task.seen, articleTries: tries }]);
    const document = itemDocument(feed, parsed, task.item, task.key, article);
    if (article === null && feed.article && (await saysMore(deps, id, document))) continue;
    yield { kind: "document", document, bytesDone: done, bytesTotal: null };
  }
}

/** Whether the page that was read earlier is to stay, because it cannot be read now and the feed has only a teaser. */
async function saysMore({ store }: IntakeDeps, id: string, document: SourceDocument): Promise<boolean> {
  const there = await store.document(id);
  return there !== null && there.text.length > 2 * document.text.length;
}
