/** Blocks of a reply as markup: the same words as in chat. */
import type { Block, Inline } from "../../src/reply/reply.ts";
import { html, type Markup, openable, prose } from "./markup.ts";

/** Where a mark [n] leads on this page, and what it is called for those who hear it. */
export interface Mark {
  readonly href: string;
  readonly name: string;
}

/** The mark of a source; null where there is nothing on the page to lead to. */
export type MarkOf = (n: number) => Mark | null;

const noMarks: MarkOf = () => null;

function citeMarkup(n: number, markOf: MarkOf): Markup {
  const mark = markOf(n);
  if (mark === null) return html`<span class="cite">[${n}]</span>`;
  return html`<a class="cite" href="${mark.href}" aria-label="[${n}] ${mark.name}">[${n}]</a>`;
}

function inlineMarkup(inline: Inline, markOf: MarkOf): Markup {
  if (inline.kind === "cite") return citeMarkup(inline.n, markOf);
  const text = prose(inline.text);
  if (inline.kind === "link") {
    const address = openable(inline.url);
    return address === null ? html`${text}` : html`<a href="${address}" rel="noopener noreferrer">${text}</a>`;
  }
  switch (inline.style) {
    case "strong":
      return html`<strong>${text}</strong>`;
    case "emphasis":
      return html`<em>${text}</em>`;
    case "code":
      return html`<code>${text}</code>`;
    default:
      return html`${text}`;
  }
}

/** Inline content; text of documents keeps its line breaks and escapes. */
export function inlines(content: readonly Inline[], markOf: MarkOf = noMarks): readonly Markup[] {
  return content.map((inline) => inlineMarkup(inline, markOf));
}

/** One block. Headings stand under the page's own, so they are of the second level. */
export function blockMarkup(block: Block, markOf: MarkOf = noMarks): Markup {
  switch (block.kind) {
    case "heading":
      return html`<h2>${inlines(block.content, markOf)}</h2>`;
    case "paragraph":
      return html`<p>${inlines(block.content, markOf)}</p>`;
    case "quote":
      return html`<blockquote dir="auto">${quoted(block.content)}</blockquote>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${inlines(item, markOf)}</li>`)}</ul>`;
  }
}

/** Words of a source: what is strong in them is the quoted span, which is marked. */
export function quoted(content: readonly Inline[]): readonly Markup[] {
  return content.map((inline) =>
    inline.kind !== "text"
      ? inlineMarkup(inline, noMarks)
      : inline.style === "strong"
        ? html`<mark>${closed(inline.text)}</mark>`
        : html`${closed(inline.text)}`,
  );
}

/** Without blank lines: the passages stand in a narrow column. */
function closed(text: string): string {
  return prose(text).replace(/\n\s*\n/g, "\n");
}
