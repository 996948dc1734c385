/** Weighs the terms of reports: rare ones more, names more, those of the title more. */
import type { ReportTerms, TermReader } from "./terms.ts";

/**
 * Chosen on the development half of test/fixtures/digest (docs/decisions/0011). `title`: what a word of the title counts
 * beside one of the lead; `name`: what a name counts beside another word; `background`: reports that hold none of the terms,
 * so that rarity means something in a small window too.
 */
const weighing = { title: 1.5, name: 1.5, background: 1000 } as const;

/** So many terms of a report are kept, the heaviest: the others tell little, and most of the time goes by what is common. */
const heaviest = 32;

/** The terms of a report, ascending, with their weights. */
export interface Vector {
  readonly terms: Int32Array;
  /** Of unit length together. */
  readonly weights: Float32Array;
}

/** Each report's terms with their weights. */
export function weigh(reports: readonly ReportTerms[], reader: TermReader): readonly Vector[] {
  const { name, background } = weighing;
  const holding = new Uint32Array(reader.size);
  for (const { terms } of reports) for (const term of terms) holding[term]!++;
  const rarity = Float32Array.from(
    holding,
    (count, term) => Math.log((reports.length + background) / Math.max(1, count)) * (reader.isName(term) ? name : 1),
  );
  return reports.map((report) => unitVector(report, rarity));
}

function unitVector({ terms, inTitle, inLead }: ReportTerms, rarity: Float32Array): Vector {
  const all = Float32Array.from(
    terms,
    (term, i) => (1 + Math.log(Math.max(1, inLead[i]! + weighing.title * inTitle[i]!))) * rarity[term]!,
  );
  const least = all.length <= heaviest ? 0 : all.toSorted()[all.length - heaviest]!;
  const kept = terms.filter((_, i) => all[i]! >= least);
  const weights = all.filter((weight) => weight >= least);
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  const length = Math.sqrt(squares) || 1;
  return { terms: kept, weights: weights.map((weight) => weight / length) };
}

/** How alike two vectors are, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length; ) {
    const [left, right] = [a.terms[i]!, b.terms[j]!];
    if (left === right) sum += a.weights[i]! * b.weights[j]!;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return sum;
}
