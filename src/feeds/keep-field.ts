/** Puts what the elements of a feed say where it belongs, whatever they are called. */
import { webAddress } from "../corpus/read/meta-values.ts";
import { addValue, type Draft } from "./draft.ts";
import { attribute } from "./feed-names.ts";
import type { Field } from "./field.ts";

/** What an element has from those around it. */
export interface Surroundings {
  /** Where relative links start, "" when nothing is known. */
  readonly base: string;
  /** The xml:lang in force, or null. */
  readonly language: string | null;
}

/** Elements whose text or markup is read, inside entries and inside the feed; all others are passed over. */
const itemFields = fieldTable({
  title: "title dc:title",
  content: "content content:encoded xhtml:body xhtml:div body fullitem",
  summary: "description summary tagline abstract dc:description itunes:summary",
  link: "link url feedburner:origlink",
  guid: "guid id dc:identifier",
  published: "pubdate dc:date published issued dcterms:issued dcterms:created created",
  updated: "updated modified dcterms:modified lastmod",
  author: "author dc:creator itunes:author",
  category: "category dc:subject",
  origin: "source dc:source",
  language: "language dc:language",
});
const feedFields = fieldTable({
  title: "title dc:title",
  summary: "description subtitle tagline info abstract dc:description itunes:summary",
  link: "link url",
  language: "language dc:language",
  ttl: "ttl",
  updatePeriod: "sy:updateperiod",
  updateFrequency: "sy:updatefrequency",
});

function fieldTable(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(table).flatMap(([field, names]) => names.split(" ").map((name) => [name, field])));
}

/** Whether an element of an entry (or of the feed itself) is read; all others are passed over. */
export function isRead(canonical: string, within: "item" | "feed"): boolean {
  return (within === "item" ? itemFields : feedFields).has(canonical);
}

/** What an entry's own tag tells: RSS 1.0 and CDF name its address there. */
export function beginItem(draft: Draft, around: Surroundings, attributes: ReadonlyMap<string, string>): void {
  addValue(draft, "xmlLanguage", around.language);
  if (attributes.size === 0) return;
  const about = attribute(attributes, "about");
  if (about) {
    addValue(draft, "about", about.trim());
    addLink(draft, about, "identity", "", around);
  }
  addLink(draft, attribute(attributes, "href"), "", "", around);
  addValue(draft, "updated", attribute(attributes, "lastmod"));
}

/** Puts what a finished element says where it belongs. */
export function keepField(draft: Draft, canonical: string, field: Field, around: Surroundings): void {
  const name = itemFields.get(canonical) ?? feedFields.get(canonical)!;
  const said = (attributeName: string): string => (attribute(field.attributes, attributeName) ?? "").trim();
  if (name === "link") {
    const rel = canonical === "feedburner:origlink" ? "original" : said("rel").toLowerCase();
    addLink(draft, said("href") || field.plain(), rel, said("type").toLowerCase(), around);
  } else if (name === "guid") {
    const guid = field.plain();
    addValue(draft, canonical === "dc:identifier" ? "about" : name, guid);
    const isLink = canonical === "guid" && said("ispermalink").toLowerCase() !== "false";
    if (isLink && guid && /^https?:/i.test(guid)) addLink(draft, guid, "identity", "", around);
  } else {
    addValue(draft, name, textIn(name, canonical, field));
    if (name === "content") addValue(draft, "contentLanguage", said("lang") || null);
  }
}

/** What an element says that is neither link nor identity: HTML for texts, plain text for the rest. */
function textIn(name: string, canonical: string, field: Field): string | null {
  if (name === "title" || name === "summary") return field.html();
  // Atom's content says what it is; content:encoded and its like are HTML.
  if (name === "content") return field.html(canonical !== "content");
  if (name === "author") return field.part("name") ?? field.plain() ?? field.part("email");
  if (name === "origin") return field.part("title") ?? field.plain();
  if (name !== "category") return field.plain();
  return attribute(field.attributes, "label") ?? attribute(field.attributes, "term") ?? field.plain();
}

function addLink(draft: Draft, address: string | null, rel: string, type: string, around: Surroundings): void {
  if (!address || draft.links.length >= 100) return;
  const url = webAddress(resolvedLink(address.replaceAll("&amp;", "&"), around.base));
  if (url) draft.links.push({ url, rel, type });
}

function resolvedLink(address: string, base: string): string | null {
  return URL.parse(address.trim(), base === "" ? undefined : base)?.href ?? null;
}
