/** Tells the language of a text by its function words, and which words carry no topic in a language. */
import { stopWordLists } from "./stop-words.ts";
import { fold, words } from "./tokens.ts";

const stopWords = new Map(
  Object.entries(stopWordLists).map(([language, list]) => [language, new Set(list.split(/\s+/).map(fold))]),
);

/** Words of content that a report or a question in a language can hardly do without. */
const tellingWords: Readonly<Record<string, string>> = {
  en: "say says said people year",
  es: "dijo dice gente año",
  fr: "dit disait gens année",
  de: "sagt sagte menschen jahr",
  pt: "disse diz pessoas ano",
  it: "detto dice gente anno",
  nl: "zegt zei mensen jaar",
};

/** Each function word's languages; one that several languages share speaks less for each. */
const votes = new Map<string, string[]>();
for (const [language, set] of stopWords) {
  for (const word of [...set, ...(tellingWords[language] ?? "").split(" ").map(fold)]) {
    votes.set(word, [...(votes.get(word) ?? []), language]);
  }
}

/** Characters of a text that are looked at. */
const sampleLength = 4_000;

/** The BCP 47 primary tag of the language whose function words speak loudest in `text`; "und" where none does. */
export function detectLanguage(text: string): string {
  const tally = new Map<string, number>();
  for (const word of words(text.slice(0, sampleLength))) {
    const languages = votes.get(word.text) ?? [];
    for (const language of languages) tally.set(language, (tally.get(language) ?? 0) + 1 / languages.length);
  }
  let best = "und";
  let most = 0;
  for (const language of stopWords.keys()) {
    const count = tally.get(language) ?? 0;
    if (count > most + 1e-9) {
      best = language;
      most = count;
    }
  }
  return best;
}

/** Whether a folded word carries no topic in `language` (articles, pronouns, auxiliaries, question words). */
export function isStopWord(folded: string, language: string): boolean {
  return stopWords.get(language)?.has(folded) ?? false;
}
