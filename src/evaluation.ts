/** Measures the answerer on a question set: right within the claims shown, false answers, recall of passages, exact spans. */
import type { Answer } from "./answer/answer.ts";
import type { SourceDocument } from "./corpus/document.ts";
import type { ReadEvent } from "./corpus/read-event.ts";
import { NewsroomError } from "./errors.ts";

export interface EvaluationQuestion {
  readonly q: string;
  /** A claim that holds one of these is right. */
  readonly answers: readonly string[];
  readonly answerable: boolean;
  /** Ids of the documents that answer it, when the set says so. */
  readonly gold: readonly string[];
}

export interface EvaluationSet {
  /** The corpus the set brings along; empty when it is asked of another. */
  readonly documents: readonly SourceDocument[];
  readonly questions: readonly EvaluationQuestion[];
}

/** What answers: the newsroom under measurement. */
export interface Evaluated {
  ask(text: string): Promise<Answer>;
  /** Sources (`meta.source`) of the first passages found, best first. */
  found(text: string, limit: number): Promise<readonly (string | null)[]>;
  /** A revision's stored text, or null. */
  text(document: string, revision: number): Promise<string | null>;
}

export interface EvaluationReport {
  readonly answerable: number;
  readonly right: number;
  readonly unanswerable: number;
  readonly declined: number;
  /** Of the answerable questions with known gold documents: those found among the first two and five passages. */
  readonly withGold: number;
  readonly recallAt2: number;
  readonly recallAt5: number;
  readonly spans: number;
  readonly exactSpans: number;
  readonly missed: readonly {
    readonly q: string;
    readonly outcome: "wrong" | "declined" | "false answer";
    readonly shown: string;
  }[];
}

/** Lower case, punctuation and white space folded to single spaces, one at each end. */
export function foldForMatching(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** Whether a claim shown or a quote cited holds one of the answers, on word boundaries. */
export function isRight(answer: Answer, answers: readonly string[]): boolean {
  const shown = answer.claims.flatMap((claim) => [
    claim.text,
    ...answer.citations.filter((citation) => claim.citations.includes(citation.n)).map((citation) => citation.quote),
  ]);
  const folded = shown.map(foldForMatching);
  return answers.some((key) => folded.some((text) => text.includes(foldForMatching(key))));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const stringOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Reads a question set from the text of its JSON file. Throws `usage` when it is none. */
export function parseEvaluationSet(json: string, name: string): EvaluationSet {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (cause) {
    throw new NewsroomError("usage", `${name} is not JSON, so there are no questions to ask.`, { cause });
  }
  if (!isRecord(read) || !Array.isArray(read.questions)) {
    throw new NewsroomError("usage", `${name} has no list of “questions”; each needs “q”, “answers” and “answerable”.`);
  }
  const questions = read.questions.map((question: unknown, index): EvaluationQuestion => {
    if (!isRecord(question) || typeof question.q !== "string" || typeof question.answerable !== "boolean") {
      throw new NewsroomError("usage", `Question ${index + 1} of ${name} needs “q” and “answerable”.`);
    }
    const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
    return {
      q: question.q,
      answerable: question.answerable,
      answers: strings(question.answers),
      gold: strings(question.gold),
    };
  });
  const documents = Array.isArray(read.docs) ? read.docs.filter(isRecord).map(documentOf) : [];
  return { documents, questions };
}

function documentOf(record: Record<string, unknown>): SourceDocument {
  const id = String(record.id);
  return {
    key: id,
    collection: "main",
    text: String(record.text ?? ""),
    excluded: [],
    meta: {
      title: String(record.title ?? id),
      outlet: stringOrNull(record.outlet),
      published: stringOrNull(record.published),
      dateline: null,
      language: stringOrNull(record.language) ?? "und",
      origin: stringOrNull(record.origin),
      source: id,
      url: null,
    },
  };
}

/** The set's own documents as reading would give them. */
export async function* readSet(set: EvaluationSet): AsyncGenerator<ReadEvent> {
  for (const document of set.documents) yield { kind: "document", document, bytesDone: 0, bytesTotal: null };
}

/** Asks every question once, in order. */
export async function evaluate(
  questions: readonly EvaluationQuestion[],
  evaluated: Evaluated,
  onQuestion?: (done: number, total: number) => void,
): Promise<EvaluationReport> {
  const tally = {
    answerable: 0,
    right: 0,
    unanswerable: 0,
    declined: 0,
    withGold: 0,
    recallAt2: 0,
    recallAt5: 0,
    spans: 0,
    exactSpans: 0,
  };
  const missed: EvaluationReport["missed"][number][] = [];
  for (const [index, question] of questions.entries()) {
    const answer = await evaluated.ask(question.q);
    const answered = answer.status === "answered";
    if (question.answerable) {
      tally.answerable++;
      if (answered && isRight(answer, question.answers)) tally.right++;
      else
        missed.push({
          q: question.q,
          outcome: answered ? "wrong" : "declined",
          shown: answer.claims[0]?.text ?? answer.reason ?? "",
        });
      if (question.gold.length > 0) {
        tally.withGold++;
        const found = await evaluated.found(question.q, 5);
        const rank = found.findIndex((source) => source !== null && question.gold.includes(source));
        if (rank >= 0 && rank < 2) tally.recallAt2++;
        if (rank >= 0) tally.recallAt5++;
      }
    } else {
      tally.unanswerable++;
      if (answered) missed.push({ q: question.q, outcome: "false answer", shown: answer.claims[0]?.text ?? "" });
      else tally.declined++;
    }
    for (const cited of [...answer.citations, ...answer.nearest]) {
      tally.spans++;
      const text = await evaluated.text(cited.document, cited.revision);
      if (text !== null && text.slice(cited.start, cited.end) === cited.quote) tally.exactSpans++;
    }
    onQuestion?.(index + 1, questions.length);
  }
  return { ...tally, missed };
}
