/** Writes a mended feed out as plain RSS 2.0 or Atom: well-formed, one value a field, the delicate ones under names of our own. */
import { bestLink, type Draft, firstValue } from "./draft.ts";
import { escaped } from "./xml-entities.ts";

/**
 * Fields that the parser is given under names it does not know, so that it hands them over untouched: it would lose a feed
 * over one bad date, and it makes snippets of texts in quadratic time.
 */
export const ownFields = [
  "content",
  "summary",
  "published",
  "updated",
  "language",
  "origin",
  "category",
  "author",
  "about",
] as const;

/** A field of our own, as an element's name. */
export function ownName(field: string): string {
  return `dateline-${field}`;
}

/** The feed as XML. RSS 1.0 comes out as RSS 2.0. */
export function writeFeed(format: "rss" | "rdf" | "atom", feed: Draft, items: readonly Draft[]): string {
  const isAtom = format === "atom";
  const head = [
    element("title", firstValue(feed, "title")),
    isAtom ? atomLink(bestLink(feed)) : element("link", bestLink(feed)),
    element(ownName("summary"), firstValue(feed, "summary")),
    element(ownName("language"), firstValue(feed, "language", "xmlLanguage")),
    element(ownName("ttl"), firstValue(feed, "ttl")),
    element(ownName("period"), firstValue(feed, "updatePeriod")),
    element(ownName("frequency"), firstValue(feed, "updateFrequency")),
  ].join("");
  const body = items.map((item) => writeItem(item, isAtom)).join("");
  return isAtom
    ? `<feed xmlns="http://www.w3.org/2005/Atom">${head}${body}</feed>`
    : `<rss version="2.0"><channel of="rss">${head}${body}</channel></rss>`;
}

function writeItem(item: Draft, isAtom: boolean): string {
  const guid = firstValue(item, "guid");
  const inside = [
    element("title", firstValue(item, "title")),
    isAtom ? atomLink(bestLink(item)) : element("link", bestLink(item)),
    element(isAtom ? "id" : "guid", guid),
    ...ownFields.flatMap((field) => valuesOf(item, field).map((value) => element(ownName(field), value))),
  ].join("");
  // With an attribute it is an object to the parser even when empty; a string has a method called link.
  return isAtom ? `<entry of="atom">${inside}</entry>` : `<item of="rss">${inside}</item>`;
}

function valuesOf(item: Draft, field: (typeof ownFields)[number]): readonly string[] {
  if (field !== "language") return item.values.get(field) ?? [];
  const language = firstValue(item, "language", "contentLanguage", "xmlLanguage");
  return language === null ? [] : [language];
}

function element(name: string, value: string | null): string {
  return value === null ? "" : `<${name}>${escaped(value)}</${name}>`;
}

function atomLink(url: string | null): string {
  return url === null ? "" : `<link rel="alternate" href="${escaped(url)}"/>`;
}
