/**
 * The numbers of ranking: BM25F (Robertson, Zaragoza and Taylor, 2004, "Simple BM25 extension to multiple weighted fields")
 * cut into whole numbers, so that sums are exact in whatever order they are made.
 *
 * A posting stores one byte, its impact: the saturated, length-normalised term frequency of one passage. Lengths are
 * normalised against fixed pivots, not running averages, so that an impact never changes once it is stored and an index
 * grown step by step equals one built at once. A score is the sum over the terms of idf × impact.
 */

/** Weight of a word in the title against one in the body. */
const titleWeight = 3;
/** How much a field's length counts, 0 to 1. */
const titleLengthShare = 0.4;
const bodyLengthShare = 0.5;
/** Lengths, in words, that are neither long nor short. */
const titlePivot = 8;
const bodyPivot = 90;
/** Saturation of the term frequency. */
const k1 = 1.2;

const impactScale = 255;
const idfScale = 4096;

/** The impact, 1 to 255, of a term that occurs so often in fields of these lengths (words); some frequency must be above 0. */
export function impactOf(titleCount: number, titleLength: number, bodyCount: number, bodyLength: number): number {
  const title = titleCount / (1 - titleLengthShare + (titleLengthShare * titleLength) / titlePivot);
  const body = bodyCount / (1 - bodyLengthShare + (bodyLengthShare * bodyLength) / bodyPivot);
  const frequency = titleWeight * title + body;
  return Math.max(1, Math.round((impactScale * frequency) / (k1 + frequency)));
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
export function bm25Of(sum: number): number {
  return (sum * (k1 + 1)) / (idfScale * impactScale);
}
