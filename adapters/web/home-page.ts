/** The first page: a question field, what can be asked, what there is to answer from, how it answers and declines. */
import type { CorpusCounts } from "../../src/ports.ts";
import { counted, grouped } from "../../src/reply/counted.ts";
import { askForm } from "./ask-form.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup } from "./markup.ts";
import { publishedMarkup } from "./moments.ts";

export interface Home {
  readonly counts: CorpusCounts;
  readonly examples: readonly string[];
}

/** Beyond that the outlets are counted. */
const outletsShown = 8;

/** The outlets' names, for narrowing a question. */
export function outletNames({ outlets }: CorpusCounts): readonly string[] {
  return outlets.flatMap(({ outlet }) => (outlet === null ? [] : [outlet]));
}

function freshness({ from, to }: CorpusCounts): Markup {
  if (from === null || to === null) return html`None of them prints its date.`;
  if (from === to) return html`Published on ${publishedMarkup(from)}.`;
  return html`Published from ${publishedMarkup(from)} to ${publishedMarkup(to)}.`;
}

function outletsMarkup({ outlets }: CorpusCounts): Markup {
  const shown = outlets.slice(0, outletsShown);
  if (shown.length === 0 || (shown.length === 1 && shown[0]!.outlet === null)) return html``;
  const rest = outlets.length - shown.length;
  const most = shown[0]!.documents;
  return html`<ul class="outlets">${shown.map(
    ({ outlet, documents }) =>
      html`<li><span>${outlet === null ? "no outlet named" : line(outlet)}</span> <meter min="0" max="${most}" value="${documents}" aria-hidden="true"></meter> <b>${grouped(documents)}</b></li>`,
  )}</ul>${rest === 0 ? "" : html`<p class="hint">and ${counted(rest, "more outlet")}</p>`}`;
}

function heldMarkup(counts: CorpusCounts, base: string): Markup {
  if (counts.documents === 0)
    return html`<p>Nothing yet. Whoever runs Dateline feeds it with <code>npm start -- ingest FOLDER</code>.</p>`;
  return html`<p><b>${counted(counts.documents, "document")}</b> in ${counted(counts.passages, "passage")}. ${freshness(counts)}</p>
${outletsMarkup(counts)}
<p><a href="${base}/documents">All documents</a></p>`;
}

/** The page of a newsroom that holds `counts`; `examples` are questions that it answers. */
export function homePage({ counts, examples }: Home, base: string): Page {
  return {
    title: "Ask the newsroom’s own documents",
    section: "ask",
    main: html`<div class="front">
<h1>Ask the newsroom’s own documents</h1>
<p class="lede">Answers word for word, with a citation for every claim. Where the documents do not say it, neither does Dateline.</p>
${askForm({ base, question: "", follows: null, label: "Your question", outlets: outletNames(counts) })}
${
  examples.length === 0
    ? ""
    : html`<section aria-labelledby="examples"><h2 id="examples">What these documents answer</h2>
<ul class="examples">${examples.map((question) => html`<li><a href="${base}/ask?q=${encodeURIComponent(question)}">${line(question)}</a></li>`)}</ul></section>`
}
<div class="thirds">
<section aria-labelledby="held"><h2 id="held">What it answers from</h2>
${heldMarkup(counts, base)}</section>
<section aria-labelledby="answers"><h2 id="answers">How it answers</h2>
<p>In sentences of the documents, each with a number that leads to the passage it stands in. <mark>The quoted words are marked.</mark> Where outlets word, count or date it differently, that stands under the claim.</p></section>
<section aria-labelledby="declines"><h2 id="declines">When it declines</h2>
<p>“Not in the corpus” means just that: no sentence carries the topic, the speaker and the detail asked for. It then says what was searched and shows the nearest passages, which are not an answer.</p></section>
</div>
</div>`,
  };
}
