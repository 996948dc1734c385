/** The answer: claims with their citations at the side, or the decline; then the follow-up field. */
import type { Answer } from "../../src/answer/answer.ts";
import { NewsroomError } from "../../src/errors.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { askForm } from "./ask-form.ts";
import type { Page } from "./layout.ts";
import { html, line, prose } from "./markup.ts";

/** The answer of a reply; throws `internal` for the reply of a command. */
export function answerOf({ answer }: Reply): Answer {
  if (!answer) throw new NewsroomError("internal", "That was no question but a command.");
  return answer;
}

/** The page of an answer. */
export function askPage(reply: Reply, base: string): Page {
  const answer = answerOf(reply);
  return {
    title: answer.question,
    section: "ask",
    main: html`<h1>${prose(answer.question)}</h1>
${answer.claims.map((claim) => html`<p class="claim">${prose(claim.text)} ${claim.citations.map((n) => html`<a class="cite" href="#source-${n}">[${n}]</a>`)}</p>`)}
<ol class="sources">${answer.citations.map((cited) => html`<li id="source-${cited.n}"><a href="${base}${documentPath(cited)}">${line(cited.outlet ?? cited.title)}</a><blockquote>${prose(cited.quote)}</blockquote></li>`)}</ol>
${askForm({ base, question: "", follows: answer.id })}`,
  };
}
