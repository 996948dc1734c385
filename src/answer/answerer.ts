/** From a question to an answer: search, read, weigh, judge, claim or decline. */
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Span, StoredDocument } from "../corpus/document.ts";
import type { Question } from "../question/question.ts";
import { readQuestion } from "../question/read.ts";
import type { Hit, Search, SearchFilter } from "../search/search.ts";
import { stemmer } from "../text/stems.ts";
import type { Answer, Context } from "./answer.ts";
import { cite, makeClaims } from "./claims.ts";
import { type Evidence, type FoundPassage, gatherEvidence } from "./evidence.ts";
import type { Ground } from "./features.ts";
import { readPassage, withContinuation } from "./read-passage.ts";
import { meets, type Requirement, requirementsOf } from "./requirements.ts";
import { judge } from "./support.ts";
import { readWords } from "./word-forms.ts";

/** Passages read for evidence. */
const passagesRead = 24;
/** The best of them are read with the paragraph that goes on with them. */
const continued = 5;
/** How many are read before other work gets its turn. */
const passagesATurn = 6;
/** Nearest passages shown with a decline. */
const nearestShown = 3;

export interface AnswererDeps {
  readonly search: Search;
  /** The stored revision; null when it is gone. */
  readonly document: (id: string, revision: number) => Promise<StoredDocument | null>;
  /** Digest of the corpus's state, of everything that can change an answer. */
  readonly fingerprint: () => Promise<string>;
}

export interface Asked {
  readonly text: string;
  readonly context: Context | null;
  readonly collections: readonly string[];
  /** Only what this outlet published; null: all, or what a follow-up keeps. */
  readonly outlet: string | null;
  /** At most so many claims. */
  readonly claims: number;
}

export interface Answered {
  readonly answer: Answer;
  /** What a follow-up inherits. */
  readonly context: Context;
}

/** A question with everything that was found for it. */
export interface Gathered {
  readonly question: Question;
  readonly requirements: readonly Requirement[];
  /** Best first. */
  readonly evidence: readonly Evidence[];
  readonly ground: Ground;
  readonly searched: Answer["searched"];
}

/** What is searched at all. */
export type Scope = Pick<Asked, "collections" | "outlet">;

/** Searches, reads and weighs: everything before the verdict. */
export async function gather(
  deps: Pick<AnswererDeps, "search" | "document">,
  question: Question,
  { collections, outlet }: Scope,
): Promise<Gathered> {
  const { search } = deps;
  const filter: SearchFilter = {
    collections,
    ...(outlet === null ? {} : { outlet }),
    ...(question.period ? { from: question.period.from, to: question.period.to } : {}),
  };
  await search.refresh();
  const terms = search.terms(searchText(question));
  const found = await search.search(terms, filter, passagesRead);
  const passages: FoundPassage[] = [];
  for (const [index, hit] of found.hits.entries()) {
    if (index % passagesATurn === passagesATurn - 1) await nextTurn();
    const document = await deps.document(hit.passage.document, hit.passage.revision);
    if (!document) continue;
    const stem = stemmer(document.meta.language);
    passages.push({
      hit,
      document,
      stem,
      titleWords: readWords(document.meta.title, stem),
      reading: readPassage(document.text, document.excluded, spanOf(document, hit, index), stem),
    });
  }
  const termOf = (word: string) => search.terms(word)[0] ?? { word, stems: [word] };
  const idf = (word: string) => search.idf(termOf(word));
  const requirements = markNames(
    requirementsOf(question, (word) => termOf(word).stems, idf),
    passages,
  );
  const behind = found.hits.slice(10, 20);
  return {
    question,
    requirements,
    evidence: gatherEvidence(question, requirements, passages),
    ground: {
      total: terms.reduce((sum, term) => sum + search.idf(term), 0),
      background: behind.length === 0 ? 0 : behind.reduce((sum, hit) => sum + hit.score, 0) / behind.length,
      idf,
    },
    searched: found.searched,
  };
}

/** What is read for a hit: its passage, and for the best of them the paragraph that goes on with it. */
function spanOf(document: StoredDocument, hit: Hit, rank: number): Span {
  return rank < continued ? withContinuation(document.text, document.excluded, hit.passage) : hit.passage;
}

/** A question often writes names without capitals: a word that the passages only write with one is a name. */
function markNames(requirements: readonly Requirement[], passages: readonly FoundPassage[]): Requirement[] {
  const seen = requirements.map(() => ({ capital: 0, small: 0 }));
  for (const { reading } of passages) {
    for (const sentence of reading.sentences.slice(reading.from, reading.to)) {
      for (const word of sentence.words.slice(1)) {
        for (let index = 0; index < requirements.length; index++) {
          if (meets(requirements[index]!, word) === 1) seen[index]![word.capital ? "capital" : "small"]++;
        }
      }
    }
  }
  return requirements.map((requirement, index) => ({
    ...requirement,
    name: requirement.name || (seen[index]!.capital > 0 && seen[index]!.small === 0),
  }));
}

/** Makes the answerer. The same corpus, context and question give the same bytes. */
export function createAnswerer(deps: AnswererDeps): (asked: Asked) => Promise<Answered> {
  return async ({ text, context, collections, outlet: wanted, claims: limit }) => {
    const read = readQuestion(text, context);
    const outlet = wanted ?? (read.followsUp ? (context?.outlet ?? null) : null);
    const gathered = await gather(deps, read, { collections, outlet });
    const { question, evidence, searched } = gathered;
    const verdict = judge(gathered);
    const { claims, citations } = makeClaims(verdict.supported, limit);
    const fingerprint = await deps.fingerprint();
    const id = `a-${createHash("sha256")
      .update(JSON.stringify([question.text, context, collections, outlet, limit, fingerprint]))
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
      searched,
    };
    return { answer, context: contextAfter(gathered, outlet, id) };
  };
}

/** The question's words and what it inherited. */
function searchText(question: Question): string {
  const inherited = question.followsUp
    ? [...question.topic.map((word) => word.word), ...(question.speaker?.words ?? [])]
    : [];
  return [question.asked, ...inherited].join(" ");
}

function contextAfter({ question, requirements }: Gathered, outlet: string | null, answerId: string): Context {
  return {
    topic: requirements
      .filter((requirement) => !requirement.frame)
      .map(({ word, name }) => (name ? word.charAt(0).toUpperCase() + word.slice(1) : word)),
    speaker: question.speaker?.text ?? null,
    outlet,
    period: question.period,
    answerId,
  };
}
