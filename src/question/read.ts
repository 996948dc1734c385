/** Reads what a question asks for: its kind, its topic, whose words are wanted, and what a follow-up inherits. */
import type { Context } from "../answer/answer.ts";
import { detectLanguage, isStopWord } from "../text/languages.ts";
import { quotations } from "../text/quotations.ts";
import { fold, type Word, words } from "../text/tokens.ts";
import { readKind } from "./kind.ts";
import { readPeriod } from "./period.ts";
import type { Question, QuestionKind, TopicWord } from "./question.ts";
import { findSpeaker } from "./speaker.ts";
import { auxiliaries, frameWords, functionWords, isFunctionWord, numberNouns, pronouns, softWords } from "./words.ts";

/** Opens a question that goes on with what was said before. */
const continues = /^(?:and|but|also|what about|how about|so|or|then)\b/i;

/** The question's language; English unless nothing in it is and another one's function words speak louder. */
function languageOf(text: string, list: readonly Word[]): string {
  if (list.some((word) => functionWords.has(word.text) && isStopWord(word.text, "en"))) {
    const english = list.filter((word) => isStopWord(word.text, "en")).length;
    const found = detectLanguage(text);
    return found === "und" || list.filter((word) => isStopWord(word.text, found)).length <= english ? "en" : found;
  }
  const found = detectLanguage(text);
  return found === "und" ? "en" : found;
}

/** The folded content words among `rest`, a part of the question's words, frame words marked, each once. */
function topicOf(text: string, list: readonly Word[], rest: readonly Word[]): TopicWord[] {
  const found = new Map<string, TopicWord>();
  const language = languageOf(text, list);
  const allCapitals = list.every((word) => /^\p{Lu}/u.test(text[word.start]!));
  for (const word of rest) {
    if (isFunctionWord(text, word) || found.has(word.text)) continue;
    if (language !== "en" && isStopWord(word.text, language)) continue;
    const name = !allCapitals && word !== list[0] && /^\p{Lu}/u.test(text[word.start]!);
    found.set(word.text, {
      word: word.text,
      frame: !name && frameWords.has(word.text),
      soft: !name && softWords.has(word.text),
      name,
    });
  }
  return [...found.values()];
}

/** The words that a "how many" counts: from after it up to the next verb or function word. */
function countedBy(list: readonly Word[]): string[] {
  const at = list.findIndex((word, index) => word.text === "many" && list[index - 1]?.text === "how");
  const counted: string[] = [];
  if (at >= 0) {
    for (const word of list.slice(at + 1, at + 4)) {
      if (functionWords.has(word.text)) {
        if (counted.length > 0 || !["of", "the", "other", "different", "more"].includes(word.text)) break;
        continue;
      }
      counted.push(word.text);
    }
    return counted;
  }
  const number = list.findIndex((word) => numberNouns.has(word.text));
  if (number >= 0 && list[number + 1]?.text === "of") {
    for (const word of list.slice(number + 2, number + 5)) {
      if (functionWords.has(word.text)) {
        if (word.text === "the" && counted.length === 0) continue;
        break;
      }
      counted.push(word.text);
    }
  }
  return counted;
}

/** A word of the context's topic: names are kept with a capital there, and a new name takes an old one's place. */
function inherit(kept: string): TopicWord {
  return { word: fold(kept), frame: false, soft: false, name: /^\p{Lu}/u.test(kept) };
}

/** The main verb where it can be told: after "who", or after an auxiliary and a subject written with capitals. */
function actIn(text: string, list: readonly Word[], kind: QuestionKind): string | null {
  if (kind === "who") {
    const who = list.findIndex((word) => word.text === "who");
    return list.slice(who + 1, who + 4).find((word) => !functionWords.has(word.text))?.text ?? null;
  }
  const capital = (word: Word): boolean => /^\p{Lu}/u.test(text[word.start]!);
  const auxiliary = list.findIndex((word) => auxiliaries.has(word.text));
  if (auxiliary < 1 || list.every(capital)) return null;
  const subject = list.findIndex((word, index) => index > auxiliary && !functionWords.has(word.text));
  if (subject < 0 || !capital(list[subject]!)) return null;
  const verb = list.slice(subject + 1).find((word) => !capital(word));
  return verb && !functionWords.has(verb.text) ? verb.text : null;
}

/** The adjective after "how", or the noun that asks for a figure. */
function measureIn(list: readonly Word[]): string | null {
  const how = list.findIndex((word) => word.text === "how");
  const adjective = how < 0 ? undefined : list[how + 1]?.text;
  if (adjective !== undefined && !["many", "much"].includes(adjective)) return adjective;
  return list.find((word) => numberNouns.has(word.text))?.text ?? null;
}

/**
 * Reads `text` as a question; with the context of its conversation it inherits what it leaves out: a missing topic, the
 * speaker behind a pronoun or in a fragment.
 */
export function readQuestion(text: string, context: Context | null): Question {
  const shown = text.replace(/\s+/g, " ").trim();
  const period = readPeriod(shown);
  // "… in articles published since May 2024": that is met by the documents searched, not by their words.
  const asked = period ? `${shown.slice(0, period.start)}${shown.slice(period.end)}` : shown;
  const list = words(asked);
  const read = findSpeaker(asked, list);
  const kind = readKind(list, read.speaker !== null);
  const rest = list.filter((word) => !read.used.has(word.start));
  const measure = kind === "how-many" ? measureIn(list) : null;
  // "How far is the harbour?" is answered in miles, not by "far".
  let topic = topicOf(asked, list, rest).map((word) => (word.word === measure ? { ...word, frame: true } : word));
  const content = topic.filter((word) => !word.frame);
  let speaker = read.speaker;
  let followsUp = false;
  if (context) {
    const points = list.some((word) => pronouns.has(word.text));
    const fragment = continues.test(asked) || list.length <= 3;
    if (speaker === null && context.speaker !== null && (read.pronoun || fragment) && !read.asksSpeaker) {
      speaker = { text: context.speaker, words: contentWords(context.speaker) };
      followsUp = true;
    }
    // A new speaker alone ("What did the minister say?") is a question of its own; a fragment or a pronoun goes on.
    const leftOut = content.length === 0 && (fragment || points || read.speaker === null);
    // "And in Canada?" narrows the topic; "and what about Canada?" is a topic of its own.
    const within = /\b(?:in|at|for|from|on|by|to|with|among|under)\b/i.test(asked);
    const narrows = fragment && within && !read.pronoun && content.length > 0 && list.length <= 6;
    const refersBack = points && !read.pronoun && (read.asksSpeaker || content.length <= 1);
    if (context.topic.length > 0 && (leftOut || narrows || refersBack)) {
      const known = new Set(topic.map((word) => word.word));
      const inherited = context.topic.map(inherit).filter(({ word, name }) => !known.has(word) && !(narrows && name));
      topic = [...topic, ...inherited];
      followsUp = true;
    }
  }
  return {
    text: shown,
    asked,
    kind,
    topic,
    speaker,
    asksSpeaker: read.asksSpeaker,
    counted: kind === "how-many" ? countedBy(rest) : [],
    act: actIn(asked, rest, kind),
    negative: list.some((word) =>
      /^(?:not|no|never|without|cannot|cant|wont|(?:do|does|did|is|are|was|were|has|have|had|would|could|should)nt|refused?|declined?)$/.test(
        word.text,
      ),
    ),
    measure,
    quoted: quotations(shown)
      .map((quotation) => shown.slice(quotation.innerStart, quotation.innerEnd).trim())
      .filter((phrase) => phrase.length > 0),
    period: period?.period ?? (followsUp ? (context?.period ?? null) : null),
    followsUp,
  };
}

/** The folded words of a phrase that carry content, in order. */
function contentWords(phrase: string): string[] {
  return words(phrase)
    .filter((word) => !isFunctionWord(phrase, word))
    .map((word) => word.text);
}
