/** Finds what stands around a quotation in its document, so that it can be read in its place. */
import type { Span, StoredDocument } from "../corpus/document.ts";
import { sentences } from "../text/sentences.ts";

/** A quotation and the words on either side of it, verbatim; "…" only at the outer ends, where a sentence is cut. */
export interface PassageAround {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** How far sentences around the quotation are taken, and how much of the quotation's own, in UTF-16 units. */
const reach = { before: 300, after: 200, sentence: 600 };

/** The text around `span` that is not advertising or navigation, a good way beyond what is shown. */
function stretchAround(text: string, excluded: readonly Span[], span: Span): Span {
  const nearest = { start: span.start - 2 * reach.sentence, end: span.end + 2 * reach.sentence };
  for (const hole of excluded) {
    if (hole.end <= span.start) nearest.start = Math.max(nearest.start, hole.end);
    if (hole.start >= span.end) nearest.end = Math.min(nearest.end, hole.start);
  }
  return { start: Math.max(0, nearest.start), end: Math.min(text.length, nearest.end) };
}

/** Where the first whole word at or after `from` begins, at most `to`. */
function wordStart(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/(?<=\s)\S/);
  return space < 0 ? to : from + space;
}

/** Where the last whole word before `to` ends, at least `from`. */
function wordEnd(text: string, from: number, to: number): number {
  const words = /^[\s\S]*\S(?=\s)/.exec(text.slice(from, to));
  return words ? from + words[0].length : from;
}

/**
 * The quotation at `span` of `document.text` with whole sentences before and after it; nothing from beyond an excluded
 * span. `before + quote + after` is the stored text but for an ellipsis at an outer end.
 */
export function passageAround(document: Pick<StoredDocument, "text" | "excluded">, span: Span): PassageAround {
  const { text } = document;
  const list = sentences(text, stretchAround(text, document.excluded, span));
  const first = list.find((one) => one.start >= span.start - reach.before || one.end > span.start)?.start ?? span.start;
  const last = list.findLast((one) => one.end <= span.end + reach.after || one.start < span.end)?.end ?? span.end;
  const startsCut = first < span.start - reach.sentence;
  const endsCut = last > span.end + reach.sentence;
  const start = startsCut ? wordStart(text, span.start - reach.sentence, span.start) : Math.min(first, span.start);
  const end = endsCut ? wordEnd(text, span.end, span.end + reach.sentence) : Math.max(last, span.end);
  return {
    before: `${startsCut ? "… " : ""}${text.slice(start, span.start)}`,
    quote: text.slice(span.start, span.end),
    after: `${text.slice(span.end, end)}${endsCut ? " …" : ""}`,
  };
}
