/** What a question asks evidence to carry: its topic words in any inflection or derivation, weighed by how telling they are. */
import type { Question } from "../question/question.ts";
import { baseForm, companions, numberValue, rootOf } from "../text/related-words.ts";
import type { SentenceWord, WordForm } from "./sentence.ts";

/** One word that evidence is to carry. */
export interface Requirement {
  readonly word: string;
  /** Inverse document frequency in nats; what its presence tells. */
  readonly idf: number;
  readonly frame: boolean;
  readonly soft: boolean;
  readonly name: boolean;
  readonly stems: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  /** Stems of close synonyms and of a country's people, which count for less. */
  readonly related: ReadonlySet<string>;
  readonly value: number | null;
  /** What forms met so far are worth. */
  readonly known: Map<WordForm, number>;
}

/** What a word that only resembles the one asked for is worth. */
const worth = { exact: 1, derived: 0.9, related: 0.8 } as const;

/** Compiles the question's topic; `stems` gives a folded word's stems in the corpus's languages, `idf` a word's weight. */
export function requirementsOf(
  question: Question,
  stems: (word: string) => readonly string[],
  idf: (word: string) => number,
): Requirement[] {
  return question.topic.map(({ word, frame, soft, name }) => {
    const own = new Set([word, ...stems(word), ...stems(baseForm(word))]);
    const near = new Set(companions(baseForm(word)).flatMap((other) => [...stems(other)]));
    return {
      word,
      idf: idf(word),
      frame,
      soft,
      name,
      stems: own,
      roots: new Set([...own].map(rootOf)),
      related: near,
      value: numberValue(word),
      known: new Map(),
    };
  });
}

/** How many letters two stems of one root begin with in common; fewer are chance ("Miller", "million"). */
const commonLetters = 5;

function begins(one: string, other: string): boolean {
  const length = Math.min(commonLetters, one.length, other.length);
  return one.slice(0, length) === other.slice(0, length) || one.replace(/^un/, "") === other.replace(/^un/, "");
}

/** How well one word of a text meets a requirement, 0 to 1. */
export function meets(requirement: Requirement, { form }: SentenceWord): number {
  let value = requirement.known.get(form);
  if (value === undefined) {
    value = worthOf(requirement, form);
    requirement.known.set(form, value);
  }
  return value;
}

function worthOf(requirement: Requirement, form: WordForm): number {
  const { stems, roots, related } = requirement;
  if (stems.has(form.stem) || stems.has(form.base) || stems.has(form.text)) return worth.exact;
  if (requirement.value !== null && numberValue(form.text) === requirement.value) return worth.exact;
  if (roots.has(form.root) && [...stems].some((stem) => begins(stem, form.stem))) return worth.derived;
  return related.has(form.stem) || related.has(form.base) ? worth.related : 0;
}

/** How well a stretch of text meets each requirement, 0 to 1, in the order of the requirements. */
export function carried(requirements: readonly Requirement[], words: Iterable<SentenceWord>): number[] {
  const best = new Array<number>(requirements.length).fill(0);
  for (const word of words) {
    for (let index = 0; index < best.length; index++) {
      if (best[index]! < 1) best[index] = Math.max(best[index]!, meets(requirements[index]!, word));
    }
  }
  return best;
}
