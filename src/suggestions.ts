/** Questions that the corpus can answer, made from what it holds: what a person sees before the first question. */
import type { Answered, Asked } from "./answer/answerer.ts";
import { readPassage } from "./answer/read-passage.ts";
import type { Reading, Sentence, SentenceWord } from "./answer/sentence.ts";
import type { StoredDocument } from "./corpus/document.ts";
import { frameWords, functionWords, reportingVerb, softWords } from "./question/words.ts";
import type { DocumentStore } from "./store/store.ts";
import { stemmer } from "./text/stems.ts";

export interface SuggestionDeps {
  readonly store: Pick<DocumentStore, "documents" | "document" | "fingerprint">;
  readonly answer: (asked: Asked) => Promise<Answered>;
}

const most = 4;
const documentsRead = 12;
const textRead = 12_000;

/** A document's beginning, read. */
interface Read {
  readonly document: StoredDocument;
  readonly reading: Reading;
}

interface Candidate {
  readonly speaker: string;
  readonly topic: string;
  /** In how many of the documents read the topic's two words stand together. */
  readonly documents: number;
}

function telling(word: SentenceWord): boolean {
  return (
    word.text.length > 4 &&
    !functionWords.has(word.text) &&
    !frameWords.has(word.text) &&
    !softWords.has(word.text) &&
    reportingVerb(word.text) === null
  );
}

/** The neighbouring pairs of telling words of a sentence, each with a key for counting. */
function pairsOf(sentence: Sentence): { readonly key: string; readonly start: number; readonly end: number }[] {
  return sentence.words.flatMap((word, index) => {
    const next = sentence.words[index + 1];
    if (!next || next.start - word.end !== 1 || (word.capital && next.capital) || !telling(word) || !telling(next))
      return [];
    return [{ key: `${word.stem} ${next.stem}`, start: word.start, end: next.end }];
  });
}

/** In how many documents each pair stands. */
function countPairs(list: readonly Read[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reading } of list) {
    const own = new Set(reading.sentences.flatMap((sentence) => pairsOf(sentence).map(({ key }) => key)));
    for (const key of own) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Two words that name nothing: whose something is ("union’s chair"), or what somebody did ("Hamburg extended"). */
const clumsy = /['’]|ed$/u;

/** For each sentence with a short named speaker, its pair that stands in most documents. */
function candidatesOf({ document, reading }: Read, counts: ReadonlyMap<string, number>): Candidate[] {
  return reading.sentences.flatMap((sentence) => {
    const { shown, strength } = sentence.attribution;
    if (strength !== "explicit" || shown === null || !/\p{L}{3}/u.test(shown)) return [];
    if (shown.split(/\s+/).length > 4 || /^(?:one|another|some|many|most|several|a|an|two|three)\b/i.test(shown))
      return [];
    const speaker = shown.replace(/\s+/g, " ").replace(/^The /, "the ");
    const topics = pairsOf(sentence)
      .toSorted((one, other) => counts.get(other.key)! - counts.get(one.key)! || one.start - other.start)
      .map(({ key, start, end }) => ({ key, topic: document.text.slice(start, end).replace(/\s+/g, " ") }));
    const best = topics.find(
      ({ topic }) => !clumsy.test(topic) && !speaker.toLowerCase().includes(topic.toLowerCase()),
    );
    return best ? [{ speaker, topic: best.topic, documents: counts.get(best.key)! }] : [];
  });
}

/**
 * Suggests at most four questions for some collections, each with a speaker and a topic of its own where there are so many,
 * and each answered there. Kept until the corpus changes.
 */
export function createSuggestions({
  store,
  answer,
}: SuggestionDeps): (collections: readonly string[]) => Promise<readonly string[]> {
  const known = new Map<string, readonly string[]>();

  async function read(collections: readonly string[]): Promise<Read[]> {
    const list: Read[] = [];
    for (const { id } of await store.documents(collections, { limit: documentsRead, after: null })) {
      const document = await store.document(id);
      if (!document) continue;
      const end = Math.min(document.text.length, textRead);
      const stem = stemmer(document.meta.language);
      list.push({ document, reading: readPassage(document.text, document.excluded, { start: 0, end }, stem) });
    }
    return list;
  }

  async function suggest(collections: readonly string[]): Promise<readonly string[]> {
    const list = await read(collections);
    const counts = countPairs(list);
    const candidates = list
      .flatMap((one) => candidatesOf(one, counts))
      .toSorted((one, other) => other.documents - one.documents);
    const found: Candidate[] = [];
    for (const candidate of candidates) {
      if (found.length >= most) break;
      if (found.some(({ topic, speaker }) => topic === candidate.topic || speaker === candidate.speaker)) continue;
      const text = questionOf(candidate);
      const { answer: tried } = await answer({ text, context: null, collections, outlet: null, claims: 1 });
      if (tried.status === "answered") found.push(candidate);
    }
    return found.map(questionOf);
  }

  return async (collections) => {
    const key = await store.fingerprint(collections);
    const before = known.get(key);
    if (before) return before;
    const found = await suggest(collections);
    known.clear();
    known.set(key, found);
    return found;
  };
}

function questionOf({ speaker, topic }: Candidate): string {
  return `What did ${speaker} say about ${topic}?`;
}
