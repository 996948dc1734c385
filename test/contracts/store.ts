/** What every store keeps to; run over each of them. */
import { afterEach, beforeEach, describe } from "vitest";
import type { Runtime } from "../../src/runtime.ts";
import type { Store } from "../../src/store/store.ts";
import { createTestRuntime, type TestRuntime } from "../support/runtime.ts";
import { conversationsContract, stateContract } from "./store-conversations.ts";
import { digestsContract } from "./store-digests.ts";
import { documentsContract, forgettingContract, nearDuplicatesContract } from "./store-documents.ts";
import { feedItemsContract, feedsContract } from "./store-feeds.ts";
import { historyContract } from "./store-history.ts";
import { ledgerContract, subscriptionsContract } from "./store-schedule.ts";

/** Runs the contract over stores that `open` makes: each empty, and of its own. */
export function storeContract(name: string, open: (runtime: Runtime) => Promise<Store>): void {
  describe(`${name} keeps the store's contract`, () => {
    let runtime: TestRuntime;
    let store: Store;
    beforeEach(async () => {
      runtime = createTestRuntime();
      store = await open(runtime);
    });
    afterEach(() => store.close());

    documentsContract(() => store);
    historyContract(
      () => store,
      () => open(runtime),
    );
    nearDuplicatesContract(() => store);
    forgettingContract(() => store);
    conversationsContract(() => store);
    feedsContract(() => store);
    feedItemsContract(() => store);
    subscriptionsContract(() => store);
    ledgerContract(() => store);
    digestsContract(
      () => store,
      () => runtime,
    );
    stateContract(
      () => store,
      () => runtime,
    );
  });
}
