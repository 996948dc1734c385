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

/** What the beginning of a text tells. */
export interface Inferred {
  readonly title: string;
  /** The place before the dash as printed, or null. */
  readonly dateline: string | null;
}

/**
 * The title and dateline of a text that holds more than white space. The title is a short first line set apart from the rest,
 * else the beginning of the first sentence (with an ellipsis when it is cut); spans of `excluded` are passed over.
 */
export function infer(text: string, excluded: readonly Span[]): Inferred {
  const [first, second] = firstLines(text, excluded);
  if (!first) return { title: cutAtWord(cleanLine(text) ?? ""), dateline: null };
  const headline = isHeadline(text, first, second)
    ? cleanLine(text.slice(first.start, first.end).replace(/^#{1,6}\s+/, ""))
    : null;
  const opening = headline !== null && second ? second : first;
  const place = datelineAt(text.slice(opening.start, Math.min(opening.end, opening.start + 120)));
  if (headline !== null) return { title: headline, dateline: place?.dateline ?? null };
  const start = first.start + (place?.length ?? 0);
  const window = text.slice(start, start + 2_000);
  const sentence = sentences(window)[0] ?? { start: 0, end: window.length };
  return {
    title: cutAtWord(cleanLine(window.slice(sentence.start, sentence.end)) ?? ""),
    dateline: place?.dateline ?? null,
  };
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
function isHeadline(text: string, first: Line, second: Line | undefined): boolean {
  const length = first.end - first.start;
  if (!second || length > maxHeadline || isListItem(text, first)) return false;
  const content = text.slice(first.start, first.end);
  if (/[.!;,:…。]["”’)\]]*$/.test(content) || /^["“„«]/.test(content) || datelineAt(content)) return false;
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
function datelineAt(start: string): { readonly dateline: string; readonly length: number } | null {
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
