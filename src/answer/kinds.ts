/** Whether a sentence holds the kind of thing a question asks for: a person, a date, a place, a number that counts, a reason. */
import type { Question, QuestionKind } from "../question/question.ts";
import { functionWords } from "../question/words.ts";
import { numberValue } from "../text/related-words.ts";
import type { Requirement } from "./requirements.ts";
import { meets } from "./requirements.ts";
import type { Sentence, SentenceWord } from "./sentence.ts";

const timeWords =
  /^(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|today|yesterday|tomorrow|tonight|week|month|year|decade|century|weekend|centuries|decades|weeks|months|years|ago|noon|midnight|morning|evening|night|1[0-9]{3}|20[0-9]{2}|1[0-9]{3}s|20[0-9]{2}s)$/;
const year = /^(?:1[0-9]{3}|20[0-9]{2})s?$/;
const placePrepositions = new Set(["in", "at", "near", "from", "on", "across", "between", "through", "outside", "inside", "throughout", "around", "along", "to", "within", "of"]);
const reasonWords = /^(?:because|since|due|reason|reasons|thanks|owing|therefore|caused|causes|cause|result|purpose|aim|aims|goal|goals|intended|intending|intends|meant|designed|thus|so)$/;
const months = /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

/** Words that name a person's role. */
const roles =
  /^(?:president|minister|secretary|senator|governor|mayor|king|queen|prince|princess|professor|actor|actress|singer|author|writer|director|official|officials|spokesman|spokeswoman|spokesperson|judge|chief|leader|officer|ambassador|diplomat|diplomats|commissioner|chairman|chairwoman|ceo|founder|band|team|player|general|pope|bishop)$/;

function isNew(word: SentenceWord, requirements: readonly Requirement[]): boolean {
  return requirements.every((requirement) => meets(requirement, word) === 0);
}

/** A capitalised word that the question did not hold; the sentence's first word only beside another capital. */
function newName(sentence: Sentence, requirements: readonly Requirement[], after: ReadonlySet<string> | null): boolean {
  return sentence.words.some((word, index) => {
    if (!word.capital || functionWords.has(word.text) || months.test(word.text) || !isNew(word, requirements)) return false;
    const next = sentence.words[index + 1];
    if (index === 0 && !(next?.capital && next.start - word.end <= 1)) return false;
    if (after === null) return true;
    for (let at = index - 1; at >= Math.max(0, index - 4); at--) if (after.has(sentence.words[at]!.text)) return true;
    return false;
  });
}

/** A number other than the question's that counts what is asked for: 1, a number without that noun near: 0.5, none: 0. */
function counts(question: Question, sentence: Sentence, requirements: readonly Requirement[]): number {
  let best = 0;
  const counted = requirements.filter((requirement) => question.counted.includes(requirement.word));
  for (const [index, word] of sentence.words.entries()) {
    const value = numberValue(word.text);
    if (value === null || requirements.some((requirement) => requirement.value === value)) continue;
    const isYear = year.test(word.text) && value >= 1500 && value <= 2100;
    if (isYear || /(?:st|nd|rd|th)$/.test(word.text)) continue;
    best = Math.max(best, 0.5);
    if (counted.length === 0) return 1;
    const near = sentence.words.slice(index + 1, index + 6);
    if (counted.some((requirement) => near.some((other) => meets(requirement, other) > 0))) return 1;
  }
  return best;
}

/** How far a sentence holds the kind of thing asked for, 0 to 1; 1 for kinds that ask for nothing in particular. */
export function holdsKind(kind: QuestionKind, question: Question, sentence: Sentence, requirements: readonly Requirement[]): number {
  switch (kind) {
    case "who":
      if (question.asksSpeaker) return sentence.attribution.strength === "none" ? 0 : 1;
      if (newName(sentence, requirements, null)) return 1;
      return sentence.words.some((word) => roles.test(word.text) && isNew(word, requirements)) ? 0.7 : 0;
    case "when": {
      const times = sentence.words.filter((word) => timeWords.test(word.text) && isNew(word, requirements));
      if (times.length === 0) return sentence.words.some((word) => ["when", "after", "before", "during", "until"].includes(word.text)) ? 0.4 : 0;
      return times.some((word) => year.test(word.text) || months.test(word.text)) ? 1 : 0.8;
    }
    case "where":
      if (newName(sentence, requirements, placePrepositions)) return 1;
      return sentence.words.some((word) => placePrepositions.has(word.text)) ? 0.5 : 0;
    case "how-many":
      return counts(question, sentence, requirements);
    case "why":
      return sentence.words.some((word) => reasonWords.test(word.text)) ? 1 : sentence.words.some((word) => word.text === "to" || word.text === "for") ? 0.5 : 0;
    default:
      return 1;
  }
}
