/**
 * Runs the feed parser over a folder of test feeds and says how many it reads without an error: those of kurtmckee/feedparser
 * (its folder `tests`) or of w3c/feedvalidator (its folder `testcases`), or any other. HTTP headers that feedparser's tests name
 * in a comment are given to the parser, as a server would. `--failed` lists what failed and why.
 *
 *   node scripts/measure-feeds.ts FOLDER [--failed] [--feeds-only]
 *
 * `--feeds-only` leaves out files that have no feed in them: the root element is none of rss, RDF, feed and channel.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createFeedParser } from "../src/feeds/feed-parser.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { failed: { type: "boolean" }, "feeds-only": { type: "boolean" } },
});
const folder = positionals[0];
if (!folder) throw new Error("Usage: node scripts/measure-feeds.ts FOLDER [--failed] [--feeds-only]");

const names = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => /\.(?:xml|json)$/.test(name))
  .sort();

/** The headers that a feedparser test names, by lower-case name. */
function headersOf(bytes: Buffer): ReadonlyMap<string, string> {
  const text = bytes.toString("latin1").replaceAll("\0", "");
  return new Map(
    [...text.matchAll(/^Header:\s+([^:]+):(.*)$/gm)].map((match) => [match[1]!.toLowerCase(), match[2]!.trim()]),
  );
}

/** Whether the root element, as written, is one of a feed's. */
function hasFeedRoot(bytes: Buffer): boolean {
  const text = bytes.toString("latin1").replaceAll("\0", "");
  const markup = text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[\s\S]*?(?:\]\s*>|>)/gi, "");
  return /^[^<]*<(?:[\w-]+:)?(?:rss|RSS|feed|RDF|channel)[\s>/]/.test(markup);
}

const parser = createFeedParser();
const reasons = new Map<string, number>();
let total = 0;
let read = 0;
for (const name of names) {
  const bytes = readFileSync(join(folder, name));
  if (values["feeds-only"] && name.endsWith(".xml") && !hasFeedRoot(bytes)) continue;
  total++;
  const headers = headersOf(bytes);
  const base = "https://feeds.example/test.xml";
  const outcome = await parser.parse(bytes, {
    base: URL.parse(headers.get("content-location") ?? "", base)?.href ?? base,
    contentType: headers.get("content-type") ?? null,
    language: headers.get("content-language") ?? null,
    nowMs: Date.parse("2026-11-21T00:00:00Z"),
  });
  if (outcome.kind === "parsed") {
    read++;
    continue;
  }
  reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1);
  if (values.failed) console.log(`${name}: ${outcome.reason}: ${outcome.sentence}`);
}
await parser.close();
console.log(`${read} of ${total} read without an error`);
for (const [reason, count] of reasons) console.log(`  ${reason}: ${count}`);
