/** BM25F, title coverage and proximity straight from their formulas, over all passages: what the index is held against. */
import { rankingConstants, secondStageDepth } from "../../src/search/scoring.ts";
import type { QueryTerm, SearchFilter } from "../../src/search/search.ts";
import type { IndexedPassage } from "../../src/store/store.ts";
import { isStopWord } from "../../src/text/languages.ts";
import { stemmer } from "../../src/text/stems.ts";
import { words } from "../../src/text/tokens.ts";

const { titleWeight, titleLengthShare, bodyLengthShare, titlePivot, bodyPivot, k1, titleCoverage, proximity } =
  rankingConstants;

interface NaiveHit {
  readonly number: number;
  readonly score: number;
  readonly bm25: number;
}

const read = (text: string, language: string) =>
  words(text).map((word) => ({ stem: stemmer(language)(word.accented), stop: isStopWord(word.text, language) }));

const outletWords = (outlet: string | null | undefined) =>
  words(outlet ?? "")
    .map((word) => word.text)
    .join(" ");

function letThrough(passage: IndexedPassage, filter: SearchFilter): boolean {
  if (!filter.collections.includes(passage.collection)) return false;
  if (filter.outlet !== undefined && outletWords(passage.outlet) !== outletWords(filter.outlet)) return false;
  const date = passage.published?.slice(0, 10) ?? "";
  if (filter.from !== undefined && (date === "" || date < filter.from)) return false;
  return filter.to === undefined || (date !== "" && date <= filter.to);
}

/** The impact of any of `stems` in a passage: the greatest, 0 when it holds none. */
function impact(stems: readonly string[], title: readonly string[], body: readonly string[]): number {
  const impacts = stems.map((stem) => {
    const inTitle = title.filter((word) => word === stem).length;
    const inBody = body.filter((word) => word === stem).length;
    const perTitle = titleWeight / (1 - titleLengthShare + (titleLengthShare * title.length) / titlePivot);
    const perBody = 1 / (1 - bodyLengthShare + (bodyLengthShare * body.length) / bodyPivot);
    const frequency = inTitle * perTitle + inBody * perBody;
    return frequency === 0 ? 0 : Math.max(1, Math.round((255 * frequency) / (k1 + frequency)));
  });
  return Math.max(0, ...impacts);
}

export function naiveSearch(
  passages: readonly IndexedPassage[],
  terms: readonly QueryTerm[],
  filter: SearchFilter,
  limit: number,
): { hits: NaiveHit[]; searched: { documents: number; passages: number } } {
  const texts = passages.map((passage) => ({
    passage,
    title: read(passage.title, passage.language),
    body: read(passage.body, passage.language).map((word) => word.stem),
    stops: read(passage.body, passage.language).map((word) => word.stop),
  }));
  const weights = terms.map(({ stems }) => {
    let holding = 0;
    for (const stem of stems) {
      holding += texts.filter(
        ({ title, body }) => title.some((word) => word.stem === stem) || body.includes(stem),
      ).length;
    }
    const held = Math.min(holding, passages.length);
    return Math.max(1, Math.round(4096 * Math.log(1 + (passages.length - held + 0.5) / (held + 0.5))));
  });
  const known = terms.map(({ stems }) =>
    stems.some((stem) =>
      texts.some(({ title, body }) => title.some((word) => word.stem === stem) || body.includes(stem)),
    ),
  );
  const visible = texts.filter(({ passage }) => letThrough(passage, filter));
  const scored = visible
    .map((text) => {
      const title = text.title.map((word) => word.stem);
      const sum = terms.reduce((total, term, i) => total + weights[i]! * impact(term.stems, title, text.body), 0);
      return { ...text, sum, bm25: (sum * (k1 + 1)) / (4096 * 255) };
    })
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || a.passage.number - b.passage.number)
    .slice(0, Math.max(limit, secondStageDepth));
  const hits = scored.map(({ passage, title, body, stops, bm25 }) => {
    const content = title.some((word) => !word.stop) ? title.filter((word) => !word.stop) : title;
    const titleStems = new Set(content.map((word) => word.stem));
    const near = new Array<number>(4).fill(0);
    let titleSteps = 0;
    const matched = new Set<string>();
    terms.forEach(({ stems }, i) => {
      if (!known[i]) return;
      const inTitle = stems.filter((stem) => titleStems.has(stem));
      if (inTitle.length > 0) titleSteps += weights[i]!;
      for (const stem of inTitle) matched.add(stem);
      const stretches = new Set(
        body.flatMap((stem, at) =>
          stems.includes(stem) && !stops[at] ? [Math.floor((4 * at) / Math.max(body.length, 32))] : [],
        ),
      );
      for (const stretch of stretches) near[stretch]! += weights[i]!;
    });
    const covered = titleStems.size === 0 ? 0 : matched.size / titleStems.size;
    const score = bm25 + titleCoverage * covered * (titleSteps / 4096) + proximity * (Math.max(...near) / 4096);
    return { number: passage.number, score, bm25 };
  });
  hits.sort((a, b) => b.score - a.score || a.number - b.number);
  return {
    hits: hits.slice(0, limit),
    searched: { documents: new Set(visible.map(({ passage }) => passage.document)).size, passages: visible.length },
  };
}
