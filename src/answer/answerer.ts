/** From a question to an answer: search, read, weigh, judge, claim or decline. */
import { createHash } from "node:crypto";
import type { StoredDocument } from "../corpus/document.ts";
import type { Question } from "../question/question.ts";
import { readQuestion } from "../question/read.ts";
import type { Search, SearchFilter } from "../search/search.ts";
import { baseForm, rootOf } from "../text/related-words.ts";
import { stemmer } from "../text/stems.ts";
import { words } from "../text/tokens.ts";
import type { Answer, Context } from "./answer.ts";
import { cite, makeClaims } from "./claims.ts";
import { type FoundPassage, gatherEvidence } from "./evidence.ts";
import { readPassage } from "./read-passage.ts";
import { requirementsOf } from "./requirements.ts";
import type { SentenceWord } from "./sentence.ts";
import { judge } from "./support.ts";

/** Passages read for evidence. */
const passagesRead = 40;
/** Nearest passages shown with a decline. */
const nearestShown = 3;

export interface AnswererDeps {
  readonly search: Search;
  /** The stored revision; null when it is gone. */
  readonly document: (id: string, revision: number) => Promise<StoredDocument | null>;
  /** Digest of the corpus's state for these collections. */
  readonly fingerprint: (collections: readonly string[]) => Promise<string>;
}

export interface Asked {
  readonly text: string;
  readonly context: Context | null;
  readonly collections: readonly string[];
  /** At most so many claims. */
  readonly claims: number;
}

export interface Answered {
  readonly answer: Answer;
  /** What a follow-up inherits. */
  readonly context: Context;
}

/** Makes the answerer. The same corpus, context and question give the same bytes. */
export function createAnswerer(deps: AnswererDeps): (asked: Asked) => Promise<Answered> {
  return async ({ text, context, collections, claims: limit }) => {
    const question = readQuestion(text, context);
    const filter: SearchFilter = {
      collections,
      ...(question.period ? { from: question.period.from, to: question.period.to } : {}),
    };
    await deps.search.refresh();
    const found = await deps.search.search(deps.search.terms(searchText(question)), filter, passagesRead);
    const passages: FoundPassage[] = [];
    for (const hit of found.hits) {
      const document = await deps.document(hit.passage.document, hit.passage.revision);
      if (!document) continue;
      const stem = stemmer(document.meta.language);
      passages.push({
        hit,
        document,
        stem,
        titleWords: readWords(document.meta.title, stem),
        reading: readPassage(document.text, document.excluded, hit.passage, stem),
      });
    }
    const termOf = (word: string) => deps.search.terms(word)[0] ?? { word, stems: [word] };
    const requirements = requirementsOf(
      question,
      (word) => termOf(word).stems,
      (word) => deps.search.idf(termOf(word)),
    );
    const evidence = gatherEvidence(question, requirements, passages);
    const verdict = judge(question, requirements, evidence);
    const { claims, citations } = makeClaims(verdict.supported, limit);
    const fingerprint = await deps.fingerprint(collections);
    const id = `a-${createHash("sha256")
      .update(JSON.stringify([question.text, context, collections, limit, fingerprint]))
      .digest("hex")
      .slice(0, 12)}`;
    const answer: Answer = {
      id,
      question: question.text,
      status: claims.length > 0 ? "answered" : "not-in-corpus",
      ...(verdict.reason === null ? {} : { reason: verdict.reason }),
      claims,
      citations,
      nearest: claims.length > 0 ? [] : evidence.slice(0, nearestShown).map(cite),
      searched: found.searched,
    };
    return { answer, context: contextAfter(question, id) };
  };
}

/** The question's words and what it inherited. */
function searchText(question: Question): string {
  const inherited = question.followsUp ? [...question.topic.map((word) => word.word), ...(question.speaker?.words ?? [])] : [];
  return [question.text, ...inherited].join(" ");
}

function readWords(text: string, stem: (word: string) => string): SentenceWord[] {
  return words(text).map((word) => {
    const base = baseForm(word.text);
    const own = stem(word.accented);
    const stemmed = base === word.text ? own : stem(base);
    return { ...word, stem: own, base: stemmed, root: rootOf(stemmed), quoted: false, capital: /^\p{Lu}/u.test(text[word.start]!) };
  });
}

function contextAfter(question: Question, answerId: string): Context {
  return {
    topic: question.topic.filter((word) => !word.frame).map((word) => word.word),
    speaker: question.speaker?.text ?? null,
    outlet: null,
    period: question.period,
    answerId,
  };
}
