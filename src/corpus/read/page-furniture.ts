/**
 * Finds advertising and navigation that interrupts an article: by how lines are set, whom they speak to, what they repeat and
 * whether they share words with the article. When unsure it keeps: losing a sentence of the article is the worse mistake.
 */
import type { Span } from "../document.ts";
import { isListItem, type Line, linesOf } from "../lines.ts";
import {
  type Article,
  type Candidate,
  isMenuEntry,
  mostWeight,
  readArticle,
  selfEvident,
  weigh,
} from "./page-evidence.ts";
import { pageWords } from "./page-words.ts";
import { plainWords } from "./plain-words.ts";

/** Longer lines, in words or in UTF-16 units, are the article's own. */
const maxWords = 40;
const maxUnits = 600;
/** How much of a line is looked at, in UTF-16 units. */
const sampleUnits = 10_000;
/** Lines that are weighed together; a longer text is taken in portions. */
const portion = 5_000;
/** Evidence with which a line goes; when it ends like a sentence; when a neighbour goes; when it only shares no word. */
const enough = 2;
const enoughForSentence = 2.5;
const enoughBeside = 1;
const foreignWeight = 0.5;
/** Short lines in a row that may be verse. */
const longRun = 4;
/** A run of at least so many names of at most so many words can be a menu. */
const menuLines = 4;
const menuWords = 3;
/** Lines for which a quotation that was opened is taken to go on. */
const quotationLines = 40;

/** A line, and what its form tells. */
interface Placed {
  readonly index: number;
  readonly line: Line;
  readonly content: string;
  /** Whether it has the form of a paragraph. */
  readonly full: boolean;
  /** Quoted, or marked as the author's: never weighed. */
  readonly kept: boolean;
}

/**
 * The spans of `text` that are advertising or navigation: whole lines, neighbours joined; in order and disjoint. `language` is
 * the tag of the language it is written in.
 */
export function findFurniture(text: string, language: string): Span[] {
  const found: Span[] = [];
  let lines: Line[] = [];
  for (const line of linesOf(text, 0, text.length)) {
    lines.push(line);
    if (lines.length < portion) continue;
    found.push(...furnitureAmong(text, lines, language));
    lines = [];
  }
  found.push(...furnitureAmong(text, lines, language));
  return found;
}

function furnitureAmong(text: string, lines: readonly Line[], language: string): Span[] {
  if (lines.every((line) => line.words > maxWords)) return [];
  const placed = place(text, lines);
  if (!placed.some((each) => each.full)) return [];
  const repeats = countRepeats(placed);
  let read: Article | null = null;
  const article = (): Article => {
    read ??= readArticle(
      articleOf(placed).map((each) => each.content),
      language,
    );
    return read;
  };
  const candidate = (each: Placed): Candidate => ({
    content: each.content,
    repeated: repeats.get(lettersOf(each)) ?? 0,
    listItem: isListItem(text, each.line),
  });
  const gone = new Set<number>();
  for (const run of runsOf(placed)) {
    const scores = run.map((each) =>
      each.kept || mostWeight(candidate(each)) < enough ? 0 : weigh(candidate(each), article()),
    );
    for (const each of menusOf(run, article)) gone.add(each.index);
    const weight = (each: Placed): number => weigh(candidate(each), article());
    for (const at of choose(run, scores, weight)) gone.add(run[at]!.index);
  }
  return joinNeighbours(placed.filter((each) => gone.has(each.index)));
}

/** Says of each line whether it has the form of a paragraph, and whether it stands in quotation marks. */
function place(text: string, lines: readonly Line[]): Placed[] {
  const german = text.includes("„");
  let openFor = 0;
  return lines.map((line, index) => {
    const content = text.slice(line.start, Math.min(line.end, line.start + sampleUnits));
    const inside = openFor > 0;
    const opens = leavesOpen(content, german);
    if (opens !== null) openFor = opens ? quotationLines : 0;
    else openFor = Math.max(0, openFor - 1);
    const full = line.words >= 25 || (endsSentence({ content }) && line.words >= 14);
    const quotes = inside || opens === true || /^["'‘>—–|`#]|[“„«]|"\S[^"]*"/.test(content);
    return { index, line, content, full, kept: quotes || line.words > maxWords || content.length > maxUnits };
  });
}

/** Whether a quotation is open after this line (true), was closed in it (false), or is as it was before (null). */
function leavesOpen(content: string, german: boolean): boolean | null {
  const opened = Math.max(content.lastIndexOf(german ? "„" : "“"), content.lastIndexOf("«"));
  const closed = Math.max(content.lastIndexOf(german ? "“" : "”"), content.lastIndexOf("»"));
  if (opened >= 0 || closed >= 0) return opened > closed;
  const straight = content.split('"').length - 1;
  if (straight === 0) return null;
  return content.startsWith('"') && straight % 2 === 1;
}

/** The paragraphs that tell what the article is about. Short ones that sell are not among them, unless many do. */
function articleOf(placed: readonly Placed[]): Placed[] {
  const full = placed.filter((each) => each.full);
  const sells = ({ line, content }: Placed): boolean =>
    line.words <= maxWords &&
    plainWords(content).some(({ text }) => pageWords.isTrade(text) || pageWords.isReader(text));
  const rest = full.filter((each) => !sells(each));
  return rest.length * 3 < full.length * 2 ? full : rest;
}

/** Lines that are no paragraphs, by neighbourhood, and each short paragraph by itself. */
function* runsOf(placed: readonly Placed[]): Generator<Placed[]> {
  let run: Placed[] = [];
  for (const each of placed) {
    if (!each.full) {
      run.push(each);
      continue;
    }
    if (run.length > 0) yield run;
    run = [];
    if (!each.kept) yield [each];
  }
  if (run.length > 0) yield run;
}

/** How often a line of the same letters stands alone between paragraphs. */
function countRepeats(placed: readonly Placed[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of placed) {
    if (each.full || each.kept || each.line.words > 14 || endsSentence(each)) continue;
    const alone = (placed[each.index - 1]?.full ?? true) && (placed[each.index + 1]?.full ?? true);
    if (alone) counts.set(lettersOf(each), (counts.get(lettersOf(each)) ?? 0) + 1);
  }
  return counts;
}

function lettersOf({ content }: Placed): string {
  return content
    .slice(0, 300)
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
}

/** The lines of a run that are menus: rows of names of which many are a page's own. */
function menusOf(run: readonly Placed[], article: () => Article): Placed[] {
  const rows: Placed[][] = [[]];
  for (const each of run) {
    const row = rows.at(-1)!;
    const isName = !each.kept && each.line.words <= menuWords && !endsSentence(each);
    const apart = each.line.afterBlank && row.length > 1 && !row[1]!.line.afterBlank;
    if (isName && !apart) row.push(each);
    else rows.push(isName ? [each] : []);
  }
  return rows.filter((row) => isMenu(row, article)).flat();
}

function isMenu(row: readonly Placed[], article: () => Article): boolean {
  if (row.length < menuLines) return false;
  const entries = row.filter((each) => isMenuEntry(each.content, article())).length;
  return entries > 1 && entries * 3 >= row.length;
}

/** Which lines of a run go: those with evidence enough, and what belongs to them. */
function choose(run: readonly Placed[], scores: readonly number[], weight: (line: Placed) => number): number[] {
  const at = run.map((_, index) => index);
  // Verse and lists are runs too, and may speak to a reader: in a long run only what is evident goes.
  const least = run.length > longRun ? selfEvident : enough;
  const sure = at.filter(
    (index) => scores[index]! >= (endsSentence(run[index]!) ? Math.max(least, enoughForSentence) : least),
  );
  if (sure.length === 0) return [];
  const weights = run.map((each) => (each.kept || endsSentence(each) ? -1 : weight(each)));
  const gone = new Set(sure);
  for (const index of sure) {
    for (const step of [-1, 1]) {
      const foreign: number[] = [];
      for (let next = index + step; (weights[next] ?? -1) >= foreignWeight; next += step) {
        foreign.push(next);
        if (weights[next]! >= enoughBeside) for (const each of foreign.splice(0)) gone.add(each);
      }
      // After a mark such as "Advertisement", two strange lines or more up to the next paragraph are what it announces.
      const announced =
        step === 1 && scores[index]! >= selfEvident && foreign.length > 1 && foreign.at(-1) === run.length - 1;
      if (announced) for (const each of foreign) gone.add(each);
    }
  }
  return [...gone];
}

function endsSentence({ content }: Pick<Placed, "content">): boolean {
  return /[.!?…。！？:]["”’)\]]*$/.test(content.slice(-8));
}

function joinNeighbours(gone: readonly Placed[]): Span[] {
  const spans: { start: number; end: number; last: number }[] = [];
  for (const { index, line } of gone) {
    const before = spans.at(-1);
    if (before && before.last === index - 1) {
      before.end = line.end;
      before.last = index;
    } else spans.push({ start: line.start, end: line.end, last: index });
  }
  return spans.map(({ start, end }) => ({ start, end }));
}
