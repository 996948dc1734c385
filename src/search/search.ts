/** What searching promises to the rest of the core; the index behind it is in this folder. */
import type { Passage } from "../corpus/document.ts";

/** Applied inside the search, before anything is ranked. */
export interface SearchFilter {
  /** Only passages of these collections; an empty list finds nothing. */
  readonly collections: readonly string[];
  /** Only this outlet (compared folded). */
  readonly outlet?: string;
  /** Inclusive ISO dates; a passage without a date is outside every period. */
  readonly from?: string;
  readonly to?: string;
}

/** One word of a question: the stems it may have in the corpus's languages, best first. */
export interface QueryTerm {
  readonly word: string;
  readonly stems: readonly string[];
}

export interface Hit {
  readonly passage: Passage;
  /** BM25F over title and body, then title coverage and proximity over the first 200: what hits are ordered by. */
  readonly score: number;
  /** The BM25F part alone. */
  readonly bm25: number;
}

export interface SearchResult {
  /** Best first; equal scores by passage number. */
  readonly hits: readonly Hit[];
  /** What was searched, after filters. */
  readonly searched: { readonly documents: number; readonly passages: number };
}

export interface Search {
  /** The terms of a text: folded, stemmed in each language of the corpus; no stop words. Deterministic. */
  terms(text: string): readonly QueryTerm[];
  /** Inverse document frequency of a term over the whole index; a term unknown to the corpus has the greatest. */
  idf(term: QueryTerm): number;
  search(terms: readonly QueryTerm[], filter: SearchFilter, limit: number): Promise<SearchResult>;
  /** Brings the index up to the store. Called before each search; cheap when nothing has changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}
