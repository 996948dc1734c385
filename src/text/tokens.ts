/** Cuts text into words with offsets and folds them, so that "Trump’s", "trump" and "TRUMP" are one word. */

/** One word of a text. */
export interface Word {
  /** Folded: what words are compared by. Never empty. */
  readonly text: string;
  /** Lower case with its accents kept: what a stemmer wants. */
  readonly accented: string;
  /** UTF-16 offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
}

const inWord = String.raw`[\p{L}\p{M}\p{Nd}]`;
const apostrophe = "['’ʼ＇]";

/** Initials ("U.S"), figures with grouping or decimals, then words with inner apostrophes. */
const wordPattern = new RegExp(
  [
    String.raw`(?<!${inWord})\p{L}(?:\.\p{L})+(?!${inWord})`,
    String.raw`(?<!\d[.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)`,
    String.raw`(?<!\d[.,])\d+\.\d+(?!\d|\.\d)`,
    String.raw`${inWord}+(?:${apostrophe}[\p{L}\p{M}]+)*`,
  ].join("|"),
  "gu",
);

/** Scripts that write no spaces between words; they are cut into overlapping pairs of characters. */
const unspacedRun =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]\p{M}*)+/gu;

/** Articles and prepositions that French and Italian write together with the next word. */
const elisions = new Set(
  "l d j n s c m t qu lorsqu puisqu jusqu quoiqu dell nell dall sull all coll un quest quell gl degl".split(" "),
);

/** Accents over Latin and Greek letters, Hebrew points, Arabic vowel signs and tatweel. */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]/g;

/** Letters that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ı: "i",
  þ: "th",
  ħ: "h",
  ς: "σ",
};

/** Without the possessive, inner apostrophes, the stops of initials and the commas of figures. */
function bare(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  if (/^\d+(?:,\d+)*(?:\.\d+)?$/.test(word)) return word.replaceAll(",", "");
  return word
    .replace(/(?<=.)['’ʼ＇]s$/, "")
    .replace(/[^\p{L}\p{M}\p{Nd}]|ʼ/gu, "")
    .replace(/^\p{M}+/u, "");
}

/** `word` in lower case and composed, its accents kept, possessive and punctuation off. */
export function accented(word: string): string {
  return bare(word.toLowerCase().normalize("NFC"));
}

/**
 * The form words are compared by: compatibility forms resolved (NFKD), lower case, accents off, possessive and apostrophes
 * off ("Trump’s" is "trump"), initials joined ("U.S." is "us"), figures ungrouped ("1,400" is "1400"; "3.5" stays).
 * Folding twice changes nothing. Text without a letter or digit folds to "".
 */
export function fold(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  const lower = word.normalize("NFKD").toLowerCase().normalize("NFKD").replace(marks, "");
  const plain = lower.replace(/[ßæœøđðłıþħς]/g, (letter) => plainLetters[letter] ?? letter);
  return bare(plain.normalize("NFC"));
}

function pushWord(found: Word[], raw: string, start: number): void {
  const text = fold(raw);
  if (text) found.push({ text, accented: accented(raw), start, end: start + raw.length });
}

function pushPairs(found: Word[], run: string, start: number): void {
  const units = [...run.matchAll(/\P{M}\p{M}*/gu)];
  if (units.length < 2) pushWord(found, run, start);
  for (let i = 0; i + 1 < units.length; i++) {
    const from = units[i]!.index;
    pushWord(found, run.slice(from, units[i + 1]!.index + units[i + 1]![0].length), start + from);
  }
}

function pushSpaced(found: Word[], raw: string, start: number): void {
  const cut = raw.search(/['’ʼ＇]/);
  if (
    cut > 0 &&
    cut + 1 < raw.length &&
    elisions.has(raw.slice(0, cut).toLowerCase()) &&
    !/^s$/i.test(raw.slice(cut + 1))
  ) {
    pushWord(found, raw.slice(0, cut), start);
    pushSpaced(found, raw.slice(cut + 1), start + cut + 1);
  } else {
    pushWord(found, raw, start);
  }
}

/** The text from the first to the last of some of its words, at least one; the last stop of initials ("the U.S.") belongs to it. */
export function slicePhrase(text: string, list: readonly Word[]): string {
  const end = list.at(-1)!.end;
  const initials = text[end] === "." && /\.\p{L}$/u.test(text.slice(end - 3, end));
  return text.slice(list[0]!.start, initials ? end + 1 : end);
}

/**
 * The words of `text` in order. Hyphenated words are their parts; French and Italian elisions ("l’homme") are two words;
 * Chinese, Japanese, Thai and other scripts without spaces give overlapping pairs of characters.
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const raw = match[0];
    let done = 0;
    for (const run of raw.matchAll(unspacedRun)) {
      if (run.index > done) pushSpaced(found, raw.slice(done, run.index), match.index + done);
      pushPairs(found, run[0], match.index + run.index);
      done = run.index + run[0].length;
    }
    if (done < raw.length) pushSpaced(found, raw.slice(done), match.index + done);
  }
  return found;
}
