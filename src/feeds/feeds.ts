/** Everything that keeps and runs feeds, put together over a store. */
import type { Logger } from "../logger.ts";
import type { Measures } from "../measures.ts";
import type { Runtime } from "../runtime.ts";
import type { Store } from "../store/store.ts";
import type { FeedWeb } from "./feed-web.ts";
import { createIntake } from "./intake.ts";
import { createFeedKeeper, type FeedKeeper } from "./keeper.ts";
import { createFeedPoller, type FeedPoller } from "./poller.ts";
import { createSettle } from "./settle.ts";

export interface FeedsDeps {
  readonly store: Store;
  readonly web: FeedWeb;
  readonly runtime: Runtime;
  readonly logger?: Logger | undefined;
  readonly measures: Measures;
}

export interface Feeds {
  readonly keeper: FeedKeeper;
  readonly poller: FeedPoller;
  readonly web: FeedWeb;
  /** Stops polling, then the reading; may be called twice. */
  close(): Promise<void>;
}

/** Puts the feeds together; nothing is polled until `poller.start()`. */
export function createFeeds({ store, web, runtime, logger, measures }: FeedsDeps): Feeds {
  const settle = createSettle({ store, intake: createIntake({ store, reader: web, runtime }), runtime });
  const poller = createFeedPoller({ store, reader: web, settle, runtime, logger, record: measures.record });
  return {
    keeper: createFeedKeeper({ store, reader: web, settle, runtime }),
    poller,
    web,
    async close() {
      await poller.stop();
      await web.close();
    },
  };
}
