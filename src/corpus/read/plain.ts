/** Reads a plain text: stored untouched, its title and dateline inferred, its outlet never supplied. */

import { inferDateline, inferTitle } from "./inferred.ts";
import { languageOf } from "./meta-values.ts";
import { findFurniture } from "./page-furniture.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** The document in a plain text file. */
export function readPlain(text: string, file: TextFile): ReadText {
  const language = languageOf(null, text);
  const excluded = findFurniture(text, language);
  return {
    text,
    excluded,
    collection: null,
    meta: {
      title: inferTitle(text, excluded),
      outlet: null,
      published: null,
      dateline: inferDateline(text, excluded),
      language,
      origin: null,
      source: file.base,
      url: null,
    },
  };
}
