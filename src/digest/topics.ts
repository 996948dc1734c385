/** Whether a report is about what a channel wants to hear of. */
import { isStopWord } from "../text/languages.ts";
import { baseForm, inOneList, rootOf } from "../text/related-words.ts";
import { stemmer } from "../text/stems.ts";
import { words } from "../text/tokens.ts";

export interface Topic {
  /** As somebody typed it. */
  readonly text: string;
  /** How much a report is about it: 1 when its title says every word of it, 0.6 when its lead does, 0 otherwise. */
  share(title: string, lead: string): number;
}

const inLead = 0.6;
/** Words whose relation to the topic is remembered. */
const remembered = 20_000;

/** Reads a topic; a word stands for its inflections, for what is derived from it, and for its near synonyms. */
export function readTopic(text: string): Topic {
  const stem = stemmer("en");
  const rootOfWord = (word: string) => rootOf(stem(baseForm(word)));
  const all = words(text).map((word) => word.text);
  const content = all.filter((word) => !isStopWord(word, "en"));
  const wanted = (content.length > 0 ? content : all).map((word) => ({ word, root: rootOfWord(word) }));
  let known = new Map<string, readonly number[]>();

  /** Which of the wanted words a word stands for. */
  const standsFor = (word: string): readonly number[] => {
    let found = known.get(word);
    if (!found) {
      const root = rootOfWord(word);
      found = wanted.flatMap((one, i) => (one.root === root || inOneList(one.word, word) ? [i] : []));
      if (known.size >= remembered) known = new Map();
      known.set(word, found);
    }
    return found;
  };

  const missingFrom = (missing: readonly number[], of: string): readonly number[] => {
    const found = new Set(words(of).flatMap((word) => standsFor(word.text)));
    return missing.filter((one) => !found.has(one));
  };

  return {
    text,
    share(title, lead) {
      if (wanted.length === 0) return 0;
      const missing = missingFrom(
        wanted.map((_, i) => i),
        title,
      );
      if (missing.length === 0) return 1;
      return missingFrom(missing, lead).length === 0 ? inLead : 0;
    },
  };
}
