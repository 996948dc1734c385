/** Counts what the newsroom tells of, in the format that Prometheus reads. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { MeasureListener } from "../../src/measures.ts";
import type { CorpusCounts } from "../../src/ports.ts";

export interface Metrics {
  /** Counts an event of the newsroom's. */
  readonly count: MeasureListener;
  /** Counts an answer to a browser or a program. */
  served(page: string, status: number, tookMs: number): void;
  /** Everything counted so far, as text; `counts` says what the corpus holds now, null that nobody knows. */
  text(counts: Pick<CorpusCounts, "documents" | "passages"> | null): Promise<string>;
  readonly contentType: string;
  /** Counts no more and lets go of what it watched. */
  close(): void;
}

const questionBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const pageBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const feedBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Makes the counters, all at nothing, with the process's own figures (memory, event-loop lag, …) beside them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const questions = new Counter({
    name: "dateline_questions_total",
    help: "Questions by the adapter they came by and by outcome: answered, declined, refused, cancelled, failed.",
    labelNames: ["adapter", "outcome"],
    registers,
  });
  const questionSeconds = new Histogram({
    name: "dateline_question_duration_seconds",
    help: "How long questions that were answered or declined took.",
    buckets: questionBuckets,
    registers,
  });
  const polls = new Counter({
    name: "dateline_feed_polls_total",
    help: "Feeds polled, by outcome: changed, unchanged, failed.",
    labelNames: ["outcome"],
    registers,
  });
  const items = new Counter({
    name: "dateline_feed_items_total",
    help: "Items of feeds that were not known before.",
    registers,
  });
  const pollSeconds = new Histogram({
    name: "dateline_feed_poll_duration_seconds",
    help: "How long polling a feed took.",
    buckets: feedBuckets,
    registers,
  });
  const deliveries = new Counter({
    name: "dateline_deliveries_total",
    help: "Scheduled posts by adapter and outcome: posted, uncertain, failed, skipped.",
    labelNames: ["adapter", "outcome"],
    registers,
  });
  const pages = new Counter({
    name: "dateline_web_responses_total",
    help: "Answers to browsers and programs, by page and HTTP status.",
    labelNames: ["page", "status"],
    registers,
  });
  const pageSeconds = new Histogram({
    name: "dateline_web_response_duration_seconds",
    help: "How long answers to browsers and programs took.",
    labelNames: ["page"],
    buckets: pageBuckets,
    registers,
  });
  const documents = new Gauge({ name: "dateline_documents", help: "Documents that the pages may show.", registers });
  const passages = new Gauge({ name: "dateline_passages", help: "Passages of those documents.", registers });

  return {
    count(event) {
      if (event.kind === "question") {
        questions.inc({ adapter: event.adapter ?? "none", outcome: event.outcome });
        if (event.outcome === "answered" || event.outcome === "declined") questionSeconds.observe(event.tookMs / 1000);
      } else if (event.kind === "feed") {
        polls.inc({ outcome: event.outcome });
        items.inc(event.items);
        pollSeconds.observe(event.tookMs / 1000);
      } else {
        deliveries.inc({ adapter: event.adapter, outcome: event.outcome });
      }
    },
    served(page, status, tookMs) {
      pages.inc({ page, status: String(status) });
      pageSeconds.observe({ page }, tookMs / 1000);
    },
    text(counts) {
      documents.set(counts?.documents ?? Number.NaN);
      passages.set(counts?.passages ?? Number.NaN);
      return registry.metrics();
    },
    contentType: registry.contentType,
    close: () => registry.clear(),
  };
}
