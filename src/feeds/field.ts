/** Collects what stands inside one element of a feed: its text, the markup in it, the parts that persons and sources are made of. */
import { attribute } from "./feed-names.ts";
import { escaped } from "./xml-entities.ts";

/** Elements of HTML that hold nothing and are often not closed. */
const voids = new Set("area br col embed hr img input link meta param source track wbr".split(" "));

/** One element while it is read. */
export interface Field {
  readonly attributes: ReadonlyMap<string, string>;
  /** An element inside it begins; returns whether it can hold anything. */
  open(local: string): boolean;
  close(local: string): void;
  text(text: string): void;
  /** The element's text, or null when it holds nothing but white space. */
  plain(): string | null;
  /** The text of the elements called `local` inside it, or null. */
  part(local: string): string | null;
  /** What it says as HTML, whether it was written as text, escaped or as elements; null when that is nothing. */
  html(isAtom: boolean): string | null;
}

/** A field of an element with these attributes. */
export function createField(attributes: ReadonlyMap<string, string>): Field {
  const texts: string[] = [];
  const markup: string[] = [];
  const parts = new Map<string, string>();
  const inside: string[] = [];
  let hasElements = false;
  return {
    attributes,
    open(local) {
      hasElements = true;
      const tag = /^[a-z][a-z0-9]*$/.test(local) ? local : "span";
      markup.push(`<${tag}>`);
      if (voids.has(tag)) return false;
      inside.push(local);
      return true;
    },
    close(local) {
      inside.pop();
      markup.push(`</${/^[a-z][a-z0-9]*$/.test(local) ? local : "span"}>`);
    },
    text(text) {
      markup.push(escaped(text));
      const within = inside.at(-1);
      if (within === undefined) texts.push(text);
      else if (parts.size < 20 || parts.has(within)) parts.set(within, (parts.get(within) ?? "") + text);
    },
    plain: () => texts.join("").trim() || null,
    part: (local) => parts.get(local)?.trim() || null,
    html(isAtom) {
      if (hasElements) return markup.join("").trim() || null;
      const text = texts.join("").trim();
      if (text === "") return null;
      return asHtml(text, (attribute(attributes, "type") ?? "").toLowerCase(), attribute(attributes, "mode"), isAtom);
    },
  };
}

/** Text that an element of a declared type holds, as HTML (https://www.rfc-editor.org/rfc/rfc4287#section-3.1). */
function asHtml(text: string, type: string, mode: string | null, isAtom: boolean): string | null {
  if (mode === "base64") return asHtml(Buffer.from(text, "base64").toString("utf8"), type, null, isAtom);
  if (type === "html" || type === "xhtml" || /^(?:text\/html|application\/xhtml\+xml)/.test(type)) return text;
  if (/^[a-z]+\/./.test(type) && !/^text\/|xml$/.test(type)) return null;
  return looksLikeHtml(text) ? text : escaped(text);
}

/** Elements that texts are written with; <int> or <your name> in a text is no element. */
const elements =
  "a|abbr|article|aside|audio|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|ins|li|main|mark|nav|object|ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|time|tr|tt|u|ul|video";
const htmlSign = new RegExp(
  String.raw`<\/?(?:${elements})(?:\s[^<>]*)?\/?>|<!--|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});`,
  "i",
);

/** Feeds say "text" and send HTML; RSS does not say anything. */
function looksLikeHtml(text: string): boolean {
  return htmlSign.test(text);
}
