/** Cuts a stored text into passages, the units that are searched: a paragraph each, with its heading, never over an excluded span. */
import { sentences } from "../text/sentences.ts";
import type { Span } from "./document.ts";
import { isHeading, isListItem, isSpace, type Line, linesOf } from "./lines.ts";

/** A paragraph of more words is cut at sentence ends into parts of about equal size. */
const maxWords = 180;
/** The same for paragraphs that count few words: longer ones, in UTF-16 units, are cut too. */
const maxUnits = 2_400;
/** A run of more short lines is verse or a list, not the headings of what follows. */
const maxHeadings = 3;
/** How much of a text tells how its paragraphs are set. */
const sampleUnits = 100_000;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const extending = /^(?:\p{M}|\p{EMod}|\u200c|\u200d|[\udc00-\udfff])/u;

/** A paragraph while it is being gathered. */
interface Draft {
  readonly start: number;
  end: number;
  /** Words of the paragraph, its headings apart. */
  words: number;
  /** How many heading lines it begins with; 0 once the paragraph itself has begun and had none. */
  headings: number;
  /** Whether nothing but headings has come so far. */
  open: boolean;
  list: boolean;
}

/**
 * The passages of `text`: ordered, disjoint, trimmed, none empty, none touching a span of `excluded` (what stands on its two
 * sides is two passages). Together they hold every character of the text but white space, rules and excluded spans.
 * A passage is a paragraph, at most about 180 words; a short heading joins the paragraph it heads. Offsets are UTF-16 units.
 */
export function cutPassages(text: string, excluded: readonly Span[]): Span[] {
  const found: Span[] = [];
  const lineIsParagraph = setInSingleLines(text);
  let from = 0;
  for (const span of excluded.toSorted((a, b) => a.start - b.start)) {
    if (span.start > from) cutStretch(text, from, Math.min(span.start, text.length), lineIsParagraph, found);
    from = Math.max(from, span.end);
  }
  cutStretch(text, from, text.length, lineIsParagraph, found);
  return found;
}

/**
 * Whether a line break ends a paragraph in this text. It does not where lines are filled up to one width (hard-wrapped), nor
 * where blank lines set off blocks of a few lines; it does where lines are as long as paragraphs or nothing else divides them.
 */
function setInSingleLines(text: string): boolean {
  const lines: Line[] = [];
  for (const line of linesOf(text, 0, Math.min(text.length, sampleUnits))) lines.push(line);
  const inner: { readonly length: number; readonly nextWord: number }[] = [];
  let blocks = 0;
  for (const [index, line] of lines.entries()) {
    if (line.afterBlank) blocks++;
    const next = lines[index + 1];
    if (!next || next.afterBlank) continue;
    const space = text.slice(next.start, Math.min(next.end, next.start + 20)).search(/\s/);
    inner.push({ length: line.end - line.start, nextWord: space < 0 ? Math.min(20, next.end - next.start) : space });
  }
  if (inner.length === 0) return false;
  const width = inner.map((line) => line.length).sort((a, b) => a - b)[Math.floor(inner.length * 0.9)]!;
  const filled = inner.filter((line) => line.length + 1 + line.nextWord > width).length;
  if (width >= 40 && width <= 160 && filled >= inner.length * 0.6 && inner.length > 2) return false;
  const long = inner.filter((line) => line.length > 160).length;
  return long >= inner.length * 0.25 || blocks <= 3 || lines.length >= blocks * 8;
}

/** Gathers lines into paragraphs between two excluded spans. */
function cutStretch(text: string, start: number, end: number, lineIsParagraph: boolean, found: Span[]): void {
  let draft: Draft | null = null;
  for (const line of linesOf(text, start, end)) {
    const heading = isHeading(text, line);
    const list = isListItem(text, line);
    if (draft && !continues(draft, line, heading, list, lineIsParagraph)) {
      cutLong(text, draft, found);
      draft = null;
    }
    if (!draft) {
      draft = { start: line.start, end: line.end, words: 0, headings: 0, open: true, list };
    }
    draft.end = line.end;
    if (heading && draft.open) draft.headings++;
    else draft.open = false;
    if (!draft.open) draft.words += line.words;
    draft.list = list || (draft.list && !lineIsParagraph);
  }
  if (draft) cutLong(text, draft, found);
}

/** Whether `line` belongs to the paragraph gathered so far. */
function continues(draft: Draft, line: Line, heading: boolean, list: boolean, lineIsParagraph: boolean): boolean {
  if (draft.open) return heading ? draft.headings < maxWords / 6 : draft.headings <= maxHeadings;
  if (line.afterBlank) return false;
  if (!lineIsParagraph) return true;
  return draft.list && list && draft.words + line.words <= maxWords;
}

/** Adds a paragraph as it is, or in parts of about equal size when it is too long. */
function cutLong(text: string, draft: Draft, found: Span[]): void {
  const length = draft.end - draft.start;
  let parts = Math.max(1, Math.ceil(draft.words / maxWords), Math.ceil(length / maxUnits));
  let from = draft.start;
  for (; parts > 1 && from < draft.end; parts--) {
    const cut = cutNear(text, from, draft.end, Math.ceil((draft.end - from) / parts));
    pushTrimmed(text, from, cut, found);
    from = cut;
  }
  pushTrimmed(text, from, draft.end, found);
}

/** The best place to cut about `size` units after `from`: a sentence end, else white space, else between graphemes. */
function cutNear(text: string, from: number, end: number, size: number): number {
  const window = text.slice(from, Math.min(end, from + 2 * size));
  let best = -1;
  for (const sentence of sentences(window)) {
    if (sentence.end < size * 0.4 || sentence.end === window.length) continue;
    if (sentence.end > size * 1.5) break;
    if (
      Math.abs(sentence.end - size) < Math.abs(best - size) &&
      !extending.test(window.slice(sentence.end, sentence.end + 2))
    )
      best = sentence.end;
  }
  if (best > 0) return from + best;
  for (let at = Math.min(window.length - 1, Math.ceil(size * 1.1)); at > size * 0.4; at--)
    if (isSpace(window.charCodeAt(at)) && !extending.test(window.slice(at + 1, at + 3))) return from + at;
  return graphemeCut(text, from, end, size);
}

/** The last grapheme boundary within `size` units after `from`, or the end of the first grapheme when that is longer. */
function graphemeCut(text: string, from: number, end: number, size: number): number {
  for (let reach = size; ; reach *= 2) {
    let stop = Math.min(end, from + reach + 1);
    if (stop < end && /[\ud800-\udbff]/.test(text[stop - 1]!)) stop++;
    const window = text.slice(from, stop);
    const last = graphemes.segment(window).containing(window.length - 1)?.index ?? 0;
    if (last > 0) return from + last;
    if (stop === end) return end;
  }
}

function pushTrimmed(text: string, start: number, end: number, found: Span[]): void {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  if (last > first) found.push({ start: first, end: last });
}
