/** A sentence of a passage, read for answering: its words with stems, its figures, dates and names, and who is speaking. */
import type { Span } from "../corpus/document.ts";
import type { Word } from "../text/tokens.ts";

/** A word without its place: made once for each word of a language, so that it can be a key. */
export interface WordForm {
  /** Folded. */
  readonly text: string;
  readonly stem: string;
  /** The stem of the base form ("sang" → "sing"). */
  readonly base: string;
  readonly root: string;
}

export interface SentenceWord extends Word, WordForm {
  readonly form: WordForm;
  /** Stands inside quotation marks. */
  readonly quoted: boolean;
  /** Written with a capital. */
  readonly capital: boolean;
}

/** A speaker as a text names it ("Kelly Greenhill, a professor at Tufts"). */
export interface SpeakerPhrase {
  /** Folded content words, appositions included. */
  readonly words: readonly string[];
  /** Those of them that name the speaker: of "Kelly Greenhill, a professor at Tufts" not "Tufts". */
  readonly own: readonly string[];
  /** The head of the phrase and of each apposition. */
  readonly heads: readonly string[];
  /** A head is written with a capital, as names are. */
  readonly name: boolean;
}

/** Who a sentence's content comes from. */
export interface Attribution {
  /** The speakers, those of announcing sentences included. */
  readonly speakers: readonly SpeakerPhrase[];
  /** As the text names the speaker nearest to the sentence, for showing; null when nobody is named. */
  readonly shown: string | null;
  /**
   * `explicit`: a reporting verb or "according to" in this sentence; `inherited`: the sentence leans on an earlier one;
   * `mention`: only a document or speech is mentioned; `none`: the outlet itself speaks.
   */
  readonly strength: "explicit" | "inherited" | "mention" | "none";
  /** The sentence it leans on, an earlier one or the end of its own quotation, as an index into the reading's sentences, or null. */
  readonly from: number | null;
}

export interface Sentence extends Span {
  /** Index into the reading's sentences. */
  readonly index: number;
  /** Starts a paragraph. */
  readonly first: boolean;
  readonly words: readonly SentenceWord[];
  /** Begins or ends inside a quotation that other sentences share. */
  readonly insideQuotation: boolean;
  readonly attribution: Attribution;
}

/** The sentences around a passage, and which of them are the passage's own. */
export interface Reading {
  readonly sentences: readonly Sentence[];
  /** Half-open range of indexes: the passage's own sentences. */
  readonly from: number;
  readonly to: number;
}
