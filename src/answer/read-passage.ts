/** Reads a passage of a stored text into sentences, with enough of what stands before it to know who is speaking. */
import type { Span } from "../corpus/document.ts";
import { quotations } from "../text/quotations.ts";
import { sentences } from "../text/sentences.ts";
import { attribute, type UnattributedSentence } from "./attribution.ts";
import type { Reading } from "./sentence.ts";
import { readWords } from "./word-forms.ts";

/** How much text before a passage is read for context, in UTF-16 units. */
const leadIn = 2500;
/** How much after it is looked at for the end of a quotation. */
const lookAhead = 4000;

/** Excluded spans blanked to the same length, with paragraph separators, so that no sentence crosses them. */
function blanked(text: string, span: Span, excluded: readonly Span[]): string {
  let result = text.slice(span.start, span.end);
  for (const hole of excluded) {
    const start = Math.max(hole.start, span.start) - span.start;
    const end = Math.min(hole.end, span.end) - span.start;
    if (start < end) result = `${result.slice(0, start)}${"\u2029".repeat(end - start)}${result.slice(end)}`;
  }
  return result;
}

/** Opens a paragraph that goes on with the speaker or the subject of the one before. */
const goesOn = /^\s*(?:he|she|it|they)\b/i;
const longestContinuation = 1200;

/** The passage with the paragraph after it, when that one begins with a pronoun; no further than an excluded span. */
export function withContinuation(text: string, excluded: readonly Span[], span: Span): Span {
  const next = /^\s*?\n\s*/.exec(text.slice(span.end, span.end + 200));
  if (!next) return span;
  const start = span.end + next[0].length;
  if (!goesOn.test(text.slice(start, start + 20))) return span;
  const line = text.indexOf("\n", start);
  const end = Math.min(line < 0 ? text.length : line, start + longestContinuation);
  return excluded.some((hole) => hole.start < end && hole.end > span.end) ? span : { start: span.start, end };
}

/** Reads the passage `span` of `text`; `stem` is the stemmer of the document's language. Offsets are those of `text`. */
export function readPassage(
  text: string,
  excluded: readonly Span[],
  span: Span,
  stem: (word: string) => string,
): Reading {
  let start = Math.max(0, span.start - leadIn);
  if (start > 0) {
    const line = text.indexOf("\n", start);
    start = line >= 0 && line < span.start ? line + 1 : span.start;
  }
  const ahead = blanked(text, { start, end: Math.min(text.length, span.end + lookAhead) }, excluded);
  const window = ahead.slice(0, span.end - start);
  const quoted = quotations(ahead);
  const list: UnattributedSentence[] = [];
  let from = -1;
  let quotationAt = 0;
  for (const piece of sentencesOf(window, span.start - start)) {
    while (quotationAt < quoted.length && quoted[quotationAt]!.end <= piece.start) quotationAt++;
    const around = quoted.slice(quotationAt).filter((quotation) => quotation.start < piece.end);
    const inside = (at: number) => {
      const place = piece.start + at;
      return around.some((quotation) => place >= quotation.innerStart && place < quotation.innerEnd);
    };
    const read = readWords(window.slice(piece.start, piece.end), stem, start + piece.start, inside);
    if (from < 0 && start + piece.start >= span.start) from = list.length;
    list.push({
      start: start + piece.start,
      end: start + piece.end,
      first: /(?:^|[\n\u2029])\s*$/.test(window.slice(Math.max(0, piece.start - 4), piece.start)),
      words: read,
      insideQuotation: around.some((quotation) => quotation.start < piece.start - 1 && quotation.end > piece.start),
      allQuoted: read.length > 0 && read.every((word) => word.quoted),
    });
  }
  const attributions = attribute(text, list);
  return {
    sentences: list.map((sentence, index) => ({ ...sentence, index, attribution: attributions[index]! })),
    from: from < 0 ? list.length : from,
    to: list.length,
  };
}

/** Sentences of the window; the passage's own start is a boundary. */
function sentencesOf(window: string, boundary: number): Span[] {
  return [
    ...sentences(window, { start: 0, end: boundary }),
    ...sentences(window, { start: boundary, end: window.length }),
  ];
}
