/** Whether two sentences say the same: most of their content words are shared, or what they quote is. */
import { functionWords } from "../question/words.ts";
import { inOneList } from "../text/related-words.ts";
import type { Evidence } from "./evidence.ts";
import type { SentenceWord } from "./sentence.ts";

/** Shares of content words from which two sentences are one claim (of the shorter one's, of both together). */
const enough = { ofShorter: 0.68, ofBoth: 0.45, quoted: 0.6 } as const;
/** A quotation of fewer content words is too little to tell. */
const fewest = 4;

function content(words: readonly SentenceWord[]): SentenceWord[] {
  const seen = new Set<string>();
  return words.filter((word) => !functionWords.has(word.text) && !seen.has(word.base) && seen.add(word.base));
}

/** How many content words of the shorter list stand in the longer one, as shares of the shorter and of both together. */
function shared(
  one: readonly SentenceWord[],
  other: readonly SentenceWord[],
): { readonly ofShorter: number; readonly ofBoth: number } {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const bases = new Set(long.map((word) => word.base));
  const roots = new Set(long.map((word) => word.root));
  const common = short.filter(
    (word) =>
      bases.has(word.base) || roots.has(word.root) || long.some((candidate) => inOneList(word.text, candidate.text)),
  ).length;
  return {
    ofShorter: short.length === 0 ? 0 : common / short.length,
    ofBoth: common / Math.max(1, short.length + long.length - common),
  };
}

/** Whether two pieces of evidence say the same thing. The same document says it once: there only the same sentence counts. */
export function alike(one: Evidence, other: Evidence): boolean {
  if (one.passage.document.id === other.passage.document.id) return sameWords(one, other);
  const [a, b] = [content(one.sentence.words), content(other.sentence.words)];
  const quotedA = content(one.sentence.words.filter((word) => word.quoted));
  const quotedB = content(other.sentence.words.filter((word) => word.quoted));
  if (quotedA.length >= fewest && quotedB.length >= fewest) {
    const quotes = shared(quotedA, quotedB);
    return quotes.ofShorter >= enough.ofShorter && quotes.ofBoth >= enough.quoted;
  }
  if (Math.min(a.length, b.length) < fewest) return sameWords(one, other);
  const all = shared(a, b);
  return all.ofShorter >= enough.ofShorter && all.ofBoth >= enough.ofBoth;
}

function sameWords(one: Evidence, other: Evidence): boolean {
  const folded = ({ sentence }: Evidence) => sentence.words.map((word) => word.text).join(" ");
  return folded(one) === folded(other);
}
