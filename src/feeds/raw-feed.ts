/** A feed between parsing and cleaning: strings as parsers give them, titles and texts as HTML, dates as written. */

export interface RawItem {
  readonly guid: string | null;
  /** What identifies the entry where it has no guid (rdf:about), or null. */
  readonly about: string | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly contents: readonly string[];
  readonly summaries: readonly string[];
  readonly published: readonly string[];
  readonly updated: readonly string[];
  readonly author: string | null;
  readonly categories: readonly string[];
  readonly language: string | null;
  readonly origin: string | null;
}

export interface RawFeed {
  readonly format: "rss" | "rdf" | "atom" | "json";
  readonly title: string | null;
  readonly description: string | null;
  readonly home: string | null;
  readonly language: string | null;
  /** Minutes, as written. */
  readonly ttl: string | null;
  /** sy:updatePeriod and sy:updateFrequency, as written. */
  readonly period: string | null;
  readonly frequency: string | null;
  readonly items: readonly RawItem[];
}

/** `value` as a string when it is a string or a number with something in it, else null. */
export function stringOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** The strings among the values of an array, or of one value alone. */
export function stringsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(stringOf).filter((entry) => entry !== null);
}
