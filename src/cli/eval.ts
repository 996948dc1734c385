/** `eval`: asks a file of questions and says how many answers are right, and how many declines. */
import { readFile } from "node:fs/promises";
import { NewsroomError } from "../errors.ts";
import { type EvaluationReport, type EvaluationSet, evaluate, parseEvaluationSet, readSet } from "../evaluation.ts";
import { type OpenNewsroom, openThrowaway } from "../open-newsroom.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { codeOfEnd, exitCodes } from "./exit-codes.ts";
import { openFor, type Work } from "./opening.ts";
import { printingTo } from "./printing.ts";

async function readQuestions(file: string): Promise<EvaluationSet> {
  const json = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new NewsroomError("usage", `${inertLine(file)} cannot be read. Name a JSON file of questions.`, { cause });
  });
  return parseEvaluationSet(json, inertLine(file));
}

/** What the set is asked of: the documents it brings, else those of `--corpus`, else the data folder. */
function openForSet(work: Work, set: EvaluationSet): Promise<OpenNewsroom> {
  const { surroundings, config, invocation, logger } = work;
  if (set.documents.length === 0 || invocation.corpus !== null) return openFor(work);
  return openThrowaway(readSet(set), { runtime: surroundings.runtime, publicUrl: config.publicUrl, logger });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** The report as a few lines of text. */
export function reportText(report: EvaluationReport): string {
  const { answerable, right, unanswerable, declined, withGold, recallAt2, recallAt5, spans, exactSpans } = report;
  const rows: readonly (readonly [string, number, number])[] = [
    ["right, of the answerable", right, answerable],
    ["declined, of the unanswerable", declined, unanswerable],
    ["false answers, of the unanswerable", unanswerable - declined, unanswerable],
    ["recall@2 of passages", recallAt2, withGold],
    ["recall@5 of passages", recallAt5, withGold],
    ["exact spans", exactSpans, spans],
  ];
  const shown = rows.filter(([, , whole]) => whole > 0);
  return shown
    .map(
      ([name, part, whole]) =>
        `${name.padEnd(36)}${`${part}/${whole}`.padStart(12)}${percent(part, whole).padStart(10)}`,
    )
    .join("\n");
}

/** Runs `eval`: 0 when every question was asked, whatever came of it. */
export async function runEval(
  work: Work,
  file: string,
  options: { readonly misses: boolean; readonly claims: number | undefined },
) {
  const { surroundings, invocation } = work;
  const { errors, signal } = surroundings;
  const set = await readQuestions(file);
  const opened = await openForSet(work, set);
  try {
    const { newsroom, search, store } = opened;
    const collections = await newsroom.collections({
      adapter: "terminal",
      workspace: null,
      channel: null,
      thread: null,
    });
    const claims = options.claims === undefined ? {} : { claims: options.claims };
    const evaluated = {
      async ask(text: string) {
        const reply = await newsroom.ask(
          {
            text,
            asker: null,
            place: null,
            follows: null,
            standing: "manager" as const,
            timeZone: null,
            collections,
            ...claims,
          },
          signal,
        );
        return reply.answer!;
      },
      async found(text: string, limit: number) {
        const { hits } = await search.search(search.terms(text), { collections }, limit);
        const documents = hits.map(({ passage }) => store.document(passage.document, passage.revision));
        return (await Promise.all(documents)).map((document) => document?.meta.source ?? null);
      },
      text: async (document: string, revision: number) => (await store.document(document, revision))?.text ?? null,
    };
    const count = (done: number, total: number) => {
      if (errors.isTTY) errors.write(`\r\u001b[K${done}/${total}${done === total ? "\r\u001b[K" : ""}`);
    };
    const report = await evaluate(set.questions, evaluated, count);
    const print = printingTo(surroundings);
    if (invocation.json) await print(`${inertJson(report)}\n`);
    else await print(`${reportText(report)}\n`);
    if (options.misses && !invocation.json) {
      for (const { q, outcome, shown } of report.missed)
        await print(`\n${outcome}: ${inertLine(q)}\n  ${inertLine(shown)}\n`);
    }
    return exitCodes.done;
  } catch (error) {
    if (signal.aborted) return codeOfEnd(signal);
    throw error;
  } finally {
    await opened.close();
  }
}
