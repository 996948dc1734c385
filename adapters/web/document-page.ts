/** A document as it was kept: what it says of itself, its text with the cited words marked, and its revisions. */
import type { Span, StoredDocument } from "../../src/corpus/document.ts";
import { NewsroomError } from "../../src/errors.ts";
import type { DocumentRevision } from "../../src/ports.ts";
import { grouped } from "../../src/reply/counted.ts";
import { type Part, paragraphs, partOf } from "./document-text.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup, openable } from "./markup.ts";
import { publishedMarkup } from "./moments.ts";
import { comparisonPath, revisionPath, revisionsMarkup } from "./revisions.ts";

/** What the page of a revision is made from. */
export interface DocumentView {
  readonly document: StoredDocument;
  readonly revisions: readonly DocumentRevision[];
  readonly cited: Span | null;
  readonly part: Part;
}

/** Whether a cut before `offset` goes through a character that is written in two units. */
function halves(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

/** Throws `usage` where the range is no slice of the text, or begins or ends within a character. */
export function checkCited({ id, revision, text }: StoredDocument, { start, end }: Span): void {
  if (start < end && end <= text.length && !halves(text, start) && !halves(text, end)) return;
  throw new NewsroomError(
    "usage",
    `There are no words at ${start} to ${end}: revision ${revision} of ${id} has ${grouped(text.length)} characters.`,
  );
}

/** The part to show; throws `not-found` where there is none of that number. */
export function chosenPart({ text }: StoredDocument, wanted: number | undefined, cited: Span | null): Part {
  const part = partOf(text, wanted, cited);
  if (part) return part;
  throw new NewsroomError("not-found", `This document has no part ${wanted}.`);
}

function row(name: string, value: Markup | string | null): Markup {
  return value === null ? html`` : html`<div><dt>${name}</dt> <dd>${value}</dd></div>`;
}

function aboutMarkup({ collection, meta, nearDuplicateOf }: StoredDocument, base: string): Markup {
  const { published, dateline, origin, source, url } = meta;
  const original = openable(url);
  const near = nearDuplicateOf;
  return html`<dl class="about">
${row("Published", published === null ? null : publishedMarkup(published))}
${row("Dateline", dateline === null ? null : line(dateline))}
${row("From", origin === null ? null : line(origin))}
${row("Original", original === null ? null : html`<a href="${original}" rel="noopener noreferrer external">${line(new URL(original).hostname)} <span aria-hidden="true">↗</span></a>`)}
${row("Same text as", near === null ? null : html`<a href="${base}/documents/${encodeURIComponent(near)}">${near}</a>`)}
${row("Collection", collection)}
${row("Brought by", source === null ? null : line(source))}
</dl>`;
}

/** What a reader must know about this revision before they quote it. */
function noticeMarkup({ document: { id, revision }, revisions, cited }: DocumentView, base: string): Markup {
  const newest = revisions[0]?.revision ?? revision;
  if (newest === revision) return html``;
  return html`<p class="notice">This is revision ${revision}${cited === null ? "" : ", as it was cited"}. The document has changed since: <a href="${base}${revisionPath(id, newest)}">open the newest revision</a> or <a href="${base}${comparisonPath(id, revision, newest)}">see what changed</a>.</p>`;
}

/** Turns to another part; `place` tells the one above the text from the one below to those who hear the page. */
function turnMarkup(view: DocumentView, base: string, place: "above" | "below"): Markup {
  const { id, revision } = view.document;
  const { number, count } = view.part;
  if (count === 1) return html``;
  const to = (part: number) => `${base}${revisionPath(id, revision)}&part=${part}`;
  return html`<nav class="turn" aria-label="Parts of this document, ${place} the text"><span>Part ${number} of ${count}</span>${
    number > 1 ? html`<a rel="prev" href="${to(number - 1)}">Earlier</a>` : ""
  }${number < count ? html`<a rel="next" href="${to(number + 1)}">Further on</a>` : ""}</nav>`;
}

/** The page of a revision, at the part that is shown. */
export function documentPage(view: DocumentView, base: string): Page {
  const { document, revisions, cited, part } = view;
  const { id, revision, meta, text, excluded } = document;
  const shown = paragraphs(text, part, { cited, excluded });
  const apart = excluded.some((span) => span.start < part.end && span.end > part.start);
  return {
    title: meta.title,
    section: "documents",
    main: html`<article class="document">
${meta.outlet === null ? "" : html`<p class="kicker">${line(meta.outlet)}</p>`}
<h1 dir="auto">${line(meta.title)}</h1>
${noticeMarkup(view, base)}
<div class="reading">
<aside aria-label="About this document">
${aboutMarkup(document, base)}
${revisionsMarkup(id, revision, revisions, base)}
</aside>
<div class="body">
${cited === null ? "" : html`<p class="tocited"><a href="#cited">Go to the <mark>cited words</mark></a></p>`}
${part.number > 1 ? turnMarkup(view, base, "above") : ""}
<div class="text"${meta.language === "und" ? "" : html` lang="${meta.language}"`} dir="auto">
${shown.length > 0 ? shown : html`<p>This document has no text.</p>`}
</div>
${apart ? html`<p class="hint">Small grey text is advertising or navigation that came with the page. It is never searched or quoted.</p>` : ""}
${turnMarkup(view, base, "below")}
</div>
</div>
</article>`,
  };
}
