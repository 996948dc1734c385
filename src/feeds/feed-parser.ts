/** Parses in a thread that is kept warm, stopped when a feed holds it up, and replaced at once. */
import { Worker } from "node:worker_threads";
import type { ArticleReading, ArticleSource } from "./article-text.ts";
import { failed } from "./failed.ts";
import type { FailedOutcome } from "./feed.ts";
import type { FeedJob, FeedJobDone } from "./feed-worker.ts";
import type { FeedSource, ParseOutcome } from "./parse-feed.ts";

export interface FeedParser {
  /** Starts the thread, so that the first feed need not wait for it. */
  warm(): void;
  /** The feed in `bytes`. One at a time; the others wait. Never rejects for what a feed holds. */
  parse(bytes: Uint8Array, source: FeedSource): Promise<ParseOutcome>;
  /** The article in a page. As `parse`. */
  article(bytes: Uint8Array, source: ArticleSource): Promise<ArticleReading | FailedOutcome>;
  /** Stops the thread, also in the middle of a feed; may be called twice. */
  close(): Promise<void>;
}

export interface FeedParserOptions {
  /** What one feed or page may take, in milliseconds. */
  readonly limitMs: number;
  /** Megabytes of objects that it may make. */
  readonly memoryMb: number;
  /** Bytes it may have; more is not even begun. */
  readonly maxBytes: number;
}

/** How long a thread may take to start. */
const startMs = 15_000;

/** What a thread did next. */
type Heard =
  | { readonly kind: "message"; readonly message: unknown }
  | { readonly kind: "late" }
  | { readonly kind: "ended"; readonly cause: unknown };

/** A thread and whether it started. */
interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<Heard>;
}

/** A parser whose thread starts with `warm` or the first feed. */
export function createFeedParser(given: Partial<FeedParserOptions> = {}): FeedParser {
  const options = { limitMs: 2_000, memoryMb: 384, maxBytes: 12 * 2 ** 20, ...given };
  let thread: Thread | null = null;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  const stopping = new Set<Promise<unknown>>();

  const start = (): Thread => {
    const worker = new Worker(new URL("./feed-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: 64 },
      execArgv: [],
    });
    // Without a listener, a thread that fails between two feeds would be thrown at the process.
    worker.on("error", () => undefined);
    const ready = nextFrom(worker, startMs).then((heard) => {
      worker.unref();
      return heard;
    });
    return { worker, ready };
  };
  const stop = (): void => {
    if (!thread) return;
    const ended: Promise<unknown> = thread.worker.terminate().finally(() => stopping.delete(ended));
    stopping.add(ended);
    thread = null;
  };
  const warm = (): void => {
    if (!closed) thread ??= start();
  };

  const run = async (job: FeedJob): Promise<FeedJobDone | FailedOutcome> => {
    warm();
    if (!thread) return stopped();
    const { worker, ready } = thread;
    if ((await ready).kind !== "message") {
      stop();
      return closed ? stopped() : failed("stopped", "The thread that parses feeds did not start; it is tried again.");
    }
    worker.ref();
    const bytes = new Uint8Array(job.bytes);
    worker.postMessage({ ...job, bytes }, [bytes.buffer]);
    const heard = await nextFrom(worker, options.limitMs);
    worker.unref();
    if (heard.kind === "message") return heard.message as FeedJobDone;
    stop();
    warm();
    if (closed) return stopped();
    return heard.kind === "late" ? tooLong(options.limitMs) : tooMuch(heard.cause);
  };
  const inTurn = async (job: FeedJob): Promise<FeedJobDone | FailedOutcome> => {
    if (job.bytes.length > options.maxBytes) return tooLarge(options.maxBytes);
    const mine = last.then(() => run(job));
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    warm,
    async parse(bytes, source) {
      const done = await inTurn({ kind: "feed", bytes, source });
      if (done.kind === "feed") return done.outcome;
      return done.kind === "failed" ? done : broken(done.kind === "broken" ? done.detail : null);
    },
    async article(bytes, source) {
      const done = await inTurn({ kind: "article", bytes, source });
      if (done.kind === "article") return done.reading;
      return done.kind === "failed" ? done : broken(done.kind === "broken" ? done.detail : null);
    },
    async close() {
      closed = true;
      stop();
      await Promise.all(stopping);
      await last;
    },
  };
}

/** Waits for what a thread says or how it ends, `ms` milliseconds at most. */
function nextFrom(worker: Worker, ms: number): Promise<Heard> {
  return new Promise((resolve) => {
    const settle = (heard: Heard): void => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(heard);
    };
    const onMessage = (message: unknown): void => settle({ kind: "message", message });
    const onError = (cause: unknown): void => settle({ kind: "ended", cause });
    const onExit = (): void => settle({ kind: "ended", cause: undefined });
    const timer = setTimeout(() => settle({ kind: "late" }), ms);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}

function tooLong(limitMs: number): FailedOutcome {
  return failed("hostile", `Reading it took longer than ${limitMs / 1000} s and was stopped.`);
}

function tooLarge(maxBytes: number): FailedOutcome {
  return failed("too-large", `It is larger than ${Math.round(maxBytes / 2 ** 20)} MB.`);
}

function tooMuch(cause: unknown): FailedOutcome {
  const memory = (cause as NodeJS.ErrnoException | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY";
  return memory
    ? failed("hostile", "Reading it needs more memory than a feed may take; it was stopped.")
    : broken(cause === undefined ? null : String(cause));
}

function broken(detail: string | null): FailedOutcome {
  return failed("hostile", "It is built in a way that breaks the reading of it.", { detail });
}

function stopped(): FailedOutcome {
  return failed("stopped", "Dateline is stopping; it will ask again.");
}
