/**
 * The numbers of ranking: BM25F (Robertson, Zaragoza and Taylor, 2004, "Simple BM25 extension to multiple weighted fields")
 * cut into whole numbers, so that sums are exact in whatever order they are made.
 *
 * A posting stores one byte, its impact: the saturated, length-normalised term frequency of one passage. Lengths are
 * normalised against fixed pivots, not running averages, so that an impact never changes once it is stored and an index
 * grown step by step equals one built at once. A score is the sum over the terms of idf × impact.
 *
 * scripts/fit-ranking.ts prints how recall changes with each constant; docs/decisions/0007 tells what was chosen and why.
 */

/** What can be tuned in ranking. */
export interface RankingConstants {
  /** Weight of a word in the title against one in the body. */
  readonly titleWeight: number;
  /** How much a field's length counts, 0 to 1. */
  readonly titleLengthShare: number;
  readonly bodyLengthShare: number;
  /** Lengths, in words, that are neither long nor short. */
  readonly titlePivot: number;
  readonly bodyPivot: number;
  /** Saturation of the term frequency. */
  readonly k1: number;
  /** What a title whose every word is asked for adds, as a share of the idf of the words it has in common with the question. */
  readonly titleCoverage: number;
  /** What terms that stand together add, as a share of their idf. */
  readonly proximity: number;
}

export const rankingConstants: RankingConstants = {
  titleWeight: 3,
  titleLengthShare: 0.4,
  bodyLengthShare: 0.6,
  titlePivot: 8,
  bodyPivot: 90,
  k1: 1.2,
  titleCoverage: 0.4,
  proximity: 0.1,
};

const impactScale = 255;
const idfScale = 4096;

/** Words searched at once; of more, the rarest. Keeps sums below 2^32 and a search bounded. */
export const termLimit = 64;

/** Passages of the first stage that the second puts in order. */
export const secondStageDepth = 200;

/**
 * A body is cut into this many stretches of equal length; a posting's places are the stretches its term stands in, a bit each.
 * Function words have no places: they are near everything.
 */
export const stretches = 4;

/** Shorter bodies are cut as if they had this many words. */
const shortestCut = 32;

/** The stretch that the word at `position` of a body of `length` words stands in. */
export function stretchOf(position: number, length: number): number {
  return Math.floor((stretches * position) / Math.max(length, shortestCut));
}

/** What an occurrence in a title of so many words adds to a term's frequency. */
export function titleShare(length: number, constants = rankingConstants): number {
  const { titleWeight, titleLengthShare, titlePivot } = constants;
  return titleWeight / (1 - titleLengthShare + (titleLengthShare * length) / titlePivot);
}

/** The same for a body. */
export function bodyShare(length: number, constants = rankingConstants): number {
  const { bodyLengthShare, bodyPivot } = constants;
  return 1 / (1 - bodyLengthShare + (bodyLengthShare * length) / bodyPivot);
}

/** The impact, 1 to 255, of a term of this frequency: the sum of its shares, above 0. */
export function impactOf(frequency: number, constants = rankingConstants): number {
  return Math.max(1, Math.round((impactScale * frequency) / (constants.k1 + frequency)));
}

/** Whole-numbered inverse document frequency: ln(1 + (N - n + ½) / (n + ½)) in steps of 1/4096. */
export function idfSteps(passages: number, holding: number): number {
  const held = Math.min(holding, passages);
  return Math.max(1, Math.round(idfScale * Math.log(1 + (passages - held + 0.5) / (held + 0.5))));
}

/** From steps to the idf a formula means. */
export function idfOf(steps: number): number {
  return steps / idfScale;
}

/** From a sum of idf steps × impacts to the BM25F score. */
export function bm25Of(sum: number, constants = rankingConstants): number {
  return (sum * (constants.k1 + 1)) / (idfScale * impactScale);
}

/** What the second stage knows of a passage. */
export interface SecondStageEvidence {
  /** Sum of idf steps × impacts. */
  readonly sum: number;
  /** Idf steps of the terms that stand in the title. */
  readonly titleSteps: number;
  /** How many of the title's words of content are asked for, and how many there are. */
  readonly titleMatched: number;
  readonly titleWords: number;
  /** Idf steps of the terms in the stretch of the body that holds the most. */
  readonly nearSteps: number;
}

/** The score passages are ordered by: BM25F, title coverage and proximity. */
export function scoreOf(evidence: SecondStageEvidence, constants = rankingConstants): number {
  const { sum, titleSteps, titleMatched, titleWords, nearSteps } = evidence;
  const covered = titleWords === 0 ? 0 : titleMatched / titleWords;
  return (
    bm25Of(sum, constants) +
    constants.titleCoverage * covered * idfOf(titleSteps) +
    constants.proximity * idfOf(nearSteps)
  );
}
