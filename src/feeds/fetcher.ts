/** Fetches from the open web on behalf of the newsroom: checked addresses, a deadline, a size limit, polite to servers. */
import { Client } from "undici";
import { type Runtime, systemRuntime } from "../runtime.ts";
import { checkedAddresses, hostOf, type Resolve, readAddress, systemResolve } from "./address.ts";
import { connectTo, createDial, type Dial } from "./connect.ts";
import { exchange, type FetchRequest, type Hop } from "./exchange.ts";
import { failed } from "./failed.ts";
import { faultOutcome, tooSlow } from "./fault.ts";
import type { FetchOutcome } from "./feed.ts";
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

/** A fetcher; what is not given is as for a machine on the open web: 30 s, 10 MB, no private host. */
export function createFetcher(given: Partial<FetcherOptions> = {}): Fetcher {
  const options = { ...defaultFetcherOptions, ...given };
  const allowed = new Set(options.allowedPrivateHosts.map((host) => host.toLowerCase().replace(/^\[|\]$/g, "")));
  const turns = createTurns();
  const closing = new AbortController();

  const ask = async (url: URL, request: FetchRequest, signal: AbortSignal): Promise<Hop> => {
    const addresses = await abortable(checkedAddresses(url, options.resolve, allowed), signal);
    if ("reason" in addresses) {
      return failed(addresses.reason, addresses.sentence, { detail: addresses.detail ?? null });
    }
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

/** Rejects as soon as `signal` aborts, whatever becomes of `work`. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
