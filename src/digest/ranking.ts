/** Orders stories: how many outlets report them independently, the channel's topics, how fresh they are. */
import { independentOutlets } from "./copies.ts";
import type { DigestRequest, StoryScore } from "./digest.ts";
import type { Report } from "./report.ts";

/** What each part counts; a story of one more independent outlet goes before one that is only fresher. */
const weights = { outlets: 0.6, topics: 0.25, freshness: 0.15 } as const;
/** So many independent outlets are as many as can be. */
const outletsForAll = 16;
/** After so long, half of a story's freshness is gone. */
const halfLifeMs = 12 * 3_600_000;
/** What a story is about is what this share of its reports says. */
const aboutIt = 1 / 3;

/** Places a story by its reports, given in order of time with the first one of each text (see `originals`). */
export function scoreStory(
  reports: readonly Report[],
  first: readonly number[],
  { topics, window }: Pick<DigestRequest, "topics" | "window">,
): StoryScore {
  const independent = independentOutlets(reports, first);
  const outlets = Math.min(1, Math.log2(independent) / Math.log2(outletsForAll));
  const latest = Math.max(...reports.map(({ at }) => at));
  const freshness = 0.5 ** (Math.max(0, window.until - latest) / halfLifeMs);
  const shares = topics.map((_, topic) => {
    const about = reports.map((report) => report.topics[topic]!).filter((share) => share > 0);
    return about.length >= reports.length * aboutIt ? Math.max(0, ...about) : 0;
  });
  const topical = Math.max(0, ...shares);
  return {
    total: weights.outlets * outlets + weights.topics * topical + weights.freshness * freshness,
    independent,
    outlets,
    freshness,
    topics: topical,
    matched: topics.filter((_, topic) => shares[topic]! > 0),
  };
}
