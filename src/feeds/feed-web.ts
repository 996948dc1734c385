/** The open web as feeds need it, loaded when something is first read from it: a question does not wait for it. */
import { NewsroomError } from "../errors.ts";
import type { FeedReader } from "./feed.ts";
import type { FetcherOptions } from "./fetcher.ts";

/** What feeds read from the web. */
export interface FeedWeb extends FeedReader {
  /** The text behind an address, decoded; for lists of feeds. Throws `usage` with the reason when it cannot be had. */
  text(address: string, signal?: AbortSignal): Promise<string>;
}

const listTypes = "text/x-opml, text/xml;q=0.9, application/xml;q=0.9, */*;q=0.5";

/** Nothing is loaded, and no thread begun, before the first address is read. */
export function createFeedWeb(options: Partial<FetcherOptions> & Pick<FetcherOptions, "runtime">): FeedWeb {
  let loading: Promise<Awaited<ReturnType<typeof load>>> | null = null;
  let closed = false;
  const loaded = () => {
    if (closed) throw new NewsroomError("stopped", "Dateline is stopping; nothing more is read from the web.");
    loading ??= load(options);
    return loading;
  };
  return {
    read: async (...asked) => (await loaded()).reader.read(...asked),
    article: async (...asked) => (await loaded()).reader.article(...asked),
    text: async (...asked) => (await loaded()).text(...asked),
    async close() {
      closed = true;
      await (await loading)?.reader.close();
    },
  };
}

async function load(options: Partial<FetcherOptions> & Pick<FetcherOptions, "runtime">) {
  const [{ createFetcher }, { createFeedReader }, { decodeFeed }] = await Promise.all([
    import("./fetcher.ts"),
    import("./feed-reader.ts"),
    import("./decode-feed.ts"),
  ]);
  // One fetcher for both, so that a host has one request at a time whatever is asked of it.
  const fetcher = createFetcher(options);
  const reader = createFeedReader({ ...options, fetcher });
  const text = async (address: string, signal?: AbortSignal): Promise<string> => {
    const outcome = await fetcher.fetch({ address, accept: listTypes }, signal);
    if (outcome.kind === "fetched") return decodeFeed(outcome.bytes, outcome.contentType);
    const why = outcome.kind === "not-modified" ? "The site sent nothing." : outcome.sentence;
    throw new NewsroomError("usage", `That address cannot be read. ${why}`);
  };
  return { reader, text };
}
