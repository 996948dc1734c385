/** Reads the pages of teasers, so many in one poll, and knows which to try again. */
import type { Runtime } from "../runtime.ts";
import type { FeedFailure, FeedItem, FeedReader } from "./feed.ts";
import type { FeedRecord, SeenItem } from "./feed-record.ts";
import { type Article, isTeaser } from "./item-document.ts";

/** Pages read in one poll; the others' turn comes with the next ones. */
export const articlesAPoll = 25;
/** Reading pages takes no longer in one poll, give or take the last one: other feeds are waiting. */
const articlesMs = 60_000;
/** How often a page is tried before the feed's own text has to do. */
const mostArticleTries = 4;

/** The page of an item, or null, and how often it was tried in vain and is to be tried again. */
interface ArticleTry {
  readonly article: Article | null;
  readonly tries: number;
}

/** Reads the page of an item where its feed is to be read so and the item is a teaser. */
export type ReadArticle = (item: FeedItem, seen: Pick<SeenItem, "articleTries">) => Promise<ArticleTry>;

/** Failures that another try does not mend. */
const final: ReadonlySet<FeedFailure> = new Set([
  "robots",
  "refused",
  "not-there",
  "no-article",
  "bad-address",
  "private-address",
  "hostile",
]);

export interface ReadArticleDeps {
  readonly reader: Pick<FeedReader, "article">;
  readonly runtime: Pick<Runtime, "monotonic">;
}

/** Reads at most `pages`, for a minute; what is over is to be tried another time. Rejects only when `signal` aborts. */
export function createReadArticle(
  { reader, runtime }: ReadArticleDeps,
  feed: Pick<FeedRecord, "article">,
  pages: number,
  signal?: AbortSignal,
): ReadArticle {
  const until = runtime.monotonic() + articlesMs;
  let left = pages;
  return async (item, { articleTries }) => {
    if (!feed.article || item.url === null || !isTeaser(item)) return { article: null, tries: 0 };
    if (left === 0 || runtime.monotonic() >= until) return { article: null, tries: Math.max(1, articleTries) };
    left -= 1;
    const outcome = await reader.article(item.url, signal);
    if (outcome.kind === "read") return { article: outcome, tries: 0 };
    const tries = articleTries + 1;
    const over = outcome.kind === "gone" || final.has(outcome.reason) || tries >= mostArticleTries;
    return { article: null, tries: over ? 0 : tries };
  };
}
