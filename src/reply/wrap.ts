/** Breaks styled text into lines of a width, without changing a character of it: wrap-ansi would normalise it. */
import stringWidth from "string-width";

/** Text with one look; `style` is applied to each stretch of it that stands on one line. */
export interface Run {
  readonly text: string;
  readonly style: (text: string) => string;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A range of the text, without white space at its ends. */
type Range = readonly [start: number, end: number];

/** The word at `start` in pieces that each fit a line: itself where it does, cut between graphemes where it does not. */
function pieces(word: string, start: number, width: number): readonly Range[] {
  if (stringWidth(word) <= width) return [[start, start + word.length]];
  const found: Range[] = [];
  let from = 0;
  let columns = 0;
  for (const { segment, index } of graphemes.segment(word)) {
    const wide = stringWidth(segment);
    if (columns + wide > width && index > from) {
      found.push([start + from, start + index]);
      from = index;
      columns = 0;
    }
    columns += wide;
  }
  return [...found, [start + from, start + word.length]];
}

function lineRanges(text: string, width: number): readonly Range[] {
  const ranges: Range[] = [];
  let offset = 0;
  for (const hard of text.split("\n")) {
    let line: Range | null = null;
    for (const { 0: word, index } of hard.matchAll(/\S+/gu)) {
      const end = offset + index + word.length;
      if (line && stringWidth(text.slice(line[0], end)) <= width) {
        line = [line[0], end];
        continue;
      }
      if (line) ranges.push(line);
      const parts = pieces(word, offset + index, width);
      ranges.push(...parts.slice(0, -1));
      line = parts.at(-1)!;
    }
    ranges.push(line ?? [offset, offset]);
    offset += hard.length + 1;
  }
  return ranges;
}

/**
 * The text of `runs` as lines of at most `width` columns: broken at white space, inside a word only where the word alone
 * is wider, never inside a grapheme. \n begins a new line. Nothing is lost but the white space at line ends.
 */
export function wrapRuns(runs: readonly Run[], width: number): readonly string[] {
  const text = runs.map((run) => run.text).join("");
  return lineRanges(text, width).map(([start, end]) => {
    let at = 0;
    let line = "";
    for (const run of runs) {
      const piece = run.text.slice(Math.max(0, start - at), Math.max(0, end - at));
      if (piece !== "") line += run.style(piece);
      at += run.text.length;
    }
    return line;
  });
}
