/** A document that came in, as a digest weighs it: small, because there may be ten thousand. Its text is read again later. */
import { blankExcluded } from "../corpus/excluded.ts";
import { shingleSetOf } from "../corpus/near-duplicates.ts";
import type { ArrivedDocument } from "../store/store.ts";
import type { DigestDocument } from "./digest.ts";
import type { ReportTerms, TermReader } from "./terms.ts";
import type { Topic } from "./topics.ts";

export interface Report extends DigestDocument {
  /** When it was published, or came in where that is earlier or it does not say; milliseconds since the epoch. */
  readonly at: number;
  /** The outlet it says it has the news from. */
  readonly origin: string | null;
  readonly nearDuplicateOf: string | null;
  readonly terms: ReportTerms;
  /** Of the lead, sorted: what copies are recognised by. */
  readonly shingles: Int32Array;
  /** How much it is about each topic of the request, 0 to 1. */
  readonly topics: readonly number[];
}

/** What of a text is read for clustering, in UTF-16 units: news says at its beginning what it is about. */
const leadLength = 700;

/** The beginning of a text without advertising and navigation. */
function leadOf({ document: { text, excluded } }: Pick<ArrivedDocument, "document">): string {
  let end = Math.min(text.length, leadLength);
  for (const { start, end: after } of excluded) {
    if (start >= end) break;
    end = Math.min(text.length, end + after - start);
  }
  return blankExcluded(text, 0, end, excluded);
}

/** Milliseconds since the epoch, or null for what is no date; a day counts from its noon, so that it is no day off. */
export function timeOf(published: string | null): number | null {
  if (published === null) return null;
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(published) ? `${published}T12:00Z` : published);
  return Number.isNaN(time) ? null : time;
}

/** Reads a document that came in. */
export function readReport(arrived: ArrivedDocument, reader: TermReader, topics: readonly Topic[]): Report {
  const { document, arrivedAt } = arrived;
  const { title, outlet, published, url, origin, language } = document.meta;
  const lead = leadOf(arrived);
  return {
    document: document.id,
    revision: document.revision,
    title,
    outlet,
    published,
    url,
    at: Math.min(timeOf(published) ?? arrivedAt, arrivedAt),
    origin,
    nearDuplicateOf: document.nearDuplicateOf,
    terms: reader.read(title, lead, language),
    shingles: shingleSetOf(lead),
    topics: topics.map((topic) => topic.share(title, lead)),
  };
}
