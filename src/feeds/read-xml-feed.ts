/** Reads a mended feed with rss-parser. */
import Parser from "rss-parser";
import { type RawFeed, type RawItem, stringOf, stringsOf } from "./raw-feed.ts";
import { ownFields, ownName } from "./write-feed.ts";

type Parsed = Readonly<Record<string, unknown>>;

/** The feed in `xml`, which `mendFeed` wrote. Rejects when rss-parser does. */
export async function readXmlFeed(xml: string, format: "rss" | "rdf" | "atom"): Promise<RawFeed> {
  const parser = new Parser<Parsed, Parsed>({
    customFields: {
      feed: ["summary", "language", "ttl", "period", "frequency"].map(ownName),
      item: [...ownFields].map((field) => [ownName(field), ownName(field), { keepArray: true }]),
    },
  });
  const feed: Parsed & { items: Parsed[] } = await parser.parseString(xml);
  const own = (field: string): string | null => stringOf(feed[ownName(field)]);
  return {
    format,
    title: stringOf(feed.title),
    description: own("summary"),
    home: stringOf(feed.link),
    language: own("language"),
    ttl: own("ttl"),
    period: own("period"),
    frequency: own("frequency"),
    items: feed.items.map(rawItem),
  };
}

function rawItem(item: Parsed): RawItem {
  const own = (field: (typeof ownFields)[number]): readonly string[] => stringsOf(item[ownName(field)]);
  return {
    guid: stringOf(item.guid ?? item.id),
    about: own("about")[0] ?? null,
    url: stringOf(item.link),
    title: stringOf(item.title),
    contents: own("content"),
    summaries: own("summary"),
    published: own("published"),
    updated: own("updated"),
    author: own("author")[0] ?? null,
    categories: own("category"),
    language: own("language")[0] ?? null,
    origin: own("origin")[0] ?? null,
  };
}
