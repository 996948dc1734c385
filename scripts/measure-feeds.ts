/**
 * Runs the feed parser over a folder of test feeds and says how many it reads without an error: those of kurtmckee/feedparser
 * (its folder `tests`), of w3c/feedvalidator (its folder `testcases`, with `--feeds-only`), or any other.
 *
 *   node scripts/measure-feeds.ts FOLDER [--failed] [--feeds-only]
 *
 * Counted are all .xml and .json files below the folder. `--feeds-only` leaves out those that are no feeds: whose root element is
 * none of rss, RDF, feed and channel. `--failed` lists what failed and why. HTTP headers that feedparser's tests name in a comment
 * are given to the parser, as a server would. Where such a comment expects an encoding, or a title or description of a
 * well-formed feed, in the folder `encoding`, what was read is held against it: that is the second figure.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { decodeFeed } from "../src/feeds/decode-feed.ts";
import type { ParsedFeed } from "../src/feeds/feed.ts";
import { createFeedParser } from "../src/feeds/feed-parser.ts";
import { htmlText } from "../src/feeds/html-text.ts";

const usage = "Usage: node scripts/measure-feeds.ts FOLDER [--failed] [--feeds-only]";
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { failed: { type: "boolean" }, "feeds-only": { type: "boolean" } },
});
const folder = positionals[0];
if (!folder) throw new Error(usage);

/** A file as ASCII, whatever it is encoded in: good enough for comments and tags. */
const skeleton = (bytes: Buffer): string => bytes.toString("latin1").replaceAll("\0", "");

/** The headers that a feedparser test names, by lower-case name. */
function headersOf(bytes: Buffer): ReadonlyMap<string, string> {
  const matches = skeleton(bytes).matchAll(/^Header:\s+([^:]+):(.*)$/gm);
  return new Map([...matches].map((match) => [match[1]!.toLowerCase(), match[2]!.trim()]));
}

/** Whether the root element, as written, is one of a feed's. */
function hasFeedRoot(bytes: Buffer): boolean {
  const markup = skeleton(bytes).replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[\s\S]*?(?:\]\s*>|>)/gi, "");
  return /^[^<]*<(?:[\w-]+:)?(?:rss|RSS|feed|FEED|rdf|RDF|channel)[\s>/]/.test(markup);
}

/** Whether the text is what a test of encodings expects; null when it expects nothing of the text, or a fault. */
function isRightText(bytes: Buffer, contentType: string | null, feed: ParsedFeed): boolean | null {
  const expected = /Expect:\s*not bozo and (.*)/.exec(skeleton(bytes))?.[1] ?? "";
  const encoding = /^encoding == '([^']+)'/.exec(expected)?.[1];
  if (encoding) return unmarked(decodeFeed(bytes, contentType)) === unmarked(inEncoding(bytes, encoding));
  const literal = /^(?:ord\()?(feed|entries\[0\])\['(title|description)'\]\)? == (?:'(.*)'|(\d+))/.exec(expected);
  if (!literal) return null;
  const [, of, field, text, code] = literal;
  const wanted = code ? String.fromCharCode(Number(code)) : unescapePython(text!);
  const item = feed.items[0];
  const read = of === "feed" ? feed.title : field === "title" ? item?.title : item?.text;
  return (read ?? "") === htmlText(wanted);
}

const unmarked = (text: string): string => text.replace("\ufeff", "");

function inEncoding(bytes: Buffer, encoding: string): string {
  if (!encoding.startsWith("utf-32")) return new TextDecoder(encoding).decode(bytes);
  const units = Array.from({ length: bytes.length >> 2 }, (_, at) =>
    encoding === "utf-32le" ? bytes.readUInt32LE(at * 4) : bytes.readUInt32BE(at * 4),
  );
  return units.map((unit) => String.fromCodePoint(unit)).join("");
}

function unescapePython(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi, (_, byte?: string, unit?: string, plain?: string) =>
    plain === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit!, 16)) : plain,
  );
}

const parser = createFeedParser();
const reasons = new Map<string, number>();
let [total, read, tested, right] = [0, 0, 0, 0];
const names = readdirSync(folder, { recursive: true }).map(String).sort();
for (const name of names.filter((one) => /\.(?:xml|json)$/.test(one))) {
  const bytes = readFileSync(join(folder, name));
  if (values["feeds-only"] && name.endsWith(".xml") && !hasFeedRoot(bytes)) continue;
  total++;
  const headers = headersOf(bytes);
  const contentType = headers.get("content-type") ?? null;
  const outcome = await parser.parse(bytes, {
    base: URL.parse(headers.get("content-location") ?? "", "https://feeds.example/test.xml")?.href ?? "",
    contentType,
    language: headers.get("content-language") ?? null,
    nowMs: Date.parse("2026-11-21T00:00:00Z"),
  });
  if (outcome.kind !== "parsed") {
    reasons.set(outcome.reason, (reasons.get(outcome.reason) ?? 0) + 1);
    if (values.failed) console.log(`${name}: ${outcome.reason}: ${outcome.sentence}`);
    continue;
  }
  read++;
  const isRight = /(?:^|[\\/])encoding[\\/]/.test(name) ? isRightText(bytes, contentType, outcome.feed) : null;
  if (isRight === null) continue;
  tested++;
  if (isRight) right++;
  else if (values.failed) console.log(`${name}: the text is not what the test expects`);
}
await parser.close();
console.log(`${read} of ${total} read without an error`);
for (const [reason, count] of reasons) console.log(`  ${reason}: ${count}`);
if (tested > 0) console.log(`${right} of ${tested} tests of encodings give the right text`);
