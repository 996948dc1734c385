/** The thread that reads pages; it may be stopped at any moment. */
import { parentPort } from "node:worker_threads";
import { NewsroomError } from "../../errors.ts";
import { readMarkup, readPage } from "./page.ts";
import type { ReadText, TextFile } from "./read-text.ts";

/** What the thread is given: a page as a file, or markup that is nothing but the article. */
export type PageJob =
  | { readonly kind: "page"; readonly bytes: Uint8Array; readonly file: TextFile }
  | { readonly kind: "markup"; readonly markup: string };

/** What it gives back: a document, a text, a sentence for the person, or what broke it. */
export type PageOutcome =
  | { readonly kind: "read"; readonly read: ReadText }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "broken"; readonly detail: string };

const port = parentPort;
if (!port) throw new Error("page-worker.ts runs as a worker thread only.");

port.on("message", (job: PageJob) => port.postMessage(outcomeOf(job)));
port.postMessage("ready");

function outcomeOf(job: PageJob): PageOutcome {
  try {
    if (job.kind === "markup") return { kind: "text", text: readMarkup(job.markup) };
    return { kind: "read", read: readPage(job.bytes, job.file) };
  } catch (error) {
    if (error instanceof NewsroomError) return { kind: "refused", sentence: error.message };
    return { kind: "broken", detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
