/** Reads reports for clustering: the terms of each, how often they stand in its title and lead, and which are written as names. */
import { uncachedStemmer } from "../text/stems.ts";
import { accented, fold } from "../text/tokens.ts";
import { createWordReader, type WordReader } from "../text/word-reader.ts";
import { isCommonWord } from "./common-words.ts";

/** The terms of one report, each once, ascending. Terms are numbers that the reader gives. */
export interface ReportTerms {
  readonly terms: Int32Array;
  readonly inTitle: Uint8Array;
  readonly inLead: Uint8Array;
}

export interface TermReader {
  read(title: string, lead: string, language: string): ReportTerms;
  /** Whether the term is mostly written with a capital where no sentence begins, in all leads read so far. */
  isName(term: number): boolean;
  /** How many terms are numbered. */
  readonly size: number;
}

/** A word with a capital inside a sentence. */
const capitalInside = /(?<=[\p{Ll},;)] )\p{Lu}[\p{L}\p{M}'’]*/gu;
/** A term so often written so is a name; at the beginning of sentences nobody can tell. */
const nameShare = 0.3;
const most = 255;
/** A word that tells nothing. */
const none = -1;

/** What is known of the words of a language. */
interface Words {
  readonly reader: WordReader;
  /** The term of each word by the reader's number; undefined for one that is new. */
  readonly terms: (number | undefined)[];
  readonly byWord: Map<string, number>;
}

export function createTermReader(): TermReader {
  const numbers = new Map<string, number>();
  const languages = new Map<string, Words>();
  /** How often a term stood in leads, and how often with a capital inside a sentence. */
  const occurrences: number[] = [];
  const capitals: number[] = [];

  function wordsOf(language: string): Words {
    let known = languages.get(language);
    if (!known) {
      known = { reader: createWordReader(), terms: [], byWord: new Map() };
      languages.set(language, known);
    }
    return known;
  }

  /** The term of a word in lower case, accents kept. */
  function termOf(word: string, language: string): number {
    if (isCommonWord(fold(word), language)) return none;
    const stem = uncachedStemmer(language)(word);
    let number = numbers.get(stem);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(stem, number);
      occurrences.push(0);
      capitals.push(0);
    }
    return number;
  }

  function termsOf(text: string, language: string): number[] {
    const { reader, terms, byWord } = wordsOf(language);
    const count = reader.read(text);
    const found: number[] = [];
    for (let i = 0; i < count; i++) {
      const id = reader.ids[i]!;
      let term = terms[id];
      if (term === undefined) {
        const word = reader.accented(id);
        term = termOf(word, language);
        terms[id] = term;
        byWord.set(word, term);
      }
      if (term !== none) found.push(term);
    }
    return found;
  }

  function countCapitals(lead: string, language: string): void {
    const { byWord } = wordsOf(language);
    for (const [word] of lead.matchAll(capitalInside)) {
      const term = byWord.get(accented(word)) ?? none;
      if (term !== none) capitals[term]!++;
    }
  }

  return {
    read(title, lead, language) {
      const titled = termsOf(title, language);
      const led = termsOf(lead, language);
      for (const term of led) occurrences[term]!++;
      countCapitals(lead, language);
      const terms = Int32Array.from(new Set([...titled, ...led])).sort();
      return { terms, inTitle: times(terms, titled), inLead: times(terms, led) };
    },
    isName: (term) => capitals[term]! > occurrences[term]! * nameShare,
    get size() {
      return numbers.size;
    },
  };
}

/** How often each of the ascending `terms` stands in `list`. */
function times(terms: Int32Array, list: readonly number[]): Uint8Array {
  const counts = new Uint8Array(terms.length);
  for (const term of list) {
    const at = placeOf(terms, term);
    if (counts[at]! < most) counts[at]!++;
  }
  return counts;
}

/** Where `term` stands in the ascending `terms`. */
function placeOf(terms: Int32Array, term: number): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle]! < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
