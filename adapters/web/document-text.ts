/** A document's text as paragraphs, with the cited words marked and what is no article set apart; long texts in parts. */
import type { Span } from "../../src/corpus/document.ts";
import { html, type Markup, prose } from "./markup.ts";

/** A stretch of a text that a page shows, and where it stands among the others. */
export interface Part extends Span {
  /** Counts from 1. */
  readonly number: number;
  readonly count: number;
}

/** So much of a text a page, in bytes of UTF-8: with its frame, its style and its script, a page stays under 50 KB. */
const bytesAPart = 20_000;
/** How far the end of a part is moved to fall on the end of a line or a word. */
const leeway = 2_000;
/** How far a part is stretched for a quotation that begins in it. */
const longestOverhang = 4_000;

function unitsAPart(text: string): number {
  const sample = text.slice(0, 8_192);
  return Math.ceil((bytesAPart * Math.max(1, sample.length)) / Math.max(1, Buffer.byteLength(sample)));
}

/** Where part `index` (from 0) begins: after the first line break, else white space, from its due place on. */
function boundary(text: string, index: number, size: number): number {
  const due = index * size;
  if (due === 0 || due >= text.length) return Math.min(due, text.length);
  const ahead = text.slice(due, due + leeway);
  const end = [ahead.indexOf("\n"), ahead.search(/\s/)].find((at) => at >= 0);
  if (end !== undefined) return due + end + 1;
  // Not between the two halves of one character.
  return text.codePointAt(due - 1)! > 0xffff ? due + 1 : due;
}

/** The part that `wanted` numbers, or the one in which `cited` begins, or the first; null where there is none such. */
export function partOf(text: string, wanted: number | undefined, cited: Span | null): Part | null {
  const size = unitsAPart(text);
  const starts = [0];
  for (let index = 1, start = boundary(text, 1, size); start < text.length; start = boundary(text, ++index, size))
    if (start > starts.at(-1)!) starts.push(start);
  const around = cited === null ? 0 : starts.findLastIndex((start) => start <= cited.start);
  const index = wanted === undefined ? around : wanted - 1;
  const start = starts[index];
  if (start === undefined) return null;
  const end = starts[index + 1] ?? text.length;
  const overhang = cited !== null && cited.start >= start && cited.start < end ? cited.end : end;
  return {
    start,
    end: Math.min(Math.max(end, overhang), end + longestOverhang),
    number: index + 1,
    count: starts.length,
  };
}

/** The ends of the stretches of [start, end) that are wholly inside or wholly outside each of the spans. */
function cuts(start: number, end: number, spans: readonly Span[]): readonly number[] {
  const within = spans.flatMap((span) => [span.start, span.end]).filter((at) => at > start && at < end);
  return [...new Set([...within, end])].toSorted((one, other) => one - other);
}

function covers(span: Span, start: number, end: number): boolean {
  return span.start <= start && end <= span.end;
}

/** What a text is shown with. */
export interface Marking {
  /** The quoted words; the first paragraph of them has the id "cited". */
  readonly cited: Span | null;
  readonly excluded: readonly Span[];
}

/** The paragraphs of a part of `text`. Blank lines become the space between paragraphs; all else is shown as it is. */
export function paragraphs(text: string, part: Span, { cited, excluded }: Marking): readonly Markup[] {
  const near = excluded.filter((span) => span.start < part.end && span.end > part.start);
  const spans = cited === null ? near : [...near, cited];
  let found = false;
  const stretch = (start: number, end: number): Markup => {
    const words = prose(text.slice(start, end));
    if (cited !== null && covers(cited, start, end)) {
      const id = found ? "" : html` id="cited" tabindex="-1"`;
      found = true;
      return html`<mark${id}>${words}</mark>`;
    }
    return near.some((span) => covers(span, start, end))
      ? html`<span class="excluded">${words}</span>`
      : html`${words}`;
  };
  return paragraphSpans(text, part).map(({ start, end }) => {
    let from = start;
    const pieces = cuts(start, end, spans).map((to) => {
      const piece = stretch(from, to);
      from = to;
      return piece;
    });
    return html`<p>${pieces}</p>`;
  });
}

/** Stretches between blank lines. */
function paragraphSpans(text: string, part: Span): readonly Span[] {
  const shown = text.slice(part.start, part.end);
  const spans: Span[] = [];
  let start = 0;
  for (const gap of shown.matchAll(/(?:\r\n|[\n\r])[ \t]*(?:\r\n|[\n\r])\s*/g)) {
    spans.push({ start: part.start + start, end: part.start + gap.index });
    start = gap.index + gap[0].length;
  }
  spans.push({ start: part.start + start, end: part.end });
  return spans.filter(({ start: from, end }) => text.slice(from, end).trim() !== "");
}
