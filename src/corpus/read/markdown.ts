/** Reads a Markdown file: its front matter says what it is, its body is stored untouched. */
import { NewsroomError } from "../../errors.ts";
import type { DocumentMeta } from "../document.ts";
import { linesOf } from "../lines.ts";
import { readFrontMatter } from "./front-matter.ts";
import { isoDate } from "./iso-date.ts";
import { cleanLine, isCollectionName, languageOf, webAddress } from "./meta-values.ts";
import { findFurniture } from "./page-furniture.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** How far into a text, and how long, in UTF-16 units, a heading may be to name it. */
const headingReach = 100_000;
const headingLength = 300;

const known = [
  "title",
  "outlet",
  "published",
  "dateline",
  "language",
  "origin",
  "source",
  "url",
  "collection",
] as const;

/**
 * The document in a Markdown file. Its title is the front matter's, else the first heading, else the file's name. A value
 * that lies (a date that does not exist, a list for a title) is a `bad-document`; an address that is not http(s) is dropped.
 */
export function readMarkdown(text: string, file: TextFile): ReadText {
  const front = readFrontMatter(text, file.name);
  const odd = known.find((key) => front.odd.has(key));
  if (odd) throw wrong(file, odd, "must be plain text on one line");
  const body = text.slice(front.bodyStart);
  const value = (key: (typeof known)[number]): string | null => cleanLine(front.values.get(key));
  const collection = value("collection");
  if (collection !== null && !isCollectionName(collection))
    throw wrong(file, "collection", "must be a name of letters, digits, hyphens and dots");
  const meta: DocumentMeta = {
    title: value("title") ?? firstHeading(body) ?? file.stem,
    outlet: value("outlet"),
    published: publishedOf(value("published"), file),
    dateline: value("dateline"),
    language: languageOf(value("language"), body),
    origin: value("origin"),
    source: value("source") ?? file.base,
    url: webAddress(value("url")),
  };
  return { text: body, meta, excluded: findFurniture(body, meta.language), collection };
}

function publishedOf(published: string | null, file: TextFile): string | null {
  if (published === null) return null;
  const date = isoDate(published);
  if (date === null) throw wrong(file, "published", 'must be a date that exists, such as "2025-11-26"');
  return date;
}

function wrong(file: TextFile, key: string, rule: string): NewsroomError {
  return new NewsroomError(
    "bad-document",
    `In the front matter of ${file.name}, "${key}" ${rule}; correct or remove it.`,
  );
}

/** The words of the first heading, marked with # or underlined, its markup off; null when there is none. */
function firstHeading(body: string): string | null {
  let inCode = false;
  for (const line of linesOf(body, 0, Math.min(body.length, headingReach))) {
    const start = body.slice(line.start, Math.min(line.end, line.start + headingLength));
    if (/^(?:```|~~~)/.test(start)) inCode = !inCode;
    if (inCode || line.end - line.start > headingLength) continue;
    const marked = /^#{1,6}[ \t]+(?=\S)/.exec(start);
    if (marked) return cleanLine(plainWords(start.slice(marked[0].length).replace(/[ \t]#+$/, "")));
    if (/^[ \t]*\r?\n {0,3}(?:={2,}|-{2,})[ \t]*(?:[\r\n]|$)/.test(body.slice(line.end, line.end + headingLength)))
      return cleanLine(plainWords(start));
  }
  return null;
}

/** Markdown without the marks of links, emphasis and code. */
function plainWords(markdown: string): string {
  return markdown.replace(/!?\[([^\][]*)\]\([^()]*\)/g, "$1").replace(/(\*\*\*|\*\*|\*|`)(?=\S)([^*`]+)\1/g, "$2");
}
