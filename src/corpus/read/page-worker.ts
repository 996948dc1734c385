/** The thread that reads pages; it may be stopped at any moment. */
import { parentPort } from "node:worker_threads";
import { NewsroomError } from "../../errors.ts";
import { readPage } from "./page.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** What the thread is given. */
export interface PageJob {
  readonly bytes: Uint8Array;
  readonly file: TextFile;
}

/** What it gives back: a document, a sentence for the person, or what broke it. */
export type PageOutcome =
  | { readonly kind: "read"; readonly read: ReadText }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "broken"; readonly detail: string };

const port = parentPort;
if (!port) throw new Error("page-worker.ts runs as a worker thread only.");

port.on("message", (job: PageJob) => port.postMessage(outcomeOf(job)));
port.postMessage("ready");

function outcomeOf({ bytes, file }: PageJob): PageOutcome {
  try {
    return { kind: "read", read: readPage(bytes, file) };
  } catch (error) {
    if (error instanceof NewsroomError) return { kind: "refused", sentence: error.message };
    return { kind: "broken", detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
