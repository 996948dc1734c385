/** Feeds made to hold a parser up, and how they end. */
import { atom, rss } from "./feeds.ts";

/** A feed of one item with `html` for its text. */
export const described = (html: string): string =>
  rss(`<item><title>T</title><description><![CDATA[${html}]]></description></item>`);
/** `piece` for each number below `count`. */
export const counted = (count: number, piece: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => piece(n)).join("");

/** How each is made, and how it ends: read, failed with this reason, or either (on a fast machine it may be read). */
export const hostileFeeds: Readonly<
  Record<string, readonly [() => string, "parsed" | "hostile" | "damaged" | "too-large" | "any"]>
> = {
  "<p a hundred thousand times, in a text": [() => described("<p".repeat(100_000)), "parsed"],
  "<p a hundred thousand times, in the feed": [() => rss("<p".repeat(100_000)), "hostile"],
  "XML a hundred thousand deep": [() => rss("<a>".repeat(100_000) + "</a>".repeat(100_000)), "hostile"],
  "Atom a hundred thousand deep": [() => atom(`<entry>${"<entry><content type='xhtml'>".repeat(100_000)}`), "hostile"],
  "HTML a hundred thousand deep": [() => described("<div>".repeat(100_000)), "parsed"],
  "crossed HTML": [() => described("<b><i></b>".repeat(50_000)), "parsed"],
  "a hundred thousand items": [() => rss("<item><title>a</title></item>".repeat(100_000)), "hostile"],
  "a hundred thousand items of JSON": [
    () =>
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        items: Array.from({ length: 100_000 }, (_, n) => ({ id: n, title: "a" })),
      }),
    "hostile",
  ],
  "JSON a million deep": [() => "[".repeat(1_000_000), "any"],
  "20 MB of text": [() => described("word ".repeat(4_000_000)), "too-large"],
  "10 MB of text": [() => described("word ".repeat(2_000_000)), "any"],
  "10 MB of tags": [() => rss("<item>".repeat(1_500_000)), "hostile"],
  "comments that never end": [() => rss("<!-- ".repeat(200_000)), "damaged"],
  "sections that never end": [() => rss("<![CDATA[ ".repeat(200_000)), "damaged"],
  "quotes that cross": [() => rss(`<a b="<c d='`.repeat(100_000)), "hostile"],
  "a tag of five million spaces": [() => rss(`<a${" ".repeat(5_000_000)}`), "parsed"],
  "brackets in the DTD": [() => `<!DOCTYPE ${"[".repeat(1_000_000)}`, "any"],
  "a hundred thousand entities": [() => rss(counted(100_000, (n) => `&n${n};`)), "parsed"],
  "a hundred thousand attributes": [
    () => `<rss ${counted(100_000, (n) => `a${n}="1" `)}><channel></channel></rss>`,
    "parsed",
  ],
  "namespaces without end": [
    () => `<rss ${counted(50_000, (n) => `xmlns:a${n}="x" `)}>${"<b xmlns:c='d'/>".repeat(5_000)}</rss>`,
    "parsed",
  ],
  "end tags of nothing": [() => rss(`${"<a>".repeat(400)}${"</b>".repeat(2_000_000)}`), "parsed"],
  "a title of ampersands": [() => rss(`<item><title>${"&amp;".repeat(300_000)}</title></item>`), "parsed"],
  "a letter with three million accents": [
    () => rss(`<item><title>a${"\u0301".repeat(3_000_000)}</title></item>`),
    "parsed",
  ],
};
