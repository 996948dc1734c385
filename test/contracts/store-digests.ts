/** What every store keeps to about arrivals and digests. */
import { describe, expect, it } from "vitest";
import type { Digest } from "../../src/digest/digest.ts";
import type { Store } from "../../src/store/store.ts";
import { preparedDocument } from "../support/documents.ts";
import type { TestRuntime } from "../support/runtime.ts";

async function arrivedIds(store: Store, collections: readonly string[], since: number, until: number) {
  const found: string[] = [];
  for await (const batch of store.arrived(collections, { since, until }))
    found.push(...batch.map(({ document }) => document.meta.title));
  return found;
}

const headline = (document: string) => ({
  document,
  revision: 1,
  title: `Title of ${document}`,
  outlet: "Post",
  published: null,
  url: null,
});
const score = { total: 0.5, independent: 2, outlets: 0.5, freshness: 0.5, topics: 0, matched: [] };
const citation = (n: number, document: string) => ({
  n,
  ...headline(document),
  quote: `Words of ${document}.`,
  start: 0,
  end: 9,
});

/** A digest with a story of documents a, b and c, one named of d, and e left out. */
function digestOf(id: string, until: number, collections: readonly string[] = ["main"]): Digest {
  return {
    id,
    window: { since: until - 1_000, until },
    timeZone: "UTC",
    collections,
    topics: [],
    outlets: [],
    stories: [
      {
        headline: headline("a"),
        keySentences: [1, 2],
        alsoIn: [
          { ...headline("b"), copyOf: "a" },
          { ...headline("c"), copyOf: null },
        ],
        disagreements: [
          {
            kind: "number",
            sides: [
              { citation: 1, text: "12", outlets: ["Post"] },
              { citation: 3, text: "14", outlets: ["Star"] },
            ],
          },
        ],
        documents: ["a", "b", "c"],
        score,
      },
    ],
    brief: [{ headline: headline("d"), documents: ["d"], score, reason: "no-room" }],
    leftOut: [{ ...headline("e"), reason: "old", score: null }],
    citations: [citation(1, "a"), citation(2, "b"), citation(3, "c")],
    arrived: { documents: 5, outlets: 2 },
  };
}

export function digestsContract(openStore: () => Store, clock: () => TestRuntime): void {
  describe("what came in", () => {
    it("comes in order of arrival, after the beginning and up to the end, of these collections", async () => {
      const store = openStore();
      const begun = clock().now();
      for (const key of ["a", "b", "c"]) {
        await store.put([
          preparedDocument(key, `Words of ${key}.`, { title: key }),
          preparedDocument(`${key}2`, `More of ${key}.`, { title: `${key}2`, collection: "desk" }),
        ]);
        clock().pass(1_000);
      }
      expect(await arrivedIds(store, ["main"], begun - 1, begun + 5_000)).toEqual(["a", "b", "c"]);
      expect(await arrivedIds(store, ["main", "desk"], begun, begun + 1_000)).toEqual(["b", "b2"]);
      expect(await arrivedIds(store, [], begun - 1, begun + 5_000)).toEqual([]);
    });

    it("is told in batches without end or loss, many at one time", async () => {
      const store = openStore();
      await store.put(
        Array.from({ length: 130 }, (_, i) => preparedDocument(`k${i}`, `Text number ${i}.`, { title: `t${i}` })),
      );
      const found = await arrivedIds(store, ["main"], clock().now() - 1, clock().now());
      expect(found).toEqual(Array.from({ length: 130 }, (_, i) => `t${i}`));
    });

    it("is what is current of it, and keeps when it came in", async () => {
      const store = openStore();
      const begun = clock().now();
      await store.put([preparedDocument("a", "As it was.")]);
      clock().pass(1_000);
      await store.put([preparedDocument("a", "As it is.")]);
      for await (const [one] of store.arrived(["main"], { since: begun - 1, until: begun }))
        expect(one).toMatchObject({ document: { text: "As it is.", revision: 2 }, arrivedAt: begun, baseline: false });
      expect(await arrivedIds(store, ["main"], begun, begun + 5_000)).toEqual([]);
    });
  });

  describe("kept digests", () => {
    it("are there by id, as first kept", async () => {
      const store = openStore();
      await store.keepDigest(digestOf("one", 5));
      await store.keepDigest({ ...digestOf("one", 6), stories: [] });
      expect(await store.digest("one")).toEqual(digestOf("one", 5));
      expect(await store.digest("two")).toBeNull();
    });

    it("are listed the latest first, page by page, where nothing in them is out of sight", async () => {
      const store = openStore();
      for (const [id, until] of [
        ["a", 5],
        ["b", 7],
        ["c", 5],
        ["d", 6],
      ] as const)
        await store.keepDigest(digestOf(id, until, id === "d" ? ["main", "desk"] : ["main"]));
      const ids = async (collections: readonly string[], limit: number, after: string | null) =>
        (await store.digests(collections, { limit, after })).map(({ id }) => id);
      expect(await ids(["main"], 9, null)).toEqual(["b", "c", "a"]);
      expect(await ids(["desk", "main", "more"], 2, null)).toEqual(["b", "d"]);
      expect(await ids(["desk", "main", "more"], 2, "d")).toEqual(["c", "a"]);
      expect(await ids([], 9, null)).toEqual([]);
      const [first] = await store.digests(["main"], { limit: 1, after: null });
      expect(first).toEqual({
        id: "b",
        window: { since: -993, until: 7 },
        timeZone: "UTC",
        stories: 1,
        documents: 5,
        headline: "Title of a",
      });
    });

    it("lose every word of a document that is forgotten, and nothing else", async () => {
      const store = openStore();
      const documents = ["a", "b", "c", "d", "e"].map((key) => preparedDocument(key, `Words of ${key}.`));
      await store.put(documents);
      const names = new Map(documents.map(({ id, source }) => [source.key, id]));
      const named = JSON.parse(JSON.stringify(digestOf("one", 5)), (key, value) =>
        key === "document" || key === "copyOf"
          ? (names.get(value) ?? value)
          : key === "documents" && Array.isArray(value)
            ? value.map((one) => names.get(one))
            : value,
      ) as Digest;
      await store.keepDigest(named);
      await store.forget(names.get("a")!);
      const rest = (await store.digest("one"))!;
      expect(JSON.stringify(rest)).not.toMatch(/Title of a|Words of a/);
      expect(rest.stories).toMatchObject([
        { headline: { title: "Title of b" }, keySentences: [2], alsoIn: [{ title: "Title of c" }], disagreements: [] },
      ]);
      expect((await store.digests(["main"], { limit: 1, after: null }))[0]?.headline).toBe("Title of b");
      for (const key of ["b", "d", "e"]) await store.forget(names.get(key)!);
      expect(await store.digest("one")).toMatchObject({ stories: [], brief: [], leftOut: [] });
    });
  });
}
