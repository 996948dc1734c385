/** Cleans what documents say of themselves: one-line text, addresses, dates, languages, collection names. */
import { detectLanguage } from "../../text/languages.ts";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** A title or name longer than this, in UTF-16 units, is cut. */
const maxLine = 500;

/** One line without control characters and surrounding white space, cut at a grapheme; null when nothing is left. */
export function cleanLine(value: string | null | undefined): string | null {
  if (!value) return null;
  const line = value
    .slice(0, maxLine * 4)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return line === "" ? null : cutAtGrapheme(line, maxLine);
}

/** The longest beginning of `text` of at most `units` UTF-16 units that ends between graphemes. */
export function cutAtGrapheme(text: string, units: number): string {
  if (text.length <= units) return text;
  const window = text.slice(0, units + 32);
  return window.slice(0, graphemes.segment(window).containing(units)?.index ?? units);
}

/** The address in its normal form when it is http or https and names a host; null otherwise. */
export function webAddress(value: string | null | undefined): string | null {
  const address = value?.trim();
  if (!address || address.length > 4_000 || !/^https?:\/\//i.test(address)) return null;
  const url = URL.parse(address);
  return url && (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "" ? url.href : null;
}

/** The BCP 47 primary tag that `value` names, or null when it names none. */
function languageTag(value: string | null | undefined): string | null {
  const tag = /^\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?\s*$/.exec(value ?? "")?.[1]?.toLowerCase();
  return tag ?? null;
}

/** The language named, else the one that the text is written in as far as its function words tell ("und" if they do not). */
export function languageOf(value: string | null | undefined, text: string): string {
  return languageTag(value) ?? detectLanguage(text);
}

/** Whether a name can be a collection's: letters, digits, hyphen, underscore and dot, at most 64, none of the latter first. */
export function isCollectionName(value: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(value);
}
