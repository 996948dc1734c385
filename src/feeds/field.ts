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
  /**
   * What it says as HTML, whether it was written as text, escaped or as elements; null when that is nothing. `always` says that
   * its text is HTML by definition, whatever it looks like.
   */
  html(always?: boolean): string | null;
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
    html(always = false) {
      if (hasElements) return markup.join("").trim() || null;
      const text = texts.join("").trim();
      if (text === "" || always) return text || null;
      return asHtml(text, (attribute(attributes, "type") ?? "").toLowerCase(), attribute(attributes, "mode"));
    },
  };
}

/** Text that an element of a declared type holds, as HTML (https://www.rfc-editor.org/rfc/rfc4287#section-3.1). */
function asHtml(text: string, type: string, mode: string | null): string | null {
  if (mode === "base64") return asHtml(Buffer.from(text, "base64").toString("utf8"), type, null);
  if (type === "html" || type === "xhtml" || /^(?:text\/html|application\/xhtml\+xml)/.test(type)) return text;
  if (/^[a-z]+\/./.test(type) && !/^text\/|xml$/.test(type)) return null;
  return looksLikeHtml(text) ? text : escaped(text);
}

/** HTML's elements, past ones too; <int> or <your name> in a text is none of them. */
const elements =
  "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|nav|nobr|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr";
const htmlSign = new RegExp(
  String.raw`<\/?(?:${elements})(?:\s[^<>]*)?\/?>|<!--|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});`,
  "i",
);

/** Feeds say "text" and send HTML; RSS does not say anything. */
function looksLikeHtml(text: string): boolean {
  return htmlSign.test(text);
}
