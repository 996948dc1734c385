/** Reads a plain text: stored untouched, its title and dateline inferred, its outlet never supplied. */

import { inferDateline, inferTitle } from "./inferred.ts";
import { languageOf } from "./meta-values.ts";
import { findFurniture } from "./page-furniture.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** The document in a plain text file. */
export function readPlain(text: string, file: TextFile): ReadText {
  const excluded = findFurniture(text);
  return {
    text,
    excluded,
    collection: null,
    meta: {
      title: inferTitle(text, excluded),
      outlet: null,
      published: null,
      dateline: inferDateline(text, excluded),
      language: languageOf(null, text),
      origin: null,
      source: file.base,
      url: null,
    },
  };
}
