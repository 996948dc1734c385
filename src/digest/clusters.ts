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
  readonly outlet: string | null;
}

/**
 * Chosen on the development half of test/fixtures/digest (docs/decisions/0011). `aDayApart`: what is left of likeness for
 * each day between two reports; `sameOutlet`: what is left of it for two reports of one outlet within an hour, which
 * seldom reports one event twice then; `enough`: the average likeness from which two groups are one story.
 */
const linking = { aDayApart: 0.78, sameOutlet: 0.4, enough: 0.22 } as const;

const dayMs = 86_400_000;

/** The groups of `reports`, as indexes; each report is in exactly one. The same reports give the same groups. */
export async function clusterReports(
  reports: readonly ClusteredReport[],
  reader: TermReader,
): Promise<readonly (readonly number[])[]> {
  const vectors = weigh(
    reports.map(({ terms }) => terms),
    reader,
  );
  const pairs = await similarPairs(vectors, reader.size, (one, other, cosine) => {
    const [a, b] = [reports[one]!, reports[other]!];
    const days = Math.abs(a.at - b.at) / dayMs;
    const again = a.outlet !== null && a.outlet === b.outlet && days < 1 / 24;
    return cosine * linking.aDayApart ** days * (again ? linking.sameOutlet : 1);
  });
  const groups = await averageLinkage(reports.length, pairs, linking.enough);
  return withTwins(groups, pairs.first);
}

/** Groups of those that stand for others, with the others. */
function withTwins(groups: readonly (readonly number[])[], first: Int32Array): readonly (readonly number[])[] {
  const twins = Map.groupBy(first.keys(), (at) => first[at]!);
  return groups
    .filter(([at]) => first[at!] === at)
    .map((group) => group.flatMap((at) => twins.get(at) ?? []).sort((a, b) => a - b));
}
