/** Reads feeds and articles from an address to clean items: the one door to fetching and parsing. */
import { webAddress } from "../corpus/read/meta-values.ts";
import { failed } from "./failed.ts";
import type { ArticleOutcome, FailedOutcome, FeedOutcome, FeedReader, FetchOutcome } from "./feed.ts";
import { createFeedParser, type FeedParser } from "./feed-parser.ts";
import { createFetcher, type Fetcher, type FetcherOptions } from "./fetcher.ts";
import { type RobotsRules, readRobots } from "./robots.ts";

/** What a reader is made of; tests and scripts may bring their own parts. */
export interface FeedReaderOptions extends Partial<FetcherOptions> {
  readonly fetcher?: Fetcher;
  readonly parser?: FeedParser;
}

type Fetched = Extract<FetchOutcome, { readonly kind: "fetched" }>;

const feedTypes =
  "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";
const pageTypes = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";

/** The name by which robots.txt speaks of Dateline. */
const robotsName = "dateline";
const robotsMaxBytes = 512 * 1024;
/** A day (RFC 9309, 2.4). */
const robotsKeptMs = 86_400_000;
/** When robots.txt could not be had because of a fault that may pass. */
const robotsRetryMs = 3_600_000;
const maxRobotsSites = 2_000;

/** A reader of feeds; what is not given is as in `createFetcher`. */
export function createFeedReader(options: FeedReaderOptions & Pick<FetcherOptions, "runtime">): FeedReader {
  const { runtime } = options;
  const fetcher = options.fetcher ?? createFetcher(options);
  const parser = options.parser ?? createFeedParser();
  const robots = new Map<string, { readonly rules: RobotsRules | FailedOutcome; readonly untilMs: number }>();

  const rulesOf = async (origin: string, signal: AbortSignal): Promise<RobotsRules | FailedOutcome> => {
    const kept = robots.get(origin);
    if (kept && kept.untilMs > runtime.now()) return kept.rules;
    const request = { address: `${origin}/robots.txt`, accept: "text/plain, */*;q=0.5", maxBytes: robotsMaxBytes };
    const outcome = await fetcher.fetch(request, signal);
    const rules = rulesFrom(outcome, URL.parse(origin)?.hostname ?? origin);
    if (outcome.kind === "failed" && outcome.reason === "stopped") return rules;
    if (robots.size >= maxRobotsSites) robots.delete(robots.keys().next().value!);
    const keptMs = typeof rules === "function" ? robotsKeptMs : robotsRetryMs;
    robots.set(origin, { rules, untilMs: runtime.now() + keptMs });
    return rules;
  };

  /** Whether robots.txt of its site lets a page be read. */
  const admit = async (url: URL, signal: AbortSignal): Promise<FailedOutcome | null> => {
    const allows = await rulesOf(url.origin, signal);
    if (typeof allows !== "function") return allows;
    if (allows(url.pathname + url.search)) return null;
    return failed("robots", `${url.hostname} asks programs not to read this page (robots.txt).`);
  };

  return {
    async read(address, known, signal) {
      parser.warm();
      const outcome = await fetcher.fetch({ address, accept: feedTypes, known }, signal);
      return outcome.kind === "fetched" ? parsed(outcome, parser, runtime.now()) : outcome;
    },
    async article(address, signal) {
      parser.warm();
      const outcome = await fetcher.fetch({ address, accept: pageTypes, admit }, signal);
      return outcome.kind === "fetched" ? article(outcome, parser) : unchanged(outcome);
    },
    async close() {
      fetcher.close();
      await parser.close();
    },
  };
}

async function parsed(fetched: Fetched, parser: FeedParser, nowMs: number): Promise<FeedOutcome> {
  const { bytes, contentType, contentLocation, contentLanguage, kind: _, ...facts } = fetched;
  const base = webAddress(URL.parse(contentLocation ?? "", fetched.url)?.href) ?? fetched.url;
  const outcome = await parser.parse(bytes, { base, contentType, language: contentLanguage, nowMs });
  return outcome.kind === "parsed" ? { kind: "read", feed: outcome.feed, ...facts } : outcome;
}

async function article(fetched: Fetched, parser: FeedParser): Promise<ArticleOutcome> {
  const { bytes, url, contentType } = fetched;
  if (bytes.length === 0) return failed("empty", "The page is empty.");
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|octet-stream)/i.test(contentType ?? "")) {
    return failed("no-article", "There is a file at this address, not a page with an article.");
  }
  const reading = await parser.article(bytes, { url, contentType });
  if (reading.kind === "too-deep") return failed("hostile", "The page is nested too deeply to be read.");
  if (reading.kind !== "no-article") return reading;
  return failed("no-article", "No article is found on the page: it may be made by scripts, or ask for a login.");
}

/** A page is never asked for conditionally, so 304 is no answer. */
function unchanged(outcome: Exclude<FetchOutcome, Fetched>): ArticleOutcome {
  return outcome.kind === "not-modified" ? failed("server-error", "The site gave no answer to go by.") : outcome;
}

/** What a site's robots.txt allows: all where there is none, nothing while the site cannot say (RFC 9309, 2.3.1). */
function rulesFrom(outcome: FetchOutcome, host: string): RobotsRules | FailedOutcome {
  if (outcome.kind === "fetched") return readRobots(new TextDecoder().decode(outcome.bytes), robotsName);
  if (outcome.kind !== "failed") return () => true;
  const { status } = outcome;
  if (status === null) return outcome;
  if (status < 500 && status !== 429) return () => true;
  return failed(
    "robots",
    `${host} cannot say which pages programs may read (robots.txt, ${status}); it is asked again later.`,
  );
}
