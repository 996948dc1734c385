/** Reads a feed of any dialect, however broken, and writes it out anew as clean RSS or Atom that a strict parser takes. */
import { addValue, createDraft, type Draft } from "./draft.ts";
import { attribute, canonicalName, outermostScope, type Scope, scopeWithin } from "./feed-names.ts";
import { createField, type Field } from "./field.ts";
import { beginItem, isRead, keepField, type Surroundings } from "./keep-field.ts";
import { writeFeed } from "./write-feed.ts";
import { withoutControls } from "./xml-entities.ts";
import { scanXml } from "./xml-scanner.ts";

/** How mending ended. */
export type Mended =
  | { readonly kind: "mended"; readonly format: Format; readonly xml: string }
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

type Format = "rss" | "rdf" | "atom";

/** One open element. */
interface Frame extends Surroundings {
  /** As written, in lower case: what the end tag is held against. */
  readonly name: string;
  readonly kind: "wrapper" | "feed" | "item" | "field" | "inside" | "skip";
  readonly scope: Scope;
}

/** What is known of a feed while its elements go by. */
interface Mending {
  format: Format | null;
  /** Why nothing more is read, or null. */
  ended: Mended | null;
  rootClosed: boolean;
  /** Elements before the first that is a feed's. */
  preamble: number;
  readonly feed: Draft;
  readonly items: Draft[];
  /** The draft that fields belong to: the feed's or that of the entry being read. */
  draft: Draft;
  field: Field | null;
  /** The canonical name of `field`. */
  fieldName: string;
  readonly stack: Frame[];
  /** How many frames of the stack have a name. */
  readonly openNames: Map<string, number>;
}

/** Elements that say that this is a page and no feed. */
const pageElements = new Set(["html", "head", "body", "xhtml:html"]);

/**
 * Mends `text`. `base` is where relative links start, "" when nothing is known. Only what Dateline reads is written out:
 * titles and texts as HTML, links absolute, nothing else of what a stranger put in.
 */
export function mendFeed(text: string, base: string): Mended {
  const feed = createDraft();
  const mending: Mending = {
    format: null,
    ended: null,
    rootClosed: false,
    preamble: 0,
    feed,
    items: [],
    draft: feed,
    field: null,
    fieldName: "",
    stack: [],
    openNames: new Map(),
  };
  const outermost: Frame = { name: "", kind: "wrapper", scope: outermostScope, base, language: null };
  scanXml(withoutControls(text), {
    open: (name, attributes, empty) => openElement(mending, name, attributes, empty, outermost),
    close: (name) => closeElement(mending, name.toLowerCase()),
    text: (piece) => mending.field?.text(piece),
    done: () => mending.ended !== null || mending.rootClosed,
  });
  if (mending.ended) return mending.ended;
  if (!mending.format) return { kind: "no-feed" };
  if (!mending.rootClosed) return { kind: "cut-off" };
  return { kind: "mended", format: mending.format, xml: writeFeed(mending.format, feed, mending.items) };
}

function openElement(
  mending: Mending,
  name: string,
  attributes: ReadonlyMap<string, string>,
  empty: boolean,
  outermost: Frame,
): void {
  const { stack, items } = mending;
  const lower = name.toLowerCase();
  const scope = scopeWithin((stack.at(-1) ?? outermost).scope, attributes);
  const canonical = canonicalName(name, scope);
  // An entry that begins inside an entry means that the one before was not closed.
  if (stack.at(-1)?.kind === "item" && isEntry(canonical)) closeTop(mending);
  const parent = stack.at(-1) ?? outermost;
  const kind = kindOf(mending, canonical, parent.kind);
  if (kind === "inside" && !mending.field?.open(localName(lower))) return;
  const frame = { name: lower, kind, scope, ...surroundings(kind, parent, attributes) };
  stack.push(frame);
  mending.openNames.set(lower, (mending.openNames.get(lower) ?? 0) + 1);
  if (kind === "item") {
    mending.draft = createDraft();
    items.push(mending.draft);
    beginItem(mending.draft, frame, attributes);
  } else if (kind === "field") {
    mending.field = createField(attributes);
    mending.fieldName = canonical;
  } else if (kind === "feed") addValue(mending.feed, "xmlLanguage", frame.language);
  if (stack.length > maxDepth) {
    mending.ended = { kind: "hostile", sentence: "The feed is nested too deeply to be read." };
  }
  if (items.length > maxItems) mending.ended = { kind: "hostile", sentence: tooManyItems };
  if (empty) closeTop(mending);
}

/** Closes the innermost element of this name, with all that were left open in it; one that is not open is passed over. */
function closeElement(mending: Mending, name: string): void {
  if (!mending.openNames.get(name)) return;
  const at = mending.stack.findLastIndex((frame) => frame.name === name);
  while (mending.stack.length > at) closeTop(mending);
}

function closeTop(mending: Mending): void {
  const { stack, openNames, field } = mending;
  const frame = stack.pop()!;
  openNames.set(frame.name, openNames.get(frame.name)! - 1);
  if (frame.kind === "inside") field?.close(localName(frame.name));
  else if (frame.kind === "field" && field) {
    keepField(mending.draft, mending.fieldName, field, frame);
    mending.field = null;
  } else if (frame.kind === "item") mending.draft = mending.feed;
  else if (frame.kind === "feed") mending.rootClosed = !stack.some(({ kind }) => kind === "feed");
}

/** What an element is, by its name and what it stands in; what tells that this is no feed is noted. */
function kindOf(mending: Mending, canonical: string, parent: Frame["kind"]): Frame["kind"] {
  if (parent === "field" || parent === "inside") return "inside";
  if (parent === "skip") return "skip";
  if (parent !== "wrapper") {
    if (isEntry(canonical)) return "item";
    if (parent === "feed" && (canonical === "channel" || canonical === "items")) return "feed";
    return isRead(canonical, parent) ? "field" : "skip";
  }
  mending.format = formatOf(canonical);
  if (mending.format) return "feed";
  if (canonical === "opml") mending.ended = { kind: "opml" };
  else if (pageElements.has(canonical)) mending.ended = { kind: "web-page" };
  else if (++mending.preamble > maxPreamble) mending.ended = { kind: "no-feed" };
  return "wrapper";
}

function isEntry(canonical: string): boolean {
  return canonical === "item" || canonical === "entry";
}

function formatOf(canonical: string): Format | null {
  if (canonical === "feed") return "atom";
  if (canonical === "rdf:rdf") return "rdf";
  return canonical === "rss" || canonical === "channel" ? "rss" : null;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The base and the language that an element sets, or has from its parent. */
function surroundings(kind: Frame["kind"], parent: Frame, attributes: ReadonlyMap<string, string>): Surroundings {
  if (attributes.size === 0 || kind === "inside") return { base: parent.base, language: parent.language };
  const base = attribute(attributes, "base");
  return {
    base: base === null ? parent.base : (URL.parse(base.trim(), parent.base || undefined)?.href ?? parent.base),
    language: attribute(attributes, "lang") ?? parent.language,
  };
}
