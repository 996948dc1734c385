/** A question as data: its kind, its topic, whose words are wanted. */

/** Inclusive ISO dates of publication. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What kind of thing would answer. */
export type QuestionKind = "say" | "who" | "when" | "where" | "how-many" | "why" | "whether" | "which" | "what" | "how";

/** A word of the question that evidence is looked for. */
export interface TopicWord {
  /** Folded. */
  readonly word: string;
  /** A word that only says what kind of answer is wanted; its absence from the text means nothing. */
  readonly frame: boolean;
  /** So general a word that a text often says the same without it. */
  readonly soft: boolean;
  /** Written with a capital inside the question, so probably a name. */
  readonly name: boolean;
}

export interface Speaker {
  /** As the question has it, for showing. */
  readonly text: string;
  /** Folded content words; the last one is the head. */
  readonly words: readonly string[];
}

export interface Question {
  /** Trimmed, white space folded. */
  readonly text: string;
  /** The same without the words that only name a period of publication. */
  readonly asked: string;
  readonly kind: QuestionKind;
  readonly topic: readonly TopicWord[];
  /** Whose words are wanted. */
  readonly speaker: Speaker | null;
  /** "Who said …": the answer is a speaker. */
  readonly asksSpeaker: boolean;
  /** What a "how many" counts, folded; empty when it says nothing. */
  readonly counted: readonly string[];
  /** What a "how old", "how long", "what percentage" measures, folded; null otherwise. */
  readonly measure: string | null;
  /** Phrases the question itself puts in quotation marks; evidence must carry them. */
  readonly quoted: readonly string[];
  /** The main verb, folded, where it can be told ("chairs" in "who chairs the inquiry", "resign" in "when did Smith resign"). */
  readonly act: string | null;
  /** The question itself is put in the negative. */
  readonly negative: boolean;
  readonly period: Period | null;
  /** Whether anything was taken over from the conversation. */
  readonly followsUp: boolean;
}
