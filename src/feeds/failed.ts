/** Makes the outcome of an address that could not be read. */
import type { FailedOutcome, FeedFailure } from "./feed.ts";

/** A failure of kind `reason`, with the sentence a reporter reads; what else is known in `more`. */
export function failed(
  reason: FeedFailure,
  sentence: string,
  more: Partial<Pick<FailedOutcome, "status" | "retryAfterMs" | "alternates" | "detail">> = {},
): FailedOutcome {
  return { kind: "failed", reason, sentence, status: null, retryAfterMs: null, alternates: [], detail: null, ...more };
}
