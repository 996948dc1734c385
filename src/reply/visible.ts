/** Takes out of a stranger's text what a reader could not see, and what would change the order of what they do see. */

/** Scripts that join or part letters with U+200C and U+200D, where the two are spelling and not decoration. */
const joining =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}]/u;
const pictograph = /\uFE0F|[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const takesVariation = /[\p{Emoji}\p{So}\p{Sm}]/u;

/** Controls, formats and everything that Unicode says is shown as nothing: bidi, zero-width, tags, fillers, selectors. */
const suspicious =
  /(?![\t\n\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const regionFlag = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/gu;

function before(text: string, at: number): string {
  return /[\s\S]$/u.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? "";
}

function after(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : "";
}

/** Whether a joiner or a variation selector belongs to the spelling or to the emoji that it stands in. */
function belongs(found: string, at: number, text: string): boolean {
  const previous = before(text, at);
  const next = after(text, at + found.length);
  if (found === "\u200D" && pictograph.test(previous) && pictograph.test(next)) return true;
  if (found === "\u200D") return joining.test(previous);
  if (found === "\u200C") return joining.test(previous) && joining.test(next);
  if (/[\u180B-\u180D\u180F]/.test(found)) return /\p{Script=Mongolian}/u.test(previous);
  if (found === "\uFE0E" || found === "\uFE0F") return takesVariation.test(previous);
  return false;
}

/** One stretch of text without region flags; repeated because what is taken out changes what stands beside the rest. */
function strip(text: string): string {
  const stripped = text.replace(suspicious, (found, at: number) => (belongs(found, at, text) ? found : ""));
  return stripped === text ? text : strip(stripped);
}

/**
 * The text as a reader may see it: no bidirectional or zero-width controls, no other invisible characters, no lone
 * surrogates (U+FFFD instead), line ends as `\n`. Letters, marks, emoji sequences and the joiners that Arabic and Indic
 * spelling needs are untouched, so words that were exact stay exact. Idempotent.
 */
export function visible(text: string): string {
  const lines = text.toWellFormed().replace(lineEnds, "\n");
  const flags = lines.match(regionFlag) ?? [];
  return lines
    .split(regionFlag)
    .map((stretch, index) => strip(stretch) + (flags[index] ?? ""))
    .join("");
}
