/** The first page: a question field, what can be asked, what there is to answer from. */
import type { CorpusCounts } from "../../src/ports.ts";
import { counted } from "../../src/reply/counted.ts";
import { askForm } from "./ask-form.ts";
import type { Page } from "./layout.ts";
import { html, line } from "./markup.ts";

export interface Home {
  readonly counts: CorpusCounts;
  readonly examples: readonly string[];
}

/** The page of a newsroom that holds `counts`; `examples` are questions that it answers. */
export function homePage({ counts, examples }: Home, base: string): Page {
  return {
    title: "Ask the newsroom’s documents",
    section: "ask",
    main: html`<h1>Ask the newsroom’s documents</h1>
${askForm({ base, question: "", follows: null })}
<ul class="examples">${examples.map((question) => html`<li><a href="${base}/ask?q=${encodeURIComponent(question)}">${line(question)}</a></li>`)}</ul>
<p>${counted(counts.documents, "document")}, ${counted(counts.passages, "passage")}.</p>`,
  };
}
