/** Makes a story of the reports on it: its headline, its sentences, who else has it, and where they disagree. */
import type { Citation } from "../answer/answer.ts";
import type { StoredDocument } from "../corpus/document.ts";
import type { Coverage, DigestDocument, DigestStory, StoryScore } from "./digest.ts";
import { disagreements, latestCount } from "./disagreements.ts";
import { bestHeadline } from "./headline.ts";
import { keySentences } from "./key-sentences.ts";
import type { Report } from "./report.ts";
import { type StorySentence, standsAlone, wholeSentences } from "./story-sentences.ts";

/** So many documents of a story are read for its sentences: those with texts of their own, the latest first. */
const documentsRead = 16;

/** A story before it is told. */
export interface RankedStory {
  /** In order of time. */
  readonly reports: readonly Report[];
  /** For each report the index of the first one whose text it carries. */
  readonly first: readonly number[];
  readonly score: StoryScore;
}

/** Numbers what is cited, each sentence once, through a whole digest. */
export interface Citations {
  readonly list: readonly Citation[];
  cite(sentence: StorySentence): number;
}

/** Citations in the order in which they are first made, from 1. */
export function createCitations(): Citations {
  const list: Citation[] = [];
  return {
    list,
    cite({ document, start, end, text }) {
      const known = list.find((one) => one.document === document.id && one.start === start && one.end === end);
      if (known) return known.n;
      const { title, outlet, published, url } = document.meta;
      const n = list.length + 1;
      list.push({
        n,
        document: document.id,
        revision: document.revision,
        title,
        outlet,
        published,
        url,
        quote: text,
        start,
        end,
      });
      return n;
    },
  };
}

export function digestDocument({ document, revision, title, outlet, published, url }: Report): DigestDocument {
  return { document, revision, title, outlet, published, url };
}

/** The reports whose documents are read, the latest first: those with a text of their own before copies. */
export function reportsToRead({ reports, first }: RankedStory): readonly Report[] {
  const own = reports.filter((_, at) => first[at] === at).toReversed();
  const copies = reports.filter((_, at) => first[at] !== at).toReversed();
  return [...own, ...copies].slice(0, documentsRead);
}

/** Who else has it, the outlets in order of time; which text each carries where it is not its own. */
function coverage({ reports, first }: RankedStory, headline: Report): readonly Coverage[] {
  return reports.flatMap((report, at): Coverage[] => {
    if (report === headline) return [];
    const original = reports[first[at]!]!;
    return [{ ...digestDocument(report), copyOf: original === report ? null : original.document }];
  });
}

/** Tells a story; null when none of its documents holds a sentence that can be quoted. `documents` are those of `reportsToRead`. */
export function tellStory(
  story: RankedStory,
  documents: readonly StoredDocument[],
  citations: Citations,
): DigestStory | null {
  const { reports, first } = story;
  const sentences = new Map(documents.map((document) => [document.id, wholeSentences(document)]));
  const ofReport = ({ document }: Report) => (sentences.get(document) ?? []).filter(standsAlone);
  const quotable = reportsToRead(story).filter((report) => ofReport(report).length > 0);
  const own = quotable.filter((report) => first[reports.indexOf(report)] === reports.indexOf(report));
  const told = own.length > 0 ? own : quotable;
  if (told.length === 0) return null;
  const inTime = reports.map(({ document }) => sentences.get(document) ?? []).filter((list) => list.length > 0);
  const differing = disagreements(inTime);
  const headline = bestHeadline(told, reports, latestCount(differing));
  const chosen = keySentences(
    told.flatMap(ofReport),
    headline.document,
    differing.flatMap(({ sides }) => sides.map(({ sentence }) => sentence)),
  );
  return {
    headline: digestDocument(headline),
    // Sentences are numbered before what differs, as they are read.
    keySentences: chosen.map((sentence) => citations.cite(sentence)),
    alsoIn: coverage(story, headline),
    disagreements: differing.map(({ kind, sides }) => ({
      kind,
      sides: sides.map(({ sentence, text, outlets }) => ({ citation: citations.cite(sentence), text, outlets })),
    })),
    documents: [headline, ...story.reports.filter((report) => report !== headline)].map(({ document }) => document),
    score: story.score,
  };
}
