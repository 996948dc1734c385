/** The one place that makes links to what is cited: the document's own address at the quoted words, else our page. */
import { documentPath } from "../reply/document-path.ts";
import type { NearestPassage } from "./answer.ts";

/** Longer addresses are cut or refused by browsers, proxies and chat platforms. */
const longestUrl = 2000;
/** A quotation of at most so many characters is linked whole; a longer one by its first and last words. */
const longestText = 300;
const wordsAtEachEnd = 6;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * Percent-encodes a term of a text directive. `-`, `,` and `&` are its syntax; the others would end a link in the
 * markup of chat platforms. https://wicg.github.io/scroll-to-text-fragment/#syntax
 */
function encodeTerm(term: string): string {
  return encodeURIComponent(term.toWellFormed()).replace(
    /[-!'()*_~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The first or last `count` words of `text`, with what stands between them. */
function edge(text: string, side: "first" | "last", count: number): string {
  const words = [...segmenter.segment(text)].filter((segment) => segment.isWordLike);
  if (side === "last") return text.slice((words.at(-count) ?? words[0])?.index ?? 0);
  const last = words[count - 1] ?? words.at(-1);
  return last ? text.slice(0, last.index + last.segment.length) : text;
}

/**
 * The text directive that finds `quote` in a page: `text=whole` or `text=first words,last words`. A term matches only
 * inside one block of a page, so a quotation that crosses a line break is given by its ends, each on its own line.
 */
function textDirective(quote: string): string | null {
  const lines = quote
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/\s+/gu, " ").trim())
    .filter((line) => line !== "");
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  if (lines.length === 1 && first.length <= longestText) return `text=${encodeTerm(first)}`;
  return `text=${encodeTerm(edge(first, "first", wordsAtEachEnd))},${encodeTerm(edge(last, "last", wordsAtEachEnd))}`;
}

/** The document's own address, opened at the quotation; null when it has none that can be opened. */
function ownAddress(address: string | null, quote: string): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  const directive = textDirective(quote);
  const anchor = url.hash.replace(/:~:.*$/s, "");
  url.hash = "";
  const bare = url.href.replace(/#$/, "");
  const pointed = directive === null ? null : `${bare}${anchor === "" ? "#" : anchor}:~:${directive}`;
  return (
    [pointed, `${bare}${anchor === "#" ? "" : anchor}`].find((one) => one !== null && one.length <= longestUrl) ?? null
  );
}

/**
 * Where a citation opens at its quoted words: the document's own http or https address with a text fragment, else our
 * page of exactly that revision under `publicUrl` (without a slash at its end), else null. An address that would be too
 * long to open anywhere goes without the fragment, or counts as none.
 */
export function citationUrl(citation: NearestPassage, options: { readonly publicUrl: string | null }): string | null {
  const own = ownAddress(citation.url, citation.quote);
  if (own !== null || options.publicUrl === null) return own;
  return options.publicUrl + documentPath(citation);
}
