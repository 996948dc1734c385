import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSearch } from "../../src/search/create-search.ts";
import type { Search, SearchFilter } from "../../src/search/search.ts";
import { createMemorySource, type MemoryDocument, type MemorySource } from "./memory-source.ts";
import { naiveSearch } from "./naive-search.ts";

/** Few words, so that terms meet; inflections, so that stems do; function words; two languages that share words. */
const vocabulary =
  "cable cables embassy freedom religious religion judge judges court the of and vote votes election minister people die Haus Häuser gift U.S. 1,400".split(
    " ",
  );
const someWords = (maxLength: number) =>
  fc.array(fc.constantFrom(...vocabulary), { maxLength, size: "max" }).map((list) => list.join(" "));

const aDocument: fc.Arbitrary<MemoryDocument> = fc.record({
  id: fc.constantFrom(..."abcdefgh"),
  title: someWords(5),
  bodies: fc.array(someWords(30), { minLength: 1, maxLength: 4 }),
  collection: fc.constantFrom("main", "main", "starter", "secret"),
  outlet: fc.constantFrom(null, "BBC News", "bbc news", "Le Monde"),
  published: fc.constantFrom(null, "2024-05-01", "2024-05-02T10:00:00Z", "2025-01-01"),
  language: fc.constantFrom("en", "en", "de", "und"),
});

const aFilter: fc.Arbitrary<SearchFilter> = fc.record(
  {
    collections: fc.constantFrom(["main"], ["main", "starter"], ["main", "starter", "secret"], ["absent"], []),
    outlet: fc.constantFrom("BBC NEWS", "Reuters"),
    from: fc.constantFrom("2024-05-02", "2024-01-01"),
    to: fc.constantFrom("2024-05-01", "2024-12-31"),
  },
  { requiredKeys: ["collections"] },
);

type Step =
  | { readonly kind: "put"; readonly document: MemoryDocument }
  | { readonly kind: "forget"; readonly id: string }
  | { readonly kind: "wait" | "reopen" | "crash" | "fail" }
  | { readonly kind: "ask"; readonly question: string; readonly filter: SearchFilter };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), document: aDocument }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("forget" as const), id: fc.constantFrom(..."abcdefgh") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("wait" as const, "reopen" as const, "crash" as const, "fail" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("ask" as const), question: someWords(6), filter: aFilter }) },
);

/** The source, breaking off once it has told so many changes. */
function failingSource(
  source: MemorySource,
  failing: { readonly after: number },
): Pick<MemorySource, "sequence" | "changes"> {
  async function* changes(since: number) {
    let told = 0;
    for await (const change of source.changes(since)) {
      if (told++ >= failing.after) throw new Error("The store is gone.");
      yield change;
    }
  }
  return { sequence: source.sequence, changes };
}

/** Lets what runs in the background get on. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await nextTurn();
}

async function expectSameAsNaive(
  search: Search,
  source: MemorySource,
  question: string,
  filter: SearchFilter,
  limit = 20,
) {
  const terms = search.terms(question);
  const found = await search.search(terms, filter, limit);
  const expected = naiveSearch(source.passages(), terms, filter, limit);
  expect(found.hits.map(({ passage, score, bm25 }) => ({ number: passage.number, score, bm25 }))).toEqual(
    expected.hits,
  );
  expect(found.searched).toEqual(expected.searched);
  for (const { passage } of found.hits) {
    const { number, document, revision, start, end } = source.passages().find((one) => one.number === passage.number)!;
    expect(passage).toEqual({ number, document, revision, start, end });
  }
}

describe("search against a naive scorer", () => {
  it("finds the same passages with the same scores, whatever was added, revised, removed, kept on disk and read again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dateline-search-"));
    const someLimits = fc.record({
      tailPassages: fc.integer({ min: 1, max: 9 }),
      snapshotPassages: fc.integer({ min: 1, max: 12 }),
    });
    let files = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 60, size: "max" }), someLimits, async (steps, limits) => {
        const source = createMemorySource();
        const failing = { after: Number.POSITIVE_INFINITY };
        const options = { source: failingSource(source, failing), snapshot: join(folder, `${files++}.index`), limits };
        let search = await createSearch(options);
        for (const step of steps) {
          if (step.kind === "put") source.put(step.document);
          else if (step.kind === "forget") source.forget(step.id);
          else if (step.kind === "wait") await turns(20);
          else if (step.kind === "fail") {
            failing.after = 1;
            await search.refresh().catch(() => {});
            failing.after = Number.POSITIVE_INFINITY;
          } else if (step.kind === "ask") {
            await search.refresh();
            await expectSameAsNaive(search, source, step.question, step.filter);
          } else {
            if (step.kind === "reopen") await search.close();
            search = await createSearch(options);
          }
        }
        await search.close();
      }),
      { numRuns: 150 },
    );
    rmSync(folder, { recursive: true });
  }, 120_000);

  it("finds the same in a corpus of many blocks and windows", async () => {
    const long = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 12, size: "max" });
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(long),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }),
        async (stream, asked) => {
          // Words by a steep law: word 0 in most passages, word 60 in few.
          const word = (x: number) => `w${Math.floor(1000 / (x + 1)) % 61}`;
          const source = createMemorySource();
          for (let i = 0; i < 6_000; i++) {
            const [head, ...rest] = stream.next().value.map(word);
            source.put({
              id: `d${i}`,
              title: i % 7 === 0 ? head! : "",
              bodies: [[head, ...rest].join(" ")],
              language: "und",
            });
          }
          for (let i = 0; i < 6_000; i += 97) source.forget(`d${i}`);
          const search = await createSearch({ source, snapshot: null, limits: { tailPassages: 1_700 } });
          const filter = { collections: ["main"] };
          await expectSameAsNaive(search, source, asked.map((x) => `w${x}`).join(" "), filter, 20);
          await search.close();
          await expectSameAsNaive(search, source, asked.map((x) => `w${x}`).join(" "), filter, 700);
        },
      ),
      { numRuns: 4 },
    );
  }, 60_000);
});
