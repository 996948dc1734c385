/** Cuts text into sentences with offsets, knowing abbreviations, closing quotation marks, headings and hard-wrapped lines. */
import type { Span } from "../corpus/document.ts";

/** Words that a full stop follows without ending a sentence (lower case, without the stop). */
const abbreviations = new Set(
  (
    "mr mrs ms mx dr prof gen sen rep gov lt col sgt capt maj cmdr adm rev hon pres st ste mt ft jr sr inc ltd co corp llc " +
    "vs ca approx dept est etc e.g i.e cf al op cit a.m p.m u.s u.k u.n e.u d.c ph.d b.c a.d ave blvd rd messrs sra sres dra " +
    "bzw usw z.b d.h mme mlle mm ex"
  ).split(" "),
);
/** Those that are common words too: only with a capital, or only before a figure. */
const days = new Set(
  "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split(" "),
);
const counters = new Set("no nos vol fig figs pp art abs nr bd".split(" "));

/** Abbreviations that also end sentences: the next word decides. */
const mayEnd = /^(?:[A-Za-z](?:\.[A-Za-z])+|[ap]\.m|etc|inc|ltd|co|corp|jr|sr|llc)$/i;

/** Words that, capitalised after a full stop, begin a sentence rather than go on with a name. */
const openers =
  /^(?:The|A|An|In|On|At|He|She|It|They|We|I|You|This|That|These|Those|But|And|Or|So|As|For|From|By|After|Before|When|While|If|His|Her|Its|Their|There|Since|However|Although|Under|According|Among|Also|Both|One|Some|Many|Most|Mr|Mrs|Ms|Dr)$/;

const terminator = /[.!?…]+["”’»)\]']*|[。！？]+[」』”’)\]]*/gu;

/** How far is looked along a line, and back for an open quotation, in UTF-16 units: hostile texts have neither end. */
const reach = { line: 160, quotation: 2000 } as const;

/** A line break that only wraps: both lines of wrapped length, the first one unfinished. */
function isWrap(text: string, at: number, next: number, from: number): boolean {
  const back = text.slice(Math.max(from, at - reach.line), at);
  const before = back.slice(back.lastIndexOf("\n") + 1).trimEnd();
  if (before.length < 40 || before.length > 120 || /[.!?:…”"»]$/.test(before)) return false;
  const line = /^[^\n]*/.exec(text.slice(next, next + reach.line))![0];
  return line.length <= 120 && !/^\s*(?:[-*•‣#>|]|\d+[.)]\s)/.test(line);
}

/** The stretches of `text` inside `span` that no sentence may cross: paragraphs, headings, list items. */
function stretches(text: string, span: Span): Span[] {
  const found: Span[] = [];
  let start = span.start;
  const breaks = /[\n\r\u2028\u2029]\s*/gu;
  breaks.lastIndex = span.start;
  for (let match = breaks.exec(text); match && match.index < span.end; match = breaks.exec(text)) {
    const next = match.index + match[0].length;
    const lines = match[0].match(/\r\n|\n|\r|\u2028|\u2029/g)?.length ?? 0;
    // A paragraph separator never only wraps.
    if (lines < 2 && !/[\u2028\u2029]/.test(match[0]) && isWrap(text, match.index, next, span.start)) continue;
    found.push({ start, end: match.index });
    start = Math.min(next, span.end);
  }
  found.push({ start, end: span.end });
  return found;
}

/** Whether a full stop after `word` need not end a sentence when `next` follows. */
function isAbbreviation(word: string, next: string): boolean {
  const lower = word.toLowerCase();
  if (days.has(lower)) return word !== lower;
  if (counters.has(lower)) return /^\d/.test(next);
  return abbreviations.has(lower) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
}

/** Whether the terminator at `index` (its text `mark`, its end `end`) ends a sentence of a stretch that ends at `limit`. */
function ends(text: string, stretchStart: number, index: number, mark: string, end: number, limit: number): boolean {
  if (end >= limit) return true;
  if (/^[。！？]/u.test(mark)) return true;
  const rest = text.slice(end, Math.min(limit, end + 60));
  const gap = /^\s+/.exec(rest);
  if (!gap) return false;
  const next = rest.slice(gap[0].length);
  if (!/^["“„«‘'([¿¡\-–—•]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(next) && !/^\p{Extended_Pictographic}/u.test(next))
    return false;
  if (!mark.startsWith(".") || mark.startsWith("..")) return true;
  const before = /[^\s“”"«»()[\]‘—–]+$/u.exec(text.slice(Math.max(stretchStart, index - 30), index))?.[0] ?? "";
  if (before === "") return true;
  const word = before.replace(/^['’]+/, "");
  if (/^\d{1,3}$/.test(word) && text.slice(stretchStart, index).trim() === word) return false;
  const initial = /^\p{Lu}$/u.test(word);
  if (!initial && !isAbbreviation(word, next)) return true;
  if (mark.length > 1) return true;
  const nextWord = /^["“„«‘'([]*([\p{L}\p{N}]+)/u.exec(next)?.[1] ?? "";
  return (mayEnd.test(word) || initial) && openers.test(nextWord);
}

/**
 * The sentences of `text` inside `span` (the whole text by default), in order, trimmed, disjoint, as UTF-16 offsets.
 * Headings and list items without a full stop are sentences of their own. Empty when there is nothing but white space.
 */
export function sentences(text: string, span: Span = { start: 0, end: text.length }): Span[] {
  const found: Span[] = [];
  const push = (start: number, end: number): void => {
    while (start < end && /\s/.test(text[start]!)) start++;
    while (end > start && /\s/.test(text[end - 1]!)) end--;
    if (end > start) found.push({ start, end });
  };
  terminator.lastIndex = span.start;
  let match = terminator.exec(text);
  for (const stretch of stretches(text, span)) {
    let start = stretch.start;
    for (; match && match.index < stretch.end; match = terminator.exec(text)) {
      let end = Math.min(match.index + match[0].length, stretch.end);
      const spacedClose = /^ (?:''|["”»])(?=\s|$)/.exec(text.slice(end, end + 4));
      if (spacedClose && end + spacedClose[0].length <= stretch.end && opensQuotation(text, start, match.index))
        end += spacedClose[0].length;
      if (!ends(text, stretch.start, match.index, match[0], end, stretch.end)) continue;
      push(start, end);
      start = end;
    }
    push(start, stretch.end);
  }
  return found;
}

/** Whether a quotation with spaced marks (as tokenised corpora print them) is open between two offsets. */
function opensQuotation(text: string, start: number, end: number): boolean {
  const inside = text.slice(Math.max(start, end - reach.quotation), end);
  const opened = inside.match(/(?:^|\s)(?:``|“|«|")(?=\s)/g)?.length ?? 0;
  const closed = inside.match(/\s(?:''|”|»)(?=\s)/g)?.length ?? 0;
  return opened > closed;
}
