/** Which reports of a story carry the same text, and how many outlets therefore report it independently. */
import type { Report } from "./report.ts";

/**
 * From this share of the shorter lead's shingles on, two reports carry the same text. Chosen on the development half of
 * test/fixtures/digest: a lightly edited agency text keeps more than half of them, another outlet's own words less than a fifth.
 */
const sameText = 0.5;
/** Fewer shingles are too few to tell. */
const fewest = 6;

/** The share of the smaller of two sorted sets that stands in the other. */
function contained(a: Int32Array, b: Int32Array): number {
  const smaller = Math.min(a.length, b.length);
  if (smaller < fewest) return 0;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return common / smaller;
}

/** An outlet as it is counted; a document that names none counts for itself. */
function outletOf({ outlet, document }: Report): string {
  return outlet === null ? `document ${document}` : `outlet ${outlet.toLowerCase()}`;
}

function carriesTextOf(later: Report, earlier: Report): boolean {
  if (later.nearDuplicateOf === earlier.document || earlier.nearDuplicateOf === later.document) return true;
  if (later.origin !== null && later.origin.toLowerCase() === earlier.outlet?.toLowerCase()) return true;
  return contained(later.shingles, earlier.shingles) >= sameText;
}

/** A report is compared with so many texts of its story at most: agencies come first, and a flood must not take the day. */
const textsCompared = 300;

/** For each report of a story, in order of time, the index of the first one whose text it carries: itself when it has its own. */
export function originals(reports: readonly Report[]): readonly number[] {
  const first: number[] = [];
  const texts: number[] = [];
  for (const [at, report] of reports.entries()) {
    const original = texts.find((text) => carriesTextOf(report, reports[text]!));
    first.push(original ?? at);
    if (original === undefined && texts.length < textsCompared) texts.push(at);
  }
  return first;
}

/**
 * How many outlets report a story independently: as many as can be paired with texts so that each outlet and each text
 * is counted once. A wire text in ten papers is one; a paper that carries it and has a report of its own is one more.
 */
export function independentOutlets(reports: readonly Report[], first: readonly number[]): number {
  const texts = new Map<number, Set<string>>();
  for (const [at, report] of reports.entries())
    texts.set(first[at]!, (texts.get(first[at]!) ?? new Set()).add(outletOf(report)));
  const textOf = new Map<string, number>();
  /** Kuhn's algorithm: gives `text` an outlet of its own, moving others if need be. */
  const pair = (text: number, seen: Set<string>): boolean => {
    for (const outlet of texts.get(text)!) {
      if (seen.has(outlet)) continue;
      seen.add(outlet);
      const other = textOf.get(outlet);
      if (other !== undefined && !pair(other, seen)) continue;
      textOf.set(outlet, text);
      return true;
    }
    return false;
  };
  return [...texts.keys()].filter((text) => pair(text, new Set())).length;
}
