/** Reads an article out of a page: Readability finds it, its paragraphs become lines, its metadata says what it is. */
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { NewsroomError } from "../../errors.ts";
import { completePage } from "./complete-page.ts";
import { decode } from "./decode.ts";
import { inferDateline, inferTitle } from "./inferred.ts";
import { isoDate } from "./iso-date.ts";
import { cleanLine, languageOf, webAddress } from "./meta-values.ts";
import { findFurniture } from "./page-furniture.ts";
import { type PageNode, textOf } from "./page-text.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/**
 * The article in a page's bytes. Throws `bad-document` when there is none. A hostile page can keep this busy or make it run
 * out of stack or memory: call it in a thread that can be stopped.
 */
export function readPage(bytes: Uint8Array, file: TextFile): ReadText {
  const html = decode(bytes, file.name, declaredEncoding(bytes));
  const { document } = parseHTML(completePage(html));
  const url = pageAddress(document);
  const article = new Readability<PageNode>(document, { serializer: (node) => node as PageNode }).parse();
  const text = article?.content ? textOf(article.content).toWellFormed() : "";
  if (!article || text === "") {
    throw new NewsroomError(
      "bad-document",
      `There is no article in ${file.name}: it may be made by scripts, or ask for a login; save the article's text instead.`,
    );
  }
  const language = languageOf(article.lang, text);
  const excluded = findFurniture(text, language);
  const outlet = cleanLine(article.siteName);
  return {
    text,
    excluded,
    collection: null,
    meta: {
      title: withoutOutlet(cleanLine(article.title), outlet) ?? inferTitle(text, excluded),
      outlet,
      published: isoDate(article.publishedTime ?? ""),
      dateline: inferDateline(text, excluded),
      language,
      origin: null,
      source: file.base,
      url,
    },
  };
}

/** The text of markup that holds an article and nothing else; as dangerous as a page. */
export function readMarkup(markup: string): string {
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${markup}</body></html>`);
  return textOf(document.body as unknown as PageNode).toWellFormed();
}

/** The encoding that a page names in its first bytes, or null. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).toString("latin1");
  return /<meta[^>]{0,300}charset\s*=\s*["']?\s*([\w:-]{2,40})/i.exec(head)?.[1] ?? null;
}

/** The page's own address: the canonical one, else that of its Open Graph data. */
function pageAddress(document: Queried): string | null {
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
  return (
    webAddress(canonical) ?? webAddress(document.querySelector('meta[property="og:url"]')?.getAttribute("content"))
  );
}

/** A page's title without the outlet's name after it. */
function withoutOutlet(title: string | null, outlet: string | null): string | null {
  if (title === null || outlet === null || !title.endsWith(outlet)) return title;
  return title.slice(0, -outlet.length).replace(/\s+[-–—|·:»]\s*$/u, "") || title;
}

/** What is needed of a DOM document. */
interface Queried {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null;
}
