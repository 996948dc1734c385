/** What is kept of feeds: each with how it fares and when it is read next, and which of its items have been seen. Plain data. */
import type { Place } from "../ports.ts";
import type { FeedFailure } from "./feed.ts";

/** What a feed is as somebody added it. */
export interface NewFeed {
  /** Stable, printable, unique; what `feeds remove` names. The same address in the same collection has the same. */
  readonly id: string;
  readonly address: string;
  /** The collection that its items become documents of. */
  readonly collection: string;
  readonly title: string | null;
  /** What its items' citations name as their outlet, or null. */
  readonly outlet: string | null;
  /** The site it belongs to: http or https, or null. */
  readonly home: string | null;
  /** Whether the article's own page is read where an item is only a teaser. */
  readonly article: boolean;
  readonly paused: boolean;
  readonly addedBy: string | null;
  /** Where it was added; null on the command line. */
  readonly addedWhere: Place | null;
  readonly addedAt: number;
}

/** How polling a feed stands; times in milliseconds since the epoch. */
export interface FeedStanding {
  /** `gone`: the server said that it is no more, or it moved to where another feed reads; nobody asks again. */
  readonly state: "active" | "paused" | "gone";
  /** When it is read next; null unless active. */
  readonly nextTryAt: number | null;
  readonly lastTryAt: number | null;
  readonly lastSuccessAt: number | null;
  /** Tries in a row that failed. */
  readonly failures: number;
  /** Why the last try failed, or why it is gone; null otherwise. */
  readonly reason: FeedFailure | "gone" | null;
  /** The same in words a reporter understands. */
  readonly sentence: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** How long the feed itself asks readers to wait between polls, or null. */
  readonly ttlMs: number | null;
  readonly itemsADay: number | null;
}

export interface FeedRecord extends Omit<NewFeed, "paused">, FeedStanding {}

/** What may change of a feed. */
export type FeedChange = Partial<Omit<FeedRecord, "id" | "collection" | "addedBy" | "addedWhere" | "addedAt">>;

/** An item as it was last seen. */
export interface SeenItem {
  /** The item's id in its feed. */
  readonly item: string;
  /** Digest of what the feed said in it: while it stays the same there is nothing to do. */
  readonly hash: string;
  /** Digest of address and title: the same article under another id, or in another feed, has the same; null without an address. */
  readonly twin: string | null;
  /** The document that it became; null when that has been forgotten, and then it never comes back. */
  readonly document: string | null;
  /** When it was first seen; what was kept before stays. */
  readonly firstSeenAt: number;
  /** As the feed dates it, in milliseconds since the epoch, or null. */
  readonly publishedAt: number | null;
  /** It was there already when the feed was first read, or is long past: nobody is told of it as news. */
  readonly baseline: boolean;
  /** How often its article's page was tried in vain and is to be tried again; 0 when nothing is due. */
  readonly articleTries: number;
}

/** An article that some feed of a collection has brought. */
export interface TwinItem {
  readonly twin: string;
  /** The document and its key, by which its own feed revises it; null when it has been forgotten. */
  readonly document: { readonly id: string; readonly key: string } | null;
}
