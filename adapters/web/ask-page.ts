/** The answer: claims with their citations at the side, or the decline; then the follow-up field and how it looks elsewhere. */
import type { Answer } from "../../src/answer/answer.ts";
import { NewsroomError } from "../../src/errors.ts";
import { counted } from "../../src/reply/counted.ts";
import type { Block, Reply } from "../../src/reply/reply.ts";
import { askForm } from "./ask-form.ts";
import { blockMarkup, inlines, type MarkOf } from "./blocks.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup, prose } from "./markup.ts";
import { type Form, formsMarkup } from "./preview-page.ts";
import { askPath } from "./requests.ts";
import { nearestMarkup, originalsOf, sourcesMarkup } from "./sources.ts";

/** What the page of an answer is made from. */
export interface Asked {
  readonly reply: Reply;
  /** The answer that this question followed, where there was one and it is still kept. */
  readonly before: Answer | null;
  /** It followed an answer that is not kept here any more, so that it was answered on its own. */
  readonly lost: boolean;
  /** The outlet that it was narrowed to. */
  readonly outlet: string | null;
  readonly outlets: readonly string[];
  /** The other forms that it can be had in. */
  readonly forms: readonly Form[];
  /** The address of this page, without what stands before it in `base`. */
  readonly path: string;
}

/** The answer of a reply; throws `internal` for the reply of a command. */
export function answerOf({ answer }: Reply): Answer {
  if (!answer) throw new NewsroomError("internal", "That was no question but a command.");
  return answer;
}

function marksOf({ citations }: Answer): MarkOf {
  const names = new Map(citations.map(({ n, outlet, title }) => [n, outlet ?? title]));
  return (n) => {
    const name = names.get(n);
    return name === undefined ? null : { href: `#source-${n}`, name: line(name) };
  };
}

/** Claims: a paragraph each, and the list of what differs right under the claim it belongs to. */
function claimsMarkup(blocks: readonly Block[], markOf: MarkOf): readonly Markup[] {
  return blocks.map((block) => {
    if (block.kind === "paragraph") return html`<p class="claim" dir="auto">${inlines(block.content, markOf)}</p>`;
    if (block.kind !== "list") return blockMarkup(block, markOf);
    return html`<ul class="variants">${block.items.map((item) => html`<li dir="auto">${inlines(item, markOf)}</li>`)}</ul>`;
  });
}

function answeredMarkup(answer: Answer, reply: Reply, base: string, followUp: Markup): Markup {
  const documents = new Set(answer.citations.map(({ document }) => document)).size;
  return html`<p class="status"><b class="verdict">Answered</b> from ${counted(answer.citations.length, "passage")} of ${counted(documents, "document")}; ${counted(answer.searched.documents, "document")} searched.</p>
<div class="columns">
<section class="claims" aria-labelledby="claims"><h2 id="claims" class="unseen">The answer</h2>
${claimsMarkup(reply.main.blocks, marksOf(answer))}
</section>
<section class="side" aria-labelledby="sources"><h2 id="sources">Sources</h2>
${sourcesMarkup(answer.citations, reply, base)}
</section>
<div class="onward">${followUp}</div>
</div>`;
}

/** The decline's own words, the nearest passages where the reply has them as quotations. */
function declinedMarkup(answer: Answer, { main }: Reply, base: string, followUp: Markup): Markup {
  const heading = main.blocks.findIndex(({ kind }) => kind === "heading");
  const widen = main.blocks.at(-1)!;
  const why = main.blocks.slice(0, heading < 0 ? -1 : heading);
  return html`<div class="decline">
${why.map((block) => blockMarkup(block))}
${blockMarkup(widen)}
</div>
${followUp}
${
  heading < 0
    ? ""
    : html`<section class="near">${blockMarkup(main.blocks[heading]!)}
${nearestMarkup(answer.nearest, originalsOf(main.blocks), base)}</section>`
}`;
}

/** The page of an answer. */
export function askPage({ reply, before, lost, outlet, outlets, forms, path }: Asked, base: string): Page {
  const answer = answerOf(reply);
  const answered = answer.status === "answered";
  // After a decline one asks the same thing in other words, from where one was before.
  const field = answered
    ? { question: "", follows: answer.id, label: "Ask on from here" }
    : { question: answer.question, follows: before?.id ?? null, label: "Ask another way" };
  const followUp = html`${askForm({ base, outlets, ...field })}
${formsMarkup(forms, base + path)}`;
  const shown = answered ? answeredMarkup : declinedMarkup;
  return {
    title: answer.question,
    section: "ask",
    main: html`<article class="answer ${answer.status}">
${before === null ? "" : html`<p class="trail">Follows <a href="${base}${askPath({ question: before.question, follows: null, outlet: null })}">${line(before.question)}</a></p>`}
${lost ? html`<p class="trail">The answer that this question followed is not kept here any more, so it was answered on its own.</p>` : ""}
<h1 dir="auto">${prose(answer.question)}</h1>
${outlet === null ? "" : html`<p class="trail">Only what ${line(outlet)} published.</p>`}
${shown(answer, reply, base, followUp)}
</article>`,
  };
}
