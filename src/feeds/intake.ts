/** Brings the items of a feed that was read into the corpus: each once, a changed one as a revision, a repeat not at all. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SourceDocument } from "../corpus/document.ts";
import { type IngestOptions, type IngestReport, ingest } from "../corpus/ingest.ts";
import { documentId } from "../corpus/prepare.ts";
import type { ReadEvent } from "../corpus/read-event.ts";
import type { Runtime } from "../runtime.ts";
import type { DocumentStore, FeedStore, PreparedDocument } from "../store/store.ts";
import type { ArticleOutcome, FeedItem, FeedReader, ParsedFeed } from "./feed.ts";
import type { FeedRecord, SeenItem, TwinItem } from "./feed-record.ts";
import { type Article, belongsTo, isTeaser, itemDocument, itemHash, itemKey, itemTwin } from "./item-document.ts";

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
/** Pages read in one poll; the others' turn comes with the next ones. */
const articlesAPoll = 25;
/** How often a page is tried before the feed's own text has to do. */
const mostArticleTries = 4;

/** What is to be done with an item. */
interface Task {
  readonly item: FeedItem;
  /** What is kept of it when nothing goes wrong. */
  readonly seen: SeenItem;
  /** The key of the document to make or revise; null when the item only has to be remembered. */
  readonly key: string | null;
}

/** Reads a page for an item, as long as there are turns left. */
type ReadArticle = (task: Task) => Promise<{ readonly article: Article | null; readonly tries: number }>;

/** Failures that another try does not mend. */
const final: ReadonlySet<string> = new Set([
  "robots",
  "refused",
  "not-there",
  "no-article",
  "bad-address",
  "private-address",
  "hostile",
]);

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
    tasks.push(...(await tasksFor(deps, feed, items, seen)));
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

/** What there is to do, in the feed's order; nothing for an item that is as it was. */
async function tasksFor(
  { store, runtime }: IntakeDeps,
  feed: FeedRecord,
  items: readonly FeedItem[],
  known: ReadonlyMap<string, SeenItem>,
): Promise<readonly Task[]> {
  const now = runtime.now();
  const twins = items.map(itemTwin);
  // Two items of one address, title and date are told apart by their ids alone.
  const lookedUp = twins.filter(
    (twin): twin is string => twin !== null && twins.indexOf(twin) === twins.lastIndexOf(twin),
  );
  const before = [...known.values()].flatMap(({ twin }) => (twin === null ? [] : [twin]));
  const found = await store.twinItems(feed.collection, [...new Set([...lookedUp, ...before])]);
  return items.flatMap((item, i) => {
    const twin = twins[i]!;
    const hash = itemHash(item);
    const publishedAt = item.published === null ? null : Date.parse(item.published);
    const seen = known.get(item.id);
    if (seen) {
      if (seen.hash === hash && seen.articleTries === 0) return [];
      return [{ item, seen: { ...seen, hash, twin, publishedAt }, key: keyToRevise(feed, item, seen, found) }];
    }
    const other = twin === null || !lookedUp.includes(twin) ? undefined : found.get(twin);
    const own = other?.document && belongsTo(feed, other.document.key) ? other.document.key : null;
    const key = other ? own : itemKey(feed, item);
    const document = other ? (other.document?.id ?? null) : documentId(feed.collection, itemKey(feed, item));
    // A feed that gives all its items new ids brings nothing new.
    const baseline = feed.lastSuccessAt === null || own !== null;
    const fresh = { item: item.id, hash, twin, document, firstSeenAt: now, publishedAt, baseline, articleTries: 0 };
    return [{ item, seen: fresh, key }];
  });
}

/** The key of a known item's document; null when it was forgotten, or belongs to another feed. */
function keyToRevise(
  feed: FeedRecord,
  item: FeedItem,
  seen: SeenItem,
  found: ReadonlyMap<string, TwinItem>,
): string | null {
  if (seen.document === null) return null;
  const own = itemKey(feed, item);
  if (documentId(feed.collection, own) === seen.document) return own;
  const first = seen.twin === null ? null : (found.get(seen.twin)?.document ?? null);
  return first && first.id === seen.document && belongsTo(feed, first.key) ? first.key : null;
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
  const readArticle = articleReader(deps, feed, pages, signal);
  for (const [done, task] of tasks.entries()) {
    if (task.key === null) continue;
    const { article, tries } = await readArticle(task);
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

function articleReader({ reader }: IntakeDeps, feed: FeedRecord, pages: number, signal?: AbortSignal): ReadArticle {
  let left = pages;
  return async ({ item, seen }) => {
    if (!feed.article || item.url === null || !isTeaser(item)) return { article: null, tries: 0 };
    if (left === 0) return { article: null, tries: Math.max(1, seen.articleTries) };
    left -= 1;
    const outcome: ArticleOutcome = await reader.article(item.url, signal);
    if (outcome.kind === "read") return { article: outcome, tries: 0 };
    const tries = seen.articleTries + 1;
    const over = outcome.kind === "gone" || final.has(outcome.reason) || tries >= mostArticleTries;
    return { article: null, tries: over ? 0 : tries };
  };
}
