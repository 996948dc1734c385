/** Reads reports for clustering: the terms of each, how often they stand in its title and lead, and which are written as names. */
import { stemmer } from "../text/stems.ts";
import { words } from "../text/tokens.ts";
import { isCommonWord } from "./common-words.ts";

/** The terms of one report, each once. Terms are numbers that the reader gives. */
export interface ReportTerms {
  readonly terms: Int32Array;
  readonly inTitle: Uint8Array;
  readonly inLead: Uint8Array;
}

export interface TermReader {
  read(title: string, lead: string, language: string): ReportTerms;
  /** Whether the term is mostly written with a capital where sentences do not begin, in all leads read so far. */
  isName(term: number): boolean;
  /** How many terms are numbered. */
  readonly size: number;
}

/** What stands before a word that begins a sentence. */
const sentenceStart = /(?:^|[.!?:…\n]["”’»)]*\s*["“„«‘'(]*)$/;
const most = 255;

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code >= 0x41 && code <= 0x5a : /^\p{Lu}/u.test(text.slice(at, at + 2));
}

export function createTermReader(): TermReader {
  const numbers = new Map<string, number>();
  /** How often a term stood inside a sentence with a capital, less how often without. */
  const capitals: number[] = [];

  function numberOf(term: string): number {
    let number = numbers.get(term);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(term, number);
      capitals.push(0);
    }
    return number;
  }

  return {
    read(title, lead, language) {
      const stem = stemmer(language);
      const titled = new Map<number, number>();
      const led = new Map<number, number>();
      for (const word of words(title)) {
        if (isCommonWord(word.text, language)) continue;
        const term = numberOf(stem(word.accented));
        titled.set(term, (titled.get(term) ?? 0) + 1);
      }
      for (const word of words(lead)) {
        if (isCommonWord(word.text, language)) continue;
        const term = numberOf(stem(word.accented));
        led.set(term, (led.get(term) ?? 0) + 1);
        if (!sentenceStart.test(lead.slice(Math.max(0, word.start - 4), word.start)))
          capitals[term]! += isCapital(lead, word.start) ? 1 : -1;
      }
      const terms = Int32Array.from(new Set([...titled.keys(), ...led.keys()])).sort();
      const times = (of: ReadonlyMap<number, number>) =>
        Uint8Array.from(terms, (term) => Math.min(most, of.get(term) ?? 0));
      return { terms, inTitle: times(titled), inLead: times(led) };
    },
    isName: (term) => capitals[term]! > 0,
    get size() {
      return numbers.size;
    },
  };
}
