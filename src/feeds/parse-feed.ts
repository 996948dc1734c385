/** Parses a feed's bytes. It takes as long as a hostile feed likes: outside the parsing thread use `createFeedParser`. */
import { type CleaningFacts, cleanFeed } from "./clean-feed.ts";
import { decodeFeed } from "./decode-feed.ts";
import { failed } from "./failed.ts";
import type { FailedOutcome, ParsedFeed } from "./feed.ts";
import { feedLinks } from "./feed-links.ts";
import { maxItems, mendFeed, tooManyItems } from "./mend.ts";
import type { RawFeed } from "./raw-feed.ts";
import { readJsonFeed, readStrangeFeed } from "./read-other-feed.ts";
import { readXmlFeed } from "./read-xml-feed.ts";

/** What is known of a body beside its bytes. */
export interface FeedSource extends CleaningFacts {
  /** The Content-Type header, or null. */
  readonly contentType: string | null;
}

export type ParseOutcome = { readonly kind: "parsed"; readonly feed: ParsedFeed } | FailedOutcome;

/** The feed in `bytes`, or why there is none. */
export async function parseFeed(bytes: Uint8Array, source: FeedSource): Promise<ParseOutcome> {
  const text = decodeFeed(bytes, source.contentType);
  if (text.trim() === "") return failed("empty", "The site answers with nothing at all.");
  const raw = /^\s*[{[]/.test(text) ? readJsonFeed(text) : await readMarkupFeed(text, source);
  if (raw === null) return failed("not-a-feed", "What the site sends is no RSS, Atom or JSON feed.");
  if ("kind" in raw) return raw;
  if (raw.items.length > maxItems) return failed("hostile", tooManyItems);
  return { kind: "parsed", feed: cleanFeed(raw, source) };
}

async function readMarkupFeed(text: string, source: FeedSource): Promise<RawFeed | FailedOutcome | null> {
  const mended = mendFeed(text, source.base);
  switch (mended.kind) {
    case "mended":
      return readXmlFeed(mended.xml, mended.format);
    case "web-page":
      return failed("web-page", "There is a web page at this address, not a feed; it may ask for a login.", {
        alternates: feedLinks(text, source.base),
      });
    case "opml":
      return failed("not-a-feed", "There is a list of feeds (OPML) at this address, not a feed; import it instead.");
    case "cut-off":
      return failed("damaged", "The feed breaks off before its end.");
    case "hostile":
      return failed("hostile", mended.sentence);
    case "no-feed":
      return readStrangeFeed(text.replace(/<!DOCTYPE[\s\S]*?(?:\]\s*>|>)/i, ""));
  }
}
