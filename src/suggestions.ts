/** Questions that the corpus can answer, made from what it holds: what a person sees before the first question. */
import type { Answered, Asked } from "./answer/answerer.ts";
import { readPassage } from "./answer/read-passage.ts";
import type { Reading } from "./answer/sentence.ts";
import type { StoredDocument } from "./corpus/document.ts";
import { functionWords, reportingVerb } from "./question/words.ts";
import type { DocumentStore } from "./store/store.ts";
import { stemmer } from "./text/stems.ts";

export interface SuggestionDeps {
  readonly store: Pick<DocumentStore, "documents" | "document" | "fingerprint">;
  readonly answer: (asked: Asked) => Promise<Answered>;
}

const most = 4;
const documentsRead = 12;
const textRead = 12_000;

/** "What did SPEAKER say about TOPIC?" for each sentence that quotes a named speaker on two neighbouring telling words. */
function candidates(document: StoredDocument, reading: Reading): string[] {
  const found: string[] = [];
  for (const sentence of reading.sentences) {
    const { shown, strength } = sentence.attribution;
    if (strength !== "explicit" || shown === null || shown.split(/\s+/).length > 4 || !/\p{L}{3}/u.test(shown))
      continue;
    const speaker =
      /^[\p{Lu}]/u.test(shown) && !/^(?:The|A|An|One|This|That)\s/.test(shown)
        ? shown
        : shown.charAt(0).toLowerCase() + shown.slice(1);
    for (const [index, word] of sentence.words.entries()) {
      const next = sentence.words[index + 1];
      if (!next || !word.quoted || !next.quoted || next.start - word.end !== 1) continue;
      if (
        [word, next].some(
          (one) =>
            one.text.length < 5 ||
            functionWords.has(one.text) ||
            reportingVerb(one.text) !== null ||
            /(?:ed|ing|ly)$/.test(one.text),
        )
      )
        continue;
      found.push(`What did ${speaker} say about ${document.text.slice(word.start, next.end)}?`);
      break;
    }
  }
  return found;
}

/** Suggests at most four questions for some collections, each of which is answered there; kept until the corpus changes. */
export function createSuggestions({
  store,
  answer,
}: SuggestionDeps): (collections: readonly string[]) => Promise<readonly string[]> {
  const known = new Map<string, readonly string[]>();
  return async (collections) => {
    const key = await store.fingerprint(collections);
    const before = known.get(key);
    if (before) return before;
    const found: string[] = [];
    for (const { id } of await store.documents(collections, { limit: documentsRead, after: null })) {
      if (found.length >= most) break;
      const document = await store.document(id);
      if (!document) continue;
      const end = Math.min(document.text.length, textRead);
      const reading = readPassage(document.text, document.excluded, { start: 0, end }, stemmer(document.meta.language));
      for (const question of candidates(document, reading)) {
        if (found.includes(question)) continue;
        const { answer: tried } = await answer({ text: question, context: null, collections, claims: 1 });
        if (tried.status !== "answered") continue;
        found.push(question);
        break;
      }
    }
    known.clear();
    known.set(key, found);
    return found;
  };
}
