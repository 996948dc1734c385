/** The path of a document's own page: what a citation without an address of its own opens, and what pages link to. */

/** A revision of a document and a half-open range of UTF-16 offsets in its stored text; an empty range names no words. */
export interface DocumentSpan {
  readonly document: string;
  readonly revision: number;
  readonly start: number;
  readonly end: number;
}

/** The path and fragment, from the pages' root, that opens exactly this revision, scrolled to these words. */
export function documentPath({ document, revision, start, end }: DocumentSpan): string {
  const page = `/documents/${encodeURIComponent(document)}?revision=${revision}`;
  return end > start ? `${page}&start=${start}&end=${end}#cited` : page;
}
