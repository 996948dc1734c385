/** The stylesheet and the script, each under a name that changes with its content, so that browsers may keep them for good. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A file that the pages bring with them. */
export interface Asset {
  /** From the pages' root, such as "/assets/style-0a1b2c3d4e.css". */
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

function read(file: string): string {
  return readFileSync(new URL(`./assets/${file}`, import.meta.url), "utf8");
}

function asset(name: string, ending: string, type: string, files: readonly string[]): Asset {
  const body = files.map(read).join("\n");
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 10);
  return { path: `/assets/${name}-${digest}.${ending}`, type: `${type}; charset=utf-8`, body };
}

/** One sheet of them all, in this order: what is set for paper comes last. */
const sheets = [
  "page.css",
  "front.css",
  "answer.css",
  "elsewhere.css",
  "documents.css",
  "feeds.css",
  "digests.css",
  "print.css",
];

export const stylesheet = asset("style", "css", "text/css", sheets);
export const icon = asset("icon", "svg", "image/svg+xml", ["icon.svg"]);
export const script = asset("page", "js", "text/javascript", ["page.js"]);
