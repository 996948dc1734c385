/** Finds out what there is to do about a feed's items: nothing for a repeat, a document for what is new or changed. */
import { documentId } from "../corpus/prepare.ts";
import type { FeedStore } from "../store/store.ts";
import type { FeedItem } from "./feed.ts";
import type { FeedRecord, SeenItem, TwinItem } from "./feed-record.ts";
import { belongsTo, itemHash, itemKey, itemTwin } from "./item-document.ts";

/** What is to be done with an item. */
export interface Task {
  readonly item: FeedItem;
  /** What is kept of it when nothing goes wrong. */
  readonly seen: SeenItem;
  /** The key of the document to make or revise; null when the item only has to be remembered. */
  readonly key: string | null;
}

/** What there is to do, in the feed's order; nothing for an item that is as it was. */
export async function tasksFor(
  store: Pick<FeedStore, "twinItems">,
  feed: FeedRecord,
  items: readonly FeedItem[],
  known: ReadonlyMap<string, SeenItem>,
  now: number,
): Promise<readonly Task[]> {
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
  const own = itemKey(feed, item);
  if (documentId(feed.collection, own) === seen.document) return own;
  const first = seen.twin === null ? null : (found.get(seen.twin)?.document ?? null);
  return first && first.id === seen.document && belongsTo(feed, first.key) ? first.key : null;
}
