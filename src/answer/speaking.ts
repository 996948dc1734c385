/** Whether the speaker a question names is the one whose words a sentence gives. */
import type { DocumentMeta } from "../corpus/document.ts";
import type { Speaker } from "../question/question.ts";
import { inOneList } from "../text/related-words.ts";
import { words } from "../text/tokens.ts";
import type { Sentence } from "./sentence.ts";

function same(one: string, other: string, stem: (word: string) => string): boolean {
  return one === other || stem(one) === stem(other) || inOneList(stem(one), stem(other)) || inOneList(one, other);
}

/** Whether a name stands for the speaker: all its words, or its initials ("NYT"). */
function names(phrase: string | null, speaker: Speaker, stem: (word: string) => string): boolean {
  if (phrase === null) return false;
  const list = words(phrase).map((word) => word.text);
  if (list.length === 0) return false;
  const initials = list.filter((word) => word !== "the").map((word) => word[0]).join("");
  const asked = speaker.words.filter((word) => word !== "newspaper" && word !== "article" && word !== "report");
  if (asked.length === 1 && initials.length > 2 && asked[0] === initials) return true;
  return asked.length > 0 && asked.every((word) => list.some((other) => same(word, other, stem)));
}

/**
 * How surely the sentence gives the words of `speaker`, 0 to 1: named in the sentence 1, inherited from an announcing
 * sentence 0.9, the document's own outlet 0.9, only mentioned 0.6, somebody else or nobody 0.
 */
export function speaks(speaker: Speaker, sentence: Sentence, meta: DocumentMeta, stem: (word: string) => string): number {
  const { words: attributed, strength } = sentence.attribution;
  const list = [...attributed];
  const head = speaker.words.at(-1)!;
  const all = speaker.words.every((word) => list.some((other) => same(word, other, stem)));
  const byHead = list.some((other) => same(head, other, stem));
  if (strength !== "none" && (all || byHead)) return strength === "explicit" ? 1 : strength === "inherited" ? 0.9 : 0.6;
  if (names(meta.outlet, speaker, stem) || names(meta.origin, speaker, stem)) return 0.9;
  return 0;
}
