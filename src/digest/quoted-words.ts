/** Reads what a sentence quotes, to compare it with how another outlet quotes the same. */
import type { Span } from "../corpus/document.ts";
import { quotations } from "../text/quotations.ts";
import { words } from "../text/tokens.ts";

/** The words of a quotation; `start` and `end` leave its marks out. */
export interface QuotedWords extends Span {
  readonly words: readonly string[];
  /** The same as one string: what versions are told apart by. */
  readonly folded: string;
}

/** Fewer words are a term, not a statement. */
const fewest = 5;
/** From this share of common words on, two quotations are versions of one. */
const alike = 0.7;

/** The quotations of `sentence` that are long enough to be compared, offsets moved by `shift`. */
export function quotedWords(sentence: string, shift: number): readonly QuotedWords[] {
  return quotations(sentence).flatMap(({ innerStart, innerEnd }): QuotedWords[] => {
    const inner = sentence.slice(innerStart, innerEnd).replace(/[\s,.;:]+$/u, "");
    const list = words(inner).map((word) => word.text);
    if (list.length < fewest) return [];
    return [{ start: shift + innerStart, end: shift + innerStart + inner.length, words: list, folded: list.join(" ") }];
  });
}

/** How many words of `one` stand in `other` in the same order. */
function inOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Uint16Array(other.length + 1);
  for (const word of one) {
    const next = new Uint16Array(other.length + 1);
    for (const [at, candidate] of other.entries())
      next[at + 1] = word === candidate ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!);
    row = next;
  }
  return row[other.length]!;
}

/** Whether two quotations give the same statement in different words. One that only quotes less of it is no other version. */
export function sameQuotation(one: QuotedWords, other: QuotedWords): boolean {
  if (one.folded !== other.folded && (one.folded.includes(other.folded) || other.folded.includes(one.folded)))
    return false;
  return inOrder(one.words, other.words) >= alike * Math.max(one.words.length, other.words.length);
}
