/** The thread that parses feeds and articles; it may be stopped at any moment. */
import { parentPort } from "node:worker_threads";
import { type ArticleReading, type ArticleSource, readArticle } from "./article-text.ts";
import { type FeedSource, type ParseOutcome, parseFeed } from "./parse-feed.ts";

/** What the thread is given. */
export type FeedJob =
  | { readonly kind: "feed"; readonly bytes: Uint8Array; readonly source: FeedSource }
  | { readonly kind: "article"; readonly bytes: Uint8Array; readonly source: ArticleSource };

/** What it gives back; `broken` is for what nobody foresaw, a stack overflow first of all. */
export type FeedJobDone =
  | { readonly kind: "feed"; readonly outcome: ParseOutcome }
  | { readonly kind: "article"; readonly reading: ArticleReading }
  | { readonly kind: "broken"; readonly detail: string };

const port = parentPort;
if (!port) throw new Error("feed-worker.ts runs as a worker thread only.");

port.on("message", (job: FeedJob) => {
  void done(job).then((result) => port.postMessage(result));
});
port.postMessage("ready");

async function done(job: FeedJob): Promise<FeedJobDone> {
  try {
    if (job.kind === "feed") return { kind: "feed", outcome: await parseFeed(job.bytes, job.source) };
    return { kind: "article", reading: readArticle(job.bytes, job.source) };
  } catch (error) {
    return { kind: "broken", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
