/** Tells who is speaking in each sentence: named in it, or a sentence earlier ("The cable lists 12 points. One of the points reads: …"). */
import { functionWords } from "../question/words.ts";
import { givenAfterColon, leadingCarrier, mentions, namedIn } from "./named-speakers.ts";
import type { Attribution, SentenceWord, SpeakerPhrase } from "./sentence.ts";
import { isVerb, opener } from "./speaker-phrases.ts";
import { carriers, directive } from "./speaker-words.ts";

/** A sentence before its speaker is known. */
export interface UnattributedSentence {
  readonly start: number;
  readonly end: number;
  readonly first: boolean;
  readonly words: readonly SentenceWord[];
  readonly insideQuotation: boolean;
  /** Every word stands inside quotation marks. */
  readonly allQuoted: boolean;
}

/** How many sentences back an announcement may stand. */
const farthest = 6;
const nobody: Attribution = { speakers: [], shown: null, strength: "none", from: null };

/**
 * The attribution of each sentence in turn. What a sentence leans on is looked for at most six sentences back.
 * `text` is the stored text that offsets point into.
 */
export function attribute(text: string, list: readonly UnattributedSentence[]): Attribution[] {
  const found: Attribution[] = [];
  for (const index of list.keys()) found.push(attributionOf(text, list, found, index));
  for (const index of list.keys()) attributeBefore(list, found, index);
  return found;
}

/** "“We regret it. It will not happen again,” said the mayor": who speaks stands where the quotation ends. */
function attributeBefore(list: readonly UnattributedSentence[], found: Attribution[], index: number): void {
  const { speakers, shown, strength } = found[index]!;
  if (strength !== "explicit") return;
  let opening = index;
  while (opening > 0 && list[opening]!.insideQuotation) opening--;
  if (!list[opening]!.allQuoted) return;
  for (let at = opening; at < index; at++) found[at] = { speakers, shown, strength: "inherited", from: index };
}

function attributionOf(
  text: string,
  list: readonly UnattributedSentence[],
  found: readonly Attribution[],
  index: number,
): Attribution {
  const sentence = list[index]!;
  const { speakers, passive } = namedIn(text, sentence.words);
  const given = speakers.length === 0 ? givenAfterColon(text, sentence.words) : null;
  const own = given === null ? speakers.filter((speaker) => !speaker.anaphor) : [given];
  const anaphor = speakers.some((speaker) => speaker.anaphor);
  const previous = found[index - 1] ?? nobody;
  if (own.length > 0) {
    const from = own
      .map(({ part }) => (part === null ? null : announced(list, found, index, part)))
      .findLast((at) => at !== null);
    const led = from === undefined ? [] : found[from!]!.speakers;
    const leading = leadingCarrier(sentence.words);
    return {
      speakers: [...own, ...led, ...leading, ...(anaphor ? previous.speakers : [])],
      shown: own[0]!.shown,
      strength: "explicit",
      from: from ?? null,
    };
  }
  return leaning(text, list, previous, index, anaphor, passive) ?? mentioned(sentence);
}

/** The attribution of a sentence that goes on with somebody's words; null for one that does not. */
function leaning(
  text: string,
  list: readonly UnattributedSentence[],
  previous: Attribution,
  index: number,
  anaphor: boolean,
  passive: boolean,
): Attribution | null {
  const sentence = list[index]!;
  const before = list[index - 1];
  if (before === undefined) return null;
  const carried = mentions(sentence.words);
  const subject = anaphor ? pointedAt(text, before, sentence) : null;
  if (subject !== null && (previous.strength === "none" || subject.name === false)) {
    return {
      speakers: [subject, ...previous.speakers, ...carried],
      shown: subject.shown,
      strength: "inherited",
      from: null,
    };
  }
  const ordered = sentence.words.some((word) => !word.quoted && directive.has(word.text));
  const goesOn = anaphor || sentence.allQuoted || sentence.insideQuotation;
  if (!(goesOn || passive || ordered) || previous.strength === "none") return null;
  // What must be done, said in a paragraph of its own, goes on with a document, not with a person.
  if (!goesOn && sentence.first && !previous.speakers.some(({ heads }) => heads.some((head) => carriers.has(head))))
    return null;
  return {
    speakers: [...previous.speakers, ...carried],
    shown: previous.shown,
    strength: "inherited",
    from: index - 1,
  };
}

/** What a pronoun at a sentence's start stands for: "it" the subject of the sentence before, "she" the person it opens with. */
function pointedAt(
  text: string,
  before: UnattributedSentence,
  sentence: UnattributedSentence,
): (SpeakerPhrase & { readonly shown: string | null }) | null {
  if (sentence.words[0]?.text === "it") {
    const subject = opener(text, before.words, before.words.length);
    return subject !== null && !subject.name && subject.heads.some((head) => carriers.has(head)) ? subject : null;
  }
  const person = subjectOf(before);
  return person && { ...person, shown: text.slice(...person.span) };
}

function mentioned(sentence: UnattributedSentence): Attribution {
  const carried = mentions(sentence.words);
  return carried.length === 0 ? nobody : { speakers: carried, shown: null, strength: "mention", from: null };
}

/** The name that opens a sentence ("Trade unionist Marit Olsson contradicted him"), as its subject. */
function subjectOf(sentence: UnattributedSentence): (SpeakerPhrase & { readonly span: [number, number] }) | null {
  const verb = sentence.words.findIndex((_, at) => isVerb(sentence.words, at));
  const opening = sentence.words.slice(0, verb < 0 ? 6 : Math.min(6, verb));
  const first = opening.findIndex(
    (word, index) =>
      word.capital &&
      !functionWords.has(word.text) &&
      opening[index + 1]?.capital === true &&
      opening[index + 1]!.start - word.end === 1,
  );
  if (first < 0) return null;
  let last = first + 1;
  while (opening[last + 1]?.capital && opening[last + 1]!.start - opening[last]!.end === 1) last++;
  const words = opening
    .slice(0, last + 1)
    .map((word) => word.text)
    .filter((word) => !functionWords.has(word));
  return {
    words,
    own: words,
    heads: [words.at(-1)!],
    name: true,
    span: [opening[first]!.start, opening[last]!.end],
  };
}

/** The nearest earlier sentence that has a speaker and holds the noun with this stem. */
function announced(
  list: readonly UnattributedSentence[],
  found: readonly Attribution[],
  index: number,
  stem: string,
): number | null {
  for (let at = index - 1; at >= Math.max(0, index - farthest); at--) {
    if (found[at]!.strength === "none") continue;
    if (list[at]!.words.some((word) => word.stem === stem)) return at;
  }
  return null;
}
