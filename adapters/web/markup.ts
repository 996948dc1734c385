/** The pages' templates: everything is escaped unless it is markup of ours, and a stranger's text can neither hide nor act. */
import { html, raw } from "hono/html";
import { inert, inertJson, inertLine } from "../../src/reply/inert.ts";

export { html };

/** Markup that is safe to put into a page as it is. */
export type Markup = ReturnType<typeof html>;

/** A stranger's text on one line: titles, outlets, names. */
export const line = inertLine;

/** A stranger's text with its line breaks: passages, documents, questions. */
export const prose = inert;

/** Longer JSON is indented less, so that its page stays light. */
const longestJson = 24_000;

/** A value as JSON between tags. Quotation marks mean nothing there, and escaping each would make it half as long again. */
export function jsonText(value: unknown): Markup {
  const json = [2, 1].map((indent) => inertJson(value, indent)).find(({ length }) => length <= longestJson);
  return raw((json ?? inertJson(value)).replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
}

/** An http or https address without a login, as it may stand in a link; null for anything else. */
export function openable(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? address : null;
}
