/** Opens a newsroom over a data folder, or over some documents alone, with its store and its search. */
import { join } from "node:path";
import { citationUrl } from "./answer/citation-url.ts";
import { passageAround } from "./answer/passage-around.ts";
import { createDigestCommand } from "./commands/digest.ts";
import { createFeedsCommand } from "./commands/feeds.ts";
import { ingest } from "./corpus/ingest.ts";
import { readDocuments } from "./corpus/read/read-documents.ts";
import type { ReadEvent } from "./corpus/read-event.ts";
import { starterCollection, starterFolder } from "./corpus/starter.ts";
import { createDigests } from "./digest/create-digests.ts";
import type { Digests } from "./digest/digest.ts";
import { NewsroomError } from "./errors.ts";
import { createFeedWeb } from "./feeds/feed-web.ts";
import { createFeeds, type Feeds } from "./feeds/feeds.ts";
import type { FetcherOptions } from "./feeds/fetcher.ts";
import type { Logger } from "./logger.ts";
import { createMeasures, type Measures } from "./measures.ts";
import { createNewsroom, defaultCollections } from "./newsroom.ts";
import type { Newsroom } from "./ports.ts";
import type { Runtime } from "./runtime.ts";
import { createSearch } from "./search/create-search.ts";
import type { Search } from "./search/search.ts";
import { openData } from "./store/open.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import type { Store } from "./store/store.ts";

export interface OpenNewsroom {
  readonly newsroom: Newsroom;
  readonly store: Store;
  readonly search: Search;
  /** What asking, feeds and deliveries tell of; `newsroom.watch` listens to it. */
  readonly measures: Measures;
  /** Who keeps and who polls feeds; nothing is polled until the poller is started. */
  readonly feeds: Feeds;
  /** Makes digests of what came in. */
  readonly digests: Digests;
  /** Calls `listener`, and no other from now on, when somebody asks for a digest at once. */
  onDigestAsked(listener: () => void): void;
  /** Stops polling, closes the search, then the store; may be called twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly runtime: Runtime;
  readonly publicUrl: string | null;
  readonly logger?: Logger;
  /** How feeds are read from the web; as in `defaultFetcherOptions` unless said. */
  readonly fetching?: Partial<Pick<FetcherOptions, "allowedPrivateHosts" | "userAgent">>;
}

/** The index’s file inside a data folder. */
export const snapshotFile = "index.snapshot";

async function openOver(store: Store, snapshot: string | null, options: OpenOptions): Promise<OpenNewsroom> {
  const search = await createSearch({ source: store, snapshot, ...(options.logger ? { logger: options.logger } : {}) });
  const measures = createMeasures();
  const { runtime, publicUrl, logger, fetching } = options;
  const web = createFeedWeb({ ...fetching, runtime });
  const feeds = createFeeds({ store, web, runtime, measures, logger: logger?.named("feeds") });
  const digests = createDigests({ store, url: (cited) => citationUrl(cited, { publicUrl }), passage: passageAround });
  let whenAsked = (): void => undefined;
  const outlets = (collections: readonly string[]) => outletsOf(store, collections);
  const commands = [
    createFeedsCommand({ keeper: feeds.keeper, web, runtime }),
    createDigestCommand({ store, digests, outlets, runtime, asked: () => whenAsked() }),
  ];
  const newsroom = createNewsroom({ store, search, measures, runtime, publicUrl, commands });
  let closing: Promise<void> | null = null;
  return {
    newsroom,
    store,
    search,
    measures,
    feeds,
    digests,
    onDigestAsked: (listener) => {
      whenAsked = listener;
    },
    close: () => (closing ??= feeds.close().finally(() => search.close().finally(() => store.close()))),
  };
}

/** The outlets that collections have documents of, or whose feeds are read for them; by name. */
async function outletsOf(store: Store, collections: readonly string[]): Promise<readonly string[]> {
  const { outlets } = await store.counts(collections);
  const named = [...outlets, ...(await store.feeds(collections))].flatMap(({ outlet }) => outlet ?? []);
  return [...new Set(named)].sort((a, b) => a.localeCompare(b, "en"));
}

/**
 * Opens the newsroom kept in `folder`, which is made if need be. While nothing has been ingested, the starter corpus is
 * brought up to its files. Rejects as `openData` does.
 */
export async function openNewsroom(folder: string, options: OpenOptions): Promise<OpenNewsroom> {
  const store = await openData(folder, { runtime: options.runtime });
  try {
    await bringStarter(store, options.runtime);
    return await openOver(store, join(folder, snapshotFile), options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens a newsroom over `documents` alone, in memory; rejects with `bad-document` when none could be read. */
export async function openThrowaway(documents: AsyncIterable<ReadEvent>, options: OpenOptions): Promise<OpenNewsroom> {
  const store = await openSqliteStore({ path: ":memory:", runtime: options.runtime });
  try {
    const report = await ingest({ store, documents, collection: defaultCollections[0]!, runtime: options.runtime });
    if (report.added + report.revised + report.unchanged === 0) {
      const first = report.failures[0];
      throw new NewsroomError("bad-document", first ? first.sentence : "There is no document there to answer from.");
    }
    for (const failure of report.failures) options.logger?.warn(failure.sentence, { source: failure.source });
    return await openOver(store, null, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Keeps the starter corpus equal to its files as long as nothing else is there. */
async function bringStarter(store: Store, runtime: Runtime): Promise<void> {
  const inUse = await store.collectionsInUse();
  if (inUse.some((name) => name !== starterCollection)) return;
  const documents = readDocuments([starterFolder], { collection: starterCollection, root: starterFolder });
  await ingest({ store, documents, collection: starterCollection, runtime });
}
