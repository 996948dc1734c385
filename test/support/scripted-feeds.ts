/** Feeds as a test says that the web gives them: no network, no parsing, only what polling is told. */
import type {
  ArticleOutcome,
  FailedOutcome,
  FeedFailure,
  FeedItem,
  FeedOutcome,
  FeedReader,
  ParsedFeed,
  Validators,
} from "../../src/feeds/feed.ts";

/** An item with a text of its own; everything may be said otherwise. */
export function feedItem(id: string, given: Partial<FeedItem> = {}): FeedItem {
  return {
    id,
    title: `Title of ${id}`,
    url: `https://gazette.example/${id}`,
    published: null,
    updated: null,
    author: null,
    text: `The port said on Friday that gate ${id} will close. Repairs of ${id} begin at once.`,
    summary: null,
    language: "en",
    origin: null,
    categories: [],
    ...given,
  };
}

/** A feed of these items. */
export function parsedFeed(items: readonly FeedItem[], given: Partial<ParsedFeed> = {}): ParsedFeed {
  return {
    format: "rss",
    title: "The Gazette",
    description: null,
    home: "https://gazette.example/",
    language: "en",
    ttlMs: null,
    dropped: 0,
    ...given,
    items,
  };
}

type Read = Extract<FeedOutcome, { kind: "read" }>;

/** A feed that was read. */
export function readOutcome(
  items: readonly FeedItem[],
  given: Partial<Read> & { readonly feed?: ParsedFeed } = {},
): Read {
  const facts = { url: "https://gazette.example/rss", movedTo: null, maxAgeMs: null, etag: null, lastModified: null };
  return { kind: "read", ...facts, ...given, feed: given.feed ?? parsedFeed(items) };
}

/** A feed that could not be read. */
export function failedOutcome(reason: FeedFailure, given: Partial<FailedOutcome> = {}): FailedOutcome {
  const sentence = `It failed: ${reason}.`;
  return { kind: "failed", reason, sentence, status: null, retryAfterMs: null, alternates: [], detail: null, ...given };
}

export interface ScriptedFeeds extends FeedReader {
  /** What every request to `address` gives from now on. */
  give(address: string, outcome: FeedOutcome): void;
  giveArticle(address: string, outcome: ArticleOutcome): void;
  /** Every feed asked for, with what it was asked to compare with, in order. */
  readonly asked: readonly { readonly address: string; readonly known: Validators | undefined }[];
  readonly articlesAsked: readonly string[];
  /** Called before a request is answered. */
  onAsked: (address: string) => Promise<void> | void;
  text(address: string): Promise<string>;
}

/** A reader that says what a test told it; every other address is not there. */
export function scriptedFeeds(): ScriptedFeeds {
  const feeds = new Map<string, FeedOutcome>();
  const articles = new Map<string, ArticleOutcome>();
  const asked: { readonly address: string; readonly known: Validators | undefined }[] = [];
  const articlesAsked: string[] = [];
  const scripted: ScriptedFeeds = {
    give: (address, outcome) => void feeds.set(address, outcome),
    giveArticle: (address, outcome) => void articles.set(address, outcome),
    asked,
    articlesAsked,
    onAsked: () => undefined,
    async read(address, known, signal) {
      asked.push({ address, known });
      await scripted.onAsked(address);
      signal?.throwIfAborted();
      return feeds.get(address) ?? failedOutcome("not-there", { status: 404 });
    },
    async article(address, signal) {
      articlesAsked.push(address);
      signal?.throwIfAborted();
      return articles.get(address) ?? failedOutcome("not-there", { status: 404 });
    },
    text: async () => "",
    close: async () => undefined,
  };
  return scripted;
}
