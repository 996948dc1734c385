/** Says what went wrong with a connection in words that a reporter understands. */
import { errors } from "undici";
import { failed } from "./failed.ts";
import type { FailedOutcome, FeedFailure } from "./feed.ts";

/** The deadline, `deadlineMs` milliseconds, passed. */
export function tooSlow(deadlineMs: number): FailedOutcome {
  return failed("too-slow", `The site took longer than ${deadlineMs / 1000} s to answer.`);
}

/** The body is larger than `maxBytes`. */
export function tooLarge(maxBytes: number): FailedOutcome {
  return failed("too-large", `The answer is larger than ${Math.max(1, Math.round(maxBytes / 2 ** 20))} MB.`);
}

/** What an error of a connection means; what is none is thrown again, for it is a fault of ours. */
export function faultOutcome(error: unknown): FailedOutcome {
  const given = (error as { code?: unknown })?.code;
  const code = typeof given === "string" ? given : "";
  const [reason, sentence] = meaningOf(error, code);
  return failed(reason, sentence, { detail: String(error) });
}

function meaningOf(error: unknown, code: string): readonly [FeedFailure, string] {
  if (error instanceof errors.HeadersOverflowError) return ["too-large", "The site sends headers beyond all measure."];
  if (error instanceof errors.ConnectTimeoutError || code === "ETIMEDOUT") {
    return ["unreachable", "The site does not answer."];
  }
  if (error instanceof errors.ResponseContentLengthMismatchError) {
    return ["damaged", "The answer was cut off: it is shorter than the site said."];
  }
  if (error instanceof errors.HTTPParserError || code.startsWith("HPE_")) {
    return ["server-error", "The site's answer is not proper HTTP."];
  }
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return ["unreachable", "The site refuses connections or cannot be reached."];
  }
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/.test(code)) {
    return ["tls", "The site's certificate or encryption is not in order."];
  }
  if (error instanceof errors.SocketError || code === "ECONNRESET" || code === "EPIPE") {
    return ["unreachable", "The connection broke off before the answer was complete."];
  }
  if (code !== "") return ["unreachable", `The connection failed (${code.slice(0, 60)}).`];
  throw error;
}
