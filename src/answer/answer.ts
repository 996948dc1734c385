/** The answer as data: what `ask --json` prints and every adapter renders. */

export interface Citation {
  /** Counts from 1 within the answer. */
  readonly n: number;
  readonly document: string;
  readonly revision: number;
  readonly title: string;
  readonly outlet: string | null;
  readonly published: string | null;
  readonly url: string | null;
  /** The exact stored slice: `text.slice(start, end) === quote` of that revision. */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** A citation that is shown but not claimed: the nearest passages of a decline. */
export type NearestPassage = Omit<Citation, "n">;

export interface Variant {
  readonly citation: number;
  readonly kind: "wording" | "number" | "date";
  readonly text: string;
}

export interface Claim {
  /** What is shown; context that it leans on stands in square brackets. */
  readonly text: string;
  readonly speaker: string | null;
  /** Values of `citations[].n`; never empty. */
  readonly citations: readonly number[];
  readonly variants: readonly Variant[];
}

export type DeclineReason = "topic" | "speaker" | "combination" | "kind";

export interface Answer {
  readonly id: string;
  readonly question: string;
  readonly status: "answered" | "not-in-corpus";
  /** Only with `not-in-corpus`. */
  readonly reason?: DeclineReason;
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly nearest: readonly NearestPassage[];
  /** After filters. */
  readonly searched: { readonly documents: number; readonly passages: number };
}

/** What a follow-up inherits; kept by the core. */
export interface Context {
  /** Folded words, names with a capital. */
  readonly topic: readonly string[];
  readonly speaker: string | null;
  readonly outlet: string | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly answerId: string | null;
}
