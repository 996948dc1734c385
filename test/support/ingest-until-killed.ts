/**
 * Ingests so many documents into the store that is named, again and again, revising and forgetting some, until it has
 * done so many rounds or is killed. Each line it prints is something it was told is kept: `kept ID REVISION` or `forgot ID`.
 */
import { ingest } from "../../src/corpus/ingest.ts";
import type { ReadEvent } from "../../src/corpus/read-event.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { PreparedDocument } from "../../src/store/store.ts";
import { paragraphs, preparedDocument, sourceDocument } from "./documents.ts";

const [path, run] = [process.argv[2]!, process.argv[3]!];
const [count, rounds] = process.argv.slice(4).map(Number) as [number, number];

const say = (...lines: string[]) =>
  new Promise((resolve) => process.stdout.write(lines.map((line) => `${line}\n`).join(""), resolve));

/** Every third document reads differently in every round of every run. */
async function* documents(round: number): AsyncGenerator<ReadEvent> {
  for (let i = 0; i < count; i++) {
    const text = paragraphs(i % 3 === 0 ? `d${i}r${run}x${round}` : `d${i}`, 1 + (i % 5));
    yield { kind: "document", document: sourceDocument(`d${i}`, text), bytesDone: i, bytesTotal: count };
  }
}

const store = await openSqliteStore({ path, runtime: systemRuntime });
await say("opened");

let puts = 0;
const put = async (batch: readonly PreparedDocument[]) => {
  const outcomes = await store.put(batch);
  await say(...outcomes.map(({ id, revision }) => `kept ${id} ${revision}`));
  if (++puts % 3 === 0) await forgetOne();
  return outcomes;
};

async function forgetOne(): Promise<void> {
  const passing = preparedDocument(`passing-${run}-${puts}`, paragraphs(`passing${run}x${puts}`, 3));
  await store.put([passing]);
  await store.forget(passing.id);
  await say(`forgot ${passing.id}`);
}

for (let round = 0; round < rounds; round++) {
  await ingest({ store: { ...store, put }, documents: documents(round), collection: "main", runtime: systemRuntime });
}
await store.close();
await say("done");
