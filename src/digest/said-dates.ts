/** Reads on which day a sentence says that something happened, to compare it with what another outlet says. */
import type { Span } from "../corpus/document.ts";
import { baseForm } from "../text/related-words.ts";
import { stemmer } from "../text/stems.ts";
import { type Word, words } from "../text/tokens.ts";
import { isCommonWord } from "./common-words.ts";

/** A weekday, or a day of a month, with the words before it that say what happened then: names say only to whom. */
export interface SaidDate extends Span {
  readonly value: string;
  /** Stems of the words of content before it that are no names, the nearest last. */
  readonly event: readonly string[];
}

const weekday = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/;
const month = /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;
/** A day beside one of these is the day of the statement, not of the event. */
const saying = /^(?:said|says|say|told|announced|reported|confirmed|added|wrote|stated|ruled|published)$/;
/** So many words before a date say what happened then, and so many of them must be the same. */
const eventWords = { read: 4, same: 3 } as const;
const nearSaying = 4;
const stem = stemmer("en");

function dayAt(
  sentence: string,
  list: readonly Word[],
  at: number,
): { readonly value: string; readonly last: number } | null {
  const word = list[at]!;
  if (!/^\p{Lu}|^\d/u.test(sentence.slice(word.start))) return null;
  if (weekday.test(word.text)) return { value: word.text, last: at };
  const next = list[at + 1];
  if (!next || sentence.slice(word.end, next.start) !== " ") return null;
  if (/^\d{1,2}$/.test(word.text) && month.test(next.text)) return { value: `${next.text} ${word.text}`, last: at + 1 };
  if (month.test(word.text) && /^\d{1,2}$/.test(next.text)) return { value: `${word.text} ${next.text}`, last: at + 1 };
  return null;
}

/** The day that `sentence` names, offsets moved by `shift`: none when it names several, or only the day of a statement. */
export function datesOf(sentence: string, shift: number): readonly SaidDate[] {
  const list = words(sentence);
  const days = list.flatMap((_, at) => {
    const day = dayAt(sentence, list, at);
    return day === null ? [] : [{ ...day, first: at }];
  });
  const [day] = days;
  if (!day || days.length > 1) return [];
  const beside = list.slice(Math.max(0, day.first - nearSaying), day.last + 2);
  if (beside.some((word) => saying.test(word.text))) return [];
  const event = list
    .slice(0, day.first)
    .filter((word, at) => !isCommonWord(word.text, "en") && (at === 0 || !/^\p{Lu}/u.test(sentence.slice(word.start))))
    .slice(-eventWords.read)
    .map((word) => stem(baseForm(word.text)));
  return [{ value: day.value, start: shift + list[day.first]!.start, end: shift + list[day.last]!.end, event }];
}

/** Whether two dates are of the same event: nearly the same words stand before them. Weekdays are compared with weekdays. */
export function sameEvent(one: SaidDate, other: SaidDate): boolean {
  if (weekday.test(one.value) !== weekday.test(other.value)) return false;
  return one.event.filter((word) => other.event.includes(word)).length >= eventWords.same;
}
