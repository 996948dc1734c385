/** The speakers that a sentence itself names: by a verb, "according to", a colon, or a document it mentions. */
import { functionWords, plainSaying, reportingVerb } from "../question/words.ts";
import type { SentenceWord, SpeakerPhrase } from "./sentence.ts";
import { gap, type Named, named, opener, phraseAfter, phraseBefore, verbAt } from "./speaker-phrases.ts";
import { carriedBy, carriers, saidThings } from "./speaker-words.ts";

/** The speakers that a sentence itself names, the nearest to its content first; `passive` when it only was told or ordered. */
export function namedIn(
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

/** A pronoun that has its name earlier in the same sentence ("Trump gave a speech in which he denounced …"). */
function withinSentence(text: string, words: readonly SentenceWord[], at: number, found: Named | null): Named | null {
  if (found === null || !found.anaphor || at < 4) return found;
  const opening = opener(text, words, at - 1);
  return opening?.name ? opening : found;
}

/** Carriers that a sentence's content may come from: "in a diplomatic cable", "the directive …" as its subject. */
export function mentions(words: readonly SentenceWord[]): SpeakerPhrase[] {
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
    return [{ words: phrase, own: phrase, heads: [word.text], name: false }];
  });
}

/** Who gives what stands after a colon: "Greenhill also gave a warning: …". */
export function givenAfterColon(text: string, words: readonly SentenceWord[]): Named | null {
  const colon = words.findIndex((word, at) => at > 1 && !word.quoted && /^:/.test(gap(text, words, at).trim()));
  if (colon < 0 || !words.slice(1, colon).some((word) => saidThings.has(word.text))) return null;
  return opener(text, words, colon);
}

/** "In a statement posted on X, the department said": the carrier in an opening phrase. */
export function leadingCarrier(words: readonly SentenceWord[]): SpeakerPhrase[] {
  return ["in", "under", "per", "through", "by"].includes(words[0]?.text ?? "") ? mentions(words.slice(1, 6)) : [];
}
