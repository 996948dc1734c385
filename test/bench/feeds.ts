/** How long feeds made to hold us up take to end, and how long the thread that answers people is held up meanwhile. */
import { createFeedParser } from "../../src/feeds/feed-parser.ts";
import { withLag } from "../support/event-loop.ts";
import { feedSource, rss } from "../support/feeds.ts";
import { counted, hostileFeeds } from "../support/hostile-feeds.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const large = rss(
  counted(
    9_000,
    (n) => `<item><title>${n}</title><guid>g${n}</guid><description>${"word ".repeat(60)}</description></item>`,
  ),
);
const parser = createFeedParser();
let [most, longest] = [0, 0];
console.log("| feed | ends | after | lag |\n|---|---|---|---|");
for (const [name, make] of [
  ...Object.entries(hostileFeeds).map(([name, [make]]) => [name, make] as const),
  ["9,000 items, none the worse", () => large] as const,
]) {
  await parser.parse(encode(rss("")), feedSource);
  const bytes = encode(make());
  const began = performance.now();
  const { result, lagMs } = await withLag(() => parser.parse(bytes, feedSource));
  const ms = performance.now() - began;
  most = Math.max(most, lagMs);
  longest = Math.max(longest, ms);
  console.log(
    `| ${name} | ${result.kind === "parsed" ? "read" : result.reason} | ${Math.round(ms)} ms | ${Math.round(lagMs)} ms |`,
  );
}
await parser.close();
console.log(`\nLongest: ${Math.round(longest)} ms. Most lag: ${Math.round(most)} ms.`);
