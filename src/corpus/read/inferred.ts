/** Infers what a plain text does not say outright: its title and its dateline. */
import { sentences } from "../../text/sentences.ts";
import type { Span } from "../document.ts";
import { isListItem, type Line, linesOf } from "../lines.ts";
import { cleanLine, cutAtGrapheme } from "./meta-values.ts";

/** A title is at most this long, in UTF-16 units; a longer sentence is cut at a word. */
const maxTitle = 100;
/** A first line set apart may be a little longer. */
const maxHeadline = 140;
/** How far into a text, in UTF-16 units, its title and dateline are looked for. */
const reach = 20_000;

/**
 * The title of a text that holds more than white space: a short first line set apart from the rest, else the beginning of the
 * first sentence (with an ellipsis when it is cut). Spans of `excluded` are passed over.
 */
export function inferTitle(text: string, excluded: readonly Span[]): string {
  const { headline, opening } = beginningOf(text, excluded);
  if (headline) return cleanLine(text.slice(headline.start, headline.end).replace(/^#{1,6}\s+/, "")) ?? "";
  const start = opening.start + (datelineAt(text, opening)?.length ?? 0);
  const window = text.slice(start, start + 2_000);
  const sentence = sentences(window)[0] ?? { start: 0, end: window.length };
  return cutAtWord(cleanLine(window.slice(sentence.start, sentence.end)) ?? "");
}

/** The place that a text's first paragraph begins with, as printed before the dash, or null. */
export function inferDateline(text: string, excluded: readonly Span[]): string | null {
  return datelineAt(text, beginningOf(text, excluded).opening)?.dateline ?? null;
}

/** The line that is the title, if one is, and the line that the article itself begins with. */
function beginningOf(
  text: string,
  excluded: readonly Span[],
): { readonly headline: Span | null; readonly opening: Span } {
  const [first, second] = firstLines(text, excluded);
  if (!first) return { headline: null, opening: { start: 0, end: text.length } };
  return second && isHeadline(text, first, second)
    ? { headline: first, opening: second }
    : { headline: null, opening: first };
}

function firstLines(text: string, excluded: readonly Span[]): Line[] {
  const found: Line[] = [];
  for (const line of linesOf(text, 0, Math.min(text.length, reach))) {
    if (excluded.some((span) => span.start < line.end && line.start < span.end)) continue;
    found.push(line);
    if (found.length === 2) break;
  }
  return found;
}

/** Whether the first line stands apart: short, ending like no sentence, before a blank line or something much longer. */
function isHeadline(text: string, first: Line, second: Line): boolean {
  const length = first.end - first.start;
  if (length > maxHeadline || isListItem(text, first)) return false;
  const content = text.slice(first.start, first.end);
  if (/[.!;,:…。]["”’)\]]*$/.test(content) || /^["“„«]/.test(content) || datelineAt(text, first)) return false;
  return second.afterBlank || second.end - second.start > length * 1.8;
}

/** Words in capitals before a dash that say what a text is, not where it comes from. */
const notPlaces = new Set(
  "BREAKING UPDATE UPDATED EXCLUSIVE OPINION ANALYSIS LIVE WATCH VIDEO CORRECTION EDITORIAL COMMENT FACTBOX EXPLAINER".split(
    " ",
  ),
);

/**
 * A dateline as agencies set it: "WASHINGTON — ", "NEW YORK, Nov. 26 (Reuters) - ", "Lindvik, Sweden (AP) — ". A place that is
 * not in capitals needs the agency. `length` is where the text itself begins.
 */
function datelineAt(text: string, line: Span): { readonly dateline: string; readonly length: number } | null {
  const start = text.slice(line.start, Math.min(line.end, line.start + 120));
  const match =
    /^(\p{Lu}[\p{L}\p{M}.'’ -]{1,40}?(?:,\s?[\p{L}\p{M}\p{N}.'’ ]{1,30}){0,2}?)\s?(\(\p{L}[\p{L}\p{M}.\s/-]{1,40}\))?\s*(?:—|–|--|\s-)\s*(?=\S)/u.exec(
      start,
    );
  if (!match) return null;
  const [place = "", ...rest] = match[1]!.split(",").map((part) => part.trim());
  const inCapitals = /\p{Lu}{2}/u.test(place) && !/\p{Ll}/u.test(place);
  const named = place.split(/\s+/).every((word) => /^\p{Lu}/u.test(word));
  if (!(inCapitals || (named && match[2])) || notPlaces.has(place.split(" ")[0]!)) return null;
  const region = rest.find((part) => !/\d/.test(part));
  return { dateline: region ? `${place}, ${region}` : place, length: match[0].length };
}

function cutAtWord(sentence: string): string {
  if (sentence.length <= maxTitle) return sentence;
  const cut = cutAtGrapheme(sentence, maxTitle - 1);
  const space = cut.lastIndexOf(" ");
  const whole = sentence[cut.length] === " " || space < maxTitle / 2 ? cut : cut.slice(0, space);
  return `${whole.replace(/[\s,;:–—-]+$/u, "")}…`;
}
