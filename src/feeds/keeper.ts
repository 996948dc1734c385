/** What people do with feeds: look at one, add, find, switch, remove, import and export. */
import { createHash } from "node:crypto";
import { NewsroomError } from "../errors.ts";
import type { FeedSummary, Place } from "../ports.ts";
import type { Runtime } from "../runtime.ts";
import type { DocumentStore, FeedStore } from "../store/store.ts";
import { discoverFeed, type FoundFeed } from "./discover.ts";
import type { FeedReader } from "./feed.ts";
import type { FeedRecord, NewFeed } from "./feed-record.ts";
import { feedSummary, feedTitle } from "./feed-summary.ts";
import type { IntakeReport } from "./intake.ts";
import type { OutlineList } from "./opml.ts";
import { hostNames, outletName } from "./outlet-name.ts";
import { itemsADay } from "./pace.ts";
import type { Settle } from "./settle.ts";

/** A feed looked at and not added. */
export interface FeedPreview extends FoundFeed {
  readonly outlet: string | null;
  /** By the dates of its items. */
  readonly itemsADay: number;
}

/** Who adds what, and to where. */
export interface AddRequest {
  /** As a person typed it: a feed, or the site that has one. */
  readonly typed: string;
  readonly collection: string;
  readonly article: boolean;
  /** What its items are cited as; null: what the feed calls itself. */
  readonly outlet: string | null;
  readonly by: string | null;
  readonly where: Place | null;
}

export interface AddedFeed {
  readonly feed: FeedSummary;
  readonly preview: FeedPreview;
  /** What became of the items that it holds. */
  readonly report: IntakeReport | null;
}

/** How importing a list ended. */
export interface Imported {
  readonly added: readonly FeedSummary[];
  /** Those that were there already. */
  readonly there: number;
}

export interface FeedKeeper {
  /** Finds and reads the feed behind an address, and keeps nothing. Throws `usage` when there is none. */
  preview(typed: string, signal?: AbortSignal): Promise<FeedPreview>;
  /** Adds a feed and takes in what it holds, as baseline. Throws `usage` when there is none, or it is there already. */
  add(request: AddRequest, signal?: AbortSignal): Promise<AddedFeed>;
  /** Feeds of these collections; null: all. */
  list(collections: readonly string[] | null): Promise<readonly FeedSummary[]>;
  /** The same, with everything that is kept of them. */
  records(collections: readonly string[] | null): Promise<readonly FeedRecord[]>;
  /** Every collection that holds a document or has a feed. */
  collections(): Promise<readonly string[]>;
  /** The one feed that an id, an address or a title names; throws `not-found` for none, `usage` for several. */
  find(named: string, collections: readonly string[] | null): Promise<FeedRecord>;
  /** Switches polling on (at once, whatever failed before) or off; one that is as it was stays so. */
  pause(feed: FeedRecord): Promise<void>;
  resume(feed: FeedRecord): Promise<void>;
  remove(feed: FeedRecord): Promise<void>;
  /** Adds what is not there yet, without reading any of it; `collectionOf` says where each feed belongs by its category. */
  importList(
    list: OutlineList,
    collectionOf: (category: string | null) => string,
    by: Pick<AddRequest, "by" | "where">,
  ): Promise<Imported>;
  /** The feeds of these collections as OPML 2.0. */
  exportList(collections: readonly string[] | null): Promise<string>;
}

export interface KeeperDeps {
  readonly store: FeedStore & Pick<DocumentStore, "collectionsInUse">;
  readonly reader: Pick<FeedReader, "read">;
  readonly settle: Settle;
  readonly runtime: Pick<Runtime, "now">;
}

/** The id of a feed: what its host is called, and six hex digits of SHA-256 of collection and address. */
function feedId(collection: string, address: string): string {
  const digest = createHash("sha256").update(`${collection}\n${address}`).digest("hex").slice(0, 6);
  const name = hostNames(address)
    .join("-")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 30)
    .replace(/^-+|-+$/g, "");
  return `${name === "" ? "feed" : name}-${digest}`;
}

function previewOf(found: FoundFeed, now: number): FeedPreview {
  const { feed } = found.outcome;
  const times = feed.items.flatMap(({ published }) => (published === null ? [] : [Date.parse(published)]));
  const outlet = outletName(feed.title, [feed.home, found.address]);
  return { ...found, outlet, itemsADay: itemsADay(times, now) };
}

/** Makes the keeper. */
export function createFeedKeeper({ store, reader, settle, runtime }: KeeperDeps): FeedKeeper {
  const preview = async (typed: string, signal?: AbortSignal) =>
    previewOf(await discoverFeed(reader, typed, signal), runtime.now());

  async function refuseKnown(collection: string, addresses: readonly string[]): Promise<void> {
    const there = (await store.feeds([collection])).find(({ address }) => addresses.includes(address));
    if (!there) return;
    throw new NewsroomError(
      "usage",
      `“${feedTitle(there)}” is there already, in the collection ${collection} (${there.id}).`,
    );
  }

  async function add(request: AddRequest, signal?: AbortSignal): Promise<AddedFeed> {
    const { collection, article, by, where } = request;
    const seen = await preview(request.typed, signal);
    const { address, outcome } = seen;
    await refuseKnown(collection, [address]);
    const outlet = request.outlet ?? seen.outlet;
    const { title, home } = outcome.feed;
    const id = feedId(collection, address);
    const kept = { id, address, collection, title, outlet, home, article, paused: false };
    const added = await store.addFeed({ ...kept, addedBy: by, addedWhere: where, addedAt: runtime.now() });
    const feed = added ? await store.feed(id) : null;
    if (!feed) throw new NewsroomError("usage", "Somebody else has just added that feed.");
    // Somebody waits: the articles' pages are read at the next poll, which comes at once.
    const { report } = await settle(feed, outcome, { signal, pages: 0 });
    const due = article && (await store.articlesDue(id, runtime.now() - 1)) > 0;
    if (due) await store.changeFeed(id, { nextTryAt: runtime.now() });
    return { feed: feedSummary((await store.feed(id)) ?? feed), preview: seen, report };
  }

  async function find(named: string, collections: readonly string[] | null): Promise<FeedRecord> {
    const feeds = await store.feeds(collections);
    const wanted = named.trim().toLowerCase();
    const bare = wanted.replace(/^<?https?:\/\/|[/>]+$/g, "");
    const ways: readonly ((feed: FeedRecord) => boolean)[] = [
      ({ id }) => id === wanted,
      ({ address }) => address.toLowerCase().replace(/^https?:\/\/|\/+$/g, "") === bare,
      (feed) => feedTitle(feed).toLowerCase() === wanted,
      (feed) => feedTitle(feed).toLowerCase().includes(wanted) || feed.id.startsWith(wanted),
    ];
    for (const way of ways) {
      const found = feeds.filter(way);
      if (found.length === 1) return found[0]!;
      if (found.length > 1) {
        const some = found.slice(0, 5).map((feed) => `“${feedTitle(feed)}” (${feed.id})`);
        throw new NewsroomError("usage", `Several feeds are called that. Give the id: ${some.join(", ")}.`);
      }
    }
    throw new NewsroomError(
      "not-found",
      `There is no feed “${named.trim().slice(0, 100)}” here. “feeds list” lists them.`,
    );
  }

  return {
    preview,
    add,
    find,
    list: async (collections) => (await store.feeds(collections)).map(feedSummary),
    records: (collections) => store.feeds(collections),
    async collections() {
      const withFeeds = (await store.feeds(null)).map(({ collection }) => collection);
      return [...new Set([...(await store.collectionsInUse()), ...withFeeds])];
    },
    async pause({ id, state }) {
      if (state === "active") await store.changeFeed(id, { state: "paused", nextTryAt: null });
    },
    async resume({ id }) {
      const state = { state: "active", nextTryAt: runtime.now(), failures: 0, reason: null, sentence: null } as const;
      await store.changeFeed(id, state);
    },
    async remove({ id }) {
      await store.removeFeed(id);
    },
    async importList({ feeds }, collectionOf, { by, where }) {
      const added: FeedSummary[] = [];
      for (const { category, ...outline } of feeds) {
        const collection = collectionOf(category);
        const id = feedId(collection, outline.address);
        const feed: NewFeed = { ...outline, id, collection, addedBy: by, addedWhere: where, addedAt: runtime.now() };
        if (!(await store.addFeed(feed))) continue;
        const kept = await store.feed(id);
        if (kept) added.push(feedSummary(kept));
      }
      return { added, there: feeds.length - added.length };
    },
    async exportList(collections) {
      const feeds = (await store.feeds(collections)).map((feed) => ({
        ...feed,
        category: feed.collection,
        paused: feed.state !== "active",
      }));
      // What reads markup is loaded when a list is read or written: a question should not wait for it.
      const { writeOpml } = await import("./opml.ts");
      return writeOpml(feeds, "Feeds of this newsroom");
    },
  };
}
