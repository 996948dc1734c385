/** Feeds and items as a store is given them. */
import type { NewFeed, SeenItem } from "../../src/feeds/feed-record.ts";

/** When feeds are added unless a test says otherwise. */
export const noon = Date.UTC(2026, 0, 5, 12);
const hour = 3_600_000;

/** A feed that somebody added at noon. */
export function newFeed(id: string, given: Partial<NewFeed> = {}): NewFeed {
  return {
    id,
    address: `https://${id}.example/rss`,
    collection: "main",
    title: `Feed ${id}`,
    outlet: null,
    home: null,
    article: false,
    paused: false,
    addedBy: "ann",
    addedWhere: { adapter: "slack", workspace: "T1", channel: "C1", thread: null },
    addedAt: noon,
    ...given,
  };
}

/** An item seen an hour after noon. */
export function seenItem(item: string, given: Partial<SeenItem> = {}): SeenItem {
  const hash = Buffer.from(item).toString("hex").padEnd(32, "0").slice(0, 32);
  const seen = { item, hash, twin: null, document: null, firstSeenAt: noon + hour, publishedAt: null };
  return { ...seen, baseline: false, articleTries: 0, ...given };
}
