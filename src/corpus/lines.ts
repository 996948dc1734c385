/** Walks the lines of a text by offsets, and says what kind of line one is: blank, rule, heading, list item. */
import type { Span } from "./document.ts";

/** A line without its break and without the white space around it; `words` counts half a word a character where a script has no spaces. */
export interface Line extends Span {
  readonly words: number;
  /** Whether a blank line, a rule or the beginning of the stretch stands before it. */
  readonly afterBlank: boolean;
}

/** Whether a UTF-16 unit is white space as `\s` has it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0xa0) return code === 0x85;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029 || code === 0x85;
}

/** Scripts that write no spaces between words: Thai to Myanmar, Khmer, kana, Han. */
function isUnspaced(code: number): boolean {
  return (
    (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1000 && code <= 0x109f) ||
    (code >= 0x1780 && code <= 0x17ff) ||
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff)
  );
}

/** Hyphens, equals signs, asterisks and the like, of which rules between paragraphs are made. */
function isRuleMark(code: number): boolean {
  return code === 45 || code === 61 || code === 42 || code === 95 || code === 126 || code === 8212;
}

/** The lines of `text` from `start` to `end` that hold more than white space or a rule, in order. */
export function* linesOf(text: string, start: number, end: number): Generator<Line> {
  let afterBlank = true;
  for (let at = start; at < end; ) {
    let first = -1;
    let last = -1;
    let words = 0;
    let inWord = false;
    let rule = true;
    let stop = at;
    for (; stop < end; stop++) {
      const code = text.charCodeAt(stop);
      if (isSpace(code)) {
        if (isBreak(code)) break;
        inWord = false;
        continue;
      }
      if (first < 0) first = stop;
      last = stop;
      if (rule && !isRuleMark(code)) rule = false;
      if (isUnspaced(code)) {
        words += 0.5;
        inWord = false;
      } else if (!inWord) {
        words++;
        inWord = true;
      }
    }
    if (first >= 0 && !rule) yield { start: first, end: last + 1, words, afterBlank };
    afterBlank = first < 0 || rule;
    at = stop + 1;
    if (text.charCodeAt(stop) === 13 && text.charCodeAt(at) === 10) at++;
  }
}

/** Whether a line is marked as an item of a list: a bullet, a number, a letter with a bracket. */
export function isListItem(text: string, line: Span): boolean {
  return /^(?:[-*+•‣◦▪–—·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t\u00a0]/.test(text.slice(line.start, line.start + 8));
}

const markdownHeading = /^#{1,6}[ \t]/;

/**
 * Whether a line can head the paragraph after it: marked so in Markdown, or at most fourteen words that end like no
 * sentence (a colon or a question mark may announce what follows).
 */
export function isHeading(text: string, line: Line): boolean {
  if (markdownHeading.test(text.slice(line.start, line.start + 7))) return line.end - line.start <= 300;
  if (line.words > 14 || line.end - line.start > 120) return false;
  if (isListItem(text, line)) return false;
  return !/[.!;,…。！、”"’'»」』)\]]$/.test(text.slice(line.end - 1, line.end));
}
