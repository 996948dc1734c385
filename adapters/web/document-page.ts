/** A document as it was kept, with the cited words marked. */
import type { StoredDocument } from "../../src/corpus/document.ts";
import { NewsroomError } from "../../src/errors.ts";
import type { Page } from "./layout.ts";
import { html, line, prose } from "./markup.ts";

/** A half-open range of UTF-16 offsets in the text. */
export interface Cited {
  readonly start: number;
  readonly end: number;
}

/** Throws `usage` where the range is no slice of the text. */
export function checkCited({ text }: StoredDocument, { start, end }: Cited): void {
  if (start < end && end <= text.length) return;
  throw new NewsroomError(
    "usage",
    `There are no words at ${start} to ${end}: this revision’s text has ${text.length} characters. Open the document without them.`,
  );
}

/** The page of a revision; `cited` null marks nothing. */
export function documentPage(document: StoredDocument, cited: Cited | null): Page {
  const { meta, text } = document;
  const marked =
    cited === null
      ? prose(text)
      : html`${prose(text.slice(0, cited.start))}<mark id="cited">${prose(text.slice(cited.start, cited.end))}</mark>${prose(text.slice(cited.end))}`;
  return {
    title: meta.title,
    section: "documents",
    main: html`<h1>${line(meta.title)}</h1>
<div class="text" lang="${meta.language}" dir="auto">${marked}</div>`,
  };
}
