/** What differs between two reports of the same thing: a number, a date, or the wording of what both quote. */
import { numberValue } from "../text/related-words.ts";
import type { Variant } from "./answer.ts";
import type { Evidence } from "./evidence.ts";
import type { SentenceWord } from "./sentence.ts";

const dateWord =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|(?:1[0-9]|20)[0-9]{2})$/;
/** Words shown on either side of what differs. */
const around = 2;

/** A month, a weekday, a year; "may" and "march" only with a capital. */
export function isDate({ text, capital }: SentenceWord): boolean {
  return dateWord.test(text) && (capital || !/^(?:may|mar|march)$/.test(text));
}

function isNumber(word: SentenceWord): boolean {
  return numberValue(word.text) !== null && !isDate(word) && !/^(?:one|first|second)$/.test(word.text);
}

/** What figures and dates are compared by: "twelve" is 12, "Nov" is November. */
function comparedBy(word: SentenceWord): string {
  return isDate(word) && !/^\d/.test(word.text) ? word.text.slice(0, 3) : String(numberValue(word.text) ?? word.text);
}

/** For each word of `list` whether it is part of a longest common subsequence with `other`, by folded text. */
export function commonTo(list: readonly SentenceWord[], other: readonly SentenceWord[]): boolean[] {
  const rows = list.length + 1;
  const columns = other.length + 1;
  const length = new Uint16Array(rows * columns);
  for (let row = list.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      length[row * columns + column] =
        list[row]!.text === other[column]!.text
          ? length[(row + 1) * columns + column + 1]! + 1
          : Math.max(length[(row + 1) * columns + column]!, length[row * columns + column + 1]!);
    }
  }
  const kept = new Array<boolean>(list.length).fill(false);
  for (let row = 0, column = 0; row < list.length && column < other.length; ) {
    if (list[row]!.text === other[column]!.text) {
      kept[row] = true;
      row++;
      column++;
    } else if (length[(row + 1) * columns + column]! >= length[row * columns + column + 1]!) row++;
    else column++;
  }
  return kept;
}

/** The stretch of `words` that differs, in the text's own letters, with a word or two around it. */
function differing(text: string, words: readonly SentenceWord[], kept: readonly boolean[]): string {
  const runs: { start: number; end: number }[] = [];
  for (const [index, same] of kept.entries()) {
    if (same) continue;
    const last = runs.at(-1);
    const start = Math.max(0, index - around);
    const end = Math.min(words.length, index + 1 + around);
    if (last && start <= last.end) last.end = end;
    else runs.push({ start, end });
  }
  const slices = runs.map(({ start, end }) =>
    text.slice(words[start]!.start, words[end - 1]!.end).replace(/\s+/g, " "),
  );
  return `${runs[0]!.start > 0 ? "…" : ""}${slices.join(" … ")}${runs.at(-1)!.end < words.length ? "…" : ""}`;
}

/** How `other` differs from `first`, or null: figures, then dates, then the words inside quotation marks. */
export function variantOf(first: Evidence, other: Evidence): Pick<Variant, "kind" | "text"> | null {
  const text = other.passage.document.text;
  const [mine, theirs] = [first.sentence.words, other.sentence.words];
  for (const [kind, pick] of [
    ["number", isNumber],
    ["date", isDate],
  ] as const) {
    const [a, b] = [mine.filter(pick), theirs.filter(pick)];
    const known = new Set(a.map(comparedBy));
    const changed = new Set(b.filter((word) => !known.has(comparedBy(word))));
    if (a.length > 0 && changed.size > 0) {
      const kept = theirs.map((word) => !changed.has(word));
      return { kind, text: differing(text, theirs, kept) };
    }
  }
  const quotedMine = mine.filter((word) => word.quoted);
  const quotedTheirs = theirs.filter((word) => word.quoted);
  if (quotedMine.length === 0 || quotedTheirs.length === 0) return null;
  const kept = commonTo(quotedTheirs, quotedMine);
  const lost = commonTo(quotedMine, quotedTheirs);
  if (!kept.includes(false)) {
    if (!lost.includes(false)) return null;
    const start = quotedTheirs[0]!.start;
    return { kind: "wording", text: text.slice(start, quotedTheirs.at(-1)!.end).replace(/\s+/g, " ") };
  }
  return { kind: "wording", text: differing(text, quotedTheirs, kept) };
}
