/** From the words of a question to terms: stop words dropped, each word with its stems in the corpus's languages. */
import { detectLanguage, isStopWord } from "../text/languages.ts";
import { stemmer } from "../text/stems.ts";
import { type Word, words } from "../text/tokens.ts";
import type { QueryTerm } from "./search.ts";

/** A function word written as a name: "US" and "WHO" in capitals, "May" and "Will" inside a sentence. */
function isName(text: string, word: Word, first: boolean): boolean {
  const raw = text.slice(word.start, word.end);
  if (raw.length > 1 && raw === raw.toUpperCase() && raw !== raw.toLowerCase()) return text !== text.toUpperCase();
  return !first && (raw === "May" || raw === "Will");
}

/**
 * The terms of `text`, each word once, in order. Stop words are those of the text's own language, or of the corpus's first
 * where it has none; they stay only when nothing else is there. `languages` are the corpus's, the commonest first.
 */
export function queryTerms(text: string, languages: readonly string[]): QueryTerm[] {
  const all = words(text);
  const detected = detectLanguage(text);
  const language = detected === "und" ? (languages[0] ?? "en") : detected;
  const topical = all.filter((word, i) => !isStopWord(word.text, language) || isName(text, word, i === 0));
  const terms = new Map<string, QueryTerm>();
  for (const word of topical.length > 0 ? topical : all) {
    const stems = (languages.length > 0 ? languages : [language]).map((tag) => stemmer(tag)(word.accented));
    const key = stems.join(" ");
    if (!terms.has(key)) terms.set(key, { word: word.text, stems: [...new Set(stems)] });
  }
  return [...terms.values()];
}
