/**
 * Groups reports by event: average linkage over the cosine of their terms, weighed by rarity, names counting more, and
 * less the further apart they were published. The same event, not the same topic: two floods share their words but not their
 * places.
 */
import { averageLinkage } from "./linkage.ts";
import { similarPairs } from "./similar-pairs.ts";
import type { ReportTerms, TermReader } from "./terms.ts";
import { weigh } from "./vectors.ts";

/** What clustering needs of a report. */
export interface ClusteredReport {
  readonly terms: ReportTerms;
  /** When it was published (or arrived, where it does not say), in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Chosen on the development half of test/fixtures/digest (docs/decisions/0011). `aDayApart`: what is left of likeness for
 * each day between two reports; `enough`: the average likeness from which two groups are one story.
 */
const linking = { aDayApart: 0.78, enough: 0.2 } as const;

const dayMs = 86_400_000;

/** The groups of `reports`, as indexes; each report is in exactly one. The same reports give the same groups. */
export function clusterReports(
  reports: readonly ClusteredReport[],
  reader: TermReader,
): readonly (readonly number[])[] {
  const vectors = weigh(
    reports.map(({ terms }) => terms),
    reader,
  );
  const pairs = similarPairs(vectors, reader.size, (one, other, cosine) => {
    const days = Math.abs(reports[one]!.at - reports[other]!.at) / dayMs;
    return cosine * linking.aDayApart ** days;
  });
  return averageLinkage(reports.length, pairs, linking.enough);
}
