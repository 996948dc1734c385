/** What Slack accepts: lengths in UTF-16 units, counts in pieces. None of it is in the types of @slack/types. */

/** https://docs.slack.dev/reference/block-kit/blocks and …/methods/chat.postMessage, but where another source is named. */
export const limits = {
  /** Blocks a message. */
  blocks: 50,
  /**
   * The texts of a message's blocks together, with so much for each container. Slack gives no figure; it refuses near
   * 12,000 to 13,000, and counts its containers in a way of its own (bolt-js#2509, #2867).
   */
  message: 8_000,
  container: 10,
  /** One text object, and one text element of a rich text; Slack gives no figure for the latter. */
  text: 3_000,
  /** Elements of a context block. */
  contextElements: 10,
  /** A label of ours in such an element, and an address that it may link. */
  label: 200,
  contextUrl: 400,
  /** A button's text and a button's value. */
  buttonText: 75,
  buttonValue: 2_000,
  /** Posts through one response_url, and for how long it lives. */
  responses: 5,
  responseMs: 30 * 60_000,
  /** Suggested prompts in the assistant panel, and the length of a title and of a status. */
  prompts: 4,
  threadTitle: 200,
  /** Blocks a Home tab. */
  homeBlocks: 100,
} as const;

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
