/** Lets documents come into a store at times that a test chooses, and makes digests of them. */
import { citationUrl } from "../../src/answer/citation-url.ts";
import { passageAround } from "../../src/answer/passage-around.ts";
import { createDigests } from "../../src/digest/create-digests.ts";
import type { Digest, DigestRequest, Digests } from "../../src/digest/digest.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { type DocumentOptions, preparedDocument } from "./documents.ts";
import type { LabelledItem } from "./labelled-items.ts";
import { createTestRuntime } from "./runtime.ts";

/** 3 November 2026, 08:00 in UTC: when the digests of tests are made. */
export const digestTime = Date.UTC(2026, 10, 3, 8);
const dayMs = 86_400_000;

export interface Arrivals {
  readonly store: Store;
  readonly digests: Digests;
  /** Keeps a document as if it came in at `at` (a time of day of 2 November, "10:00", unless in milliseconds); its id. */
  arrive(
    at: string | number,
    outlet: string | null,
    title: string,
    text: string,
    more?: DocumentOptions,
  ): Promise<string>;
  /** Keeps items as if each came in a minute after it was published. */
  arriveItems(items: readonly LabelledItem[]): Promise<void>;
  /** The digest of the day before 3 November, 08:00, unless told otherwise. */
  make(request?: Partial<DigestRequest>): Promise<Digest>;
}

export async function openArrivals(): Promise<Arrivals> {
  let now = 0;
  const runtime = { ...createTestRuntime(), now: () => now };
  const store = await openSqliteStore({ path: ":memory:", runtime });
  const digests = createDigests({
    store,
    url: (cited) => citationUrl(cited, { publicUrl: null }),
    passage: passageAround,
  });
  let kept = 0;
  async function arrive(...[at, outlet, title, text, more]: Parameters<Arrivals["arrive"]>): Promise<string> {
    now = typeof at === "number" ? at : Date.parse(`2026-11-02T${at}:00Z`);
    const published = new Date(now).toISOString();
    const url = `https://news.example/${++kept}`;
    const document = preparedDocument(`item-${kept}`, text, { outlet, title, published, url, ...more });
    await store.put([document]);
    return document.id;
  }
  return {
    store,
    digests,
    arrive,
    async arriveItems(items) {
      for (const { id, published, outlet, title, text } of items) {
        now = Date.parse(published) + 60_000;
        const url = `https://${outlet.toLowerCase().replace(/\W/g, "")}.example/${id}`;
        await store.put([preparedDocument(id, text, { outlet, title, published, url })]);
      }
    },
    make: (request = {}) =>
      digests.make({
        id: null,
        window: { since: digestTime - dayMs, until: digestTime },
        collections: ["main"],
        topics: [],
        outlets: [],
        timeZone: "UTC",
        ...request,
      }),
  };
}
