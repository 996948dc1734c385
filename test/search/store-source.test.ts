import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSearch } from "../../src/search/create-search.ts";
import type { Search, SearchFilter } from "../../src/search/search.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";
import { createMemorySource } from "./memory-source.ts";

const main: SearchFilter = { collections: ["main"] };

describe("a search over the embedded store", () => {
  let store: Store;
  let search: Search;
  beforeEach(async () => {
    store = await openSqliteStore({ path: ":memory:", runtime: createTestRuntime() });
    search = await createSearch({ source: store, snapshot: null });
  });
  afterEach(async () => {
    await search.close();
    await store.close();
  });

  async function found(question: string, filter = main): Promise<string[]> {
    await search.refresh();
    const { hits } = await search.search(search.terms(question), filter, 20);
    const texts = await Promise.all(
      hits.map(async ({ passage }) => {
        const stored = await store.document(passage.document, passage.revision);
        return stored?.text.slice(passage.start, passage.end) ?? "";
      }),
    );
    return texts;
  }

  it("finds the passage at its offsets", async () => {
    const text = "The harbour was closed on Monday.\r\n\r\n🚢 Ferries, said the café’s owner, would sail again.";
    await store.put([preparedDocument("harbour", text)]);
    expect(await found("When will the ferry sail from the cafe?")).toEqual([
      "🚢 Ferries, said the café’s owner, would sail again.",
    ]);
  });

  it("follows revisions and what is forgotten", async () => {
    const first = preparedDocument("strike", "The dockers went on strike.");
    await store.put([first]);
    expect(await found("dockers on strike")).toHaveLength(1);
    await store.put([preparedDocument("strike", "The dockers went back to work.")]);
    expect(await found("dockers strike")).toEqual(["The dockers went back to work."]);
    await store.forget(first.id);
    expect(await found("dockers strike")).toEqual([]);
  });

  it("looks only where it may, and only at the period asked for", async () => {
    await store.put([
      preparedDocument("a", "The mayor resigned.", {
        collection: "desk",
        published: "2026-01-02",
        outlet: "The Herald",
      }),
      preparedDocument("b", "The mayor resigned, it is said.", {
        published: "2026-02-03T10:00:00Z",
        outlet: "Le Soir",
      }),
    ]);
    const mayor = (filter: SearchFilter) => found("mayor", filter);
    expect(await mayor(main)).toHaveLength(1);
    expect(await mayor({ collections: [] })).toEqual([]);
    expect(await mayor({ collections: ["desk", "main"], from: "2026-02-01" })).toEqual([
      "The mayor resigned, it is said.",
    ]);
    expect(await mayor({ collections: ["desk", "main"], to: "2026-01" })).toEqual(["The mayor resigned."]);
    expect(await mayor({ collections: ["desk", "main"], outlet: "the herald" })).toEqual(["The mayor resigned."]);
    const { searched } = await search.search([], { collections: ["desk", "main"], outlet: "Le Soir" }, 20);
    expect(searched).toEqual({ documents: 1, passages: 1 });
  });

  it("leaves the event loop free while it reads a bulk", async () => {
    await store.put([preparedDocument("bulk", paragraphs("word", 3_000))]);
    let turns = 0;
    let reading = true;
    const count = (): void => {
      turns++;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    await search.refresh();
    reading = false;
    expect(turns).toBeGreaterThan(20);
    expect(await found("word7w3")).toHaveLength(1);
  });
});

describe("a search over a source that is no better than it must be", () => {
  const long = { id: "long", title: "Report", bodies: ["harbour one", "harbour two", "harbour three", "harbour four"] };
  const short = { id: "short", title: "Report", bodies: ["harbour five"] };

  it("counts a document once that it was told of in pieces", async () => {
    const source = createMemorySource([short, long]);
    let breaking = true;
    async function* changes(since: number) {
      let told = 0;
      for await (const change of source.changes(since)) {
        if (breaking && told++ === 1) throw new Error("The store is gone.");
        yield change;
      }
    }
    let asked = 0;
    const sequence = async () => (asked++ === 0 ? 0 : source.sequence());
    const folder = mkdtempSync(join(tmpdir(), "dateline-pieces-"));
    const options = { snapshot: join(folder, "index"), limits: { tailPassages: 40, snapshotPassages: 2 } };
    const broken = await createSearch({ source: { sequence, changes }, ...options });
    await expect(broken.refresh()).rejects.toThrow("The store is gone.");
    await broken.close();

    breaking = false;
    const search = await createSearch({ source, ...options });
    const counted = async () => (await search.search(search.terms("harbour"), main, 20)).searched;
    expect(await counted()).toEqual({ documents: 2, passages: 5 });
    source.forget("short");
    await search.refresh();
    await search.close();
    expect(await counted()).toEqual({ documents: 1, passages: 4 });
    rmSync(folder, { recursive: true });
  });

  it("takes a passage it knows for known", async () => {
    const source = createMemorySource([short, long]);
    const repeating = { sequence: source.sequence, changes: () => source.changes(0) };
    const search = await createSearch({ source: repeating, snapshot: null });
    source.put({ id: "new", title: "", bodies: ["harbour six"] });
    await search.refresh();
    const { hits, searched } = await search.search(search.terms("harbour"), main, 20);
    expect(hits).toHaveLength(6);
    expect(searched).toEqual({ documents: 3, passages: 6 });
  });
});
