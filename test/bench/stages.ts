/**
 * What the bench measures, a stage a process, so that none pays for the memory of another. Prints one JSON object.
 *
 *   node --expose-gc test/bench/stages.ts STAGE FOLDER
 */
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ingest } from "../../src/corpus/ingest.ts";
import { readDocuments } from "../../src/corpus/read/read-documents.ts";
import { openNewsroom, snapshotFile } from "../../src/open-newsroom.ts";
import { systemRuntime as runtime } from "../../src/runtime.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { openData } from "../../src/store/open.ts";
import type { IndexedPassage, Store } from "../../src/store/store.ts";
import { buildFullText, openFullText } from "./full-text.ts";

const [stage, folder] = process.argv.slice(2) as [string, string];
const data = join(folder, "data");
const snapshot = join(data, snapshotFile);
const archive = join(folder, "archive.jsonl");
const fullText = join(folder, "full-text.db");
const filter = { collections: ["main"] };

/** Milliseconds of the clock and of this thread's work. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number; cpuMs: number }> {
  const started = performance.now();
  const cpu = process.threadCpuUsage();
  const result = await work();
  const spent = process.threadCpuUsage(cpu);
  return { result, ms: performance.now() - started, cpuMs: (spent.user + spent.system) / 1000 };
}

/** Resident memory once everything that can go is gone. */
async function residentBytes(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.();
    await runtime.sleep(50);
  }
  return process.memoryUsage().rss;
}

async function questions(): Promise<readonly (readonly string[])[]> {
  return JSON.parse(await readFile(join(folder, "questions.json"), "utf8"));
}

/** Files to answerable: read, cut, kept, indexed, and a question answered. */
async function ingestStage() {
  await rm(data, { recursive: true, force: true });
  const store = await openData(data, { runtime });
  const documents = readDocuments([archive], { collection: "main", root: folder });
  const kept = await timed(() => ingest({ store, documents, collection: "main", runtime }));
  const indexed = await timed(async () => {
    const search = await createSearch({ source: store, snapshot: null });
    const [first] = await questions();
    return (await search.search(search.terms(first!.join(" ")), filter, 20)).searched.passages;
  });
  await store.close();
  return { passages: indexed.result, failed: kept.result.failed, ingestMs: kept.ms, indexMs: indexed.ms };
}

/** The index built from the store, and kept on disk. */
async function indexStage() {
  await rm(snapshot, { force: true });
  const store = await openData(data, { runtime });
  const built = await timed(() => createSearch({ source: store, snapshot }));
  await built.result.close();
  await store.close();
  const written = await stat(snapshot).catch(() => null);
  return { buildMs: built.ms, buildCpuMs: built.cpuMs, snapshotBytes: written?.size ?? 0 };
}

async function fullTextStage() {
  await rm(fullText, { force: true });
  const store = await openData(data, { runtime });
  const built = await timed(() => buildFullText(fullText, passagesOf(store)));
  await store.close();
  return { buildMs: built.ms, bytes: (await stat(fullText)).size };
}

async function* passagesOf(store: Store): AsyncGenerator<readonly IndexedPassage[]> {
  for await (const change of store.changes(0)) if (change.kind === "add") yield change.passages;
}

/** Every question in turn by every way of asking; the middle of three rounds counts, after one that warms up. */
async function askStage() {
  const asked = await questions();
  const opened = await timed(() => openNewsroom(data, { runtime, publicUrl: null }));
  const { search, newsroom, close } = opened.result;
  const bySearch = async (words: readonly string[]) =>
    (await search.search(search.terms(words.join(" ")), filter, 20)).hits;
  for (const words of asked) await bySearch(words);
  const rss = await residentBytes();
  const byFullText = openFullText(fullText);
  const ways: Record<string, (words: readonly string[]) => unknown> = {
    search: bySearch,
    fullText: byFullText,
    ask: (words) =>
      newsroom.ask({
        text: `What was said about ${words.join(" ")}?`,
        asker: null,
        place: null,
        follows: null,
        standing: "guest",
        timeZone: null,
        collections: ["main"],
      }),
  };
  const times: Record<string, number[]> = {};
  for (const [name, way] of Object.entries(ways)) times[name] = await medians(asked, way);
  const { hits, searched } = await search.search(search.terms(asked[0]!.join(" ")), filter, 20);
  const rssAfter = await residentBytes();
  await close();
  return {
    readyMs: opened.ms,
    rss,
    rssAfter,
    times,
    searched,
    shared: shared(
      hits.map((hit) => hit.passage.number),
      byFullText(asked[0]!),
    ),
  };
}

async function medians(
  asked: readonly (readonly string[])[],
  way: (words: readonly string[]) => unknown,
): Promise<number[]> {
  const rounds: number[][] = [];
  for (let round = 0; round < 4; round++) {
    const times: number[] = [];
    for (const words of asked) {
      const started = performance.now();
      await way(words);
      times.push(performance.now() - started);
    }
    if (round > 0) rounds.push(times);
  }
  return asked.map((_, i) => rounds.map((times) => times[i]!).sort((a, b) => a - b)[1]!);
}

function shared(one: readonly number[], other: readonly number[]): number {
  return one.filter((number) => other.includes(number)).length;
}

const stages: Record<string, () => Promise<unknown>> = {
  ingest: ingestStage,
  index: indexStage,
  "full-text": fullTextStage,
  ask: askStage,
};
const run = stages[stage];
if (!run) throw new Error(`There is no stage ${stage}.`);
console.log(JSON.stringify(await run()));
