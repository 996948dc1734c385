/** Writes feeds for tests and parses them in the test's own thread. */

import type { FeedItem, ParsedFeed } from "../../src/feeds/feed.ts";
import { type FeedSource, type ParseOutcome, parseFeed } from "../../src/feeds/parse-feed.ts";

/** What a server would say beside a feed at https://paper.example/feeds/news.xml on 21 November 2026. */
export const feedSource: FeedSource = {
  base: "https://paper.example/feeds/news.xml",
  contentType: null,
  language: null,
  nowMs: Date.parse("2026-11-21T08:00:00Z"),
};

/** An RSS feed with `inside` in its channel. */
export function rss(inside: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Paper</title>${inside}</channel></rss>`;
}

/** An Atom feed with `inside` in it. */
export function atom(inside: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>${inside}</feed>`;
}

/** How parsing `body` ends. */
export function parseBody(body: string | Uint8Array, source: Partial<FeedSource> = {}): Promise<ParseOutcome> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return parseFeed(bytes, { ...feedSource, ...source });
}

/** The feed in `body`; throws the sentence when there is none. */
export async function feedIn(body: string | Uint8Array, source: Partial<FeedSource> = {}): Promise<ParsedFeed> {
  const outcome = await parseBody(body, source);
  if (outcome.kind !== "parsed") throw new Error(`${outcome.reason}: ${outcome.sentence}`);
  return outcome.feed;
}

/** The only item of the feed in `body`. */
export async function itemIn(body: string | Uint8Array, source: Partial<FeedSource> = {}): Promise<FeedItem> {
  const { items } = await feedIn(body, source);
  if (items.length !== 1) throw new Error(`There are ${items.length} items.`);
  return items[0]!;
}
