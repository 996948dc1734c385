/** What went wrong, as a page or as JSON: what it is, and what to do about it. */
import { type ErrorCode, NewsroomError, sentenceFor } from "../../src/errors.ts";
import { askForm } from "./ask-form.ts";
import type { Page } from "./layout.ts";
import { html, line } from "./markup.ts";

/** A failure as it is told: an HTTP status, a heading, a sentence. */
export interface Problem {
  readonly status: 400 | 404 | 500 | 503;
  readonly code: ErrorCode;
  readonly heading: string;
  readonly sentence: string;
}

const told: Partial<Record<ErrorCode, Pick<Problem, "status" | "heading">>> = {
  usage: { status: 400, heading: "That address cannot be read" },
  "bad-question": { status: 400, heading: "That is no question yet" },
  "not-found": { status: 404, heading: "Not found" },
  "data-read-only": { status: 503, heading: "Not now" },
  "data-locked": { status: 503, heading: "Not now" },
  "data-full": { status: 503, heading: "Not now" },
  stopped: { status: 503, heading: "Not now" },
};

/** What to tell of anything thrown; a stack is never part of it. */
export function problemOf(error: unknown): Problem {
  const code = error instanceof NewsroomError ? error.code : "internal";
  const { status, heading } = told[code] ?? { status: 500, heading: "Something went wrong" };
  return { status, code, heading, sentence: sentenceFor(error) };
}

/** A problem as a page; where a question was the problem, with the field to put it in other words. */
export function problemPage(
  { heading, sentence }: Pick<Problem, "heading" | "sentence">,
  base: string,
  question: string | null = null,
): Page {
  return {
    title: heading,
    section: null,
    main: html`<div class="problem">
<h1>${heading}</h1>
<p>${line(sentence)}</p>
${question === null ? "" : askForm({ base, question, follows: null, label: "Your question", outlets: [] })}
<p><a href="${base}/">Ask a question</a> or <a href="${base}/documents">look through the documents</a>.</p>
</div>`,
  };
}
