/** The narrow interfaces a store keeps; the embedded one is in sqlite.ts, and one contract suite runs over every store. */
import type { Answer, Context } from "../answer/answer.ts";
import type { Passage, SourceDocument, Span, StoredDocument } from "../corpus/document.ts";
import type { Digest, DigestSummary, DigestWindow } from "../digest/digest.ts";
import type { FeedChange, FeedRecord, NewFeed, SeenItem, TwinItem } from "../feeds/feed-record.ts";
import type { AdapterState, CorpusCounts, DayCount, DocumentRevision, DocumentSummary, Feedback } from "../ports.ts";
import type { ReplyPart } from "../reply/reply.ts";
import type {
  DeliveryPart,
  DeliveryRecord,
  DeliveryState,
  DueSlots,
  NewDelivery,
  OpenDelivery,
  PartOutcome,
  Subscription,
} from "../schedule/ledger.ts";

/** A document ready to be kept: read, cut into passages, and compared with what is there. */
export interface PreparedDocument {
  readonly id: string;
  readonly source: SourceDocument;
  readonly hash: string;
  readonly passages: readonly Span[];
  /** Of the text without what is excluded, for finding near-duplicates (see corpus/near-duplicates.ts). */
  readonly signature: Int32Array;
}

export interface PutOutcome {
  readonly id: string;
  readonly revision: number;
  readonly outcome: "added" | "revised" | "unchanged";
  readonly nearDuplicateOf: string | null;
}

/** A passage with what the index needs of its document. */
export interface IndexedPassage extends Passage {
  readonly collection: string;
  readonly outlet: string | null;
  readonly published: string | null;
  readonly language: string;
  readonly title: string;
  /** The passage's text with excluded spans blanked. */
  readonly body: string;
}

/** A step of the corpus's history, in the order of `sequence`. */
export type Change =
  | { readonly kind: "add"; readonly sequence: number; readonly passages: readonly IndexedPassage[] }
  | { readonly kind: "remove"; readonly sequence: number; readonly first: number; readonly last: number };

export interface DocumentStore {
  /**
   * Keeps a batch in one transaction: once it resolves, nothing of it is lost. An id that is kept with another hash gets
   * a new revision; the old one stays readable, its passages leave the index. Rejects the whole batch with
   * `bad-document` when an id is that of a document from elsewhere (another key or collection).
   */
  put(documents: readonly PreparedDocument[]): Promise<readonly PutOutcome[]>;
  /** The hashes of the current revisions of those of `ids` that are kept, by id. */
  hashes(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Removes a document, its revisions, its passages and the answers that quote it for good; false when there is none.
   * Its numbers are not used again, and if it comes back, neither are its revision numbers.
   */
  forget(id: string): Promise<boolean>;
  /** The current revision, or the one asked for. */
  document(id: string, revision?: number): Promise<StoredDocument | null>;
  documents(
    collections: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DocumentSummary[]>;
  /** Every revision of a document that is kept, the newest first; none where there is no document. */
  revisions(id: string): Promise<readonly DocumentRevision[]>;
  /** What is current in these collections, counted; it takes as long for millions as for ten. */
  counts(collections: readonly string[]): Promise<CorpusCounts>;
  /** Names of the collections that hold a document. */
  collectionsInUse(): Promise<readonly string[]>;
  /** Grows with every change to the corpus; 0 when nothing was ever kept. */
  sequence(): Promise<number>;
  /** Digest of ids, revisions and texts of these collections: equal corpora have equal fingerprints. */
  fingerprint(collections: readonly string[]): Promise<string>;
  /**
   * Everything since `sequence` (0: all current passages), passages that are gone since left out, in bounded batches,
   * up to the sequence at the time of the call. A reader that has taken a change is at that change's `sequence` and may
   * stop there and go on later; one that has taken them all is at what `sequence()` said before the call. Removals name
   * numbers up to `since` only; the reader may never have had some of them.
   */
  changes(since: number): AsyncIterable<Change>;
}

export interface ConversationStore {
  /** Keeps an answer, and its context as that of the thread that `thread` names, if it was given in one. */
  saveAnswer(answer: Answer, context: Context, thread: string | null): Promise<void>;
  answer(id: string): Promise<{ readonly answer: Answer; readonly context: Context } | null>;
  /** The last context of a thread, or null. */
  context(thread: string): Promise<Context | null>;
  saveFeedback(feedback: Feedback, at: number): Promise<void>;
}

/** What `allow` set for a workspace, or for one of its channels. */
export interface Permission {
  readonly adapter: string;
  readonly workspace: string;
  readonly channel: string | null;
  readonly collections: readonly string[];
}

export interface PermissionStore {
  /** Everything that `allow` has set, in order of adapter, workspace and channel; a workspace before its channels. */
  permissions(): Promise<readonly Permission[]>;
  /** What `allow` set for exactly this workspace and channel (null: the workspace itself), or null. */
  allowed(adapter: string, workspace: string, channel: string | null): Promise<readonly string[] | null>;
  allow(adapter: string, workspace: string, channel: string | null, collections: readonly string[]): Promise<void>;
}

export interface FeedStore {
  /** False when that collection has a feed of that address already; then nothing changes. */
  addFeed(feed: NewFeed): Promise<boolean>;
  feed(id: string): Promise<FeedRecord | null>;
  /** Feeds of these collections (null: of all), by title, then id. */
  feeds(collections: readonly string[] | null): Promise<readonly FeedRecord[]>;
  /**
   * Changes a feed and lets go of it, if it was claimed. False, and nothing changes, when it is no longer there or
   * another feed of its collection has the new address.
   */
  changeFeed(id: string, change: FeedChange): Promise<boolean>;
  /** Removes a feed. Its documents stay, and which items were seen stays known. False when there is none. */
  removeFeed(id: string): Promise<boolean>;
  /**
   * Active feeds that are due at `now` and that nobody has claimed, the longest due first, at most `limit`; claimed until
   * `until`, so that no other process takes them meanwhile. A next try later than `latest` is one that a clock which was
   * wrong has set, and due.
   */
  claimFeeds(claim: {
    readonly now: number;
    readonly until: number;
    readonly latest: number;
    readonly limit: number;
  }): Promise<readonly FeedRecord[]>;
  /** When the next active feed is due, or null when there is none. */
  nextFeedDue(): Promise<number | null>;
  /** Those of `items` that this feed has shown before, by item id. */
  seenItems(feed: string, items: readonly string[]): Promise<ReadonlyMap<string, SeenItem>>;
  /** Articles that feeds of a collection have brought, by twin: of each the earliest seen. */
  twinItems(collection: string, twins: readonly string[]): Promise<ReadonlyMap<string, TwinItem>>;
  /** How many items of this feed, first seen after `since`, have their article's page still to be read. */
  articlesDue(feed: string, since: number): Promise<number>;
  /**
   * Keeps documents as `put` does, and in the same transaction that these items were seen. An item that is known keeps
   * when it was first seen, whether it is baseline, and, once its document was forgotten, that it was.
   */
  keepItems(
    feed: string,
    items: readonly SeenItem[],
    documents: readonly PreparedDocument[],
  ): Promise<readonly PutOutcome[]>;
  /** When the items of a feed appeared since `since`: published where they say so and it is past, else first seen. */
  itemTimes(feed: string, since: number): Promise<readonly number[]>;
  /**
   * Documents that the feeds of these collections brought, by day and the feed's outlet, from the day of `since` on; the
   * latest day first.
   */
  itemsByDay(collections: readonly string[], since: number): Promise<readonly DayCount[]>;
}

export interface SubscriptionStore {
  /** Every subscription, in order of place. */
  subscriptions(): Promise<readonly Subscription[]>;
  subscription(id: string): Promise<Subscription | null>;
  /** Keeps it, in place of the one with its id. */
  saveSubscription(subscription: Subscription): Promise<void>;
  /** What was delivered for it stays known. False when there is none. */
  removeSubscription(id: string): Promise<boolean>;
}

export interface DeliveryStore {
  /**
   * Deals with slots whose time has come, in one transaction: records those that are skipped, opens the one that is due,
   * moves the subscription on. What is in the ledger already stays as it is, except that a skip recorded later than `now`,
   * by a clock that was wrong then, does not count. Nothing is done where the subscription has been paused or removed
   * meanwhile. Resolves with the number of skips recorded.
   */
  handleSlots(subscription: string, slots: DueSlots, now: number): Promise<number>;
  /** Takes back how far a subscription is dealt with, to `to`, unless that is later already. */
  rewindSubscription(subscription: string, to: number): Promise<void>;
  /** Opens a delivery that nobody works on yet. */
  requestDelivery(delivery: NewDelivery, now: number): Promise<void>;
  /** Those that are not finished, in the order they were recorded. */
  openDeliveries(): Promise<readonly OpenDelivery[]>;
  /** Takes a delivery over, if its claim and beat are still those that were seen. */
  claimDelivery(id: string, seen: Pick<OpenDelivery, "claim" | "beat">, claim: string): Promise<boolean>;
  /** Says that the process is alive which works on everything that `claim` holds. */
  renewClaims(claim: string): Promise<void>;
  /** Lets go of a delivery, to be tried again; without `retry` at once, and the try does not count. */
  releaseDelivery(
    id: string,
    claim: string,
    retry: { readonly at: number; readonly sentence: string } | null,
  ): Promise<void>;
  /** Keeps what a delivery covers and posts, unless that is kept already. False when `claim` no longer holds it. */
  composeDelivery(
    id: string,
    claim: string,
    composed: {
      readonly window: DigestWindow;
      readonly documents: readonly string[];
      readonly parts: readonly ReplyPart[];
    },
  ): Promise<boolean>;
  /** In their order; none before it is composed. */
  deliveryParts(id: string): Promise<readonly DeliveryPart[]>;
  /** Records that a part is about to be posted. False when `claim` no longer holds the delivery, or the part is withdrawn. */
  beginPart(id: string, claim: string, number: number, now: number): Promise<boolean>;
  /** Records what came of a part, whoever holds the delivery; its text is not kept any longer. */
  endPart(id: string, number: number, outcome: PartOutcome): Promise<void>;
  /** Ends a delivery. False, and nothing changes, when `claim` no longer holds it. */
  finishDelivery(
    id: string,
    claim: string,
    state: Exclude<DeliveryState, "open">,
    sentence: string | null,
  ): Promise<boolean>;
  /** The latest of a subscription (null: of all), the newest first. */
  deliveries(subscription: string | null, limit: number): Promise<readonly DeliveryRecord[]>;
  /**
   * Where the window ends of the last digest whose main message a subscription got, or that was empty; null when there
   * is none. One that ends after `now` does not count.
   */
  lastWindowEnd(subscription: string, now: number): Promise<number | null>;
}

/** A current document and when it came in. */
export interface ArrivedDocument {
  readonly document: StoredDocument;
  /** Of its first revision, in milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** Whether a feed brought it; otherwise somebody ingested it. */
  readonly byFeed: boolean;
  /** It was already there when the feeds that brought it were added. */
  readonly baseline: boolean;
}

export interface DigestStore {
  /** Current documents of these collections that first came in during the window, in order of arrival, in batches. */
  arrived(collections: readonly string[], window: DigestWindow): AsyncIterable<readonly ArrivedDocument[]>;
  /** Keeps a digest unless one of its id is kept. A document that is forgotten later is taken out of it. */
  keepDigest(digest: Digest): Promise<void>;
  digest(id: string): Promise<Digest | null>;
  /** Digests over nothing but these collections, the latest first, `limit` at a time, after the id `after`. */
  digests(
    collections: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly DigestSummary[]>;
}

export interface Store
  extends DocumentStore,
    ConversationStore,
    PermissionStore,
    FeedStore,
    SubscriptionStore,
    DeliveryStore,
    DigestStore {
  adapterState(namespace: string): AdapterState;
  close(): Promise<void>;
}
