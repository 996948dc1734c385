/** `ingest`: brings files and folders into the corpus, and says what came of it. */
import { type IngestReport, ingest } from "../corpus/ingest.ts";
import { readDocuments } from "../corpus/read/read-documents.ts";
import { counted, grouped } from "../reply/counted.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { codeOfEnd, exitCodes } from "./exit-codes.ts";
import { openFor, type Work, watchStarter } from "./opening.ts";
import { printingTo } from "./printing.ts";
import { createProgressDisplay, durationWords } from "./progress.ts";

const failuresShown = 20;

/** "3 documents added, 1 revised, 2 unchanged; 1 carries the same text as another. 96 passages, in 2 s." */
export function reportSentence(report: IngestReport): string {
  const { added, revised, unchanged, nearDuplicates, failed, passages, durationMs } = report;
  const parts = [
    `${grouped(added)} added`,
    ...(revised > 0 ? [`${grouped(revised)} revised`] : []),
    ...(unchanged > 0 ? [`${grouped(unchanged)} unchanged`] : []),
    ...(failed > 0 ? [`${grouped(failed)} could not be read`] : []),
  ];
  const same = nearDuplicates === 0 ? "" : ` ${grouped(nearDuplicates)} nearly the same as another (wire copy).`;
  const took = `${counted(passages, "passage")} in ${durationWords(durationMs)}.`;
  return `Documents: ${parts.join(", ")}.${same} ${took}`;
}

/** What went wrong, a line each. */
function failureLines(report: IngestReport): readonly string[] {
  const shown = report.failures.slice(0, failuresShown).map(({ sentence }) => inertLine(sentence));
  const more = report.failed - shown.length;
  return more > 0 ? [...shown, `… and ${grouped(more)} more.`] : shown;
}

/** Runs `ingest`: 0 when everything was kept, 1 when something could not be read; the rest is kept then, too. */
export async function runIngest(work: Work, paths: readonly string[], collection: string | null): Promise<number> {
  const { surroundings, invocation } = work;
  const { runtime, signal, errors } = surroundings;
  const opened = await openFor(work);
  try {
    const tellOfStarter = await watchStarter(opened, surroundings);
    const display = createProgressDisplay(errors, runtime);
    const { store } = opened;
    const documents = readDocuments(paths, { collection: collection ?? "main", signal });
    const into = collection === null ? {} : { collection };
    const report = await ingest({ store, documents, ...into, runtime, signal, onProgress: display.show }).finally(() =>
      display.end(),
    );
    await opened.search.refresh();
    const print = printingTo(surroundings);
    await print(`${invocation.json ? inertJson(report) : reportSentence(report)}\n`);
    for (const line of failureLines(report)) errors.write(`${line}\n`);
    await tellOfStarter();
    if (report.stopped) {
      errors.write("Stopped. What was kept so far stays; run the same command again to go on.\n");
      return codeOfEnd(signal);
    }
    return report.failed === 0 ? exitCodes.done : exitCodes.failure;
  } finally {
    await opened.close();
  }
}
