/** Fetches from the open web on behalf of the newsroom: checked addresses, a deadline, a size limit, polite to servers. */
import { Client, errors } from "undici";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { checkedAddresses, hostOf, type Resolve, readAddress, systemResolve } from "./address.ts";
import { header, maxAgeOf, retryAfterOf, validatorsOf } from "./answer-headers.ts";
import { connectTo, createDial, type Dial } from "./connect.ts";
import { decompress } from "./decompress.ts";
import { failed } from "./failed.ts";
import type { FailedOutcome, FetchOutcome, Validators } from "./feed.ts";
import { statusOutcome } from "./status.ts";
import { createTurns } from "./turns.ts";

export interface FetcherOptions {
  readonly runtime: Runtime;
  /** The User-Agent header. */
  readonly userAgent: string;
  /** Hosts inside the newsroom that may be asked although they are private: names or literal addresses, as in a URL. */
  readonly allowedPrivateHosts: readonly string[];
  /** For one fetch with all its redirects, not counting the wait for its turn. */
  readonly deadlineMs: number;
  /** Of a body, as sent and after decompression. */
  readonly maxBytes: number;
  readonly resolve: Resolve;
  readonly dial: Dial;
}

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

export interface Fetcher {
  /** Fetches; every fault of the other side is an outcome. Rejects only when `signal` aborts. */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchOutcome>;
  /** Ends what is under way, as `stopped`, and takes no more; may be called twice. */
  close(): void;
}

const maxRedirects = 10;
/** Longest time to open a connection to one address. */
const connectMs = 8_000;
/** Headers beyond this many bytes are refused. */
const maxHeaderBytes = 32_768;

/** Of a newsroom's machine on the open web. */
const defaultFetcherOptions: FetcherOptions = {
  runtime: systemRuntime,
  userAgent: "Dateline (newsroom feed reader)",
  allowedPrivateHosts: [],
  deadlineMs: 30_000,
  maxBytes: 10 * 2 ** 20,
  resolve: systemResolve,
  dial: createDial(connectMs),
};

/** One answer, or the redirect to follow. */
type Hop = FetchOutcome | { readonly kind: "redirect"; readonly to: string; readonly permanent: boolean };

/** A fetcher; what is not given is as for a machine on the open web: 30 s, 10 MB, no private host. */
export function createFetcher(given: Partial<FetcherOptions> = {}): Fetcher {
  const options = { ...defaultFetcherOptions, ...given };
  const allowed = new Set(options.allowedPrivateHosts.map((host) => host.toLowerCase().replace(/^\[|\]$/g, "")));
  const turns = createTurns();
  const closing = new AbortController();

  const ask = async (url: URL, request: FetchRequest, signal: AbortSignal): Promise<Hop> => {
    const addresses = await abortable(checkedAddresses(url, options.resolve, allowed), signal);
    if ("reason" in addresses) return failed(addresses.reason, addresses.sentence);
    const client = new Client(url.origin, {
      connect: connectTo(addresses, hostOf(url), options.dial, signal),
      maxHeaderSize: maxHeaderBytes,
      // The deadline is ours.
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: false,
    });
    try {
      return await exchange(client, url, request, options, signal);
    } finally {
      // What is not read any more is cut off here: a body without an end must not go on.
      await client.destroy();
    }
  };

  /** `ask` with `leftMs` milliseconds for it. */
  const askInTime = async (url: URL, request: FetchRequest, leftMs: number, signal: AbortSignal): Promise<Hop> => {
    const deadline = new AbortController();
    const done = new AbortController();
    const timer = options.runtime.sleep(leftMs, done.signal).then(
      () => deadline.abort(),
      () => undefined,
    );
    try {
      return await ask(url, request, AbortSignal.any([signal, deadline.signal]));
    } catch (error) {
      if (signal.aborted) throw error;
      return deadline.signal.aborted ? tooSlow(options.deadlineMs) : faultOutcome(error);
    } finally {
      done.abort();
      await timer;
    }
  };

  const follow = async (first: URL, request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome> => {
    let url = first;
    let movedTo: string | null = null;
    let permanent = true;
    let leftMs = options.deadlineMs;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const at = url;
      const refusal = (await request.admit?.(at, signal)) ?? null;
      if (refusal) return refusal;
      const result = await turns.take(hostOf(at), signal, async () => {
        const began = options.runtime.monotonic();
        const hop = await askInTime(at, request, leftMs, signal);
        leftMs -= options.runtime.monotonic() - began;
        return hop;
      });
      if (result.kind !== "redirect") return "url" in result ? { ...result, movedTo } : result;
      if (leftMs <= 0) return tooSlow(options.deadlineMs);
      const next = readAddress(result.to, at.href);
      if (!(next instanceof URL)) return failed(next.reason, `The site redirects to another address: ${next.sentence}`);
      permanent &&= result.permanent;
      if (permanent) movedTo = next.href;
      url = next;
    }
    return failed("too-many-redirects", "The site redirects in a circle.");
  };

  return {
    async fetch(request, signal) {
      signal?.throwIfAborted();
      const url = readAddress(request.address);
      if (!(url instanceof URL)) return failed(url.reason, url.sentence);
      try {
        return await follow(url, request, AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]));
      } catch (error) {
        signal?.throwIfAborted();
        if (closing.signal.aborted) return failed("stopped", "Dateline is stopping; it will ask again.");
        throw error;
      }
    },
    close() {
      closing.abort();
    },
  };
}

/** Sends the request and reads the answer. */
async function exchange(
  client: Client,
  url: URL,
  request: FetchRequest,
  options: FetcherOptions,
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
    return failed("damaged", "The answer is damaged: its compression is broken or it was cut off.");
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

/** Rejects as soon as `signal` aborts, whatever becomes of `work`. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function tooSlow(deadlineMs: number): FailedOutcome {
  return failed("too-slow", `The site took longer than ${deadlineMs / 1000} s to answer.`);
}

function tooLarge(maxBytes: number): FailedOutcome {
  return failed("too-large", `The answer is larger than ${Math.max(1, Math.round(maxBytes / 2 ** 20))} MB.`);
}

/** What a broken connection means to a reporter. */
function faultOutcome(error: unknown): FailedOutcome {
  const code = (error as { code?: unknown })?.code;
  const name = typeof code === "string" ? code : "";
  if (error instanceof errors.HeadersOverflowError)
    return failed("too-large", "The site sends headers beyond all measure.");
  if (error instanceof errors.ConnectTimeoutError || name === "ETIMEDOUT") {
    return failed("unreachable", "The site does not answer.");
  }
  if (error instanceof errors.ResponseContentLengthMismatchError) {
    return failed("damaged", "The answer was cut off: it is shorter than the site said.");
  }
  if (error instanceof errors.HTTPParserError || name.startsWith("HPE_")) {
    return failed("server-error", "The site's answer is not proper HTTP.");
  }
  if (name === "ECONNREFUSED" || name === "EHOSTUNREACH" || name === "ENETUNREACH") {
    return failed("unreachable", "The site refuses connections or cannot be reached.");
  }
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/.test(name)) {
    return failed("tls", "The site's certificate or encryption is not in order.");
  }
  if (error instanceof errors.SocketError || name === "ECONNRESET" || name === "EPIPE") {
    return failed("unreachable", "The connection broke off before the answer was complete.");
  }
  if (name !== "") return failed("unreachable", `The connection failed (${name.slice(0, 60)}).`);
  throw error;
}
