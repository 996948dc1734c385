/** Whether two sentences say the same: most of their content words are shared, or what they quote is. */
import { functionWords, reportingVerb } from "../question/words.ts";
import { inOneList, numberValue } from "../text/related-words.ts";
import type { Evidence } from "./evidence.ts";
import type { SentenceWord } from "./sentence.ts";
import { commonTo, isDate } from "./variants.ts";

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
  return all.ofShorter >= enough.ofShorter && all.ofBoth >= enough.ofBoth && !contradict(one, other);
}

const denials =
  /^(?:not|no|never|neither|nor|nobody|none|without|cannot|(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should)nt|den(?:y|ies|ied)|(?:declin|refus)(?:e|es|ed)|fail(?:s|ed)?)$/;
/** So many words may stand in the place of so many others, in sentences that share so much: beyond that it is another wording. */
const swap = { longest: 3, shared: 0.7 } as const;

/** Whether one sentence denies what the other says, or has other words in the same place ("closed the bridge", "closed the school"). */
function contradict(one: Evidence, other: Evidence): boolean {
  const plain = ({ sentence }: Evidence) => sentence.words.filter((word) => !word.quoted);
  const [mine, theirs] = [plain(one), plain(other)];
  if (mine.some((word) => denials.test(word.text)) !== theirs.some((word) => denials.test(word.text))) return true;
  return swaps(mine, theirs).some(([a, b]) => a.length > 0 && b.length > 0);
}

/** What stands between the words that both have, side by side: the words of content that the other sentence has nowhere. */
function swaps(mine: readonly SentenceWord[], theirs: readonly SentenceWord[]): [SentenceWord[], SentenceWord[]][] {
  const [kept, matched] = [commonTo(mine, theirs), commonTo(theirs, mine)];
  const found: [SentenceWord[], SentenceWord[]][] = [];
  if (kept.filter(Boolean).length < swap.shared * Math.max(mine.length, theirs.length)) return found;
  for (let row = 0, column = 0; row <= mine.length; row++, column++) {
    const [from, start] = [row, column];
    while (row < mine.length && !kept[row]) row++;
    while (column < theirs.length && !matched[column]) column++;
    const [a, b] = [mine.slice(from, row), theirs.slice(start, column)];
    if (Math.max(a.length, b.length) <= swap.longest) found.push([strange(a, theirs), strange(b, mine)]);
  }
  return found;
}

/** Those of `words` that no word of `sentence` resembles: no figure, date or verb of saying. */
function strange(words: readonly SentenceWord[], sentence: readonly SentenceWord[]): SentenceWord[] {
  return words.filter(
    (word) =>
      !functionWords.has(word.text) &&
      numberValue(word.text) === null &&
      !isDate(word) &&
      reportingVerb(word.text) === null &&
      !sentence.some(
        (known) => known.base === word.base || known.root === word.root || inOneList(known.text, word.text),
      ),
  );
}

function sameWords(one: Evidence, other: Evidence): boolean {
  const folded = ({ sentence }: Evidence) => sentence.words.map((word) => word.text).join(" ");
  return folded(one) === folded(other);
}
