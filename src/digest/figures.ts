/** Reads the figures of a sentence: each with what it counts, so that only figures of the same thing are compared. */
import type { Span } from "../corpus/document.ts";
import { baseForm, numberValue } from "../text/related-words.ts";
import { stemmer } from "../text/stems.ts";
import { type Word, words } from "../text/tokens.ts";
import { isCommonWord } from "./common-words.ts";

/** A figure of a text; `start` and `end` take in what qualifies it and what it counts ("at least 14 people"). */
export interface Figure extends Span {
  readonly value: number;
  /** Said to be only roughly so. */
  readonly rough: boolean;
  /** What happened to those counted ("dead", "hurt"), or null. */
  readonly role: string | null;
  /** What is counted, as a stem ("crown", "vote"); "person" for people, "child" and the like for those counted apart; null when it does not say. */
  readonly unit: string | null;
  /** Stems of the words of content around it, names left out; of those right beside it. */
  readonly context: ReadonlySet<string>;
  readonly beside: ReadonlySet<string>;
  /** The same of the names. */
  readonly names: ReadonlySet<string>;
}

const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What news counts people by; stems of base forms. */
const roleWords: readonly (readonly [role: string, words: string])[] = [
  ["dead", "dead death die kill killing fatality toll body corpse drown perish murder"],
  ["hurt", "hurt injure injury wound wounded hospital treat"],
  ["missing", "missing miss unaccounted"],
  ["trapped", "trap stranded strand"],
  ["saved", "save rescue survive survivor alive"],
  ["fled", "flee evacuate evacuation displace evacuee homeless"],
  ["arrested", "arrest detain detention"],
];
const stem = stemmer("en");
const stemOf = (word: Word) => stem(baseForm(word.text));
const roles = new Map(roleWords.flatMap(([role, list]) => [...set(list)].map((word) => [stem(baseForm(word)), role])));

/** Kinds of people that a report counts apart from the others. Each line is one kind. */
const kindsOfPeople = [
  ["child", "child schoolchild pupil kid boy girl baby"],
  ["woman", "woman"],
  ["man", "man"],
  ["armed", "soldier officer fighter militant"],
  [
    "person",
    `person people passenger camper student resident inhabitant villager worker miner migrant refugee civilian protester
    demonstrator fan supporter patient tourist holidaymaker firefighter skier runner victim casualty employee customer commuter
    family local citizen voter body corpse`,
  ],
] as const;
const people = new Map(
  kindsOfPeople.flatMap(([kind, list]) => [...set(list)].map((word) => [stem(baseForm(word)), kind] as const)),
);

const scales: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  m: 1e6,
  bn: 1e9,
};
/** Before a figure: it is only roughly so. */
const qualifier =
  /(?:\b(?:at least|at most|more than|less than|fewer than|as many as|no fewer than|about|around|some|nearly|almost|over|under|roughly|approximately|an estimated)\s+)$/i;
/** Somewhere before a figure: it counts a part. */
const amongBefore = /\b(?:among|including|of whom|of them)\b[^,;:]*$/i;
/** Before a figure: a part of what is counted, or no count at all. */
const partBefore =
  /\b(?:another|further|other|additional|number|no\.|flight|route|page|article|section|chapter|aged?)\s+(?:\w+\s+){0,1}$/i;
/** After a figure: a part, an increment, a time, an age, a measure of length. */
const partAfter =
  /^(?:\s+(?:more|others?|further|additional|of\b)|\s*(?:-|–)?\s*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|metres?|meters?|kilomet\w+|km|miles?|feet|tonnes?|degrees?|o'clock|a\.?m|p\.?m|times?)\b|[:.]\d|-\w|–\d|\s*:\s*\d)/i;
const ordinal = /^(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$/;
const month = /^\s*(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i;
const monthBefore = /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+$/i;
const clause = /[,;:–—]|\s(?:and|while|but|where|when|after|before)\s/i;

/** How many words on either side belong to a figure's context, and how many stand right beside it. */
const near = 8;
const adjacent = 3;
/** Tells of earlier events: its figures are not this story's. */
const background =
  /\b(?:1[6-9]|20)\d\d\b|\b(?:last|previous) (?:year|month|decade)\b|\b(?:years?|months?|decades?) (?:ago|earlier|before)\b/i;
/** How far from a figure the word may stand that says what happened to those it counts. */
const roleReach = 6;

interface Read {
  readonly list: readonly Word[];
  readonly sentence: string;
}

function isYear(value: number, word: string): boolean {
  return /^(?:19|20)\d\d$/.test(word) && value >= 1900;
}

/** The value at `at` and how many words it takes ("2.1 billion": 2), or null. */
function valueAt({ list, sentence }: Read, at: number): { readonly value: number; readonly taken: number } | null {
  const word = list[at]!;
  const value = numberValue(word.text);
  if (value === null || ordinal.test(word.text) || isYear(value, word.text)) return null;
  const next = list[at + 1];
  const scale = next && /^\s$/.test(sentence.slice(word.end, next.start)) ? scales[next.text] : undefined;
  return scale === undefined ? { value, taken: 1 } : { value: value * scale, taken: 2 };
}

/** The word that says what is counted: "magnitude" before it; else up to two words after the figure, within its clause. */
function unitOf({ list, sentence }: Read, last: number, first: number): Word | null {
  const before = list[first - 1];
  if (before && /^(?:magnitude|strength)$/.test(before.text)) return before;
  let found: Word | null = null;
  for (let at = last + 1; at <= last + 2 && at < list.length; at++) {
    const between = sentence.slice(list[at - 1]!.end, list[at]!.start);
    if (!/^\s$/.test(between)) break;
    const word = list[at]!;
    if (/^(?:per|percent|cent)$/.test(word.text)) return list[at + (word.text === "per" ? 1 : 0)] ?? word;
    if (isCommonWord(word.text, "en") && !/^(?:people|person|men|women|man|woman)$/.test(word.text)) break;
    if (numberValue(word.text) !== null) break;
    found = word;
    if (people.has(stemOf(word))) break;
  }
  return found;
}

/** Before a figure that sums up what the sentence spoke of before ("the number of people killed … rose to 17"). */
const sum =
  /\b(?:to|at|reach(?:ed|es)?|pass(?:ed|es)?|toll|total)\s+(?:(?:at least|about|around|some|nearly|more than)\s+)?$/i;
const summed = /\b(?:number|toll|total|count)\b/i;

/** What happened to those counted: the nearest word that says so in the same clause. */
function roleOf({ list, sentence }: Read, first: number, last: number): string | null {
  let best: string | null = null;
  let nearest = roleReach + 1;
  const before = sentence.slice(0, list[first]!.start);
  const isSum = sum.test(before) && summed.test(before);
  for (const [at, word] of list.entries()) {
    const role = roles.get(stemOf(word));
    if (role === undefined) continue;
    if (isSum && at < first) best = role;
    if (isSum) continue;
    const distance = at > last ? at - last : first - at;
    if (distance >= nearest || distance < 0) continue;
    const [from, to] = at > last ? [list[last]!.end, word.start] : [word.end, list[first]!.start];
    const between = sentence.slice(from, to);
    if (clause.test(between) || /\d/.test(between)) continue;
    [best, nearest] = [role, distance];
  }
  return best;
}

function around({ list, sentence }: Read, first: number, last: number) {
  const context = new Set<string>();
  const beside = new Set<string>();
  const names = new Set<string>();
  for (let at = Math.max(0, first - near); at <= Math.min(list.length - 1, last + near); at++) {
    if (at >= first && at <= last) continue;
    const word = list[at]!;
    if (isCommonWord(word.text, "en") || numberValue(word.text) !== null) continue;
    const isName = at > 0 && /^\p{Lu}/u.test(sentence.slice(word.start));
    (isName ? names : context).add(stemOf(word));
    const distance = at < first ? first - at : at - last;
    if (!isName && distance <= adjacent) beside.add(stemOf(word));
  }
  return { context, beside, names };
}

/** The outcome of a vote ("212 to 171", "214 votes to 171"), as one figure. */
function tallyOf(
  { list, sentence }: Read,
  first: number,
  last: number,
): Omit<Figure, "context" | "beside" | "names"> | null {
  const [start, end] = [list[first]!.start, list[last]!.end];
  const to = /^(?:\s+votes?)?\s+(?:to|against)\s+([\d,]+)(?![\d%])/i.exec(sentence.slice(end));
  if (!to || !/\bvot(?:e|es|ed|ing)\b/i.test(sentence) || /\bfrom\s+$/i.test(sentence.slice(0, start))) return null;
  const value = numberValue(list[first]!.text);
  if (value === null) return null;
  return { start, end: end + to[0].length, value, rough: false, role: null, unit: "tally" };
}

/** The figures of `sentence` that count or measure something, offsets moved by `shift`. Not ages, dates, times, scores, parts, nor what
 * a sentence tells of earlier years. */
export function figuresOf(sentence: string, shift: number): readonly Figure[] {
  if (background.test(sentence)) return [];
  const read: Read = { list: words(sentence), sentence };
  const found: Figure[] = [];
  for (let at = 0; at < read.list.length; at++) {
    const number = valueAt(read, at);
    if (!number) continue;
    const [first, last] = [at, at + number.taken - 1];
    at = last;
    const [start, end] = [read.list[first]!.start, read.list[last]!.end];
    const [before, after] = [sentence.slice(0, start), sentence.slice(end)];
    if (
      number.value === 1 ||
      partBefore.test(before) ||
      amongBefore.test(before) ||
      partAfter.test(after) ||
      /[-–]$/.test(before)
    )
      continue;
    if (month.test(after) || monthBefore.test(before)) continue;
    const unitWord = unitOf(read, last, first);
    const role = roleOf(read, first, last);
    const unitStem = unitWord === null ? null : stemOf(unitWord);
    const tally = tallyOf(read, first, last);
    if (tally !== null) {
      found.push({ ...tally, start: shift + tally.start, end: shift + tally.end, ...around(read, first, last) });
      break;
    }
    const unit = unitStem === null ? null : (people.get(unitStem) ?? (roles.has(unitStem) ? "person" : unitStem));
    const qualified = qualifier.exec(before);
    found.push({
      start: shift + Math.min(qualified ? qualified.index : start, unitWord?.start ?? start),
      end: shift + Math.max(end, unitWord?.end ?? 0),
      value: number.value,
      rough: qualified !== null,
      role,
      unit: unit ?? (role === null ? null : "person"),
      ...around(read, first, last),
    });
  }
  return found;
}
