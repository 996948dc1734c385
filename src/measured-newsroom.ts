/** A newsroom that tells of every question put to it, whichever way it comes in. */
import { NewsroomError } from "./errors.ts";
import type { Measures, QuestionMeasured } from "./measures.ts";
import type { Inquiry, Newsroom } from "./ports.ts";
import type { Reply } from "./reply/reply.ts";
import type { Runtime } from "./runtime.ts";

const refusals: readonly string[] = ["bad-question", "usage"];

function outcomeOf({ answer }: Reply): QuestionMeasured["outcome"] {
  return answer?.status === "answered" ? "answered" : "declined";
}

function outcomeOfFailure(error: unknown, signal: AbortSignal | undefined): QuestionMeasured["outcome"] {
  if (signal?.aborted) return "cancelled";
  return error instanceof NewsroomError && refusals.includes(error.code) ? "refused" : "failed";
}

/** The same newsroom; `measures` hears of each question once, when it is answered or has failed. */
export function measured(newsroom: Newsroom, measures: Measures, runtime: Pick<Runtime, "monotonic">): Newsroom {
  async function timed(inquiry: Inquiry, signal: AbortSignal | undefined, put: () => Promise<Reply>): Promise<Reply> {
    const from = runtime.monotonic();
    const record = (outcome: QuestionMeasured["outcome"]) =>
      measures.record({
        kind: "question",
        adapter: inquiry.place?.adapter ?? null,
        outcome,
        tookMs: runtime.monotonic() - from,
      });
    let reply: Reply;
    try {
      reply = await put();
    } catch (error) {
      record(outcomeOfFailure(error, signal));
      throw error;
    }
    record(outcomeOf(reply));
    return reply;
  }

  return {
    ...newsroom,
    ask: (inquiry, signal) => timed(inquiry, signal, () => newsroom.ask(inquiry, signal)),
    run: (command, inquiry, signal) => {
      const put = () => newsroom.run(command, inquiry, signal);
      return command.name === "ask" ? timed(inquiry, signal, put) : put();
    },
  };
}
