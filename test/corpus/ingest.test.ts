import { describe, expect, it } from "vitest";
import { type IngestOptions, type IngestProgress, ingest } from "../../src/corpus/ingest.ts";
import { documentId } from "../../src/corpus/prepare.ts";
import type { ReadEvent } from "../../src/corpus/read-event.ts";
import { NewsroomError } from "../../src/errors.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { PreparedDocument } from "../../src/store/store.ts";
import { paragraphs, preparedDocument, sourceDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";

const runtime = createTestRuntime();
const openStore = () => openSqliteStore({ path: ":memory:", runtime });

const read = (key: string, text: string): ReadEvent => ({
  kind: "document",
  document: sourceDocument(key, text, { source: `${key}.txt` }),
  bytesDone: text.length,
  bytesTotal: null,
});
const unreadable = (source: string): ReadEvent => ({
  kind: "failed",
  source,
  error: new NewsroomError("bad-document", `${source} is empty. Leave it out.`),
  bytesDone: 0,
  bytesTotal: null,
});

async function* from(...events: readonly ReadEvent[]): AsyncGenerator<ReadEvent> {
  yield* events;
}

async function* many(count: number, act: (i: number) => void = () => undefined): AsyncGenerator<ReadEvent> {
  for (let i = 0; i < count; i++) {
    act(i);
    yield read(`d${i}`, paragraphs(`d${i}`, 2));
  }
}

async function run(options: Partial<IngestOptions> & Pick<IngestOptions, "documents">) {
  const store = options.store ?? (await openStore());
  return ingest({ runtime, ...options, store });
}

describe("ingest", () => {
  it("reports what was added, revised, left as it was, known already, and could not be read", async () => {
    const store = await openStore();
    const wire = paragraphs("wire", 8);
    await run({ store, documents: from(read("a", "One."), read("b", "Two.")) });
    const report = await run({
      store,
      documents: from(
        read("a", "One."),
        read("b", "Two, changed."),
        read("c", wire),
        unreadable("x.txt"),
        read("copy-of-c", wire),
      ),
    });
    expect(report).toEqual({
      added: 2,
      revised: 1,
      unchanged: 1,
      nearDuplicates: 1,
      failed: 1,
      passages: 17,
      failures: [{ source: "x.txt", sentence: "x.txt is empty. Leave it out." }],
      stopped: false,
      durationMs: 0,
    });
    expect(await store.document(documentId("main", "copy-of-c"))).toMatchObject({
      nearDuplicateOf: documentId("main", "c"),
    });
  });

  it("keeps documents in the collection it is told, else in their own", async () => {
    const store = await openStore();
    await run({ store, documents: from(read("a", "One.")) });
    expect(await store.collectionsInUse()).toEqual(["main"]);
    await store.forget(documentId("main", "a"));
    await run({ store, collection: "desk", documents: from(read("a", "One.")) });
    expect(await store.collectionsInUse()).toEqual(["desk"]);
    expect(await store.document(documentId("desk", "a"))).toMatchObject({ text: "One.", collection: "desk" });
  });

  it("lists a hundred failures and counts all", async () => {
    const failing = Array.from({ length: 250 }, (_, i) => unreadable(`${i}.txt`));
    const report = await run({ documents: from(...failing, read("a", "One.")) });
    expect(report).toMatchObject({ failed: 250, added: 1 });
    expect(report.failures).toHaveLength(100);
  });

  it("tells its progress after each batch, with what is kept by then", async () => {
    const store = await openStore();
    const seen: IngestProgress[] = [];
    await run({ store, documents: many(600), onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ added }) => added)).toEqual([256, 512, 600]);
    expect(seen.at(-1)).toMatchObject({ passages: 1200, bytesTotal: null });
  });

  it("keeps a batch by size and by time, too", async () => {
    const long = paragraphs("long", 20_000);
    const sizes: number[] = [];
    const seen = (progress: IngestProgress) => sizes.push(progress.added);
    await run({ documents: from(read("a", long), read("b", `${long}${long}`), read("c", "One.")), onProgress: seen });
    expect(sizes).toEqual([2, 3]);
    sizes.length = 0;
    await run({ documents: many(6, () => runtime.pass(100)), onProgress: seen });
    expect(sizes).toEqual([4, 6]);
  });

  it("keeps what was read when it is stopped, and goes on the next time", async () => {
    const store = await openStore();
    const stop = new AbortController();
    const documents = many(1000, (i) => {
      if (i === 300) stop.abort();
    });
    const report = await run({ store, documents, signal: stop.signal });
    expect(report).toMatchObject({ stopped: true, added: 300 });
    expect(await store.sequence()).toBe(600);
    expect(await run({ store, documents: many(1000) })).toMatchObject({ stopped: false, unchanged: 300, added: 700 });
  });

  it("does not wait for a reading that hangs when it is stopped", async () => {
    const stop = new AbortController();
    async function* hanging(): AsyncGenerator<ReadEvent> {
      yield read("a", "One.");
      await new Promise(() => setImmediate(() => stop.abort()));
    }
    expect(await run({ documents: hanging(), signal: stop.signal })).toMatchObject({ stopped: true, added: 1 });
    expect(await run({ documents: hanging(), signal: stop.signal })).toMatchObject({ stopped: true, added: 0 });
  });

  it("ends reading when it is stopped", async () => {
    let ended = false;
    const stop = new AbortController();
    async function* watched(): AsyncGenerator<ReadEvent> {
      try {
        yield* many(10, (i) => i === 3 && stop.abort());
      } finally {
        ended = true;
      }
    }
    await run({ documents: watched(), signal: stop.signal });
    expect(ended).toBe(true);
  });

  it("fails one document that the store refuses, and keeps the others of its batch", async () => {
    const store = await openStore();
    const refused = documentId("main", "d1");
    const put = (batch: readonly PreparedDocument[]) =>
      store.put(
        batch.map((document) => (document.id === refused ? { ...document, id: documentId("main", "d0") } : document)),
      );
    const report = await run({ store: { ...store, put }, documents: many(5) });
    expect(report).toMatchObject({ added: 4, failed: 1, failures: [{ source: "d1.txt" }] });
    expect(report.failures[0]?.sentence).toContain("Rename one of the two");
  });

  it("rejects when the store is at fault, and what was kept stays kept", async () => {
    const store = await openStore();
    let puts = 0;
    const put = async (batch: readonly PreparedDocument[]) => {
      if (++puts === 2) throw new NewsroomError("data-full", "The disk is full. Free some space.");
      return store.put(batch);
    };
    let ended = false;
    async function* watched(): AsyncGenerator<ReadEvent> {
      try {
        yield* many(1000);
      } finally {
        ended = true;
      }
    }
    await expect(run({ store: { ...store, put }, documents: watched() })).rejects.toMatchObject({ code: "data-full" });
    expect(ended).toBe(true);
    expect(await store.documents(["main"], { limit: 1000, after: null })).toHaveLength(256);
  });

  it("passes on what breaks reading itself", async () => {
    async function* broken(): AsyncGenerator<ReadEvent> {
      yield read("a", "One.");
      throw new NewsroomError("not-found", "There is no such folder. Name another.");
    }
    await expect(run({ documents: broken() })).rejects.toMatchObject({ code: "not-found" });
  });

  it("gives the same corpus the same fingerprint, whatever the order of reading", async () => {
    const [one, two] = [await openStore(), await openStore()];
    const events = Array.from({ length: 20 }, (_, i) => read(`d${i}`, `Text ${i % 3}.`));
    await run({ store: one, documents: from(...events) });
    await run({ store: two, documents: from(...events.toReversed()) });
    expect(await two.fingerprint(["main"])).toBe(await one.fingerprint(["main"]));
    expect((await one.document(documentId("main", "d5")))?.hash).toBe(
      preparedDocument("d5", "Text 2.", { source: "d5.txt" }).hash,
    );
  });
});
