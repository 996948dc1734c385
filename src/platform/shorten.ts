/** Texts brought to a length without cutting what a reader sees as one character. Lengths are UTF-16 units. */

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The longest beginning of `text` that fits `length` UTF-16 units without cutting what a reader sees as one character. */
function fitting(text: string, length: number): string {
  if (text.length <= length) return text;
  // A grapheme may be longer than the limit (marks without end); then a surrogate pair is all that is kept whole.
  const window = text.slice(0, length + 1);
  let end = 0;
  for (const { index } of graphemes.segment(window)) if (index <= length) end = index;
  const cut = end > 0 ? end : length;
  return text.slice(0, cut).isWellFormed() ? text.slice(0, cut) : text.slice(0, cut - 1);
}

/** Cuts a label to `length` UTF-16 units, an ellipsis included. For labels only: what is claimed or quoted is never cut. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${fitting(text, length - 1).trimEnd()}…`;
}

/** Parts `text` into pieces of at most `length` UTF-16 units that joined are `text` again. */
export function pieces(text: string, length: number): readonly string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const part = fitting(rest, length);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
}
