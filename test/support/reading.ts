/** Reads an invented English text into sentences, as the answerer reads a passage. */
import { readPassage } from "../../src/answer/read-passage.ts";
import { type Requirement, requirementsOf } from "../../src/answer/requirements.ts";
import type { Reading } from "../../src/answer/sentence.ts";
import type { Span } from "../../src/corpus/document.ts";
import type { Question } from "../../src/question/question.ts";
import { stemmer } from "../../src/text/stems.ts";

export const english = stemmer("en");

/** The whole text as one passage, unless a span of it is given. */
export function readText(text: string, span?: Span, excluded: readonly Span[] = []): Reading {
  return readPassage(text, excluded, span ?? { start: 0, end: text.length }, english);
}

/** What a question requires of an English corpus in which every word tells equally much. */
export function requirementsIn(question: Question): Requirement[] {
  return requirementsOf(
    question,
    (word) => [english(word)],
    () => 1,
  );
}
