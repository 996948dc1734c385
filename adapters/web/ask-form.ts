/** The question field: a plain form, so that it works everywhere and its result has an address. */
import { html, type Markup, prose } from "./markup.ts";

export interface AskForm {
  readonly base: string;
  readonly question: string;
  /** The answer that a follow-up belongs to. */
  readonly follows: string | null;
}

/** A field for a question, or for a follow-up where it follows something. */
export function askForm({ base, question, follows }: AskForm): Markup {
  const label = follows === null ? "Your question" : "A follow-up";
  return html`<form class="ask" action="${base}/ask" method="get" role="search">
<label for="q">${label}</label>
<input id="q" name="q" type="text" value="${prose(question)}" maxlength="2000" required autocomplete="off" enterkeyhint="search">
${follows === null ? "" : html`<input type="hidden" name="follows" value="${follows}">`}
<button type="submit">Ask</button>
</form>`;
}
