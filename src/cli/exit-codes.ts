/** The exit codes of the command line. */
import { NewsroomError } from "../errors.ts";

/** 0 answered or done, 1 failure, 2 usage, 3 not in the corpus; 130 and 143 as shells have them for interrupts. */
export const exitCodes = { done: 0, failure: 1, usage: 2, notInCorpus: 3, interrupted: 130, terminated: 143 } as const;

/** Why the command line was asked to end; the `reason` of the signal that it is given. */
export type EndReason = "interrupted" | "terminated" | "unread";

/** The code of a command that was ended before it was done. Output that nobody reads any more is no failure. */
export function codeOfEnd(signal: AbortSignal): number {
  const reason = signal.reason as EndReason;
  return reason === "unread" ? exitCodes.done : exitCodes[reason];
}

/** Whether a command failed because it was asked to end, and for nothing else. */
export function isEnd(error: unknown, { aborted, reason }: AbortSignal): boolean {
  const stopped =
    error instanceof NewsroomError ? error.code === "stopped" : (error as Error | null)?.name === "AbortError";
  return aborted && (error === reason || stopped);
}

/** The code for an error: a question or arguments that cannot be used are usage, everything else is failure. */
export function codeOfError(error: unknown): number {
  const usage = error instanceof NewsroomError && (error.code === "usage" || error.code === "bad-question");
  return usage ? exitCodes.usage : exitCodes.failure;
}
