/** What a reader of one format is given and gives back. */
import { NewsroomError } from "../../errors.ts";
import type { DocumentMeta, Span } from "../document.ts";

/** A file's names. */
export interface TextFile {
  /** As a person would write it: for sentences. */
  readonly name: string;
  /** Its last part, with the extension. */
  readonly base: string;
  /** Its last part, without the extension. */
  readonly stem: string;
}

/** A document as its format gives it, before it has a key. */
export interface ReadText {
  /** The stored text. */
  readonly text: string;
  readonly meta: DocumentMeta;
  /** Advertising and navigation inside the text. */
  readonly excluded: readonly Span[];
  /** The collection that the document names for itself, or null. */
  readonly collection: string | null;
}

/** What is wrong with a file that holds nothing but white space. */
export function emptyFile(name: string): NewsroomError {
  return new NewsroomError("bad-document", `${name} is empty: there is no text in it. Fill it or leave it out.`);
}
