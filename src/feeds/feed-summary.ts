/** Says of a feed what a person sees of it. */
import type { FeedSummary } from "../ports.ts";
import type { FeedRecord } from "./feed-record.ts";

/** What to call a feed: its title, or its host where it has none. */
export function feedTitle({ title, address }: Pick<FeedRecord, "title" | "address">): string {
  return title ?? URL.parse(address)?.host ?? address;
}

/** A feed that failed once is failing, until it is read again. */
export function feedSummary(feed: FeedRecord): FeedSummary {
  const { id, address, home, collection, outlet, lastSuccessAt, nextTryAt, itemsADay } = feed;
  const state = feed.state === "active" && feed.failures > 0 ? "failing" : feed.state;
  return {
    id,
    title: feedTitle(feed),
    address,
    home,
    collection,
    outlet,
    state,
    problem: feed.sentence,
    lastSuccessAt,
    nextTryAt,
    itemsADay,
  };
}
