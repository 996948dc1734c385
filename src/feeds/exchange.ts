/** Sends one request and reads the answer to it, as far as it is wanted. */
import type { Client } from "undici";
import type { Runtime } from "../runtime.ts";
import { hostOf } from "./address.ts";
import { header, maxAgeOf, retryAfterOf, validatorsOf } from "./answer-headers.ts";
import { decompress } from "./decompress.ts";
import { failed } from "./failed.ts";
import { tooLarge } from "./fault.ts";
import type { FailedOutcome, FetchOutcome, Validators } from "./feed.ts";
import { statusOutcome } from "./status.ts";

export interface FetchRequest {
  readonly address: string;
  readonly accept: string;
  /** With these it is asked for only if changed. */
  readonly known?: Validators | undefined;
  /** Instead of the fetcher's own, when smaller. */
  readonly maxBytes?: number;
  /** Asked before every hop, the first too: null to go on, else how the fetch ends. */
  readonly admit?: (url: URL, signal: AbortSignal) => Promise<FailedOutcome | null>;
}

/** How requests are sent. */
export interface ExchangeOptions {
  readonly runtime: Pick<Runtime, "now">;
  readonly userAgent: string;
  readonly maxBytes: number;
}

/** One answer, or the redirect to follow. */
export type Hop = FetchOutcome | { readonly kind: "redirect"; readonly to: string; readonly permanent: boolean };

/** Asks `client` for `url`. Rejects with what the connection rejects with, and when `signal` aborts. */
export async function exchange(
  client: Client,
  url: URL,
  request: FetchRequest,
  options: ExchangeOptions,
  signal: AbortSignal,
): Promise<Hop> {
  const { known } = request;
  const { statusCode, headers, body } = await client.request({
    method: "GET",
    path: url.pathname + url.search,
    headers: {
      accept: request.accept,
      "accept-encoding": "gzip, br, deflate",
      "user-agent": options.userAgent,
      ...(known?.etag ? { "if-none-match": known.etag } : {}),
      ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
    },
    signal,
  });
  body.on("error", () => undefined);
  const nowMs = options.runtime.now();
  const facts = { url: url.href, movedTo: null, maxAgeMs: maxAgeOf(headers, nowMs), ...validatorsOf(headers) };
  const location = utf8(header(headers, "location"));
  if ([301, 302, 303, 307, 308].includes(statusCode) && location !== null) {
    return { kind: "redirect", to: location, permanent: statusCode === 301 || statusCode === 308 };
  }
  if (statusCode === 304 && known && (known.etag || known.lastModified)) {
    const { etag, lastModified } = facts;
    const validators = etag || lastModified ? { etag, lastModified } : known;
    return { kind: "not-modified", ...facts, ...validators };
  }
  if (statusCode < 200 || statusCode > 299) {
    return statusOutcome(statusCode, hostOf(url), retryAfterOf(headers, nowMs));
  }
  const maxBytes = Math.min(options.maxBytes, request.maxBytes ?? options.maxBytes);
  const sent = await readBody(body, Number(header(headers, "content-length") ?? 0), maxBytes);
  if (sent === null) return tooLarge(maxBytes);
  const unpacked = await decompress(sent, header(headers, "content-encoding"), maxBytes);
  signal.throwIfAborted();
  if (unpacked.kind === "too-large") return tooLarge(maxBytes);
  if (unpacked.kind === "unknown-coding") {
    return failed(
      "damaged",
      `The site sends its answer compressed as ${JSON.stringify(unpacked.coding.slice(0, 20))}, which cannot be read.`,
    );
  }
  if (unpacked.kind === "damaged") {
    const detail = String(unpacked.cause);
    return failed("damaged", "The answer is damaged: its compression is broken or it was cut off.", { detail });
  }
  return {
    kind: "fetched",
    ...facts,
    bytes: unpacked.bytes,
    contentType: header(headers, "content-type"),
    contentLocation: header(headers, "content-location"),
    contentLanguage: header(headers, "content-language"),
  };
}

/** All of a body, or null as soon as it is more than `maxBytes`. */
async function readBody(
  body: AsyncIterable<Uint8Array>,
  announced: number,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (announced > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Headers come as Latin-1; addresses in them are meant as UTF-8. */
function utf8(value: string | null): string | null {
  return value === null ? null : Buffer.from(value, "latin1").toString("utf8");
}
