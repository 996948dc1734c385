/** A part of the index: an immutable segment or the live tail, each with its passages and which of them are gone. */
import type { PassageColumns } from "./passage-columns.ts";
import type { PostingList, Postings } from "./postings.ts";
import type { Removed } from "./removed.ts";

export interface Part {
  readonly columns: PassageColumns;
  readonly removed: Removed;
  /** Null for the tail. */
  readonly postings: Postings | null;
  /** How many postings there are, of passages that are gone too. */
  readonly size: number;
  /** How many passages hold the term, passages that are gone included. */
  count(term: number): number;
  /** How many passages that are not gone hold the term. */
  holding(term: number): number;
  /** Unpacks the postings of a term, passages that are gone included. */
  read(term: number, list: PostingList): void;
}
