/** Finds the feed behind what a person typed: a feed's own address, a home page that names one, or where feeds usually are. */
import { NewsroomError } from "../errors.ts";
import type { FailedOutcome, FeedFailure, FeedLink, FeedOutcome, FeedReader } from "./feed.ts";
import { feedAddress } from "./feed-address.ts";

/** A feed that was found and read. */
export interface FoundFeed {
  /** Where it is read from now on. */
  readonly address: string;
  readonly outcome: Extract<FeedOutcome, { kind: "read" }>;
  /** Other feeds that the page names; they were not read. */
  readonly others: readonly FeedLink[];
}

/** Where sites keep a feed that their pages do not name, the most usual first. */
const usualPaths = ["/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"];
/** Feeds of a page that are tried before it is given up. */
const mostTried = 4;
const mostOthers = 12;

/** What is no feed may be the page of one; whatever else failed is not mended by asking elsewhere on that host. */
const mayBeElsewhere: ReadonlySet<FeedFailure> = new Set(["web-page", "not-a-feed", "empty", "not-there"]);

const lookForRss = "Look on the site for “RSS” and give that address.";
/** What a person can do about it. */
const hints: ReadonlyMap<FeedFailure, string> = new Map([
  ["web-page", lookForRss],
  ["not-a-feed", lookForRss],
  ["private-address", "An operator may allow a host of the newsroom's own with FEEDS_PRIVATE_HOSTS."],
]);

/** The addresses that a person may mean, the likeliest first; throws `usage` for what is no address. */
export function addressesTyped(typed: string): readonly string[] {
  // Slack writes a link as <https://…|what is shown>.
  const text = typed
    .trim()
    .replace(/^<([^<>|]*)(?:\|[^<>]*)?>$/, "$1")
    .trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text);
  const candidates = hasScheme ? [text] : /^[^\s/]+\.[^\s/]+/.test(text) ? [`https://${text}`, `http://${text}`] : [];
  const addresses = candidates.map((one) => feedAddress(one)).filter((one) => one !== null);
  if (addresses.length > 0) return addresses;
  throw new NewsroomError(
    "usage",
    `“${text.slice(0, 100)}” is no web address. Give the feed's address or the site's, for example: https://www.example.org/feed`,
  );
}

/** A page lists its comments as a feed too; nobody means that one. */
function newsFirst(links: readonly FeedLink[]): readonly FeedLink[] {
  const isComments = ({ url, title }: FeedLink) => /comment|kommentar|oembed/i.test(`${url} ${title ?? ""}`);
  return [...links].sort((a, b) => Number(isComments(a)) - Number(isComments(b)));
}

/**
 * The feed that `typed` leads to. Throws `usage` with a sentence a reporter understands when there is none; rejects when
 * `signal` aborts.
 */
export async function discoverFeed(
  reader: Pick<FeedReader, "read">,
  typed: string,
  signal?: AbortSignal,
): Promise<FoundFeed> {
  const [address, plain] = addressesTyped(typed) as [string, string?];
  let outcome = await reader.read(address, undefined, signal);
  if (plain !== undefined && outcome.kind === "failed" && ["tls", "unreachable"].includes(outcome.reason)) {
    const again = await reader.read(plain, undefined, signal);
    if (again.kind !== "failed" || !["tls", "unreachable"].includes(again.reason)) outcome = again;
  }
  if (outcome.kind === "read")
    return { address: outcome.movedTo ?? addressOf(outcome, address, plain), outcome, others: [] };
  if (outcome.kind !== "failed")
    throw noFeed(outcome.kind === "gone" ? outcome.sentence : "The site did not send the feed.");
  const found = (await amongLinks(reader, outcome, signal)) ?? (await amongPaths(reader, address, outcome, signal));
  if (found) return found;
  throw noFeed(outcome.sentence, hints.get(outcome.reason));
}

/** Typed without http or https, what answered says which of the two it is. */
function addressOf({ url }: { readonly url: string }, address: string, plain: string | undefined): string {
  return plain !== undefined && url.startsWith("http:") ? plain : address;
}

async function amongLinks(
  reader: Pick<FeedReader, "read">,
  { alternates }: FailedOutcome,
  signal?: AbortSignal,
): Promise<FoundFeed | null> {
  const links = newsFirst(alternates);
  for (const link of links.slice(0, mostTried)) {
    const outcome = await reader.read(link.url, undefined, signal);
    if (outcome.kind !== "read") continue;
    const others = links.filter(({ url }) => url !== link.url).slice(0, mostOthers);
    return { address: outcome.movedTo ?? link.url, outcome, others };
  }
  return null;
}

async function amongPaths(
  reader: Pick<FeedReader, "read">,
  address: string,
  { reason, alternates }: FailedOutcome,
  signal?: AbortSignal,
): Promise<FoundFeed | null> {
  if (!mayBeElsewhere.has(reason) || alternates.length > 0) return null;
  // A page deep inside a site that is not there says nothing about the site's feed.
  if (reason === "not-there" && new URL(address).pathname !== "/") return null;
  for (const path of usualPaths) {
    const tried = new URL(path, address).href;
    const outcome = await reader.read(tried, undefined, signal);
    if (outcome.kind === "read") return { address: outcome.movedTo ?? tried, outcome, others: [] };
    if (outcome.kind === "failed" && !mayBeElsewhere.has(outcome.reason)) return null;
  }
  return null;
}

function noFeed(sentence: string, hint?: string): NewsroomError {
  return new NewsroomError("usage", ["No feed was found there.", sentence, ...(hint ? [hint] : [])].join(" "));
}
