/** Chooses the report whose title heads a story: the one that says most of what all say, rather a late one. */
import type { StoredDocument } from "../corpus/document.ts";
import type { Report } from "./report.ts";
import { leadOf } from "./report.ts";
import { createTermReader } from "./terms.ts";
import { cosine, weigh } from "./vectors.ts";

/** What the latest report has over the first, and what a title loses that does not say what happened. */
const weights = { late: 0.15, vague: 0.4 } as const;

/** A quotation, a question, a label: the rubric rather than the news. */
const vague =
  /^["“„«'‘]|[?？]["”»]?$|^(?:live|video|watch|opinion|analysis|comment|explainer|podcast|gallery|in pictures)\b|^(?:how|why|what|who)\b/i;

/** The best of `reports` (at least one; in any order) to head the story. `documents` holds theirs. */
export function bestHeadline(reports: readonly Report[], documents: readonly StoredDocument[]): Report {
  const reader = createTermReader();
  const byId = new Map(documents.map((document) => [document.id, document]));
  const inTime = reports.toSorted((a, b) => a.at - b.at || (a.document < b.document ? -1 : 1));
  const read = inTime.map((report) => {
    const document = byId.get(report.document);
    return reader.read(report.title, document ? leadOf({ document }) : "", document?.meta.language ?? "und");
  });
  const vectors = weigh(read, reader);
  const central = vectors.map((own) => vectors.reduce((sum, other) => sum + cosine(own, other), 0) / vectors.length);
  const most = Math.max(...central);
  const worth = inTime.map((report, at) => {
    const late = inTime.length > 1 ? at / (inTime.length - 1) : 0;
    return central[at]! / most + weights.late * late - (vague.test(report.title) ? weights.vague : 0);
  });
  return inTime[worth.indexOf(Math.max(...worth))]!;
}
