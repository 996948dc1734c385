/** The digests that were made, the latest first, a page at a time. */
import type { DigestSummary } from "../../src/digest/digest.ts";
import { counted } from "../../src/reply/counted.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup } from "./markup.ts";
import { zonedMoments } from "./moments.ts";

export interface DigestList {
  readonly digests: readonly DigestSummary[];
  /** The id that this page begins after; null on the first one. */
  readonly after: string | null;
  /** The id after which the next page begins; null on the last one. */
  readonly next: string | null;
}

/** "1 story", "12 stories". */
export function countedStories(count: number): string {
  return count === 1 ? "1 story" : `${count} stories`;
}

function itemMarkup({ id, window, timeZone, stories, documents, headline }: DigestSummary, base: string): Markup {
  const { moment } = zonedMoments(timeZone);
  return html`<li><a href="${base}/digests/${encodeURIComponent(id)}" dir="auto">${headline === null ? "Nothing new" : line(headline)}</a>
<p class="meta"><time datetime="${new Date(window.until).toISOString()}">${moment(window.until)}</time> · ${countedStories(stories)} from ${counted(documents, "report")}</p></li>`;
}

/** The page of a stretch of the list. */
export function digestsPage({ digests, after, next }: DigestList, base: string): Page {
  return {
    title: "Digests",
    section: "digests",
    main: html`<h1>Digests</h1>
${
  digests.length === 0
    ? html`<p class="lede">No digest has been made yet. In a channel, <code>/digest subscribe</code> has one made every day; <code>npm start -- digest preview</code> shows what there would be in it now.</p>`
    : html`<ul class="listing">${digests.map((digest) => itemMarkup(digest, base))}</ul>`
}
${
  after === null && next === null
    ? ""
    : html`<nav class="turn" aria-label="Pages of the list">${after === null ? "" : html`<a href="${base}/digests">The latest</a>`}${
        next === null
          ? ""
          : html`<a rel="next" href="${base}/digests?after=${encodeURIComponent(next)}">Earlier digests</a>`
      }</nav>`
}`,
  };
}
