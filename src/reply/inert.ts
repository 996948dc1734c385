/** Makes text that a stranger controls harmless on a terminal: nothing in it moves the cursor, hides, or turns the line around. */
import { visible } from "./visible.ts";

/** The visible sign of a control character: ␛ for escape, ␡ for delete, the replacement character for C1. */
function sign(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "\uFFFD";
}

/**
 * `visible` text in which control characters and escape sequences stand as visible signs, so that they neither act nor
 * go unnoticed; tabs become a space, line ends \n. Applying it twice changes nothing more.
 */
export function inert(text: string): string {
  const signed = text.replace(/(?![\t\n\v\f\r\u0085])\p{Cc}/gu, sign);
  return visible(signed).replaceAll("\t", " ");
}

/** `inert`, on one line: every run of white space is one space, none at the ends. */
export function inertLine(text: string): string {
  return inert(text).replace(/\s+/gu, " ").trim();
}

/**
 * `value` as JSON that is safe to print on a terminal or a page: the same data, with everything that acts or hides
 * written as an escape. On one line, or indented by `indent` spaces.
 */
export function inertJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007F-\u009F]|\p{Default_Ignorable_Code_Point}|\p{Cf}|[\u2028\u2029]/gu,
    escaped,
  );
}

function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, "0")}`).join(
    "",
  );
}
