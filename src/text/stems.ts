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
const cached = new Map<string, (word: string) => string>();

function load(language: string): (word: string) => string {
  const algorithm = algorithms[language];
  if (!algorithm) return fold;
  const snowball = createRequire(import.meta.url)("snowball-stemmers") as SnowballModule;
  const stemmer = snowball.newStemmer(algorithm);
  // Snowball's English knows no accents, its other languages want them.
  if (language === "en") return (word) => stemmer.stem(fold(word));
  return (word) => fold(stemmer.stem(word)) || fold(word);
}

/** As `stemmer`, remembering nothing: for a caller that asks for each word once. */
export function uncachedStemmer(language: string): (word: string) => string {
  let found = loaded.get(language);
  if (!found) {
    found = load(language);
    loaded.set(language, found);
  }
  return found;
}

/**
 * The stemmer of a language (BCP 47 primary tag): from a word in lower case, accents kept (`Word.accented`), to its folded
 * stem. Languages without an algorithm only fold. A word typed without its accents may stem differently.
 */
export function stemmer(language: string): (word: string) => string {
  const known = cached.get(language);
  if (known) return known;
  const stem = uncachedStemmer(language);
  let stems = new Map<string, string>();
  const remembering = (word: string): string => {
    let found = stems.get(word);
    if (found === undefined) {
      found = stem(word);
      if (stems.size >= cacheLimit) stems = new Map();
      stems.set(word, found);
    }
    return found;
  };
  cached.set(language, remembering);
  return remembering;
}
