/** Makes evidence of invented texts, as the answerer makes it of the passages it found. */
import { type Evidence, type FoundPassage, gatherEvidence } from "../../src/answer/evidence.ts";
import { readPassage } from "../../src/answer/read-passage.ts";
import { readWords } from "../../src/answer/word-forms.ts";
import { readQuestion } from "../../src/question/read.ts";
import { type DocumentOptions, preparedDocument } from "./documents.ts";
import { english, requirementsIn } from "./reading.ts";

let passages = 0;

/** A document of one passage, found with `score`. */
export function foundPassage(key: string, text: string, options: DocumentOptions = {}, score = 1): FoundPassage {
  const { id, hash, source } = preparedDocument(key, text, options);
  const span = { start: 0, end: text.length };
  return {
    hit: { passage: { number: ++passages, document: id, revision: 1, ...span }, score, bm25: score },
    document: { ...source, id, hash, revision: 1, nearDuplicateOf: null },
    stem: english,
    titleWords: readWords(source.meta.title, english),
    reading: readPassage(text, source.excluded, span, english),
  };
}

/** Every sentence of the passages as evidence for a question, best first. */
export function evidenceFor(question: string, found: readonly FoundPassage[]): Evidence[] {
  const read = readQuestion(question, null);
  return gatherEvidence(read, requirementsIn(read), found);
}

/** The last sentence of a text as evidence, whatever is asked. */
export function lastSentence(key: string, text: string, options?: DocumentOptions): Evidence {
  const found = evidenceFor("What?", [foundPassage(key, text, options)]);
  return found.find(({ passage, sentence }) => sentence.index === passage.reading.to - 1)!;
}
