/** Finds the feeds that a web page names in its head. */
import { webAddress } from "../corpus/read/meta-values.ts";
import type { FeedLink } from "./feed.ts";
import { attribute } from "./feed-names.ts";
import { withoutControls } from "./xml-entities.ts";
import { scanXml } from "./xml-scanner.ts";

const feedType = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/json$|^text\/(?:xml|rss)/i;
const maxLinks = 20;

/** The feeds that the page `html` at the address `base` names, in its order, each once. */
export function feedLinks(html: string, base: string): readonly FeedLink[] {
  const found = new Map<string, FeedLink>();
  let start = base;
  scanXml(withoutControls(html.slice(0, 500_000)), {
    open(name, attributes) {
      const lower = name.toLowerCase();
      if (lower === "base") start = URL.parse(attribute(attributes, "href") ?? "", base || undefined)?.href ?? base;
      if (lower !== "link" || !/\balternate\b/i.test(attribute(attributes, "rel") ?? "")) return;
      if (!feedType.test((attribute(attributes, "type") ?? "").trim())) return;
      const url = webAddress(URL.parse((attribute(attributes, "href") ?? "").trim(), start || undefined)?.href);
      if (!url || found.has(url)) return;
      const title = (attribute(attributes, "title") ?? "").replace(/\s+/g, " ").trim().slice(0, 200).toWellFormed();
      found.set(url, { url, title: title || null });
    },
    close: () => undefined,
    text: () => undefined,
    done: () => found.size >= maxLinks,
  });
  return [...found.values()];
}
