/** Reads the sentences of a story's documents that may be quoted: whole ones that can be understood alone. */
import type { Span, StoredDocument } from "../corpus/document.ts";
import { sentences } from "../text/sentences.ts";

/** A sentence of a document that stands by itself. */
export interface StorySentence extends Span {
  readonly document: StoredDocument;
  /** The exact slice. */
  readonly text: string;
  /** Its place among the document's sentences, from 0. */
  readonly place: number;
}

/** How far into a document sentences are looked for, in UTF-16 units and in sentences. */
const reach = { text: 4_000, sentences: 12 } as const;
/** Shorter ones say nothing, longer ones are no key sentence. */
const length = { least: 35, most: 360 } as const;

/** The same where words are not spaced: a character says more. */
const leastUnspaced = 14;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Leans on what stands before it. */
const leansInEnglish =
  /^["“„«'‘]?(?:he|she|it|they|him|her|them|his|their|its|this|that|these|those|there|here|but|and|or|so|yet|then|thus|also|however|meanwhile|moreover|instead|otherwise|both|neither|such|another|the (?:former|latter|two|three|other|others|move|decision|former|latter))\b/i;
const leaning: Readonly<Record<string, RegExp>> = {
  en: leansInEnglish,
  und: leansInEnglish,
  de: /^["“„«'‘]?(?:er|sie|es|ihr|ihre[rnms]?|sein|seine[rnms]?|dies|diese[rnms]?|aber|und|oder|doch|dort|da|dabei|damit|dadurch|dagegen|zudem|außerdem|allerdings|deshalb|beide)\b/i,
  fr: /^["“„«'‘]?\s?(?:il|elle|ils|elles|cela|ce|c['’]|cette|ces|son|sa|ses|leurs?|mais|et|ou|donc|ainsi|aussi|pourtant)\b/i,
  es: /^["“„«'‘]?(?:él|ella|ellos|ellas|esto|eso|este|esta|su|sus|pero|y|o|además|también|sin embargo)\b/i,
};

/** What pages say of themselves. */
const furniture =
  /\b(?:click here|read more|sign up|subscribe|newsletter|cookies?|all rights reserved|continue reading|photo(?:graph)?:|getty images|follow us|share this|advertisement)\b|^\s*(?:related|also read|see also|updated?|published|by)\b\s*:?/i;

/** The text between excluded spans. */
function* stretches(text: string, excluded: readonly Span[]): Generator<Span> {
  let start = 0;
  for (const hole of excluded) {
    if (hole.start > start) yield { start, end: hole.start };
    start = Math.max(start, hole.end);
  }
  if (start < text.length) yield { start, end: text.length };
}

/** The length of a dateline that opens a text ("TALVIK (Agency) — "): its sentence is quoted without it. */
function datelineOf(sentence: string): number {
  return (
    /^\p{Lu}[\p{Lu} .,'’-]+(?:, [\p{L}. ]{3,20}\d{0,2})?\s*(?:\([^)]{2,30}\))?\s*[—–-]+\s+(?=["“„«]?\p{Lu})/u.exec(
      sentence,
    )?.[0].length ?? 0
  );
}

/** Ends as a sentence ends: a feed's teaser that breaks off does not. */
function isWhole(text: string): boolean {
  return (
    /[.!?。！？]["”’»“)\]」』]*$/u.test(text) &&
    !/(?:\.\.\.|…)["”’»)\]]*$/u.test(text) &&
    /^[^\p{L}\p{N}]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(text)
  );
}

function isSentence(text: string): boolean {
  return text.length <= length.most && isWhole(text) && !furniture.test(text);
}

/** Whether quotation marks open and close inside the sentence: “English”, „German“, «French», "typed". */
function isBalanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  const low = count("„");
  const curly = low > 0 ? low === count("“") + count("”") : count("“") === count("”");
  return curly && count('"') % 2 === 0 && count("«") === count("»");
}

/** The whole sentences of the beginning of `document`, in order. None reaches over an excluded span. */
export function wholeSentences(document: StoredDocument): readonly StorySentence[] {
  const { text, excluded } = document;
  const found: StorySentence[] = [];
  let place = 0;
  for (const stretch of stretches(text, excluded)) {
    if (stretch.start >= reach.text || place >= reach.sentences) break;
    for (const span of sentences(text, {
      start: stretch.start,
      end: Math.min(stretch.end, stretch.start + reach.text),
    })) {
      if (place >= reach.sentences) break;
      const start = span.start + (place === 0 ? datelineOf(text.slice(span.start, span.end)) : 0);
      const slice = text.slice(start, span.end);
      if (isSentence(slice)) found.push({ start, end: span.end, document, text: slice, place });
      place++;
    }
  }
  return found;
}

/** "He", "she": of whom, if no name stands before it? */
const pronoun = /\b(?:he|she|his|her|him|hers)\b/i;

/** Whether a name stands in `before`: a capital inside the sentence, or a first word that is a name elsewhere in the document. */
function hasName(before: string, document: StoredDocument): boolean {
  const [first = "", ...rest] = before.match(/[\p{L}\p{N}'’.-]+/gu) ?? [];
  if (rest.some((word) => /^\p{Lu}/u.test(word))) return true;
  const word = first.replace(/['’]s?$/u, "");
  const inside = new RegExp(`[\\p{Ll},] ${word.replace(/[^\p{L}\p{N}]/gu, ".")}(?![\\p{L}\\p{N}])`, "u");
  return word.length > 1 && inside.test(document.text.slice(0, reach.text));
}

/** Whether a sentence can be understood alone, and is worth quoting. */
export function standsAlone({ text, document }: StorySentence): boolean {
  const least = unspaced.test(text) ? leastUnspaced : length.least;
  if (text.length < least || leaning[document.meta.language]?.test(text) || !isBalanced(text)) return false;
  if (!/^(?:en|und)$/.test(document.meta.language)) return true;
  const at = pronoun.exec(text)?.index;
  return at === undefined || hasName(text.slice(0, at), document);
}
