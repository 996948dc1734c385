import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOpml } from "../src/feeds/opml.ts";
import { readReport, readSeeds, reportsAtHand } from "./support/seeds.ts";

const seeds = readSeeds();
const known = ["title", "outlet", "published", "dateline", "language", "origin", "source"];

const quotations = (body: string): string[] => [...body.matchAll(/“([^”]*)”|"([^"]*)"/g)].map((m) => m[1] ?? m[2]!);
const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe("the starter corpus", () => {
  it("holds five documents, each of a report of its own", () => {
    expect(new Set(seeds.map((seed) => seed.frontMatter.source)).size).toBe(5);
    expect(seeds.length).toBe(5);
  });

  it.each(seeds)("$file has front matter of known keys only, with a title, a language and a source", (seed) => {
    expect(Object.keys(seed.frontMatter).filter((key) => !known.includes(key))).toEqual([]);
    for (const value of Object.values(seed.frontMatter)) expect(value).toEqual(expect.stringMatching(/\S/));
    expect(Object.keys(seed.frontMatter)).toEqual(expect.arrayContaining(["title", "language", "source"]));
    expect(seed.body).toMatch(/\S/);
  });

  it.each(seeds)("$file supplies no outlet and no date that its report does not print", ({ frontMatter }) => {
    expect(frontMatter).not.toHaveProperty("outlet");
    expect(frontMatter).not.toHaveProperty("published");
  });

  it("names the outlet that two of the reports have the news from", () => {
    const origins = seeds.map((seed) => seed.frontMatter.origin).filter((origin) => origin !== undefined);
    expect(origins).toEqual(["The New York Times", "The New York Times"]);
  });

  it.each(seeds)("$file closes every quotation and keeps each to sixty words", ({ body }) => {
    for (const paragraph of body.split("\n\n")) {
      expect(paragraph.match(/“/g)?.length ?? 0, paragraph).toBe(paragraph.match(/”/g)?.length ?? 0);
    }
    expect(quotations(body).filter((quotation) => words(quotation).length > 60)).toEqual([]);
    expect(quotations(body).length).toBeGreaterThan(0);
  });

  it.skipIf(!reportsAtHand).each(seeds)(
    "$file quotes its report to the letter (skipped where the reports are not beside the repository)",
    (seed) => {
      const report = readReport(seed);
      expect(quotations(seed.body).filter((quotation) => !report.includes(quotation))).toEqual([]);
    },
  );
});

describe("the starter set of feeds", () => {
  const { feeds, unusable, repeated } = readOpml(
    readFileSync(join(import.meta.dirname, "..", "seeds", "feeds.opml"), "utf8"),
  );

  it("is a list that can be imported whole", () => {
    expect(feeds.length).toBeGreaterThan(20);
    expect({ unusable, repeated }).toEqual({ unusable: 0, repeated: 0 });
  });

  it.each(feeds)(
    "$title is read over https, has a home and an outlet, and is off until somebody switches it on",
    (feed) => {
      expect(feed.address).toMatch(/^https:/);
      expect(feed.home).toMatch(/^https:/);
      expect(feed.title).toMatch(/\S/);
      expect(feed.outlet).toMatch(/\S/);
      expect(feed.paused).toBe(true);
    },
  );

  it("goes into the collection of whoever imports it", () => {
    expect(feeds.filter(({ category }) => category !== null)).toEqual([]);
  });
});
