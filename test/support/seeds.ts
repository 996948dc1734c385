/** Reads the starter corpus, and the reports it tells where they are at hand, for the tests that look after both. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..", "..");
const reports = join(root, "..", "shared", "seeds");

/** One document of the starter corpus. */
export interface Seed {
  readonly file: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** True where the reports behind the starter corpus lie beside the repository; they are not part of it. */
export const reportsAtHand = existsSync(reports);

/** All documents of the starter corpus, in order of file name; throws for one without front matter. */
export function readSeeds(): Seed[] {
  const folder = join(root, "seeds");
  const files = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  return files.sort().map((file) => {
    const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(folder, file), "utf8"));
    if (!match) throw new Error(`${file} has no front matter`);
    return { file, frontMatter: parse(match[1]!) as Record<string, unknown>, body: match[2]! };
  });
}

/** The report that a document tells, as it arrived; only where `reportsAtHand`. */
export function readReport(seed: Seed): string {
  return readFileSync(join(reports, String(seed.frontMatter.source)), "utf8");
}
