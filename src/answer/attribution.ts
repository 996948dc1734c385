/** Tells who is speaking in each sentence: named in it, or a sentence earlier ("The cable lists 12 points. One of the points reads: …"). */
import { functionWords, plainSaying, pronouns, reportingVerb } from "../question/words.ts";
import { baseForm } from "../text/related-words.ts";
import type { Attribution, SentenceWord, SpeakerPhrase } from "./sentence.ts";

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

interface Named extends SpeakerPhrase {
  readonly shown: string | null;
  /** Only a pronoun, "another", or nobody (a passive) holds the speaker's place. */
  readonly anaphor: boolean;
  /** "One of the points", "the first point": the noun leads to the sentence that announced it. */
  readonly part: string | null;
}

/** Things that carry words. */
export const carriers = new Set(
  (
    "cable telegram dispatch letter memo memorandum statement report document directive directives order instruction instructions guidance note " +
    "email message speech interview post thread tweet release filing ruling verdict study survey poll bill law decree " +
    "treaty agreement resolution communique manifesto testimony transcript briefing petition"
  ).split(" "),
);
const be = new Set(["is", "are", "was", "were", "be", "been", "being"]);
const auxiliaries = new Set([
  "has",
  "have",
  "had",
  "will",
  "would",
  "can",
  "could",
  "may",
  "might",
  "also",
  "later",
  "previously",
  "recently",
  "repeatedly",
  "long",
  "then",
  "now",
  "not",
  "never",
  "further",
  "reportedly",
]);
const determiners = new Set([
  "the",
  "a",
  "an",
  "this",
  "that",
  "these",
  "those",
  "his",
  "her",
  "its",
  "their",
  "our",
  "your",
  "my",
  "any",
  "no",
  "some",
  "such",
  "of",
  "in",
  "on",
  "to",
  "for",
  "with",
  "from",
  "by",
]);
const clauseWords = new Set([
  "that",
  "while",
  "but",
  "when",
  "because",
  "although",
  "though",
  "which",
  "who",
  "whom",
  "where",
  "if",
  "since",
  "as",
  "after",
  "before",
  "whether",
  "and",
  "or",
  "than",
]);
/** Words that begin what a verb reports or orders; after a noun of the same letters other words stand. */
const opensObject = new Set(
  "that the a an no it he she they we there any how what whether why who its his her their this these those not all both some many more most another each every".split(
    " ",
  ),
);
const subjectPronouns = new Set(["it", "he", "she", "they", "who"]);
/** Nouns for something said; after "gave a warning:" come somebody's words. */
const saidThings = new Set(
  "warning statement answer reply advice explanation argument message point remark comment promise reason example verdict conclusion view description".split(
    " ",
  ),
);
/** Reporting verbs that are nouns as well, without their ending. */
const alsoNouns = new Set(
  "claim report state order call note point request demand list comment reply estimate find present direct command urge stress praise caution remark promise pledge question doubt blame signal support joke advise".split(
    " ",
  ),
);
/** Participles that go on after a document's name: "a document sent to embassies". */
const participles = new Set(
  "sent obtained seen reviewed dated published released issued signed circulated shared leaked posted written made given".split(
    " ",
  ),
);
const directive = new Set(["must", "should", "shall"]);
const parts = new Set([
  "one",
  "another",
  "first",
  "second",
  "third",
  "other",
  "others",
  "some",
  "these",
  "this",
  "next",
  "last",
  "each",
]);
const farthest = 6;

function gap(text: string, words: readonly SentenceWord[], at: number): string {
  return at === 0 ? "" : text.slice(words[at - 1]!.end, words[at]!.start);
}

/** Whether the word at `at` is a verb that reports, not a noun or a passive; `passive` tells the latter apart. */
function verbAt(text: string, words: readonly SentenceWord[], at: number): "active" | "passive" | "participle" | null {
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
      (opensObject.has(next.text) || next.quoted || /^\d/.test(next.text) || /:/.test(after));
    if (!objectFollows || next?.text === "of" || next?.text === "about" || next?.text === "by") return null;
  }
  return "active";
}

/** The noun phrase that ends before the word at `at`, back to the clause's boundary; past an apposition if need be. */
function phraseBefore(text: string, words: readonly SentenceWord[], at: number): SentenceWord[] {
  let end = at;
  while (end > 0 && auxiliaries.has(words[end - 1]!.text)) end--;
  let start = end;
  while (start > 0) {
    const between = start < words.length ? gap(text, words, start) : "";
    if (/[,;:“”"«»()—–]/.test(between)) break;
    const word = words[start - 1]!;
    if (word.quoted || clauseWords.has(word.text) || verbAt(text, words, start - 1) === "active") break;
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
  return words.slice(start, end);
}

/** The noun phrase that begins at `at`, up to the clause's boundary. */
function phraseAfter(text: string, words: readonly SentenceWord[], at: number): SentenceWord[] {
  let end = at;
  while (end < words.length && end - at < 10) {
    if (end > at && /[,;:.“”"«»()—–]/.test(gap(text, words, end).replace(/\.(?=\S)/, ""))) break;
    const word = words[end]!;
    if (
      word.quoted ||
      (end > at &&
        (clauseWords.has(word.text) ||
          participles.has(word.text) ||
          verbAt(text, words, end) !== null ||
          be.has(word.text)))
    )
      break;
    end++;
  }
  return words.slice(at, end);
}

function named(text: string, phrase: readonly SentenceWord[]): Named | null {
  if (phrase.length === 0) return null;
  const segments: SentenceWord[][] = [[]];
  for (const [index, word] of phrase.entries()) {
    if (index > 0 && /,/.test(text.slice(phrase[index - 1]!.end, word.start))) segments.push([]);
    segments.at(-1)!.push(word);
  }
  const contents = segments
    .map((segment) => segment.filter((word) => !functionWords.has(word.text) && !parts.has(word.text)))
    .filter((segment) => segment.length > 0);
  const opening = phrase[0]!.text;
  if (contents.length === 0) {
    const points = phrase.some((word) => pronouns.has(word.text) || parts.has(word.text));
    return points ? { words: [], heads: [], name: false, shown: null, anaphor: true, part: null } : null;
  }
  const heads = contents.map(headOf);
  const content = contents.flat();
  const segment = segments[0]!;
  return {
    words: content.map((word) => word.text),
    heads: heads.map((word) => word.text),
    name: heads.some((word) => word.capital),
    shown: text.slice(segment[0]!.start, segment.at(-1)!.end),
    anaphor: false,
    part: parts.has(opening) ? heads[0]!.stem : null,
  };
}

/** The last word of a phrase before "of", "at", "for" and the like: "a professor at Tufts" → professor. */
function headOf(content: readonly SentenceWord[]): SentenceWord {
  for (const [index, word] of content.entries()) {
    const next = content[index + 1];
    if (next && next.start - word.end > 1) return word;
  }
  return content.at(-1)!;
}

/** The speakers that a sentence itself names, the nearest to its content first; `passive` when it only was told or ordered. */
function namedIn(
  text: string,
  words: readonly SentenceWord[],
): { readonly speakers: readonly Named[]; readonly passive: boolean } {
  const speakers: Named[] = [];
  let passive = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.quoted) continue;
    if (word.text === "according" && words[at + 1]?.text === "to") {
      const found = named(text, phraseAfter(text, words, at + 2));
      if (found) speakers.push(found);
      continue;
    }
    const verb = verbAt(text, words, at);
    if (verb === null) continue;
    if (verb === "passive") {
      passive = true;
      if (words[at + 1]?.text === "by") {
        const found = named(text, phraseAfter(text, words, at + 2));
        if (found) speakers.push(found);
      }
      continue;
    }
    const before =
      verb === "participle"
        ? opener(text, words, at)
        : withinSentence(text, words, at, named(text, phraseBefore(text, words, at)));
    const inverted =
      before === null && plainSaying.has(reportingVerb(word.text)!)
        ? named(text, phraseAfter(text, words, at + 1))
        : null;
    const found = before ?? inverted;
    if (found) speakers.push(found);
  }
  return { speakers, passive };
}

/** The noun phrase that a sentence opens with, before its first verb: what "urging" and "he" later in it go back to. */
function opener(text: string, words: readonly SentenceWord[], before: number): Named | null {
  for (let at = 1; at < before; at++) {
    const word = words[at]!;
    if (word.quoted) return null;
    const verb =
      be.has(word.text) ||
      auxiliaries.has(word.text) ||
      reportingVerb(word.text) !== null ||
      (!word.capital &&
        (/[a-z]{2}ed$/.test(word.text) || (baseForm(word.text) !== word.text && !/s$/.test(word.text))));
    if (!verb) continue;
    const found = named(text, phraseBefore(text, words, at));
    if (found !== null && !found.anaphor) return found;
  }
  return null;
}

/** A pronoun that has its name earlier in the same sentence ("Trump gave a speech in which he denounced …"). */
function withinSentence(text: string, words: readonly SentenceWord[], at: number, found: Named | null): Named | null {
  if (found === null || !found.anaphor || at < 4) return found;
  const opening = opener(text, words, at - 1);
  return opening?.name ? opening : found;
}

const carriedBy = new Set(["in", "under", "per", "through", "by", "from", "with", "via"]);

/** Carriers that a sentence's content may come from: "in a diplomatic cable", "the directive …" as its subject. */
function mentions(words: readonly SentenceWord[]): SpeakerPhrase[] {
  return words.flatMap((word, at) => {
    if (word.quoted || !carriers.has(word.text)) return [];
    let start = at;
    while (
      start > 0 &&
      at - start < 3 &&
      !functionWords.has(words[start - 1]!.text) &&
      words[start]!.start - words[start - 1]!.end === 1
    )
      start--;
    const before = words.slice(Math.max(0, start - 2), start).map((other) => other.text);
    if (at > 4 && !before.some((other) => carriedBy.has(other) || other === "a" || other === "an" || other === "this"))
      return [];
    const phrase = words.slice(start, at + 1).map((other) => other.text);
    return [{ words: phrase, heads: [word.text], name: false }];
  });
}

/** Who gives what stands after a colon: "Greenhill also gave a warning: …". */
function givenAfterColon(text: string, words: readonly SentenceWord[]): Named | null {
  const colon = words.findIndex((word, at) => at > 1 && !word.quoted && /^:/.test(gap(text, words, at).trim()));
  if (colon < 0 || !words.slice(1, colon).some((word) => saidThings.has(word.text))) return null;
  return opener(text, words, colon);
}

const nobody: Attribution = { speakers: [], shown: null, strength: "none", from: null };

/**
 * The attribution of each sentence in turn. What a sentence leans on is looked for at most six sentences back.
 * `text` is the stored text that offsets point into.
 */
export function attribute(text: string, list: readonly UnattributedSentence[]): Attribution[] {
  const found: Attribution[] = [];
  for (const index of list.keys()) found.push(attributionOf(text, list, found, index));
  return found;
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
  if (!(anaphor || passive || ordered || sentence.allQuoted || sentence.insideQuotation)) return null;
  if (previous.strength === "none") return null;
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
  const opening = sentence.words.slice(0, 6);
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
  const words = opening.slice(0, last + 1).filter((word) => !functionWords.has(word.text));
  return {
    words: words.map((word) => word.text),
    heads: [words.at(-1)!.text],
    name: true,
    span: [opening[first]!.start, opening[last]!.end],
  };
}

/** "In a statement posted on X, the department said": the carrier in an opening phrase. */
function leadingCarrier(words: readonly SentenceWord[]): SpeakerPhrase[] {
  return ["in", "under", "per", "through", "by"].includes(words[0]?.text ?? "") ? mentions(words.slice(1, 6)) : [];
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
