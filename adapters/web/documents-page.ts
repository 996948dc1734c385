/** The list of documents, a page at a time. */
import type { CorpusCounts, DocumentSummary } from "../../src/ports.ts";
import { counted } from "../../src/reply/counted.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup } from "./markup.ts";
import { publishedMarkup } from "./moments.ts";
import { revisionPath } from "./revisions.ts";

export interface DocumentList {
  readonly counts: CorpusCounts;
  readonly documents: readonly DocumentSummary[];
  /** The id that this page begins after; null on the first one. */
  readonly after: string | null;
  /** The id after which the next page begins; null on the last one. */
  readonly next: string | null;
}

function itemMarkup(document: DocumentSummary, base: string): Markup {
  const { id, revision, title, outlet, published, nearDuplicateOf } = document;
  const details = [
    outlet === null ? null : html`<b>${line(outlet)}</b>`,
    published === null ? null : publishedMarkup(published),
    revision === 1 ? null : html`revision ${revision}`,
    nearDuplicateOf === null ? null : html`carries the same text as another`,
  ].filter((one) => one !== null);
  return html`<li><a href="${base}${revisionPath(id, revision)}" dir="auto">${line(title)}</a>${
    details.length === 0
      ? ""
      : html`<p class="meta">${details.map((one, i) => html`${i === 0 ? "" : " · "}${one}`)}</p>`
  }</li>`;
}

/** The page of a stretch of the list. */
export function documentsPage({ counts, documents, after, next }: DocumentList, base: string): Page {
  const turn =
    after === null && next === null
      ? ""
      : html`<nav class="turn" aria-label="Pages of the list">${after === null ? "" : html`<a href="${base}/documents">From the beginning</a>`}${
          next === null
            ? ""
            : html`<a rel="next" href="${base}/documents?after=${encodeURIComponent(next)}">More documents</a>`
        }</nav>`;
  return {
    title: "Documents",
    section: "documents",
    main: html`<h1>Documents</h1>
<p class="status">${
      counts.documents === 0
        ? "Nothing has been ingested yet."
        : html`${counted(counts.documents, "document")}, in order of their names. Every answer is made of these and of nothing else.`
    }</p>
<ul class="listing">${documents.map((document) => itemMarkup(document, base))}</ul>
${turn}`,
  };
}
