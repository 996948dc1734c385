/** Cuts inline content at sentence, word or grapheme ends, so that each piece carries the citation marks of the whole. */
import { sentences } from "../text/sentences.ts";
import type { Inline } from "./reply.ts";

/** Stands for a citation mark while content is looked at as one string. */
const mark = "\uFFFC";
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The numbers of the citation marks in `content`, each once, in order. */
export function marksOf(content: readonly Inline[]): readonly number[] {
  return [...new Set(content.flatMap((inline) => (inline.kind === "cite" ? [inline.n] : [])))];
}

/** `content` with the marks of `marks` that it lacks added at its end. */
export function withMarks(content: readonly Inline[], marks: readonly number[]): readonly Inline[] {
  const own = new Set(marksOf(content));
  const missing = marks.filter((n) => !own.has(n));
  return [
    ...content,
    ...missing.flatMap((n): Inline[] => [
      { kind: "text", text: " " },
      { kind: "cite", n },
    ]),
  ];
}

function textOf(inline: Inline): string {
  return inline.kind === "cite" ? mark : inline.text;
}

/** The part of `content` between two offsets of its flat string. */
function slice(content: readonly Inline[], start: number, end: number): readonly Inline[] {
  const kept: Inline[] = [];
  let at = 0;
  for (const inline of content) {
    const text = textOf(inline);
    const piece = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (piece !== "") kept.push(inline.kind === "cite" ? inline : { ...inline, text: piece });
    at += text.length;
  }
  return kept;
}

/** The white space at the start of `flat` that no combining character leans on. */
function leadingSpace(flat: string): number {
  return /^(?:\s(?![\p{M}\p{Emoji_Modifier}\u200C\u200D]))*/u.exec(flat)![0].length;
}

/** Where `flat` may be cut without parting a grapheme, after `start` and up to about `reach` further on, ascending. */
function boundaries(flat: string, start: number, reach: number): readonly number[] {
  const window = flat.slice(start, start + reach);
  const ends = Array.from(graphemes.segment(window), ({ segment, index }) => start + index + segment.length);
  return start + window.length < flat.length ? ends.slice(0, -1) : ends;
}

function codePoints(flat: string, start: number): readonly number[] {
  const ends: number[] = [];
  for (let at = start; at < flat.length; ) {
    at += flat.codePointAt(at)! > 0xffff ? 2 : 1;
    ends.push(at);
  }
  return ends;
}

/** The greatest of ascending `ends` that fits, or null; assumes that what fits goes on fitting when it is shorter. */
function greatest(ends: readonly number[], fits: (end: number) => boolean): number | null {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(ends[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : ends[low - 1]!;
}

/** The longest prefix of `flat` that fits, as an offset, and the boundaries around it; looks no further than it must. */
function furthest(flat: string, start: number, fits: (end: number) => boolean) {
  for (let reach = 4096; ; reach *= 4) {
    const ends = boundaries(flat, start, reach);
    const limit = greatest(ends, fits);
    const more = start + reach < flat.length;
    if (more && (ends.length === 0 || limit === ends.at(-1))) continue;
    return { ends, limit: limit ?? greatest(codePoints(flat.slice(0, ends[0]), start), fits) };
  }
}

/** The best place to cut at or before `limit`: a sentence's end in the second half, a word's end after a quarter, or there. */
function preferred(flat: string, start: number, limit: number, ends: readonly number[]): number {
  const allowed = new Set(ends);
  const last = (found: readonly number[], least: number): number | undefined =>
    found.findLast((end) => end <= limit && end - start >= least && allowed.has(end));
  const sentenceEnds = sentences(flat, { start, end: Math.min(flat.length, limit + 200) }).map((span) => span.end);
  const wordEnds = [...flat.slice(start, limit + 1).matchAll(/(?<=\S)(?=\s)/gu)].map((match) => start + match.index);
  return last(sentenceEnds, (limit - start) / 2) ?? last(wordEnds, (limit - start) / 4) ?? limit;
}

/** The first piece of a content that fits, and what is left of it (empty when all of it fitted). */
interface Cut {
  readonly piece: readonly Inline[];
  readonly rest: readonly Inline[];
}

/**
 * Cuts the longest well-ending first piece off `content` for which `fits` holds; the piece has every mark of `marks`.
 * White space at the cut goes, nothing else. Null when not even one character with its marks fits.
 */
export function cutContent(
  content: readonly Inline[],
  marks: readonly number[],
  fits: (piece: readonly Inline[]) => boolean,
): Cut | null {
  const flat = content.map(textOf).join("");
  const start = leadingSpace(flat);
  const pieceTo = (end: number): readonly Inline[] => {
    const trimmed = flat.slice(start, end).trimEnd().length;
    return withMarks(slice(content, start, start + trimmed), marks);
  };
  const fitsTo = (end: number): boolean => fits(pieceTo(end));
  const { ends, limit } = furthest(flat, start, fitsTo);
  if (limit === null) return null;
  if (flat.slice(limit).replaceAll(mark, "").trim() === "") return { piece: pieceTo(limit), rest: [] };
  const end = preferred(flat, start, limit, ends);
  const chosen = fitsTo(end) ? end : limit;
  const next = chosen + leadingSpace(flat.slice(chosen));
  return { piece: pieceTo(chosen), rest: slice(content, next, flat.length) };
}
