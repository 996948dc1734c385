/** The question field: a plain form, so that it works everywhere and what it leads to has an address. */
import { html, line, type Markup } from "./markup.ts";

export interface AskForm {
  readonly base: string;
  /** What stands in the field already. */
  readonly question: string;
  /** The answer that a follow-up belongs to. */
  readonly follows: string | null;
  /** What the field is for. */
  readonly label: string;
  /** The outlets to narrow the question to; no choice is offered among fewer than two. */
  readonly outlets: readonly string[];
}

/** Longer lists are no help, and make a page heavy. */
const mostOutlets = 40;
/** As the core has it: a longer question is refused there with a sentence. */
export const longestQuestion = 2000;

/** A field for a question, or for a follow-up where it follows something. */
export function askForm({ base, question, follows, label, outlets }: AskForm): Markup {
  const hint = follows === null ? "What did the minister say about …?" : "And what about …?";
  return html`<form class="ask" action="${base}/ask" method="get" role="search">
<label for="q">${label}</label>
<div class="field"><input id="q" name="q" type="text" value="${line(question)}" placeholder="${hint}" maxlength="${longestQuestion}" required autocomplete="off" enterkeyhint="search" dir="auto"><button type="submit">Ask</button></div>
${follows === null ? "" : html`<input type="hidden" name="follows" value="${follows}">`}
${
  outlets.length < 2
    ? ""
    : html`<p class="narrow"><label for="outlet">Only what was published by</label> <select id="outlet" name="outlet"><option value="">any outlet</option>${outlets
        .slice(0, mostOutlets)
        .map((outlet) => html`<option value="${outlet}">${line(outlet)}</option>`)}</select></p>`
}
</form>`;
}
