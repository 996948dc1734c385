/** Noun phrases around the verbs of a sentence: who says, reports, orders. */
import { functionWords, isFunctionWord, pronouns, reportingVerb } from "../question/words.ts";
import { baseForm, numberValue } from "../text/related-words.ts";
import { slicePhrase } from "../text/tokens.ts";
import type { SentenceWord, SpeakerPhrase } from "./sentence.ts";
import {
  alsoNouns,
  auxiliaries,
  be,
  clauseWords,
  determiners,
  opensObject,
  participles,
  parts,
  subjectPronouns,
} from "./speaker-words.ts";

/** A speaker as one sentence names it. */
export interface Named extends SpeakerPhrase {
  readonly shown: string | null;
  /** Only a pronoun, "another", or nobody (a passive) holds the speaker's place. */
  readonly anaphor: boolean;
  /** "One of the points", "the first point": the noun leads to the sentence that announced it. */
  readonly part: string | null;
}

/** The text between the word at `at` and the one before it. */
export function gap(text: string, words: readonly SentenceWord[], at: number): string {
  return at === 0 ? "" : text.slice(words[at - 1]!.end, words[at]!.start);
}

/** Whether the word at `at` is a verb that reports, not a noun or a passive; `passive` tells the latter apart. */
export function verbAt(
  text: string,
  words: readonly SentenceWord[],
  at: number,
): "active" | "passive" | "participle" | null {
  const word = words[at]!;
  if (word.quoted || reportingVerb(word.text) === null) return null;
  // "the United States" states nothing.
  if (word.capital && at > 0 && words[at - 1]!.capital) return null;
  let before = at - 1;
  while (before >= 0 && auxiliaries.has(words[before]!.text) && gap(text, words, before + 1).trim() === "") before--;
  const previous = before >= 0 ? words[before]!.text : "";
  if (be.has(previous)) return /ing$/.test(word.text) ? "active" : "passive";
  if (/ing$/.test(word.text)) return determiners.has(previous) ? null : "participle";
  if (previous === "to") return null;
  const finite = /(?:ed|id|ote|old|ound|hought|aid|ead|oke)$/.test(word.text);
  if (!finite && determiners.has(previous) && !(pronouns.has(previous) && previous !== "its" && previous !== "their"))
    return null;
  if (
    !finite &&
    !subjectPronouns.has(previous) &&
    alsoNouns.has(word.text.replace(/(?<=[^s])s$/, "").replace(/sse$/, "ss"))
  ) {
    const next = words[at + 1];
    const after = next ? gap(text, words, at + 1) : "";
    const objectFollows =
      next !== undefined &&
      /^[\s“"«:]+$/.test(after) &&
      (opensObject.has(next.text) || next.quoted || numberValue(next.text) !== null || /:/.test(after));
    if (!objectFollows || next?.text === "of" || next?.text === "about" || next?.text === "by") return null;
  }
  return "active";
}

function opensClause(text: string, word: SentenceWord): boolean {
  return clauseWords.has(word.text) && isFunctionWord(text, word);
}

/** The noun phrase that ends before the word at `at`, back to the clause's boundary; past an apposition if need be. */
export function phraseBefore(text: string, words: readonly SentenceWord[], at: number): SentenceWord[] {
  let end = at;
  while (end > 0 && (auxiliaries.has(words[end - 1]!.text) || be.has(words[end - 1]!.text))) end--;
  let start = end;
  while (start > 0) {
    const between = start < words.length ? gap(text, words, start) : "";
    if (/[,;:“”"«»()—–]/.test(between)) break;
    const word = words[start - 1]!;
    if (word.quoted || opensClause(text, word) || verbAt(text, words, start - 1) === "active") break;
    start--;
    if (end - start > 10) break;
  }
  if (start === end && end > 0 && /,\s*$/.test(gap(text, words, end))) {
    // "Kelly Greenhill, a professor at Tufts, told …": the clause from its start names the speaker.
    let first = end - 1;
    while (
      first > 0 &&
      end - first < 16 &&
      !/[;:“”"()—–]/.test(gap(text, words, first)) &&
      !["that", "while", "but"].includes(words[first - 1]!.text)
    )
      first--;
    return words.slice(first, end).filter((word) => !word.quoted);
  }
  // "About Germany the statement says": an article after a noun begins the subject.
  for (let at = end - 1; at > start; at--) {
    if (["the", "a", "an"].includes(words[at]!.text) && !functionWords.has(words[at - 1]!.text))
      return words.slice(at, end);
  }
  return words.slice(start, end);
}

/** The noun phrase that begins at `at`, up to the clause's boundary. */
export function phraseAfter(text: string, words: readonly SentenceWord[], at: number): SentenceWord[] {
  let end = at;
  while (end < words.length && end - at < 10) {
    if (end > at && /[,;:.“”"«»()—–]/.test(gap(text, words, end).replace(/\.(?=\S)/, ""))) break;
    const word = words[end]!;
    if (
      word.quoted ||
      (end > at &&
        (opensClause(text, word) ||
          participles.has(word.text) ||
          verbAt(text, words, end) !== null ||
          be.has(word.text)))
    )
      break;
    end++;
  }
  return words.slice(at, end);
}

/** A noun phrase as a speaker, appositions included; null when it holds nothing that could speak. */
export function named(text: string, phrase: readonly SentenceWord[]): Named | null {
  if (phrase.length === 0) return null;
  const segments: SentenceWord[][] = [[]];
  for (const [index, word] of phrase.entries()) {
    if (index > 0 && /,/.test(text.slice(phrase[index - 1]!.end, word.start))) segments.push([]);
    segments.at(-1)!.push(word);
  }
  const contents = segments
    .map((segment) => segment.filter((word, at) => !isFunctionWord(text, word) && !picks(segment, at)))
    .filter((segment) => segment.length > 0);
  const opening = phrase[0]!.text;
  if (contents.length === 0) {
    const points = phrase.some((word) => pronouns.has(word.text) || parts.has(word.text));
    return points ? { words: [], own: [], heads: [], name: false, shown: null, anaphor: true, part: null } : null;
  }
  const heads = contents.map(headOf);
  const content = contents.flat();
  const segment = segments[0]!;
  return {
    words: content.map((word) => word.text),
    own: contents.flatMap((segment, index) => ownWords(segment, heads[index]!)).map((word) => word.text),
    heads: heads.map((word) => word.text),
    name: heads.some((word) => word.capital),
    shown: slicePhrase(text, segment),
    anaphor: false,
    part: parts.has(opening) ? heads[0]!.stem : null,
  };
}

/** Whether the word picks one of several things ("one of the points", "another"); "the second memo" is a memo of its own. */
function picks(segment: readonly SentenceWord[], at: number): boolean {
  const named = at + 1 < segment.length && ["the", "a", "an"].includes(segment[at - 1]?.text ?? "");
  return parts.has(segment[at]!.text) && !named;
}

/** A segment without what a plain noun at its head only belongs to; who speaks for a ministry gives the ministry's words. */
function ownWords(segment: readonly SentenceWord[], head: SentenceWord): readonly SentenceWord[] {
  return head.capital || head.text.startsWith("spokes") ? segment : segment.slice(0, segment.indexOf(head) + 1);
}

/** The last word of a phrase before "of", "at", "for" and the like: "a professor at Tufts" → professor. */
function headOf(content: readonly SentenceWord[]): SentenceWord {
  for (const [index, word] of content.entries()) {
    const next = content[index + 1];
    if (next && next.start - word.end > 1) return word;
  }
  return content.at(-1)!;
}

/** Whether the word at `at` looks like a verb: an auxiliary, one that reports, a past tense. */
export function isVerb(words: readonly SentenceWord[], at: number): boolean {
  const word = words[at]!;
  return (
    be.has(word.text) ||
    auxiliaries.has(word.text) ||
    reportingVerb(word.text) !== null ||
    (!word.capital && (/[a-z]{2}ed$/.test(word.text) || (baseForm(word.text) !== word.text && !/s$/.test(word.text))))
  );
}

/** The noun phrase that a sentence opens with, before its first verb: what "urging" and "he" later in it go back to. */
export function opener(text: string, words: readonly SentenceWord[], before: number): Named | null {
  for (let at = 1; at < before; at++) {
    const word = words[at]!;
    if (word.quoted) return null;
    if (!isVerb(words, at)) continue;
    const found = named(text, phraseBefore(text, words, at));
    if (found !== null && !found.anaphor) return found;
  }
  return null;
}
