/** Text in Discord's markdown: what a stranger wrote stands there to the letter, and what Discord wrote becomes text again. */
import { shorten } from "../../src/platform/shorten.ts";
import { inert, inertLine } from "../../src/reply/inert.ts";

/**
 * Characters that format, link, mention or make an emoji wherever they stand. A backslash before anything but a letter,
 * a digit and a space shows it as it is. In search of a link's end Discord does not mind backslashes, so what would begin
 * the address after it needs one too. https://support.discord.com/hc/en-us/articles/210298617
 */
const acting = /[\\*_~`|<>#[\]@]|:(?=\/\/|[\w+~-]+:)|(?<=^|\])\(/g;
/** At the start of a line: lists and small print. */
const atLineStart = /^(\s*)(?:([-+])|(\d+)([.)]))/gm;
/** The dot of an address without a scheme: Discord reads discord.gg/… as an invitation. */
const addressDot = /(?<=[\p{L}\p{N}-])\.(?=[\p{L}\p{N}.-]+\/)/gu;

/** Escapes what acts in text that is inert already. */
function escaped(text: string): string {
  return text
    .replace(acting, "\\$&")
    .replace(addressDot, "\\.")
    .replace(atLineStart, (_all, space: string, dash?: string, digits?: string, dot?: string) =>
      dash === undefined ? `${space}${digits}\\${dot}` : `${space}\\${dash}`,
    );
}

/** Text as it flows: single line breaks and runs of spaces are one space, blank lines a line break. */
function flowing(text: string): string {
  return inert(text)
    .split(/\n\s*\n/u)
    .map((stretch) => stretch.replace(/\s+/gu, " "))
    .join("\n");
}

/** A stranger's text as literal markdown, flowing; no formatting, link, mention, invitation or emoji code in it works. */
export function literal(text: string): string {
  return escaped(flowing(text));
}

/** `literal`, on one line; a space at either end stays. */
export function literalLine(text: string): string {
  return escaped(inert(text).replace(/\s+/gu, " "));
}

/** `literal` of a label on one line, cut to `length` first: cutting afterwards could leave half an escape. */
export function literalLabel(text: string, length: number): string {
  return escaped(shorten(inertLine(text), length));
}

/** An http or https address, or null: nothing else is ever linked. What would end the link in markdown is percent-encoded. */
export function safeUrl(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.hostname === "") return null;
  return url.href
    .toWellFormed()
    .replace(/[()<>\\[\]"'`*\s]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/**
 * A link behind a label, without a preview; only the label where the address is none. Square brackets would end a
 * label, and one that looks like an address is not linked, so both are shown by look-alikes.
 */
export function masked(label: string, address: string | null, length: number): string {
  const url = safeUrl(address);
  if (url === null) return literalLabel(label, length);
  const shown = shorten(inertLine(label), length).replace(/\[/g, "(").replace(/\]/g, ")").replace(/:\/\//g, ":∕∕");
  return `[${escaped(shown) || "link"}](<${url}>)`;
}

/** The mark [n], linked where there is an address. */
export function mark(n: number, address: string | null): string {
  const url = safeUrl(address);
  return url === null ? `\\[${n}\\]` : `[[${n}]](<${url}>)`;
}

/** What a person wrote, as they read it: mentions of users by name, others and emoji by what they are called. */
export function written(content: string, names: ReadonlyMap<string, string>): string {
  return content
    .replace(/<@!?(\d+)>/g, (_all, id: string) => names.get(id) ?? "")
    .replace(/<(?:@&|#)\d+>/g, " ")
    .replace(/<a?(:\w+:)\d+>/g, "$1")
    .replace(/<t:-?\d+(?::\w)?>/g, " ")
    .replace(/<\/([^:>]+):\d+>/g, "/$1");
}
