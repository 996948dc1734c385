/** Puts feeds into words: how they fare, what was found, what was added. Pure; the texts of strangers stay data. */
import type { FeedItem } from "../feeds/feed.ts";
import { isTeaser } from "../feeds/item-document.ts";
import type { AddedFeed, FeedPreview, Imported } from "../feeds/keeper.ts";
import type { OutlineList } from "../feeds/opml.ts";
import type { FeedSummary } from "../ports.ts";
import { counted, grouped } from "../reply/counted.ts";
import { publishedWords } from "../reply/published.ts";
import type { Block, Inline, Reply } from "../reply/reply.ts";
import { code, link, paragraph, plainReply, strong, text } from "../reply/writing.ts";

/** A command as whoever asks would type it. */
type Typed = (line: string) => string;

/** Items of a feed that are named. */
const itemsNamed = 5;
const othersNamed = 8;

/** "40 seconds", "12 minutes", "3 hours", "2 days": a length of time the way a person says it. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 120) return counted(Math.max(1, Math.round(seconds)), "second");
  if (seconds < 120 * 60) return counted(Math.round(seconds / 60), "minute");
  if (seconds < 48 * 3600) return counted(Math.round(seconds / 3600), "hour");
  return counted(Math.round(seconds / 86_400), "day");
}

/** "about 34 items a day", "about 2 items a week", "no item dated in the last week". */
export function paceWords(itemsADay: number): string {
  if (itemsADay >= 0.95) return `about ${counted(Math.round(itemsADay), "item")} a day`;
  const aWeek = Math.round(itemsADay * 7);
  return aWeek === 0 ? "no item dated in the last week" : `about ${counted(aWeek, "item")} a week`;
}

function again(nextTryAt: number | null, now: number): string {
  if (nextTryAt === null) return "";
  return nextTryAt <= now ? ", due now" : `, again in ${durationWords(nextTryAt - now)}`;
}

function health({ state, problem, lastSuccessAt, nextTryAt, itemsADay }: FeedSummary, now: number): string {
  const last = lastSuccessAt === null ? "never read" : `last read ${durationWords(now - lastSuccessAt)} ago`;
  switch (state) {
    case "active": {
      const pace = itemsADay === null ? "" : `${paceWords(itemsADay)}; `;
      return lastSuccessAt === null ? `not read yet${again(nextTryAt, now)}` : `${pace}${last}${again(nextTryAt, now)}`;
    }
    case "failing":
      return `cannot be read: ${problem ?? ""} It was ${last}${again(nextTryAt, now).replace(", again", "; tried again")}`;
    case "paused":
      return `paused; ${last}`;
    case "gone":
      return `gone: ${problem ?? ""} It was ${last}`;
  }
}

function listed(feed: FeedSummary, now: number, withCollection: boolean): readonly Inline[] {
  const collection = withCollection ? ` in ${feed.collection}` : "";
  return [
    link(feed.title, feed.home ?? feed.address),
    text(`${collection}: ${health(feed, now)} (`),
    code(feed.id),
    text(")"),
  ];
}

/** The feeds with their health; those that fail are counted first. */
export function listReply(feeds: readonly FeedSummary[], now: number, typed: Typed): Reply {
  if (feeds.length === 0) {
    return plainReply(
      paragraph(
        text("There is no feed here yet. Somebody who manages this place adds one: "),
        code(typed("feeds add www.example.org")),
      ),
    );
  }
  const counts = (["failing", "paused", "gone"] as const).flatMap((state) => {
    const count = feeds.filter((feed) => feed.state === state).length;
    return count === 0 ? [] : [`${grouped(count)} ${state}`];
  });
  const several = new Set(feeds.map(({ collection }) => collection)).size > 1;
  return plainReply(
    paragraph(strong(counted(feeds.length, "feed")), text(counts.length === 0 ? "." : `, ${counts.join(", ")}.`)),
    { kind: "list", items: feeds.map((feed) => listed(feed, now, several)) },
  );
}

function itemLine({ title, url, published }: FeedItem): readonly Inline[] {
  const date = published === null ? "" : `, ${publishedWords(published)}`;
  return [url === null ? strong(title) : link(title, url), text(date)];
}

function newest(items: readonly FeedItem[]): readonly FeedItem[] {
  return items.toSorted((a, b) => (b.published ?? "").localeCompare(a.published ?? ""));
}

function namedItems(items: readonly FeedItem[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items: newest(items).slice(0, itemsNamed).map(itemLine) }];
}

const formats = { rss: "RSS", rdf: "RSS 1.0", atom: "Atom", json: "JSON Feed" } as const;

/** "40 items, about 34 items a day, the newest of 21 November 2026." */
function holding({ outcome, itemsADay }: FeedPreview): string {
  const { items } = outcome.feed;
  const latest = newest(items)[0]?.published ?? null;
  if (items.length === 0) return "It holds no item now.";
  const dated =
    latest === null ? ["none of them dated"] : [paceWords(itemsADay), `the newest of ${publishedWords(latest)}`];
  return `It holds ${counted(items.length, "item")}: ${dated.join(", ")}.`;
}

function onlyTeasers({ outcome }: FeedPreview): boolean {
  const { items } = outcome.feed;
  return items.length > 0 && items.filter(isTeaser).length > items.length / 2;
}

function otherFeeds({ others }: FeedPreview): readonly Block[] {
  if (others.length === 0) return [];
  const items = others
    .slice(0, othersNamed)
    .map(({ url, title }) => [text(title === null ? "" : `${title}: `), code(url)]);
  return [paragraph(text("The same page names other feeds:")), { kind: "list", items }];
}

/** What stands behind an address, before anything is added. */
export function previewReply(preview: FeedPreview, typed: Typed): Reply {
  const { address, outcome, outlet } = preview;
  const { title, home, format } = outcome.feed;
  const cited = outlet === null ? "" : ` Its items would be cited as ${outlet}.`;
  const teasers = onlyTeasers(preview)
    ? [
        paragraph(
          text("It gives only the beginnings. With “article”, each item's own page is read: "),
          code(typed(`feeds add ${address} --article`)),
        ),
      ]
    : [];
  return plainReply(
    paragraph(
      home === null ? strong(title ?? address) : link(title ?? address, home),
      text(`, a feed in ${formats[format]} at `),
      code(address),
      text(`. ${holding(preview)}${cited}`),
    ),
    ...namedItems(outcome.feed.items),
    ...teasers,
    ...otherFeeds(preview),
    paragraph(text("Nothing has been added. To add it: "), code(typed(`feeds add ${address}`))),
  );
}

/** A feed that was added, with what it holds. */
export function addedReply({ feed, preview, report }: AddedFeed, now: number, typed: Typed): Reply {
  const known =
    report === null || report.added === 0
      ? " Digests tell"
      : ` ${counted(report.added, "item")} can be asked about from now on; digests tell`;
  const failures = (report?.failures ?? []).map((sentence) => [text(sentence)]);
  return plainReply(
    paragraph(
      strong(feed.title),
      text(
        ` is added to the collection ${feed.collection}, cited as ${feed.outlet ?? feed.title}.${known} of what comes later.`,
      ),
    ),
    ...namedItems(preview.outcome.feed.items),
    ...(failures.length === 0 ? [] : [paragraph(text("Not kept:")), { kind: "list", items: failures } as const]),
    ...otherFeeds(preview),
    paragraph(
      text(
        `It has ${paceWords(preview.itemsADay)} and is read again in ${durationWords((feed.nextTryAt ?? now) - now)}. To remove it: `,
      ),
      code(typed(`feeds remove ${feed.id}`)),
    ),
  );
}

/** A list of feeds that was imported. */
export function importedReply(list: OutlineList, { added, there }: Imported, typed: Typed): Reply {
  const paused = added.filter(({ state }) => state === "paused").length;
  const into = [...new Set(added.map(({ collection }) => collection))].toSorted();
  const notes = [
    there > 0 ? `${counted(there, "feed")} ${there === 1 ? "was" : "were"} there already.` : null,
    list.repeated > 0 ? `${counted(list.repeated, "line")} of the list named the same address again.` : null,
    list.unusable > 0 ? `${counted(list.unusable, "line")} of the list had no address on the web.` : null,
  ].filter((note) => note !== null);
  const where =
    into.length === 0 ? "" : `, to the ${into.length === 1 ? "collection" : "collections"} ${into.join(", ")}`;
  return plainReply(
    paragraph(strong(`${counted(added.length, "feed")} added`), text(`${where}. ${notes.join(" ")}`)),
    ...(paused === 0
      ? []
      : [
          paragraph(
            text(
              `${paused === added.length ? "They are" : `${grouped(paused)} of them are`} paused: nothing is read until somebody switches them on, all with `,
            ),
            code(typed("feeds resume all")),
            text(" or one with "),
            code(typed(`feeds resume ${added.find(({ state }) => state === "paused")!.id}`)),
          ),
        ]),
  );
}

/** Feeds as a list to be saved: a paragraph a line, because no platform keeps line ends in set code. */
export function exportedReply(opml: string, count: number): Reply {
  const lines = opml.split("\n").map((line) => line.trim());
  return plainReply(
    paragraph(text(`${counted(count, "feed")} as OPML; save these lines as feeds.opml:`)),
    ...lines.filter((line) => line !== "").map((line) => paragraph(code(line))),
  );
}

/** One sentence about one feed, or several. */
export function saidReply(before: string, feeds: readonly Pick<FeedSummary, "title">[], after: string): Reply {
  const [only] = feeds;
  return plainReply(
    paragraph(
      text(before),
      strong(feeds.length === 1 && only ? only.title : counted(feeds.length, "feed")),
      text(after),
    ),
  );
}
