/** Reads pages in a thread that is kept warm, stopped when a page holds it up, and then replaced. */
import { Worker } from "node:worker_threads";
import { NewsroomError } from "../../errors.ts";
import type { PageJob, PageOutcome } from "./page-worker.ts";
import type { ReadText, TextFile } from "./read-text.ts";

export interface PageReader {
  /** The article in a page; call it for one page at a time. Rejects with `bad-document`, and with `stopped` once closed. */
  read(bytes: Uint8Array, file: TextFile): Promise<ReadText>;
  /** The text of an article's markup; `name` says whose in a sentence. One at a time too; rejects alike. */
  text(markup: string, name: string): Promise<string>;
  /** Stops the thread, also in the middle of a page; may be called twice. */
  close(): Promise<void>;
}

/** How long a thread may take to start. */
const startMs = 15_000;
/** Megabytes of objects that a page may make; more stops the thread, not the process. */
const defaultMemoryMb = 512;

/** What a thread did next. */
type Heard =
  | { readonly kind: "message"; readonly message: unknown }
  | { readonly kind: "late" }
  | { readonly kind: "ended"; readonly cause: unknown };

/** A reader whose thread starts with the first page. `limitMs` and `memoryMb` are what a page may take. */
export function createPageReader(limitMs: number, memoryMb = defaultMemoryMb): PageReader {
  let worker: Worker | null = null;
  let closed = false;
  const stopping = new Set<Promise<unknown>>();

  const stop = (): void => {
    if (!worker) return;
    const ended: Promise<unknown> = worker.terminate().finally(() => stopping.delete(ended));
    stopping.add(ended);
    worker = null;
  };
  const start = async (): Promise<Worker> => {
    worker = new Worker(new URL("./page-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
      execArgv: [],
    });
    const started = worker;
    const heard = await nextFrom(started, startMs);
    if (heard.kind !== "message") {
      stop();
      throw new NewsroomError("internal", "The thread that reads pages did not start; try again.", {
        cause: heard.kind === "ended" ? heard.cause : undefined,
      });
    }
    started.unref();
    return started;
  };

  const run = async (job: PageJob, name: string, transfer: readonly ArrayBuffer[] = []): Promise<PageOutcome> => {
    if (closed) throw stopped(name);
    const thread = worker ?? (await start());
    thread.postMessage(job, transfer);
    const heard = await nextFrom(thread, limitMs);
    if (heard.kind !== "message") stop();
    if (heard.kind === "message") return accept(heard.message as PageOutcome, name);
    if (closed) throw stopped(name);
    throw heard.kind === "late" ? tooSlow(name, limitMs) : broken(name, heard.cause);
  };

  return {
    async read(bytes, file) {
      const copy = new Uint8Array(bytes);
      const outcome = await run({ kind: "page", bytes: copy, file }, file.name, [copy.buffer]);
      return outcome.kind === "read" ? outcome.read : unexpected(outcome);
    },
    async text(markup, name) {
      const outcome = await run({ kind: "markup", markup }, name);
      return outcome.kind === "text" ? outcome.text : unexpected(outcome);
    },
    async close() {
      closed = true;
      stop();
      await Promise.all(stopping);
    },
  };
}

/** Waits for what a thread says or how it ends, `ms` milliseconds at most. */
function nextFrom(worker: Worker, ms: number): Promise<Heard> {
  return new Promise((resolve) => {
    const settle = (heard: Heard): void => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      // A thread may fail while it is being stopped; without a listener that would be thrown at the process.
      if (heard.kind !== "message") worker.on("error", () => undefined);
      resolve(heard);
    };
    const onMessage = (message: unknown): void => settle({ kind: "message", message });
    const onError = (cause: unknown): void => settle({ kind: "ended", cause });
    const onExit = (): void => settle({ kind: "ended", cause: undefined });
    const timer = setTimeout(() => settle({ kind: "late" }), ms);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}

/** Turns what went wrong in the thread into an error. */
function accept(outcome: PageOutcome, name: string): PageOutcome {
  if (outcome.kind === "refused") throw new NewsroomError("bad-document", outcome.sentence);
  if (outcome.kind === "broken") throw broken(name, outcome.detail);
  return outcome;
}

function unexpected(outcome: PageOutcome): never {
  throw new NewsroomError("internal", `The thread that reads pages gave back a ${outcome.kind} that nobody asked for.`);
}

function broken(name: string, cause: unknown): NewsroomError {
  const memory = (cause as NodeJS.ErrnoException | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY";
  const why = memory ? "it needs more memory than a page may take" : "its markup is broken or nested too deeply";
  return new NewsroomError("bad-document", `${name} cannot be read: ${why}; save the article's text instead.`, {
    cause,
  });
}

function tooSlow(name: string, limitMs: number): NewsroomError {
  return new NewsroomError(
    "bad-document",
    `Reading ${name} took longer than ${limitMs / 1000} s and was stopped; save the article's text instead.`,
  );
}

function stopped(name: string): NewsroomError {
  return new NewsroomError("stopped", `Reading was stopped before ${name} was read.`);
}
