/** Reads and writes OPML 2.0 (https://opml.org/spec2.opml), the lists of feeds that readers exchange. */
import { cleanLine, cutAtGrapheme, webAddress } from "../corpus/read/meta-values.ts";
import { NewsroomError } from "../errors.ts";
import { feedAddress } from "./feed-address.ts";
import { escaped, withoutControls } from "./xml-entities.ts";
import { scanXml } from "./xml-scanner.ts";

/** A feed as a list names it. */
export interface OutlineFeed {
  readonly title: string | null;
  readonly address: string;
  readonly home: string | null;
  /** Its `category`, the way a list of ours keeps the collection; null where there is none. */
  readonly category: string | null;
  /** Only lists of ours say these. */
  readonly outlet: string | null;
  readonly article: boolean;
  readonly paused: boolean;
}

/** What a list holds. */
export interface OutlineList {
  /** Each address once, in the order of the list. */
  readonly feeds: readonly OutlineFeed[];
  /** How many outlines were left out: their address is none that a feed can have. */
  readonly unusable: number;
  /** How many were left out because their address had come before. */
  readonly repeated: number;
}

/** What of ours stands in a list. */
const namespace = "urn:dateline:feeds";
const longestList = 5 * 2 ** 20;
const mostFeeds = 5_000;

const noList = () =>
  new NewsroomError("usage", "That is no OPML list of feeds. A feed reader gives one by “Export” or “Export OPML”.");

function lineOf(attributes: ReadonlyMap<string, string>, ...names: readonly string[]): string | null {
  for (const wanted of names) {
    for (const [name, value] of attributes) {
      const line = name.toLowerCase() === wanted.toLowerCase() ? cleanLine(value) : null;
      if (line !== null) return cutAtGrapheme(line, 200);
    }
  }
  return null;
}

/**
 * Reads a list, however nested, in one pass; entities of its own, comments and scripts in it are nobody's. Throws `usage`
 * when it is no OPML, too long, or names no feed.
 */
export function readOpml(text: string): OutlineList {
  if (text.length > longestList) throw new NewsroomError("usage", "That list is larger than 5 MB; split it.");
  const feeds = new Map<string, OutlineFeed>();
  let isOpml = false;
  let unusable = 0;
  let repeated = 0;
  const take = (attributes: ReadonlyMap<string, string>) => {
    const written = lineless(attributes, "xmlurl");
    if (written === undefined) return;
    const address = feedAddress(written);
    if (address === null) unusable += 1;
    else if (feeds.has(address)) repeated += 1;
    else feeds.set(address, outlineOf(attributes, address));
  };
  scanXml(withoutControls(text), {
    open(name, attributes) {
      if (name.toLowerCase() === "opml") isOpml = true;
      if (isOpml && name.toLowerCase() === "outline") take(attributes);
    },
    close: () => undefined,
    text: () => undefined,
    done: () => feeds.size > mostFeeds,
  });
  if (!isOpml) throw noList();
  if (feeds.size > mostFeeds) throw new NewsroomError("usage", "That list names more than 5,000 feeds; split it.");
  if (feeds.size === 0) {
    throw new NewsroomError(
      "usage",
      "That list names no feed that can be read: none has an address (xmlUrl) on the web.",
    );
  }
  return { feeds: [...feeds.values()], unusable, repeated };
}

function lineless(attributes: ReadonlyMap<string, string>, wanted: string): string | undefined {
  for (const [name, value] of attributes) if (name.toLowerCase() === wanted) return value;
  return undefined;
}

function outlineOf(attributes: ReadonlyMap<string, string>, address: string): OutlineFeed {
  return {
    title: lineOf(attributes, "title", "text"),
    address,
    home: webAddress(lineless(attributes, "htmlurl")),
    category:
      lineOf(attributes, "category")
        ?.split(",")[0]
        ?.split("/")
        .findLast((part) => part !== "") ?? null,
    outlet: lineOf(attributes, "dateline:outlet"),
    article: lineOf(attributes, "dateline:article") === "yes",
    paused: lineOf(attributes, "dateline:polling") === "off",
  };
}

/** Writes a list that `readOpml` reads as the same feeds, and that any feed reader reads. */
export function writeOpml(feeds: readonly OutlineFeed[], title: string): string {
  const lines = feeds.map((feed) => `    <outline${attributesOf(feed)}/>\n`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<opml version="2.0" xmlns:dateline="${namespace}">\n`,
    `  <head>\n    <title>${escaped(title)}</title>\n  </head>\n  <body>\n`,
    ...lines,
    "  </body>\n</opml>\n",
  ].join("");
}

function attributesOf({ title, address, home, category, outlet, article, paused }: OutlineFeed): string {
  const name = title ?? address;
  const given: readonly (readonly [string, string | null])[] = [
    ["type", "rss"],
    ["text", name],
    ["title", name],
    ["xmlUrl", address],
    ["htmlUrl", home],
    ["category", category],
    ["dateline:outlet", outlet],
    ["dateline:article", article ? "yes" : null],
    ["dateline:polling", paused ? "off" : null],
  ];
  return given.map(([attribute, value]) => (value === null ? "" : ` ${attribute}="${escaped(value)}"`)).join("");
}
