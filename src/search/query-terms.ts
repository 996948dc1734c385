/** From the words of a question to terms: stop words dropped, each word with its stems in the corpus's languages. */
import { detectLanguage, isStopWord } from "../text/languages.ts";
import { stemmer } from "../text/stems.ts";
import { type Word, words } from "../text/tokens.ts";
import type { QueryTerm } from "./search.ts";

/** What a question is read against. */
export interface CorpusWords {
  /** The languages of the corpus, the commonest first. */
  readonly languages: readonly string[];
  /** Whether any passage holds this stem. */
  has(stem: string): boolean;
}

/** Shorter words are not taken for halves of a compound. */
const shortestHalf = 3;

/**
 * The language whose function words say nothing here: the text's own, but a language that the corpus has not must show by
 * two of them that it is meant ("Die Hard" is not German). Else the corpus's first.
 */
function languageOf(text: string, all: readonly Word[], languages: readonly string[]): string {
  const detected = detectLanguage(text);
  const spoken = new Set(all.filter((word) => isStopWord(word.text, detected)).map((word) => word.text));
  return languages.includes(detected) || spoken.size >= 2 ? detected : (languages[0] ?? "en");
}

/** A function word written as a name: "US" and "WHO" in capitals, "May" and "Will" inside a sentence. */
function isName(text: string, word: Word, first: boolean): boolean {
  const raw = text.slice(word.start, word.end);
  if (raw.length > 1 && raw === raw.toUpperCase() && raw !== raw.toLowerCase()) return text !== text.toUpperCase();
  return !first && (raw === "May" || raw === "Will");
}

/**
 * The terms of `text`, each word once, in order. Stop words are dropped unless nothing else is there. Two words side by side
 * that the corpus also writes as one ("gall bladder", "gallbladder") are each found by the one too.
 */
export function queryTerms(text: string, corpus: CorpusWords): QueryTerm[] {
  const all = words(text);
  const language = languageOf(text, all, corpus.languages);
  const tags = corpus.languages.length > 0 ? corpus.languages : [language];
  const stemsOf = (accented: string) => [...new Set(tags.map((tag) => stemmer(tag)(accented)))];
  const topical = all.map((word, i) => !isStopWord(word.text, language) || isName(text, word, i === 0));
  const kept = topical.includes(true) ? topical : topical.map(() => true);

  function compound(first: number): readonly string[] {
    const [one, other] = [all[first], all[first + 1]];
    if (!one || !other || !topical[first] || !topical[first + 1]) return [];
    if (Math.min(one.text.length, other.text.length) < shortestHalf || /\d/.test(one.text + other.text)) return [];
    return stemsOf(one.accented + other.accented).filter((stem) => corpus.has(stem));
  }

  const terms = new Map<string, QueryTerm>();
  for (const [i, word] of all.entries()) {
    if (!kept[i]) continue;
    const own = stemsOf(word.accented);
    const key = own.join(" ");
    if (terms.has(key)) continue;
    terms.set(key, { word: word.text, stems: [...new Set([...own, ...compound(i - 1), ...compound(i)])] });
  }
  return [...terms.values()];
}
