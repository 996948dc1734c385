/** Weighs the sentences of the passages found: how much of the question each carries, itself and with what surrounds it. */
import type { StoredDocument } from "../corpus/document.ts";
import type { Question } from "../question/question.ts";
import type { Hit } from "../search/search.ts";
import { holdsKind } from "./kinds.ts";
import { carried, type Requirement } from "./requirements.ts";
import type { Reading, Sentence, SentenceWord } from "./sentence.ts";
import { speaks } from "./speaking.ts";

/** A passage that was found, read. */
export interface FoundPassage {
  readonly hit: Hit;
  readonly document: StoredDocument;
  readonly titleWords: readonly SentenceWord[];
  readonly reading: Reading;
  readonly stem: (word: string) => string;
}

export interface Evidence {
  readonly passage: FoundPassage;
  readonly sentence: Sentence;
  /** What orders evidence: coverage in place, passage score, kind, speaker. */
  readonly score: number;
  /** Each requirement's share, 0 to 1, carried by the sentence alone; by it with its title and what it leans on; by the passage. */
  readonly own: readonly number[];
  readonly near: readonly number[];
  readonly wide: readonly number[];
  /** The same, carried by the sentence or by its document's title. */
  readonly direct: readonly number[];
  /** 0 to 1. */
  readonly kind: number;
  /** 0 to 1; 1 when the question names no speaker. */
  readonly speaker: number;
}

/** What a requirement met by the title or elsewhere in the passage counts beside the sentence itself (see docs/decisions). */
const weights = {
  title: 0.7,
  leansOn: 0.7,
  passage: 0.3,
  passageScore: 0.5,
  kind: 0.3,
  speaker: 0.6,
  frame: 0.25,
  soft: 0.4,
} as const;

/** How much a requirement weighs. */
export function weightOf(requirement: Requirement): number {
  return requirement.idf * (requirement.frame ? weights.frame : requirement.soft ? weights.soft : 1);
}

/** The sentences that a sentence leans on for its subject: the one that announces it, the one before a pronoun. */
function leansOn(reading: Reading, sentence: Sentence): Sentence[] {
  const list: Sentence[] = [];
  const opening = sentence.words
    .slice(0, 3)
    .some(
      (word, at) =>
        /^(?:he|she|it|they|his|her|its|their|this|these|those|another|such|both|the)$/.test(word.text) ||
        (at === 0 && word.text === "that"),
    );
  const previous = reading.sentences[sentence.index - 1];
  if (previous && (opening || sentence.insideQuotation) && !sentence.first) list.push(previous);
  for (let from = sentence.attribution.from, steps = 0; from !== null && steps < 4; steps++) {
    const announcing: Sentence = reading.sentences[from]!;
    if (!list.includes(announcing)) list.push(announcing);
    from = announcing.attribution.from;
  }
  return list;
}

/** All the sentences of the passages as evidence, best first; equal scores by passage and place. */
export function gatherEvidence(
  question: Question,
  requirements: readonly Requirement[],
  passages: readonly FoundPassage[],
): Evidence[] {
  const best = passages[0]?.hit.score ?? 0;
  const total = requirements.reduce((sum, requirement) => sum + weightOf(requirement), 0) || 1;
  const found: Evidence[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    const { reading, document } = passage;
    const sentences = reading.sentences.slice(reading.from, reading.to);
    // Whose words are asked for must say them: a headline says nothing in a speaker's name.
    const titled = question.speaker ? requirements.map(() => 0) : carried(requirements, passage.titleWords);
    const around = carried(
      requirements,
      sentences.flatMap((sentence) => sentence.words),
    );
    for (const sentence of sentences) {
      // A paragraph read as another one's continuation may be a hit of its own.
      const place = `${document.id} ${document.revision} ${sentence.start}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const own = carried(requirements, sentence.words);
      const leaning = leansOn(reading, sentence);
      const leant = carried(
        requirements,
        leaning.flatMap((other) => other.words),
      );
      const near = own.map((value, index) => Math.max(value, titled[index]!, leant[index]!));
      const direct = own.map((value, index) => Math.max(value, titled[index]!));
      const wide = near.map((value, index) => Math.max(value, around[index]!));
      let coverage = 0;
      for (const [index, requirement] of requirements.entries()) {
        const share = Math.max(
          own[index]!,
          titled[index]! * weights.title,
          leant[index]! * weights.leansOn,
          around[index]! * weights.passage,
        );
        coverage += (weightOf(requirement) * share) / total;
      }
      const kind = holdsKind(question.kind, question, sentence, requirements);
      const speaker = question.speaker ? speaks(question.speaker, sentence, document.meta, passage.stem) : 1;
      const score =
        coverage +
        weights.passageScore * (best > 0 ? passage.hit.score / best : 0) +
        weights.kind * kind +
        (question.speaker ? weights.speaker * speaker : 0);
      found.push({ passage, sentence, score, own, near, wide, direct, kind, speaker });
    }
  }
  return found.sort(
    (one, other) =>
      other.score - one.score ||
      one.passage.hit.passage.number - other.passage.hit.passage.number ||
      one.sentence.start - other.sentence.start,
  );
}
