/** The list of documents, a page at a time. */
import type { DocumentSummary } from "../../src/ports.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import type { Page } from "./layout.ts";
import { html, line } from "./markup.ts";

export interface DocumentList {
  readonly documents: readonly DocumentSummary[];
  /** The id after which the next page begins; null on the last one. */
  readonly next: string | null;
}

/** The page of a stretch of the list. */
export function documentsPage({ documents, next }: DocumentList, base: string): Page {
  return {
    title: "Documents",
    section: "documents",
    main: html`<h1>Documents</h1>
<ul class="documents">${documents.map(({ id, revision, title }) => html`<li><a href="${base}${documentPath({ document: id, revision, start: 0, end: 0 })}">${line(title)}</a></li>`)}</ul>
${next === null ? "" : html`<p><a rel="next" href="${base}/documents?after=${encodeURIComponent(next)}">More documents</a></p>`}`,
  };
}
