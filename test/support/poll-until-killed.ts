/**
 * Polls three feeds into the store that is named, again and again, each time with more items and some of them changed,
 * until it has done so many rounds or is killed. Each line it prints is something it was told is kept:
 * `kept FEED ITEM DOCUMENT`; before it, `keeping FEED` is what is about to be kept.
 */
import { createFeeds } from "../../src/feeds/feeds.ts";
import { createMeasures } from "../../src/measures.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { paragraphs } from "./documents.ts";
import { newFeed } from "./feed-records.ts";
import { feedItem, parsedFeed, readOutcome, scriptedFeeds } from "./scripted-feeds.ts";

const path = process.argv[2]!;
const [run, rounds] = process.argv.slice(3).map(Number) as [number, number];
const names = ["a", "b", "c"];
/** Items that each feed holds when it is first read. */
const atFirst = 40;

const say = (...lines: string[]) =>
  new Promise((resolve) => process.stdout.write(lines.map((line) => `${line}\n`).join(""), resolve));

const store = await openSqliteStore({ path, runtime: systemRuntime });
const keepItems: typeof store.keepItems = async (feed, items, documents) => {
  await say(`keeping ${feed}`);
  const outcomes = await store.keepItems(feed, items, documents);
  await say(...items.map(({ item, document }) => `kept ${feed} ${item} ${document}`));
  return outcomes;
};
const web = scriptedFeeds();
const feeds = createFeeds({ store: { ...store, keepItems }, web, runtime: systemRuntime, measures: createMeasures() });
await say("opened");

for (let round = 0; round < rounds; round++) {
  for (const name of names) {
    const feed = newFeed(name);
    await store.addFeed(feed);
    const items = Array.from({ length: atFirst + run * 5 + round }, (_, i) => {
      const seed = i % 4 === 0 ? `${name}${i}r${run}x${round}` : `${name}${i}`;
      return feedItem(`${i}`, { url: `https://${name}.example/${i}`, text: paragraphs(seed, 2) });
    });
    web.give(feed.address, readOutcome(items, { etag: `"${run}-${round}"`, feed: parsedFeed(items) }));
    // Lets go of what the process that was killed had claimed.
    await store.changeFeed(name, { nextTryAt: systemRuntime.now() });
  }
  await feeds.poller.pollDue();
}
await feeds.close();
await store.close();
await say("done");
