/** Reads with feedsmith what rss-parser does not take: JSON Feed, and XML that could not be mended into RSS or Atom. */
import { parseFeed, parseJsonFeed } from "feedsmith";
import { type RawFeed, type RawItem, stringOf, stringsOf } from "./raw-feed.ts";
import { escaped } from "./xml-entities.ts";

type Loose = Readonly<Record<string, unknown>>;

/** The feed in a JSON text; null when it is no JSON Feed. */
export function readJsonFeed(text: string): RawFeed | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null; // The caller says what it is instead.
  }
  const loose = recordOf(json);
  const named = /jsonfeed\.org/i.test(stringOf(loose.version) ?? "");
  if (!named && !(Array.isArray(loose.items) && ("home_page_url" in loose || "feed_url" in loose))) return null;
  const feed = recordOf(
    parseJsonFeed({ ...loose, version: stringOf(loose.version) ?? "https://jsonfeed.org/version/1" }),
  );
  return {
    format: "json",
    title: asHtml(feed.title),
    description: asHtml(feed.description),
    home: stringOf(feed.home_page_url),
    language: stringOf(feed.language),
    ttl: null,
    period: null,
    frequency: null,
    items: recordsOf(feed.items).map(jsonItem),
  };
}

function jsonItem(item: Loose): RawItem {
  const author = recordsOf(item.authors)[0] ?? {};
  return {
    guid: stringOf(item.id),
    about: null,
    url: stringOf(item.url) ?? stringOf(item.external_url),
    title: asHtml(item.title),
    contents: [stringOf(item.content_html) ?? asHtml(item.content_text)].filter((content) => content !== null),
    summaries: [asHtml(item.summary)].filter((summary) => summary !== null),
    published: stringsOf(item.date_published),
    updated: stringsOf(item.date_modified),
    author: stringOf(author.name),
    categories: stringsOf(item.tags),
    language: stringOf(item.language),
    origin: null,
  };
}

/** The feed in an XML text without DTD; null when feedsmith does not know it either. */
export function readStrangeFeed(xml: string): RawFeed | null {
  let parsed: { readonly format: string; readonly feed: unknown };
  try {
    parsed = parseFeed(xml);
  } catch {
    return null; // Not a feed to anybody: the caller says so.
  }
  const { format } = parsed;
  if (format !== "rss" && format !== "rdf" && format !== "atom") return null;
  const feed = recordOf(parsed.feed);
  return {
    format,
    title: textOf(feed.title),
    description: textOf(feed.description ?? feed.subtitle),
    home: linkOf(feed),
    language: stringOf(feed.language),
    ttl: stringOf(feed.ttl),
    period: null,
    frequency: null,
    items: recordsOf(feed.items ?? feed.entries).map(strangeItem),
  };
}

function strangeItem(item: Loose): RawItem {
  const author = recordsOf(item.authors)[0];
  return {
    guid: textOf(item.guid ?? item.id),
    about: stringOf(recordOf(item.rdf).about),
    url: linkOf(item),
    title: textOf(item.title),
    contents: [textOf(recordOf(item.content).encoded) ?? textOf(item.content)].filter((content) => content !== null),
    summaries: [textOf(item.description ?? item.summary)].filter((summary) => summary !== null),
    published: stringsOf(item.pubDate ?? item.published),
    updated: stringsOf(item.updated),
    author: stringOf(author?.name ?? (item.authors as unknown[] | undefined)?.[0]),
    categories: [],
    language: null,
    origin: null,
  };
}

/** feedsmith gives a text alone or as `{ value }`. */
function textOf(value: unknown): string | null {
  return stringOf(value) ?? stringOf(recordOf(value).value);
}

function linkOf(value: Loose): string | null {
  const links = recordsOf(value.links);
  const alternate = links.find(({ rel }) => rel === undefined || rel === "alternate") ?? links[0];
  return stringOf(value.link) ?? stringOf(alternate?.href);
}

function asHtml(value: unknown): string | null {
  const text = stringOf(value);
  return text === null ? null : escaped(text);
}

function recordOf(value: unknown): Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

function recordsOf(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "object" && entry !== null) : [];
}
