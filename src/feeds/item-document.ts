/** Makes a document of a feed's item, and the digests by which an item is known again. */
import { createHash } from "node:crypto";
import type { SourceDocument } from "../corpus/document.ts";
import type { ArticleOutcome, FeedItem, ParsedFeed } from "./feed.ts";
import type { FeedRecord } from "./feed-record.ts";

/** A page that was read for an item. */
export type Article = Extract<ArticleOutcome, { kind: "read" }>;

/** Items with fewer words are taken for teasers of a longer article. */
const teaserWords = 150;

function digest(...parts: readonly (string | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Digest of what the feed says in an item. Its date of change and its categories are not shown, so they do not count. */
export function itemHash({ title, url, published, author, text, summary, language, origin }: FeedItem): string {
  return digest(title, url, published, author, text, summary, language, origin);
}

/** An address without what only says how the reader came there. */
function plainAddress(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  url.hash = "";
  for (const name of [...url.searchParams.keys()])
    if (/^(?:utm_|at_|fbclid$|gclid$)/i.test(name)) url.searchParams.delete(name);
  return url.href;
}

/**
 * Digest by which the same article is known under another id or in another feed: address, title and date (where there is
 * none, its text); null without an address.
 */
export function itemTwin({ url, title, published, text }: FeedItem): string | null {
  return url === null ? null : digest(plainAddress(url), title.toLowerCase(), published ?? text);
}

/** The key of the document that an item becomes: its feed's id comes first. */
export function itemKey(feed: Pick<FeedRecord, "id">, item: Pick<FeedItem, "id">): string {
  return `${feed.id}/${item.id}`;
}

/** Whether a document's key says that it belongs to this feed. */
export function belongsTo(feed: Pick<FeedRecord, "id">, key: string): boolean {
  return key.startsWith(`${feed.id}/`);
}

/** Whether the item holds so little that its article's page is worth reading. */
export function isTeaser({ text }: FeedItem): boolean {
  return (text.match(/\S+/g)?.length ?? 0) < teaserWords;
}

function hostOf(address: string | null): string | null {
  return address === null ? null : (URL.parse(address)?.hostname.split(".").slice(-2).join(".") ?? null);
}

/** A page of somebody else's site is that outlet's; what is on the feed's own site is the feed's. */
function outletOf(feed: FeedRecord, article: Article | null): string | null {
  if (!article?.outlet) return feed.outlet;
  const own = [feed.address, feed.home].map(hostOf);
  return own.includes(hostOf(article.url)) ? (feed.outlet ?? article.outlet) : article.outlet;
}

/**
 * The document of an item: the article's own page where it was read and says more, else the feed's fullest text, a
 * paragraph a block, else its title alone. Nothing that neither says is supplied.
 */
export function itemDocument(
  feed: FeedRecord,
  { language }: Pick<ParsedFeed, "language">,
  item: FeedItem,
  key: string,
  article: Article | null,
): SourceDocument {
  const page = article !== null && article.text.length > item.text.length ? article : null;
  const paragraphs = (item.text || item.summary || item.title).split(/\s*\n\s*/).filter((line) => line !== "");
  return {
    key,
    collection: feed.collection,
    text: page?.text ?? paragraphs.join("\n\n"),
    excluded: page?.excluded ?? [],
    meta: {
      title: item.title,
      outlet: outletOf(feed, page),
      published: item.published ?? page?.published ?? null,
      dateline: null,
      language: page?.language ?? item.language ?? language ?? "und",
      origin: item.origin,
      source: feed.id,
      url: item.url,
    },
  };
}
