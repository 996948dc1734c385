/** Stems of words by language: Snowball's algorithms, loaded when first needed and cached by word. */
import { createRequire } from "node:module";
import { fold } from "./tokens.ts";

interface SnowballModule {
  newStemmer(algorithm: string): { stem(word: string): string };
}

const algorithms: Readonly<Record<string, string>> = {
  en: "english",
  es: "spanish",
  fr: "french",
  de: "german",
  pt: "portuguese",
  it: "italian",
  nl: "dutch",
  da: "danish",
  fi: "finnish",
  nb: "norwegian",
  no: "norwegian",
  ro: "romanian",
  ru: "russian",
  sv: "swedish",
};

/** Words remembered for each language before the cache begins anew. */
const cacheLimit = 65_536;

const loaded = new Map<string, (word: string) => string>();

function createStemmer(language: string): (word: string) => string {
  const algorithm = algorithms[language];
  if (!algorithm) return fold;
  const snowball = createRequire(import.meta.url)("snowball-stemmers") as SnowballModule;
  const stemmer = snowball.newStemmer(algorithm);
  // Snowball's English knows no accents, its other languages want them.
  const stem =
    language === "en" ? (word: string) => stemmer.stem(fold(word)) : (word: string) => fold(stemmer.stem(word));
  let cache = new Map<string, string>();
  return (word) => {
    let found = cache.get(word);
    if (found === undefined) {
      found = stem(word) || fold(word);
      if (cache.size >= cacheLimit) cache = new Map();
      cache.set(word, found);
    }
    return found;
  };
}

/**
 * The stemmer of a language (BCP 47 primary tag): from a word in lower case, accents kept (`Word.accented`), to its folded
 * stem. Languages without an algorithm only fold. A word typed without its accents may stem differently.
 */
export function stemmer(language: string): (word: string) => string {
  let found = loaded.get(language);
  if (!found) {
    found = createStemmer(language);
    loaded.set(language, found);
  }
  return found;
}
