/** The revisions of a document: a list of them, and a page of what changed between two. */
import type { StoredDocument } from "../../src/corpus/document.ts";
import type { DocumentRevision } from "../../src/ports.ts";
import { counted } from "../../src/reply/counted.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import { type Difference, differences } from "./differences.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup, prose } from "./markup.ts";
import { publishedMarkup } from "./moments.ts";

/** The path of a revision’s page. */
export function revisionPath(document: string, revision: number): string {
  return documentPath({ document, revision, start: 0, end: 0 });
}

/** The path of the page that says what changed from one revision to another. */
export function comparisonPath(document: string, from: number, to: number): string {
  return `${revisionPath(document, to)}&compare=${from}`;
}

/** Longer lists are no help; the newest are shown. */
const mostListed = 8;

/** Every revision, the newest first, with the way to what changed in it; nothing where there is only one. */
export function revisionsMarkup(
  id: string,
  shown: number,
  revisions: readonly DocumentRevision[],
  base: string,
): Markup {
  if (revisions.length < 2) return html``;
  const items = revisions.slice(0, mostListed).map(({ revision, published }, i) => {
    const before = revisions[i + 1]?.revision;
    const name = html`Revision ${revision}${i === 0 ? ", the newest" : ""}`;
    return html`<li>${
      revision === shown
        ? html`<b aria-current="true">${name}</b>, shown here`
        : html`<a href="${base}${revisionPath(id, revision)}">${name}</a>`
    }${published === null ? "" : html` <span class="meta">${publishedMarkup(published)}</span>`}${
      before === undefined
        ? ""
        : html` · <a href="${base}${comparisonPath(id, before, revision)}">what changed from ${before}</a>`
    }</li>`;
  });
  const older = revisions.length - items.length;
  return html`<section class="revisions" aria-labelledby="revisions"><h2 id="revisions">Revisions</h2>
<ol>${items}</ol>
${older > 0 ? html`<p class="hint">and ${counted(older, "older one")}</p>` : ""}</section>`;
}

/** Two revisions of one document. */
export interface Compared {
  readonly before: StoredDocument;
  readonly after: StoredDocument;
}

/** What is kept of a long stretch that did not change, at each of its ends. */
const contextUnits = 160;
/** A page shows so much of what changed. */
const mostShown = 24_000;

const told = ["title", "outlet", "published", "dateline", "origin", "url"] as const;

function metaChanges({ before, after }: Compared): readonly Markup[] {
  return told
    .filter((name) => before.meta[name] !== after.meta[name])
    .map((name) => {
      const gone = before.meta[name];
      const come = after.meta[name];
      return html`<div><dt>${name}</dt> <dd>${gone === null ? "" : html`<del>${line(gone)}</del> `}${come === null ? "" : html`<ins>${line(come)}</ins>`}</dd></div>`;
    });
}

/** A stretch that did not change: only what stands next to a change. */
function sameMarkup(text: string, first: boolean, last: boolean): Markup {
  const kept = (first ? 0 : contextUnits) + (last ? 0 : contextUnits);
  if (text.length <= kept + contextUnits) return html`${prose(text)}`;
  const head = first ? "" : text.slice(0, contextUnits).replace(/\S*$/, "");
  const tail = last ? "" : text.slice(-contextUnits).replace(/^\S*/, "");
  const left = text.length - head.length - tail.length;
  return html`${prose(head)}<span class="skipped"> … ${counted(left, "character")} as before … </span>${prose(tail)}`;
}

function changesMarkup(list: readonly Difference[]): readonly Markup[] {
  let room = mostShown;
  const shown: Markup[] = [];
  for (const [i, { kind, text }] of list.entries()) {
    if (room <= 0) {
      shown.push(html`<span class="skipped"> … more changed further on; the JSON of this page has all of it.</span>`);
      break;
    }
    const piece = kind === "same" ? text : text.slice(0, room);
    room -= kind === "same" ? Math.min(text.length, 3 * contextUnits) : text.length;
    if (kind === "same") shown.push(sameMarkup(text, i === 0, i === list.length - 1));
    else shown.push(kind === "gone" ? html`<del>${prose(piece)}</del>` : html`<ins>${prose(piece)}</ins>`);
  }
  return shown;
}

/** The page of what changed from one revision to another: what is gone and what has come, in its place. */
export function comparisonPage(compared: Compared, base: string): Page {
  const { before, after } = compared;
  const list = differences(before.text, after.text);
  const meta = metaChanges(compared);
  const changed = list.some(({ kind }) => kind !== "same");
  return {
    title: `What changed in ${after.meta.title}`,
    section: "documents",
    main: html`<article class="document">
<p class="kicker">What changed</p>
<h1 dir="auto">${line(after.meta.title)}</h1>
<p class="status">From <a href="${base}${revisionPath(before.id, before.revision)}">revision ${before.revision}</a> to <a href="${base}${revisionPath(after.id, after.revision)}">revision ${after.revision}</a>. <del>Struck out</del> is gone, <ins>underlined</ins> is new.</p>
${meta.length === 0 ? "" : html`<dl class="about">${meta}</dl>`}
${changed ? html`<div class="text changes" lang="${after.meta.language}" dir="auto">${changesMarkup(list)}</div>` : html`<p class="notice">The text is the same in both.</p>`}
</article>`,
  };
}
