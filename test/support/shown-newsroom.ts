/** A newsroom with something on every page: feeds that fare well and badly, what they brought, a digest, a document that was revised. */
import { ingest } from "../../src/corpus/ingest.ts";
import { createFeeds } from "../../src/feeds/feeds.ts";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { type Runtime, systemRuntime } from "../../src/runtime.ts";
import { sourceDocument } from "./documents.ts";
import { newFeed } from "./feed-records.ts";
import { readLabelledItems } from "./labelled-items.ts";
import { readEvents } from "./newsroom.ts";
import { createTestRuntime } from "./runtime.ts";
import { failedOutcome, feedItem, parsedFeed, readOutcome, scriptedFeeds } from "./scripted-feeds.ts";

export interface ShownNewsroom {
  readonly opened: OpenNewsroom;
  /** The machine's own, but its day is the day of the items. */
  readonly runtime: Runtime;
  /** The id of the digest over everything that came in. */
  readonly digest: string;
  /** The id of a document with two revisions. */
  readonly revised: string;
  /** The id of a document of several parts. */
  readonly long: string;
}

const evening = Date.UTC(2026, 10, 4, 18);
const hour = 3_600_000;
const memo =
  "The harbour authority said on Tuesday that dredging begins on 3 March.\n\nIt will cost 14 million crowns, the authority said. The ferry to Ostrel keeps its timetable.\n";
const corrected =
  "The harbour authority said on Tuesday that dredging begins on 13 March.\n\nIt will cost 17 million crowns, the authority said after an error in its first statement. The ferry to Ostrel keeps its timetable.\n";

const minutes = Array.from(
  { length: 600 },
  (_, i) =>
    `Witness ${i + 1}, a passenger of the 7:${String(10 + (i % 50))} to Osterby, said that the “signal” was dark & that nobody had been told.`,
).join("\n\n");

const slug = (name: string) => name.toLowerCase().replace(/[^a-z]+/g, "-");

/** Reads each outlet's items by its own feed, through everything that a feed goes through but the network. */
async function takeIn({ store, measures }: OpenNewsroom, clock: ReturnType<typeof createTestRuntime>): Promise<void> {
  const web = scriptedFeeds();
  const feeds = createFeeds({ store, web, runtime: clock, measures });
  const { items } = readLabelledItems("development");
  const outlets = [...new Set(items.map(({ outlet }) => outlet))];
  const poll = async () => {
    for (const { id } of await store.feeds(null)) await store.changeFeed(id, { nextTryAt: clock.now() });
    await feeds.poller.pollDue();
  };
  for (const outlet of outlets) {
    const feed = newFeed(slug(outlet), { title: outlet, outlet, home: `https://${slug(outlet)}.example/` });
    await store.addFeed({ ...feed, addedAt: clock.now() });
    web.give(feed.address, readOutcome([], { url: feed.address, feed: parsedFeed([], { title: outlet }) }));
  }
  await poll();
  clock.pass(hour);
  for (const outlet of outlets) {
    const own = items.filter((item) => item.outlet === outlet);
    const read = own.map(({ id, title, text, published }) =>
      feedItem(id, {
        title,
        text,
        published: new Date(published).toISOString(),
        url: `https://${slug(outlet)}.example/${id}`,
      }),
    );
    const address = newFeed(slug(outlet)).address;
    web.give(address, readOutcome(read, { url: address, feed: parsedFeed(read, { title: outlet }) }));
  }
  await poll();
  clock.pass(hour);
  const [failing, paused] = [newFeed(slug(outlets[3]!)), newFeed(slug(outlets[5]!))];
  const sentence = "There is a web page at this address, not a feed.";
  web.give(failing.address, failedOutcome("not-a-feed", { sentence }));
  await poll();
  await feeds.keeper.pause((await store.feed(paused.id))!);
  await feeds.close();
}

/** Opens it in `folder`; the caller closes `opened`. */
export async function openShownNewsroom(folder: string): Promise<ShownNewsroom> {
  const clock = createTestRuntime(evening - 2.05 * hour);
  const runtime: Runtime = { ...systemRuntime, now: () => evening };
  const opened = await openNewsroom(folder, { runtime, publicUrl: null });
  const { store, digests } = opened;
  for (const text of [memo, corrected]) {
    const meta = { title: "Dredging of the harbour begins in March", outlet: "Harbour Post", published: "2026-02-24" };
    await ingest({ store, documents: readEvents([sourceDocument("dredging", text, meta)]), runtime });
  }
  const inquiry = sourceDocument("inquiry", minutes, { title: "Minutes of the inquiry into the train collision" });
  await ingest({ store, documents: readEvents([inquiry]), runtime });
  const [revised, long] = await store.documents(["main"], { limit: 2, after: null });
  await takeIn(opened, clock);
  const window = { since: evening - 72 * hour, until: evening };
  const digest = await digests.make({
    id: null,
    window,
    collections: ["main"],
    topics: [],
    outlets: [],
    timeZone: "Europe/Berlin",
  });
  await digests.keep(digest);
  return { opened, runtime, digest: digest.id, revised: revised!.id, long: long!.id };
}
