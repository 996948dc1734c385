/** `ask`: one question, the lines of standard input, or a prompt. */
import { createInterface } from "node:readline";
import type { Answer } from "../answer/answer.ts";
import { NewsroomError, sentenceFor } from "../errors.ts";
import type { Newsroom, Place } from "../ports.ts";
import { inertJson, inertLine } from "../reply/inert.ts";
import { renderPlainText } from "../reply/plain-text.ts";
import type { Reply } from "../reply/reply.ts";
import type { AskOptions } from "./arguments.ts";
import { codeOfEnd, codeOfError, exitCodes } from "./exit-codes.ts";
import { openFor, type Work } from "./opening.ts";
import { layoutOf, type Print, printingTo } from "./printing.ts";

/** What came of a question. */
type Outcome =
  | { readonly question: string; readonly reply: Reply; readonly answer: Answer; readonly tookMs: number }
  | { readonly question: string; readonly error: unknown };

/** Asks with what the command line says beside the question; never rejects. */
function asking({ surroundings }: Work, newsroom: Newsroom, options: AskOptions, place: Place | null) {
  const { runtime, signal } = surroundings;
  return async (question: string): Promise<Outcome> => {
    try {
      const here = place ?? { adapter: "terminal", workspace: null, channel: null, thread: null };
      const collections = options.collections ?? (await newsroom.collections(here));
      const claims = options.claims === undefined ? {} : { claims: options.claims };
      const from = runtime.monotonic();
      const inquiry = {
        text: question,
        asker: null,
        place,
        follows: null,
        standing: "manager" as const,
        timeZone: null,
        collections,
        ...claims,
      };
      const reply = await newsroom.ask(inquiry, signal);
      if (!reply.answer) throw new NewsroomError("internal", "That was no question but a command.");
      return { question, reply, answer: reply.answer, tookMs: runtime.monotonic() - from };
    } catch (error) {
      return { question, error };
    }
  };
}

/** An outcome as one line of JSON. */
function outcomeJson(outcome: Outcome, timing: boolean): string {
  if ("error" in outcome) {
    const { question, error } = outcome;
    const code = error instanceof NewsroomError ? error.code : "internal";
    return inertJson({ question, error: { code, message: sentenceFor(error) } });
  }
  const took = timing ? { took_ms: Math.round(outcome.tookMs * 100) / 100 } : {};
  return inertJson({ ...outcome.answer, ...took });
}

/** An answer as text, its passages under it where they are wanted. */
function outcomeText(outcome: Extract<Outcome, { reply: Reply }>, work: Work, options: AskOptions): string {
  const layout = layoutOf(work.surroundings.output, work.config.noColour);
  const { main, thread } = outcome.reply;
  const passages = options.passages ? thread.map((part) => renderPlainText({ ...part, sources: [] }, layout)) : [];
  const took = options.timing ? [`Answered in ${outcome.tookMs.toFixed(1)} ms.`] : [];
  return [renderPlainText(main, layout), ...passages, ...took].join("\n\n");
}

function report(work: Work, error: unknown): void {
  if (!(error instanceof NewsroomError)) work.logger.error("asking failed", { error });
  work.surroundings.errors.write(`${inertLine(sentenceFor(error))}\n`);
}

async function askOnce(work: Work, ask: (question: string) => Promise<Outcome>, question: string, options: AskOptions) {
  const print = printingTo(work.surroundings);
  const outcome = await ask(question);
  const failed = "error" in outcome;
  if (failed && work.surroundings.signal.aborted) return codeOfEnd(work.surroundings.signal);
  if (work.invocation.json) await print(`${outcomeJson(outcome, options.timing)}\n`);
  if (failed) {
    report(work, outcome.error);
    return codeOfError(outcome.error);
  }
  if (!work.invocation.json) await print(`${outcomeText(outcome, work, options)}\n`);
  return outcome.answer.status === "answered" ? exitCodes.done : exitCodes.notInCorpus;
}

async function printLineOutcome(work: Work, print: Print, outcome: Outcome, options: AskOptions): Promise<void> {
  if (work.invocation.json) {
    await print(`${outcomeJson(outcome, options.timing)}\n`);
    if ("error" in outcome && !(outcome.error instanceof NewsroomError)) report(work, outcome.error);
    return;
  }
  await print(`? ${inertLine(outcome.question)}\n\n`);
  if ("error" in outcome) report(work, outcome.error);
  else await print(`${outcomeText(outcome, work, options)}\n\n`);
}

async function askLines(work: Work, ask: (question: string) => Promise<Outcome>, options: AskOptions): Promise<number> {
  const { input, signal } = work.surroundings;
  const print = printingTo(work.surroundings);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  const end = () => lines.close();
  signal.addEventListener("abort", end, { once: true });
  for await (const line of lines) {
    if (signal.aborted) break;
    if (line.trim() !== "") await printLineOutcome(work, print, await ask(line), options);
  }
  signal.removeEventListener("abort", end);
  return signal.aborted ? codeOfEnd(signal) : exitCodes.done;
}

async function prompt(work: Work, newsroom: Newsroom, options: AskOptions): Promise<number> {
  if (options.timing || options.passages) {
    throw new NewsroomError(
      "usage",
      "At the prompt, /passages shows the passages; --passages and --timing are for questions.",
    );
  }
  const { input, output, runtime, signal, createPrompt } = work.surroundings;
  const { promise: ended, resolve: onEnd } = Promise.withResolvers<void>();
  const adapter = await createPrompt({
    input,
    output,
    interactive: true,
    layout: () => layoutOf(output, work.config.noColour),
    claims: options.claims,
    collections: options.collections,
    runtime,
    logger: work.logger,
    onEnd,
  });
  const stop = () => void adapter.stop();
  signal.addEventListener("abort", stop, { once: true });
  await adapter.start(newsroom);
  await ended;
  signal.removeEventListener("abort", stop);
  return exitCodes.done;
}

/** Runs `ask`; resolves with the exit code. Rejects where the corpus cannot be opened. */
export async function runAsk(work: Work, question: string | null, options: AskOptions): Promise<number> {
  const { invocation, surroundings } = work;
  const opened = await openFor(work);
  try {
    const { newsroom } = opened;
    if (question !== null) return await askOnce(work, asking(work, newsroom, options, null), question, options);
    if (surroundings.input.isTTY && !invocation.json) return await prompt(work, newsroom, options);
    const thread = { adapter: "terminal", workspace: null, channel: null, thread: surroundings.runtime.uuid() };
    return await askLines(work, asking(work, newsroom, options, options.follow ? thread : null), options);
  } finally {
    await opened.close();
  }
}
