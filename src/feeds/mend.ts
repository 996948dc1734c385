/** Reads a feed of any dialect, however broken, and writes it out anew as clean RSS or Atom that a strict parser takes. */
import { webAddress } from "../corpus/read/meta-values.ts";
import { addValue, createDraft, type Draft } from "./draft.ts";
import { attribute, canonicalName, outermostScope, type Scope, scopeWithin } from "./feed-names.ts";
import { createField, type Field } from "./field.ts";
import { writeFeed } from "./write-feed.ts";
import { withoutControls } from "./xml-entities.ts";
import { scanXml } from "./xml-scanner.ts";

/** How mending ended. */
export type Mended =
  | { readonly kind: "mended"; readonly format: "rss" | "rdf" | "atom"; readonly xml: string }
  | { readonly kind: "web-page" }
  | { readonly kind: "opml" }
  | { readonly kind: "no-feed" }
  | { readonly kind: "cut-off" }
  | { readonly kind: "hostile"; readonly sentence: string };

/** No feed is nested deeper. */
const maxDepth = 500;
/** No feed holds more entries; handing more over would hold up the thread that answers people. */
export const maxItems = 10_000;
/** What is said of one that does. */
export const tooManyItems = `The feed holds more than ${maxItems.toLocaleString("en")} entries at once.`;
/** Elements before the first that is a feed's. */
const maxPreamble = 50;

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

interface Frame {
  /** As written, in lower case: what the end tag is held against. */
  readonly name: string;
  readonly kind: "wrapper" | "feed" | "item" | "field" | "inside" | "skip";
  readonly scope: Scope;
  readonly base: string;
  readonly language: string | null;
}

/** Elements that say that this is a page and no feed. */
const pageElements = new Set(["html", "head", "body", "!doctype", "xhtml:html"]);

/**
 * Mends `text`. `base` is where relative links start, "" when nothing is known. Only what Dateline reads is written out:
 * titles and texts as HTML, links absolute, nothing else of what a stranger put in.
 */
export function mendFeed(text: string, base: string): Mended {
  let format: "rss" | "rdf" | "atom" | null = null;
  let ended: Mended | null = null;
  let rootClosed = false;
  let preamble = 0;
  const feed = createDraft();
  const items: Draft[] = [];
  const stack: Frame[] = [];
  /** How many frames of the stack have a name. */
  const openNames = new Map<string, number>();
  let draft = feed;
  let field: Field | null = null;
  let fieldName = "";

  const top = (): Frame => stack.at(-1) ?? outermost(base);

  const kindOf = (name: string, parent: Frame["kind"]): Frame["kind"] => {
    if (parent === "field" || parent === "inside") return "inside";
    if (parent === "skip") return "skip";
    if (parent === "wrapper") {
      format = formatOf(name);
      if (format) return "feed";
      if (name === "opml") ended = { kind: "opml" };
      else if (pageElements.has(name)) ended = { kind: "web-page" };
      else if (++preamble > maxPreamble) ended = { kind: "no-feed" };
      return "wrapper";
    }
    if (name === "item" || name === "entry") return "item";
    if (parent === "feed")
      return name === "channel" || name === "items" ? "feed" : feedFields.has(name) ? "field" : "skip";
    return itemFields.has(name) ? "field" : "skip";
  };

  const closeTop = (): void => {
    const frame = stack.pop()!;
    openNames.set(frame.name, openNames.get(frame.name)! - 1);
    if (frame.kind === "inside") field?.close(localName(frame.name));
    else if (frame.kind === "field" && field) {
      keepField(draft, fieldName, field, frame, format === "atom");
      field = null;
    } else if (frame.kind === "item") draft = feed;
    else if (frame.kind === "feed" && !stack.some(({ kind }) => kind === "feed")) rootClosed = true;
  };

  scanXml(withoutControls(text), {
    open(name, attributes, empty) {
      const lower = name.toLowerCase();
      // An entry that begins inside an entry means that the one before was not closed.
      let parent = top();
      const scope = scopeWithin(parent.scope, attributes);
      const canonical = canonicalName(name, scope);
      if (parent.kind === "item" && (canonical === "item" || canonical === "entry")) {
        closeTop();
        parent = top();
      }
      const kind = kindOf(canonical, parent.kind);
      const frame = within(parent, lower, kind, scope, attributes);
      if (kind === "inside" && !field?.open(localName(lower))) return;
      stack.push(frame);
      openNames.set(lower, (openNames.get(lower) ?? 0) + 1);
      if (kind === "item") {
        draft = createDraft();
        items.push(draft);
        beginItem(draft, frame, attributes);
      } else if (kind === "field") {
        field = createField(attributes);
        fieldName = canonical;
      } else if (kind === "feed") addValue(feed, "xmlLanguage", frame.language);
      if (stack.length > maxDepth) ended = { kind: "hostile", sentence: "The feed is nested too deeply to be read." };
      if (items.length > maxItems) ended = { kind: "hostile", sentence: tooManyItems };
      if (empty) closeTop();
    },
    close(name) {
      const lower = name.toLowerCase();
      if (!openNames.get(lower)) return;
      const at = stack.findLastIndex((frame) => frame.name === lower);
      while (stack.length > at) closeTop();
    },
    text(piece) {
      field?.text(piece);
    },
    done: () => ended !== null || rootClosed,
  });

  if (ended) return ended;
  if (!format) return { kind: "no-feed" };
  if (!rootClosed) return { kind: "cut-off" };
  return { kind: "mended", format, xml: writeFeed(format, feed, items) };
}

function outermost(base: string): Frame {
  return { name: "", kind: "wrapper", scope: outermostScope, base, language: null };
}

function formatOf(canonical: string): "rss" | "rdf" | "atom" | null {
  if (canonical === "feed") return "atom";
  if (canonical === "rdf:rdf") return "rdf";
  return canonical === "rss" || canonical === "channel" ? "rss" : null;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The frame of an element inside `parent`, with the base and language it sets or inherits. */
function within(
  parent: Frame,
  name: string,
  kind: Frame["kind"],
  scope: Scope,
  attributes: ReadonlyMap<string, string>,
): Frame {
  const base = attributes.size > 0 && kind !== "inside" ? attribute(attributes, "base") : null;
  const language = attributes.size > 0 && kind !== "inside" ? attribute(attributes, "lang") : null;
  return {
    name,
    kind,
    scope,
    base: base === null ? parent.base : resolved(base, parent.base),
    language: language ?? parent.language,
  };
}

function resolved(address: string, base: string): string {
  return URL.parse(address.trim(), base === "" ? undefined : base)?.href ?? base;
}

/** What an entry's own tag tells: RSS 1.0 and CDF name its address there. */
function beginItem(draft: Draft, frame: Frame, attributes: ReadonlyMap<string, string>): void {
  addValue(draft, "xmlLanguage", frame.language);
  if (attributes.size === 0) return;
  const about = attribute(attributes, "about");
  if (about) {
    addValue(draft, "about", about.trim());
    addLink(draft, about, "identity", "", frame);
  }
  addLink(draft, attribute(attributes, "href"), "", "", frame);
  addValue(draft, "updated", attribute(attributes, "lastmod"));
}

/** Puts what a finished element says where it belongs. */
function keepField(draft: Draft, canonical: string, field: Field, frame: Frame, isAtom: boolean): void {
  const name = itemFields.get(canonical) ?? feedFields.get(canonical)!;
  const said = (attributeName: string): string => (attribute(field.attributes, attributeName) ?? "").trim();
  if (name === "link") {
    const rel = canonical === "feedburner:origlink" ? "original" : said("rel").toLowerCase();
    addLink(draft, said("href") || field.plain(), rel, said("type").toLowerCase(), frame);
  } else if (name === "guid") {
    const guid = field.plain();
    addValue(draft, canonical === "dc:identifier" ? "about" : name, guid);
    const isLink = canonical === "guid" && said("ispermalink").toLowerCase() !== "false";
    if (isLink && guid && /^https?:/i.test(guid)) addLink(draft, guid, "identity", "", frame);
  } else {
    addValue(draft, name, textIn(name, field, isAtom));
    if (name === "content") addValue(draft, "contentLanguage", said("lang") || null);
  }
}

/** What an element says that is neither link nor identity: HTML for texts, plain text for the rest. */
function textIn(name: string, field: Field, isAtom: boolean): string | null {
  if (name === "title" || name === "summary" || name === "content") return field.html(isAtom);
  if (name === "author") return field.part("name") ?? field.plain() ?? field.part("email");
  if (name === "origin") return field.part("title") ?? field.plain();
  if (name !== "category") return field.plain();
  return attribute(field.attributes, "label") ?? attribute(field.attributes, "term") ?? field.plain();
}

function addLink(draft: Draft, address: string | null, rel: string, type: string, frame: Frame): void {
  if (!address || draft.links.length >= 100) return;
  const url = webAddress(resolvedLink(address.replaceAll("&amp;", "&"), frame.base));
  if (url) draft.links.push({ url, rel, type });
}

function resolvedLink(address: string, base: string): string | null {
  return URL.parse(address.trim(), base === "" ? undefined : base)?.href ?? null;
}
