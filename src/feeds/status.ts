/** Says what an HTTP status that is no success means. */
import { failed } from "./failed.ts";
import type { FailedOutcome, GoneOutcome } from "./feed.ts";

/** The outcome of `status` (neither 2xx nor a redirect that can be followed) from `host`. */
export function statusOutcome(status: number, host: string, retryAfterMs: number | null): FailedOutcome | GoneOutcome {
  const outcome = (reason: FailedOutcome["reason"], sentence: string): FailedOutcome =>
    failed(reason, sentence, { status, retryAfterMs });
  switch (status) {
    case 410:
      return { kind: "gone", sentence: `${host} says that this address is gone for good.` };
    case 404:
      return outcome("not-there", `${host} has nothing at this address (404).`);
    case 401:
    case 402:
    case 407:
      return outcome("refused", `${host} asks for a login or a subscription here (${status}).`);
    case 403:
      return outcome("refused", `${host} refuses to be read by Dateline (403).`);
    case 451:
      return outcome("refused", `${host} may not show this for legal reasons (451).`);
    case 429:
      return outcome("asked-to-wait", `${host} asks to be left alone for a while (429).`);
    default:
      if (status === 503 && retryAfterMs !== null)
        return outcome("asked-to-wait", `${host} is closed for a while (503).`);
      if (status >= 500) return outcome("server-error", `${host} has a fault of its own (${status}); it may pass.`);
      return outcome("server-error", `${host} gave an answer that makes no sense here (${status}).`);
  }
}
