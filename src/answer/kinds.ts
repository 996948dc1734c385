/** Whether a sentence holds the kind of thing a question asks for: a person, a date, a place, a number that counts, a reason. */
import type { Question, QuestionKind } from "../question/question.ts";
import { functionWords } from "../question/words.ts";
import { isCountryWord, isPeopleWord, numberValue } from "../text/related-words.ts";
import type { Requirement } from "./requirements.ts";
import { meets } from "./requirements.ts";
import type { Sentence, SentenceWord } from "./sentence.ts";

const timeWords =
  /^(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|today|yesterday|tomorrow|tonight|week|month|year|decade|century|weekend|centuries|decades|weeks|months|years|ago|noon|midnight|morning|evening|night|am|pm|1[0-9]{3}|20[0-9]{2}|1[0-9]{3}s|20[0-9]{2}s)$/;
const year = /^(?:1[0-9]{3}|20[0-9]{2})s?$/;
const months =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;
/** Beside a figure these make it a day; a weekday does not ("On Monday 12 judges resigned"). */
const monthNames =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$/;
const placePrepositions = new Set([
  "in",
  "at",
  "near",
  "from",
  "on",
  "across",
  "between",
  "through",
  "outside",
  "inside",
  "throughout",
  "around",
  "along",
  "to",
  "within",
  "of",
]);
/** A capitalised word after one of these is a place rather than a person. */
const placesOnly = new Set(["in", "from", "at", "near", "across", "throughout", "outside", "inside", "within"]);
const reasons =
  /^(?:because|since|due|reason|reasons|thanks|owing|therefore|caused|causes|cause|result|purpose|aim|aims|goal|goals|intended|intending|intends|meant|designed|citing|so)$/;
const hintsOfReason = /^(?:after|amid|following)$/;

/** Nouns for persons by what they do; a sentence that holds one may say who. */
const roles =
  /^(?:president|minister|secretary|senator|governor|mayor|king|queen|prince|princess|professor|actor|actress|singer|author|writer|director|official|officials|spokesman|spokeswoman|spokesperson|judge|chief|leader|officer|ambassador|diplomat|diplomats|commissioner|chairman|chairwoman|ceo|founder|band|team|player|general|pope|bishop|doctor|doctors|police|prosecutor|prosecutors|parents|children|government|company|workers|woman|women|man|men|girl|girls|boy|boys|people|student|students|residents|voters|critics|democrats|republicans|lawmakers)$/;

/** Numbers without a figure. */
const vagueCounts = /^(?:dozens|scores|hundreds|thousands|millions|billions)$/;

/** What measures something, by the adjective or noun asked with. */
const measures: readonly { readonly asked: RegExp; readonly unit: RegExp }[] = [
  { asked: /^(?:old|age)$/, unit: /^(?:years?|months?|old|aged|age)$/ },
  {
    asked: /^(?:long)$/,
    unit: /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|metres?|meters?|kilometres?|kilometers?|miles?|feet|inches|km|m|cm|pages?|episodes?|since|until)$/,
  },
  {
    asked: /^(?:far|distance|tall|deep|wide|length|height|depth|width)$/,
    unit: /^(?:metres?|meters?|kilometres?|kilometers?|miles?|feet|foot|inch|inches|yards?|km|m|cm|ft|light)$/,
  },
  { asked: /^(?:often)$/, unit: /^(?:times?|once|twice|every|daily|weekly|monthly|yearly|annually|each|per)$/ },
  {
    asked: /^(?:percentage|percent|share|proportion)$/,
    unit: /^(?:percent|per|cent|half|third|quarter|fifth|tenth|majority|pct)$/,
  },
];

function isNew(word: SentenceWord, requirements: readonly Requirement[]): boolean {
  return requirements.every((requirement) => meets(requirement, word) === 0);
}

/** Whether the word is the month, not the verb: capitalised beside a figure or after "in", "by", "since" and the like. */
function isMay(words: readonly SentenceWord[], index: number): boolean {
  const word = words[index]!;
  if (word.text !== "may" || !word.capital) return false;
  const [before, after] = [words[index - 1]?.text ?? "", words[index + 1]?.text ?? ""];
  return (
    /^\d/.test(before) ||
    /^\d/.test(after) ||
    /^(?:in|by|since|until|till|of|last|next|this|from|during|early|late|mid)$/.test(before)
  );
}

type Place = "anywhere" | "person" | "place";

/** A capitalised word that the question did not hold; the sentence's first word only beside another capital. */
function newName(sentence: Sentence, requirements: readonly Requirement[], place: Place): boolean {
  const { words } = sentence;
  return words.some((word, index) => {
    if (
      !word.capital ||
      functionWords.has(word.text) ||
      months.test(word.text) ||
      isPeopleWord(word.text) ||
      !isNew(word, requirements)
    )
      return false;
    const next = words[index + 1];
    if (index === 0 && !(next?.capital && next.start - word.end <= 1)) return false;
    let first = index;
    while (
      first > 0 &&
      words[first - 1]!.capital &&
      words[first]!.start - words[first - 1]!.end === 1 &&
      !functionWords.has(words[first - 1]!.text)
    )
      first--;
    if (place === "person") return !isCountryWord(word.text) && !placesOnly.has(words[first - 1]?.text ?? "");
    if (place === "anywhere") return true;
    for (let at = index - 1; at >= Math.max(0, index - 4); at--)
      if (placePrepositions.has(words[at]!.text)) return true;
    return false;
  });
}

/** A number other than the question's that counts or measures what is asked for: 1; one that may: 0.5; none: 0. */
function counts(question: Question, sentence: Sentence, requirements: readonly Requirement[]): number {
  const { words } = sentence;
  const counted = requirements.filter((requirement) => question.counted.includes(requirement.word));
  const measure = question.measure === null ? undefined : measures.find(({ asked }) => asked.test(question.measure!));
  let best =
    measure &&
    words.some(
      (word) =>
        /^(?:once|twice|every|daily|weekly|monthly|yearly|annually|half|majority|quarter|third)$/.test(word.text) &&
        measure.unit.test(word.text),
    )
      ? 1
      : 0;
  for (const [index, word] of words.entries()) {
    const value = vagueCounts.test(word.text) ? 0 : numberValue(word.text);
    if (value === null || requirements.some((requirement) => requirement.value === value)) continue;
    const isYear = year.test(word.text) && value >= 1500 && value <= 2100;
    const isDay =
      monthNames.test(words[index - 1]?.text ?? "") ||
      (monthNames.test(words[index + 1]?.text ?? "") && words[index + 1]!.capital);
    if ((isYear && !measure?.unit.test("since")) || isDay || /(?:st|nd|rd|th|first|second)$/.test(word.text)) continue;
    const after = words.slice(index + 1, index + 6);
    if (measure) {
      const beside = [...words.slice(Math.max(0, index - 2), index), ...after.slice(0, 3)];
      best = Math.max(best, beside.some((other) => measure.unit.test(other.text)) ? 1 : 0.3);
    } else if (counted.length === 0 || counted.every((requirement) => requirement.frame)) {
      best = 1;
    } else {
      best = Math.max(
        best,
        after.some((other) => counted.some((requirement) => meets(requirement, other) > 0)) ? 1 : 0.5,
      );
    }
  }
  return best;
}

/** Whether the sentence holds the deed of a "who did …": then whoever it names by a role did it. */
function acts(question: Question, words: readonly SentenceWord[], requirements: readonly Requirement[]): boolean {
  if (!/^who\s+(?!is\b|was\b|are\b|were\b|will\b|must\b)/i.test(question.text)) return false;
  const act = requirements.find((requirement) => requirement.word === question.act);
  return act !== undefined && words.some((word) => meets(act, word) > 0);
}

/** How far a sentence holds the kind of thing asked for, 0 to 1; 1 for kinds that ask for nothing in particular. */
export function holdsKind(
  kind: QuestionKind,
  question: Question,
  sentence: Sentence,
  requirements: readonly Requirement[],
): number {
  const { words } = sentence;
  switch (kind) {
    case "who":
      if (question.asksSpeaker) return sentence.attribution.strength === "none" ? 0 : 1;
      if (newName(sentence, requirements, "person")) return 1;
      if (words.some((word) => roles.test(word.text) && isNew(word, requirements)))
        return acts(question, words, requirements) ? 1 : 0.6;
      return newName(sentence, requirements, "anywhere") ? 0.3 : 0;
    case "which":
      return newName(sentence, requirements, "anywhere") ? 1 : 0.5;
    case "when": {
      const times = words.filter(
        (word, index) => (timeWords.test(word.text) || isMay(words, index)) && isNew(word, requirements),
      );
      if (times.length === 0)
        return words.some((word) => ["when", "after", "before", "during", "until"].includes(word.text)) ? 0.4 : 0;
      return times.some(
        (word) => /^(?:am|pm|noon|midnight)$/.test(word.text) || year.test(word.text) || months.test(word.text),
      )
        ? 1
        : 0.8;
    }
    case "where":
      if (newName(sentence, requirements, "place")) return 1;
      return words.some((word) => placePrepositions.has(word.text)) ? 0.5 : 0;
    case "how-many":
      return counts(question, sentence, requirements);
    case "why":
      if (words.some((word) => reasons.test(word.text))) return 1;
      if (words.some((word) => hintsOfReason.test(word.text))) return 0.7;
      return words.some((word) => word.text === "to" || word.text === "for") ? 0.3 : 0;
    default:
      return 1;
  }
}
