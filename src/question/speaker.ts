/** Finds whose words a question wants: "what did the cable say…", "according to Newsweek", "who said…". */
import { slicePhrase, type Word } from "../text/tokens.ts";
import type { Speaker } from "./question.ts";
import { asksForWords, auxiliaries, isFunctionWord, plainSaying, pronouns, reportingVerb } from "./words.ts";

export interface SpeakerReading {
  readonly speaker: Speaker | null;
  /** The place of the speaker is held by a pronoun. */
  readonly pronoun: boolean;
  readonly asksSpeaker: boolean;
  /** Offsets of the words that name the speaker or only say that something was said. */
  readonly used: ReadonlySet<number>;
}

const questionWords = new Set(["what", "which", "who", "whom", "whose", "when", "where", "why", "how"]);
const nothing: SpeakerReading = { speaker: null, pronoun: false, asksSpeaker: false, used: new Set() };

/** Whether a word asks; "WHO" is the health organization. */
function asks(text: string, word: Word): boolean {
  return questionWords.has(word.text) && isFunctionWord(text, word);
}

function speakerOf(text: string, list: readonly Word[]): Speaker | null {
  const content = list.filter((word) => !isFunctionWord(text, word));
  if (content.length === 0) return null;
  const shown = slicePhrase(text, list).replace(/[’']s$/, "");
  return { text: shown, words: content.map((word) => word.text) };
}

/** "According to S, …" and "… according to S". */
function accordingTo(text: string, list: readonly Word[]): SpeakerReading | null {
  const at = list.findIndex((word, index) => word.text === "according" && list[index + 1]?.text === "to");
  if (at < 0) return null;
  const after: Word[] = [];
  for (const word of list.slice(at + 2)) {
    const gap = text.slice(after.at(-1)?.end ?? word.start, word.start);
    if (/[,;:?]/.test(gap)) break;
    if (after.length > 0 && at === 0 && (asks(text, word) || auxiliaries.has(word.text))) break;
    after.push(word);
  }
  const speaker = speakerOf(text, after);
  if (!speaker) return null;
  return {
    speaker,
    pronoun: false,
    asksSpeaker: false,
    used: new Set([...list.slice(at, at + 2), ...after].map((word) => word.start)),
  };
}

/** Whether a reporting verb has the form that the auxiliary asks for: "did … say", "has … said", "is … saying". */
function fits(word: string, auxiliary: string): boolean {
  const base = reportingVerb(word);
  if (["do", "does", "did", "will", "would", "can", "could", "should", "must"].includes(auxiliary))
    return asksForWords(word);
  if (base === null) return false;
  if (["is", "are", "was", "were", "am"].includes(auxiliary)) return word.endsWith("ing");
  if (["has", "have", "had"].includes(auxiliary)) return (word !== base && !word.endsWith("s")) || word === "read";
  return word === base;
}

/** Kinds of question that ask for more than somebody's words: there the subject of "order" or "describe" is a part of the topic. */
const asksOtherwise = new Set(["when", "where", "why", "who", "whom", "whose"]);

/** Pronouns that may stand before a verb as its subject. */
const subjects = /^(?:it|he|she|they|we|you|i|everyone|someone|anyone)$/;

/** "What did S say about T", "did S say that T": the words between the auxiliary and a reporting verb. */
function subject(text: string, list: readonly Word[]): SpeakerReading | null {
  const opening = list.findIndex((word) => auxiliaries.has(word.text));
  if (opening < 0 || opening > 6) return null;
  if (opening > 0 && !list.slice(0, opening).some((word) => questionWords.has(word.text))) return null;
  const auxiliary = list[opening]!.text;
  const verb = list.findIndex(
    (word, index) =>
      index > opening + 1 &&
      index <= opening + 10 &&
      fits(word.text, auxiliary) &&
      !/[’']s?$/.test(text.slice(list[index - 1]!.start, word.start).trim()) &&
      (!isFunctionWord(text, list[index - 1]!) || subjects.test(list[index - 1]!.text)),
  );
  if (verb < 0) return null;
  const between = list.slice(opening + 1, verb);
  if (between.some((word, index) => index > 0 && asks(text, word))) return null;
  const plain = plainSaying.has(reportingVerb(list[verb]!.text) ?? "");
  const asked = list[0]!.text;
  if (!plain && (asksOtherwise.has(asked) || (asked === "how" && ["many", "much"].includes(list[1]?.text ?? ""))))
    return null;
  const used = new Set(between.map((word) => word.start));
  if (plain) used.add(list[verb]!.start);
  if (between.every((word) => isFunctionWord(text, word))) {
    return { speaker: null, pronoun: between.some((word) => pronouns.has(word.text)), asksSpeaker: false, used };
  }
  return { speaker: speakerOf(text, between), pronoun: false, asksSpeaker: false, used };
}

/** "Who said …", "who warned …", "which official claimed …". */
function whoSaid(list: readonly Word[]): SpeakerReading | null {
  const at = list.findIndex((word) => word.text === "who" || word.text === "which");
  if (at < 0 || at > 1) return null;
  const verb = list.findIndex((word, index) => index > at && index <= at + 3 && reportingVerb(word.text) !== null);
  if (verb < 0 || !plainSaying.has(reportingVerb(list[verb]!.text)!)) return null;
  if (list[at]!.text === "which" && verb === at + 1) return null;
  if (list.slice(at + 1, verb).some((word) => ["is", "are", "was", "were"].includes(word.text))) return null;
  return { speaker: null, pronoun: false, asksSpeaker: true, used: new Set([list[verb]!.start]) };
}

/** "What is S's view on T", "S's position on T". */
function possessive(text: string, list: readonly Word[]): SpeakerReading | null {
  const match =
    /\b(?:is|was|are|were)\s+(.{2,60}?)[’']s?\s+(?:view|position|stance|opinion|argument|claim|statement|message|warning|take)s?\s+(?:on|of|about|regarding)\b/i.exec(
      text,
    );
  if (!match) return null;
  const start = match.index + match[0].indexOf(match[1]!);
  const named = list.filter((word) => word.start >= start && word.end <= start + match[1]!.length + 2);
  const speaker = speakerOf(text, named);
  return speaker
    ? { speaker, pronoun: false, asksSpeaker: false, used: new Set(named.map((word) => word.start)) }
    : null;
}

/** Reads the speaker out of a question's text and words; `used` words are no part of the topic. */
export function findSpeaker(text: string, list: readonly Word[]): SpeakerReading {
  return accordingTo(text, list) ?? whoSaid(list) ?? possessive(text, list) ?? subject(text, list) ?? nothing;
}
