/** Finds what stands in quotation marks, with offsets, also over several sentences and paragraphs. */
import type { Span } from "../corpus/document.ts";

/** A quotation: `start`/`end` take the marks in, `innerStart`/`innerEnd` leave them out. */
export interface Quotation extends Span {
  readonly innerStart: number;
  readonly innerEnd: number;
}

const closers: Readonly<Record<string, string>> = {
  "“": "”",
  "„": "”“",
  "«": "»",
  "»": "«",
  "``": "''",
  '"': '"',
  "「": "」",
  "『": "』",
};
const longest = 6000;
/** Marks that never close are looked after until the text was read so many times over; then it is no prose. */
const rereadings = 20;

/** Whether a straight quotation mark at `at` opens: nothing or white space or an opening bracket before it. */
function opensStraight(text: string, at: number): boolean {
  const before = at === 0 ? " " : text[at - 1]!;
  const after = text[at + 1] ?? " ";
  return /[\s([—–-]/.test(before) && !/\s/.test(after);
}

/** Whether a guillemet opens: «French», »German« and « spaced » ones differ in what stands on either side. */
function opensGuillemet(text: string, at: number): boolean {
  const before = at === 0 || /[\s([—–-]/.test(text[at - 1]!);
  const after = at + 1 < text.length && !/\s/.test(text[at + 1]!);
  return text[at] === "«" ? before || after : before && after;
}

/** Whether another paragraph begins at `at` and opens with the same mark, as a quotation that runs on does. */
function runsOn(text: string, at: number, mark: string): boolean {
  const gap = /^\s*\n\s*/.exec(text.slice(at, at + 40));
  return gap !== null && text.startsWith(mark, at + gap[0].length);
}

/**
 * The outermost quotations of `text`, in order and disjoint. A mark that is never closed within 6,000 characters opens
 * nothing; a paragraph that repeats the opening mark goes on with the quotation before it. Takes time in proportion to the
 * text, also where hardly a mark is closed: there it stops looking.
 */
export function quotations(text: string): Quotation[] {
  const found: Quotation[] = [];
  let left = longest + rereadings * text.length;
  for (let at = 0; at < text.length; at++) {
    const mark = text.startsWith("``", at) ? "``" : text[at]!;
    const closing = closers[mark];
    if (!closing) continue;
    if (mark === '"' && !opensStraight(text, at)) continue;
    if ((mark === "«" || mark === "»") && !opensGuillemet(text, at)) continue;
    const end = closingOf(text, at + mark.length, mark, closing);
    if (end < 0) {
      left -= Math.min(longest, text.length - at);
      if (left < 0) break;
      continue;
    }
    const width = mark === "``" ? 2 : 1;
    found.push({ start: at, end: end + width, innerStart: at + mark.length, innerEnd: end });
    at = end + width - 1;
  }
  return found;
}

/** The offset of the mark that closes a quotation whose inside begins at `from`, or -1. */
function closingOf(text: string, from: number, mark: string, closing: string): number {
  const limit = Math.min(text.length, from + longest);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const char = text[at]!;
    if (mark === "``") {
      if (text.startsWith("''", at)) return at;
      continue;
    }
    if (char === "\n" && mark === '"') {
      if (!runsOn(text, at, mark)) {
        if (/^\s*\n\s*\n/.test(text.slice(at - 1, at + 6))) return -1;
        continue;
      }
      at = text.indexOf(mark, at);
      continue;
    }
    if (mark !== '"' && char === mark) {
      const lineStart = /\n\s*$/.test(text.slice(Math.max(0, at - 8), at));
      if (!lineStart) depth++;
      continue;
    }
    if (!closing.includes(char)) continue;
    if (depth === 0) return at;
    depth--;
  }
  return -1;
}
