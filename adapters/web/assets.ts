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

function asset(file: string, type: string): Asset {
  const body = readFileSync(new URL(`./assets/${file}`, import.meta.url), "utf8");
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 10);
  return { path: `/assets/${file.replace(".", `-${digest}.`)}`, type, body };
}

export const stylesheet = asset("style.css", "text/css; charset=utf-8");
export const script = asset("page.js", "text/javascript; charset=utf-8");
