/** What a document is: its stored text, what it says of itself, and the spans of it that are not the article. */

/** A half-open range of UTF-16 offsets in a revision's stored text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a document says of itself; what it does not say is null and is never supplied. */
export interface DocumentMeta {
  readonly title: string;
  readonly outlet: string | null;
  /** ISO 8601 date or date-time, as given. */
  readonly published: string | null;
  readonly dateline: string | null;
  /** BCP 47 primary tag such as "en"; "und" when unknown. */
  readonly language: string;
  /** The outlet this document says it has the news from. */
  readonly origin: string | null;
  /** The name of the file or record it was made from. */
  readonly source: string | null;
  /** Only http and https. */
  readonly url: string | null;
}

/** A document as reading gives it, before the store has seen it. */
export interface SourceDocument {
  /** Identity across revisions: where it came from (a path, or an archive's own id). */
  readonly key: string;
  readonly collection: string;
  readonly meta: DocumentMeta;
  /** The stored text: decoded, otherwise untouched (CRLF kept, byte order mark off, front matter apart). */
  readonly text: string;
  /** Advertising and navigation inside `text`, ordered and disjoint: not indexed, never inside a quote. */
  readonly excluded: readonly Span[];
}

/** One revision of a stored document. */
export interface StoredDocument {
  /** Stable, printable, unique; what citations and `forget` name. */
  readonly id: string;
  /** Counts from 1. */
  readonly revision: number;
  readonly collection: string;
  readonly meta: DocumentMeta;
  readonly text: string;
  readonly excluded: readonly Span[];
  /** SHA-256 of text, meta as read, and excluded spans, hex. */
  readonly hash: string;
  /** The id of an earlier document that carries nearly the same text (wire copy), or null. */
  readonly nearDuplicateOf: string | null;
}

/** A passage: the unit that is searched. Numbers are never used twice. */
export interface Passage extends Span {
  readonly number: number;
  readonly document: string;
  readonly revision: number;
}
