/** What every measurement of a chat platform under load starts from: a generated corpus, and questions it answers. */
import { ingest } from "../../src/corpus/ingest.ts";
import type { ReadEvent } from "../../src/corpus/read-event.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openData } from "../../src/store/open.ts";
import { createGeneratedNews, type GeneratedDocument } from "./generated-news.ts";

const news = createGeneratedNews(7);

/** Milliseconds under which this share of the values lies. */
export function quantile(durations: readonly number[], share: number): number {
  const sorted = durations.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What came of a load: counts, and durations in milliseconds; an ack that never came is infinite. */
export interface Load {
  readonly people: number;
  readonly asked: number;
  readonly lost: number;
  readonly doubled: number;
  readonly acks: readonly number[];
  readonly answers: readonly number[];
  readonly seconds: number;
}

/** A load as a row of the table that is printed. */
export function row({
  people: count,
  asked,
  lost,
  doubled,
  acks,
  answers,
  seconds: took,
}: Load): Record<string, unknown> {
  const ms = (value: number) => Number(value.toFixed(1));
  return {
    people: count,
    asked,
    "a second": Number((asked / took).toFixed(1)),
    lost,
    doubled,
    "ack p50 ms": ms(quantile(acks, 0.5)),
    "ack p99 ms": ms(quantile(acks, 0.99)),
    "ack max ms": ms(Math.max(...acks)),
    "answer p50 ms": ms(quantile(answers, 0.5)),
    "answer p99 ms": ms(quantile(answers, 0.99)),
  };
}

async function* reading(
  documents: Iterable<GeneratedDocument>,
  sample: GeneratedDocument[],
): AsyncGenerator<ReadEvent> {
  for (const document of documents) {
    if (sample.length < 2_000) sample.push(document);
    const { id, title, bodies } = document;
    const meta = {
      title,
      outlet: null,
      published: null,
      dateline: null,
      language: "en",
      origin: null,
      source: id,
      url: null,
    };
    const source = { key: id, collection: "main", meta, text: bodies.join("\n\n"), excluded: [] };
    yield { kind: "document", document: source, bytesDone: 0, bytesTotal: null } as ReadEvent;
  }
}

/** Keeps a generated corpus of so many passages in a folder and gives questions that it was made from. */
export async function keepCorpus(folder: string, passages: number): Promise<() => string> {
  const store = await openData(folder, { runtime: systemRuntime });
  const sample: GeneratedDocument[] = [];
  try {
    await ingest({ store, documents: reading(news.documents(passages), sample), runtime: systemRuntime });
  } finally {
    await store.close();
  }
  let at = 0;
  return () => `What about ${news.question(sample[at++ % sample.length]!).join(" ")}?`;
}
