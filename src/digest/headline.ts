/** Chooses the report whose title heads a story: the one that names what all report, and its latest count. */
import { numberValue } from "../text/related-words.ts";
import { words } from "../text/tokens.ts";
import type { Report } from "./report.ts";

/** What being late adds, what the latest count in a title adds, and what a title loses that does not say what happened. */
const weights = { late: 0.1, count: 0.4, vague: 0.4 } as const;
/** A title of fewer terms says little, however well it fits. */
const fewTerms = 4;

/** A quotation, a question, a label: the rubric rather than the news. */
const vague =
  /^["“„«'‘]|[?？]["”»]?$|^(?:live|video|watch|opinion|analysis|comment|explainer|podcast|gallery|in pictures)\b|^(?:how|why|what|who)\b/i;

/** How much a title says of what the reports of a story share: the average share of them that hold each of its terms. */
function typicality(
  { terms: { terms, inTitle } }: Report,
  holding: ReadonlyMap<number, number>,
  count: number,
): number {
  const titled = terms.filter((_, i) => inTitle[i]! > 0);
  const sum = titled.reduce((total, term) => total + holding.get(term)! / count, 0);
  return sum / Math.max(fewTerms, titled.length);
}

/**
 * The best of `candidates` (at least one) to head the story of `reports`. `latestCount` is what the last report says that
 * counts what others count differently: a title with an old toll would be wrong by the time it is read.
 */
export function bestHeadline(
  candidates: readonly Report[],
  reports: readonly Report[],
  latestCount: number | null,
): Report {
  const holding = new Map<number, number>();
  for (const { terms } of reports) for (const term of terms.terms) holding.set(term, (holding.get(term) ?? 0) + 1);
  const inTime = candidates.toSorted((a, b) => a.at - b.at || (a.document < b.document ? -1 : 1));
  const worth = inTime.map((report, at) => {
    const late = inTime.length > 1 ? at / (inTime.length - 1) : 0;
    const counts = latestCount !== null && words(report.title).some((word) => numberValue(word.text) === latestCount);
    return (
      typicality(report, holding, reports.length) +
      weights.late * late +
      (counts ? weights.count : 0) -
      (vague.test(report.title) ? weights.vague : 0)
    );
  });
  return inTime[worth.indexOf(Math.max(...worth))]!;
}
