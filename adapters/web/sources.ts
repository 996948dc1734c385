/** The sources of an answer, for the side of the page: each with its name, its passage, and where it opens. */
import type { Citation, NearestPassage } from "../../src/answer/answer.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import type { Block, Inline, Reply } from "../../src/reply/reply.ts";
import { quoted } from "./blocks.ts";
import { html, line, type Markup, openable } from "./markup.ts";
import { publishedMarkup } from "./moments.ts";

/** The passages of a reply by the number of their citation: each quotation in its place, as its thread has it. */
function passagesOf({ thread }: Reply): ReadonlyMap<number, readonly Inline[]> {
  const found = new Map<number, readonly Inline[]>();
  for (const { blocks } of thread) {
    blocks.forEach((block, i) => {
      const mark = block.kind === "paragraph" ? block.content[0] : undefined;
      const next = blocks[i + 1];
      if (mark?.kind === "cite" && next?.kind === "quote") found.set(mark.n, next.content);
    });
  }
  return found;
}

/** Outlet, title and date, as far as the document says them. */
function named({ outlet, title, published }: NearestPassage): Markup {
  const date = published === null ? "" : html` ${publishedMarkup(published)}`;
  if (outlet === null) return html`<cite>${line(title)}</cite>${date}`;
  return html`<b>${line(outlet)}</b> <cite>${line(title)}</cite>${date}`;
}

/** The original's host, for the words of a link that leaves these pages. */
function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, "");
}

/** Links to the document's page at these words, and to the original where there is one; `original` opens at the words. */
function openings(cited: NearestPassage, original: string | null, base: string): Markup {
  const own = openable(cited.url) === null ? null : openable(original);
  return html`<p class="opens"><a href="${base}${documentPath(cited)}">Read it in the document</a>${
    own === null
      ? ""
      : html` <a href="${own}" rel="noopener noreferrer external">Original at ${line(hostOf(own))} <span aria-hidden="true">↗</span></a>`
  } <span class="locator">Document ${cited.document}, revision ${cited.revision}, characters ${cited.start} to ${cited.end}</span></p>`;
}

/** The numbered sources, each with its passage: a list that the marks in the claims lead to. */
export function sourcesMarkup(citations: readonly Citation[], reply: Reply, base: string): Markup {
  const passages = passagesOf(reply);
  const addresses = new Map(reply.main.sources.map(({ n, url }) => [n, url]));
  return html`<ol class="sources">
${citations.map((cited) => {
  const passage = passages.get(cited.n) ?? [{ kind: "text", text: cited.quote, style: "strong" } as const];
  return html`<li class="source" data-n="${cited.n}">
<p class="name" id="source-${cited.n}" tabindex="-1"><span class="n">[${cited.n}]</span> <a href="${base}${documentPath(cited)}">${named(cited)}</a></p>
<div class="passage"><blockquote dir="auto">${quoted(passage)}</blockquote>${openings(cited, addresses.get(cited.n) ?? null, base)}</div>
</li>`;
})}
</ol>`;
}

/** Where the nearest passages open at their words, in order: the links in the lines that name them; null for none. */
export function originalsOf(blocks: readonly Block[]): readonly (string | null)[] {
  return blocks.flatMap((block, i) => {
    const above = blocks[i - 1];
    if (block.kind !== "quote") return [];
    const link = above?.kind === "paragraph" ? above.content.find((inline) => inline.kind === "link") : undefined;
    return [link?.url ?? null];
  });
}

/** The nearest passages of a decline: sources that are no answer. */
export function nearestMarkup(
  nearest: readonly NearestPassage[],
  originals: readonly (string | null)[],
  base: string,
): Markup {
  return html`<ul class="nearest">
${nearest.map(
  (passage, i) => html`<li>
<p class="name">${named(passage)}</p>
<blockquote dir="auto">${quoted([{ kind: "text", text: passage.quote }])}</blockquote>
${openings(passage, originals[i] ?? null, base)}
</li>`,
)}
</ul>`;
}
