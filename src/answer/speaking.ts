/** Whether the speaker a question names is the one whose words a sentence gives. */
import type { DocumentMeta } from "../corpus/document.ts";
import type { Speaker } from "../question/question.ts";
import { inOneList } from "../text/related-words.ts";
import { words } from "../text/tokens.ts";

import type { Sentence, SpeakerPhrase } from "./sentence.ts";
import { carriers } from "./speaker-words.ts";

function same(one: string, other: string, stem: (word: string) => string): boolean {
  return one === other || stem(one) === stem(other) || inOneList(stem(one), stem(other)) || inOneList(one, other);
}

/** Whether a name stands for the speaker: all its words, or its initials ("NYT"). */
function names(phrase: string | null, speaker: Speaker, stem: (word: string) => string): boolean {
  if (phrase === null) return false;
  const list = words(phrase).map((word) => word.text);
  if (list.length === 0) return false;
  const initials = list
    .filter((word) => word !== "the")
    .map((word) => word[0])
    .join("");
  const asked = speaker.words.filter((word) => word !== "newspaper" && word !== "article" && word !== "report");
  if (asked.length === 1 && initials.length > 2 && asked[0] === initials) return true;
  return asked.length > 0 && asked.every((word) => list.some((other) => same(word, other, stem)));
}

/** Words for any document: "the document says" may stand for the cable, the memo, the letter. */
const anyDocument = new Set(["document", "text", "paper"]);

/** Adjectives that tell one from another: "the separate cable" is not just the cable. */
const contrasts = new Set(
  "separate other second another earlier previous new different third later next former deputy".split(" "),
);

/** How surely a phrase names the speaker asked for, 0 to 1. */
function meant(speaker: Speaker, phrase: SpeakerPhrase, stem: (word: string) => string): number {
  const among = (word: string, list: readonly string[]) => list.some((other) => same(word, other, stem));
  const tellsApart = (word: string) => contrasts.has(word) && word !== "new";
  if (speaker.words.every((word) => among(word, phrase.words))) {
    // "A separate cable" is not the cable, the deputy governor not the governor; former President Trump is Trump.
    if (
      phrase.words.some(
        (word, at) =>
          tellsApart(word) && !speaker.words.includes(word) && among(phrase.words[at + 1] ?? "", speaker.words),
      )
    )
      return 0.5;
    // "the Trump administration" is not Trump, "a professor at Tufts" not Tufts; "Governor Ilse Morvan" is the governor.
    const own = phrase.name && speaker.words.some((word) => among(word, phrase.own));
    return own || carriers.has(speaker.words.at(-1)!) || phrase.heads.some((head) => among(head, speaker.words))
      ? 1
      : 0.4;
  }
  if (speaker.words.some((word) => contrasts.has(word))) return 0;
  // "the department" for the State Department, "Greenhill" for Professor Kelly Greenhill; not "the points" for a longer phrase.
  const last = speaker.words.at(-1)!;
  const enough = phrase.words.length * 2 >= speaker.words.length || (phrase.name && among(last, phrase.words));
  if (enough && phrase.words.every((word) => among(word, speaker.words))) return 0.8;
  if (phrase.words.length === 1 && anyDocument.has(phrase.words[0]!) && carriers.has(speaker.words.at(-1)!)) return 0.7;
  return 0;
}

/**
 * What the document's title says the speaker wrote: "State Department statement calls …" makes "the statement says" the State
 * Department's words. Only for speakers of two words and more: "Rubio cable" does not make the cable's words Rubio's own.
 */
function ownCarrier(speaker: Speaker, title: string, stem: (word: string) => string): string | null {
  const size = speaker.words.length;
  if (size < 2) return null;
  const list = words(title).map((word) => word.text);
  const at = list.findIndex(
    (word, index) =>
      carriers.has(word) &&
      index >= size &&
      speaker.words.every((own, place) => same(own, list[index - size + place]!, stem)),
  );
  return at < 0 ? null : list[at]!;
}

const sureness = { explicit: 1, inherited: 0.9, mention: 0.75, none: 0 } as const;

/**
 * How surely the sentence gives the words of `speaker`, 0 to 1: named in the sentence up to 1, inherited from an
 * announcing sentence or the document's own outlet up to 0.9, only mentioned up to 0.75, somebody else or nobody 0.
 */
export function speaks(
  speaker: Speaker,
  sentence: Sentence,
  meta: DocumentMeta,
  stem: (word: string) => string,
): number {
  const { speakers, strength } = sentence.attribution;
  let best = 0;
  const own = ownCarrier(speaker, meta.title, stem);
  for (const phrase of speakers) {
    best = Math.max(best, meant(speaker, phrase, stem));
    if (own !== null && phrase.heads.includes(own)) best = Math.max(best, 0.8);
  }
  best *= sureness[strength];
  return names(meta.outlet, speaker, stem) || names(meta.origin, speaker, stem) ? Math.max(best, 0.9) : best;
}
