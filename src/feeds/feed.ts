/** What a feed is once it is read, and how reading one can end: plain data that polling, commands and digests share. */

/** One entry of a feed, cleaned: plain text, absolute http(s) links, dates that exist. */
export interface FeedItem {
  /** The same for the same entry at every poll: its guid, else its link, else a digest of title and text. At most 512 units. */
  readonly id: string;
  /** One line, never empty: the beginning of the text where the entry has no title. */
  readonly title: string;
  /** Where the article itself is: http or https, absolute, or null. */
  readonly url: string | null;
  /** ISO 8601 in UTC ("2026-11-21T08:30:00Z"), or null where the entry gives no date that exists. */
  readonly published: string | null;
  /** When the entry says that it was last changed, as `published`; null where it does not say. */
  readonly updated: string | null;
  readonly author: string | null;
  /** The fullest text that the feed gives, plain, a paragraph a line; "" where it gives none. */
  readonly text: string;
  /** The entry's own summary where the feed has one beside a fuller text, plain; null otherwise. */
  readonly summary: string | null;
  /** BCP 47 primary tag, or null where neither entry nor feed says. */
  readonly language: string | null;
  /** The outlet that the entry says it is taken from, or null. */
  readonly origin: string | null;
  readonly categories: readonly string[];
}

/** A feed as parsed. */
export interface ParsedFeed {
  readonly format: "rss" | "rdf" | "atom" | "json";
  readonly title: string | null;
  readonly description: string | null;
  /** The site that the feed belongs to: http or https, absolute, or null. */
  readonly home: string | null;
  /** BCP 47 primary tag, or null. */
  readonly language: string | null;
  /** How long the feed asks readers to wait between polls (ttl, sy:updatePeriod), or null. */
  readonly ttlMs: number | null;
  /** In the feed's order, each id once. */
  readonly items: readonly FeedItem[];
  /** How many entries were left out: they held nothing to read, or broke. */
  readonly dropped: number;
}

/** Why a feed or an article could not be had. Schedulers and tests branch on these, never on the sentence. */
export type FeedFailure =
  /** Not an http(s) address, or one that names a user or a password. */
  | "bad-address"
  /** An address of this machine or of a private network. */
  | "private-address"
  /** The name does not resolve. */
  | "no-such-host"
  /** Nobody answers there, or the connection broke. */
  | "unreachable"
  | "tls"
  /** The deadline passed. */
  | "too-slow"
  /** More bytes than allowed, after decompression; or headers beyond all measure. */
  | "too-large"
  /** Compressed wrongly, or cut off before its declared length. */
  | "damaged"
  | "too-many-redirects"
  /** 401, 402, 403, 407, 451. */
  | "refused"
  /** 404. */
  | "not-there"
  /** 429, or 503 with Retry-After. */
  | "asked-to-wait"
  /** Any other 4xx or 5xx, or a reply that is not HTTP. */
  | "server-error"
  /** robots.txt asks not to read this page. */
  | "robots"
  | "empty"
  /** A web page: a login, a consent wall, a home page. */
  | "web-page"
  | "not-a-feed"
  /** Parsing took too long or too much memory and was stopped. */
  | "hostile"
  /** A page without an article in it. */
  | "no-article"
  | "stopped";

/** What a server gave to ask "only if changed" with next time; keep it beside the address it came from. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What a server said about itself in an answer that counts as one. */
export interface AnswerFacts extends Validators {
  /** The address that answered, after all redirects. */
  readonly url: string;
  /** Where the feed has moved for good (301, 308 and no temporary redirect before), or null. */
  readonly movedTo: string | null;
  /** How long the answer may be kept (Cache-Control, Expires), or null. */
  readonly maxAgeMs: number | null;
}

/** An address that answers no more than this cannot be read, with a sentence that a reporter understands. */
export interface FailedOutcome {
  readonly kind: "failed";
  readonly reason: FeedFailure;
  readonly sentence: string;
  /** The HTTP status where there was one. */
  readonly status: number | null;
  /** How long the server asks to be left alone (Retry-After), or null. */
  readonly retryAfterMs: number | null;
  /** Feeds that a web page names, where the address gave a page instead of a feed; absolute http(s). */
  readonly alternates: readonly FeedLink[];
  /** What broke, for the log only, where the sentence does not say it all; null otherwise. */
  readonly detail: string | null;
}

/** 410: the feed is gone for good; stop asking. */
export interface GoneOutcome {
  readonly kind: "gone";
  readonly sentence: string;
}

/** 304: nothing was sent, nothing is parsed. */
export interface NotModifiedOutcome extends AnswerFacts {
  readonly kind: "not-modified";
}

/** A feed that a page names in its head. */
export interface FeedLink {
  readonly url: string;
  readonly title: string | null;
}

/** How fetching ends: the body's bytes, decompressed. */
export type FetchOutcome =
  | (AnswerFacts & {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      /** The Content-Type header as sent, or null. */
      readonly contentType: string | null;
      /** The Content-Location header as sent, or null; relative links start from it. */
      readonly contentLocation: string | null;
      /** The Content-Language header as sent, or null. */
      readonly contentLanguage: string | null;
    })
  | NotModifiedOutcome
  | GoneOutcome
  | FailedOutcome;

/** How reading a feed (fetching and parsing) ends. */
export type FeedOutcome =
  | (AnswerFacts & { readonly kind: "read"; readonly feed: ParsedFeed })
  | NotModifiedOutcome
  | GoneOutcome
  | FailedOutcome;

/** How reading an article's own page ends. */
export type ArticleOutcome =
  | {
      readonly kind: "read";
      /** The address that answered, after all redirects. */
      readonly url: string;
      readonly title: string | null;
      readonly text: string;
      /** Advertising and navigation inside `text`, ordered and disjoint. */
      readonly excluded: readonly { readonly start: number; readonly end: number }[];
      readonly language: string | null;
      readonly published: string | null;
      readonly outlet: string | null;
    }
  | GoneOutcome
  | FailedOutcome;

/** Reads feeds and articles from the open web; made by `createFeedReader`. */
export interface FeedReader {
  /**
   * The feed at `address`, asked for only if changed when `known` is given. Never rejects for what a stranger's server does;
   * rejects only when `signal` aborts. One request a host at a time, whoever calls.
   */
  read(address: string, known?: Validators, signal?: AbortSignal): Promise<FeedOutcome>;
  /** The article on the page at `address`, unless robots.txt asks not to. Ends as `read` does. */
  article(address: string, signal?: AbortSignal): Promise<ArticleOutcome>;
  /** Ends what is under way and stops the parsing thread; may be called twice. */
  close(): Promise<void>;
}
