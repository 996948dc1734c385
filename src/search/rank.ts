/** Ranks the passages of the index for the terms of a question, in two stages. */
import { type Cursor, openCursor, seek } from "./cursor.ts";
import { visiblePassages } from "./filter.ts";
import { type ScoredTerm, scoreSegment } from "./max-score.ts";
import type { Part } from "./part.ts";
import { isSameDocument, type PassageColumns } from "./passage-columns.ts";
import type { PassageIndex } from "./passage-index.ts";
import { createPostingList, type Postings, placesOf } from "./postings.ts";
import { bm25Of, scoreOf, secondStageDepth, stretches, termLimit } from "./scoring.ts";
import type { Hit, QueryTerm, SearchFilter, SearchResult } from "./search.ts";
import { createTop, offer, type Top } from "./top.ts";

/** A term of the question as the index knows it. */
interface KnownTerm {
  /** Idf steps. */
  readonly weight: number;
  /** The numbers of its stems that some passage has held. */
  readonly ids: readonly number[];
}

/** A passage of the first stage, and what the second finds out about it. */
interface Candidate {
  readonly part: Part;
  readonly ordinal: number;
  readonly sum: number;
  /** Idf steps of the terms in each stretch of its body. */
  readonly near: Float64Array;
}

/** A passage with its final score. */
interface Scored {
  readonly part: Part;
  readonly ordinal: number;
  readonly number: number;
  readonly score: number;
  readonly bm25: number;
}

/** The first `limit` passages for `terms` that `filter` lets through: the promise of `Search.search`. */
export function rank(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  filter: SearchFilter,
  limit: number,
): SearchResult {
  const known = knownTerms(index, terms);
  const top = createTop(Math.max(limit, secondStageDepth));
  const searched = { documents: 0, passages: 0 };
  let before: { readonly columns: PassageColumns; readonly last: number } | null = null;
  let base = 0;
  for (const part of index.parts) {
    const visible = visiblePassages(part, filter);
    searched.documents += visible.documents;
    searched.passages += visible.passages;
    if (visible.first !== -1) {
      if (before && isSameDocument(before.columns, before.last, part.columns, visible.first)) searched.documents--;
      before = { columns: part.columns, last: visible.last };
    }
    if (visible.passages > 0) scorePart(part, known, visible.bits, base, top);
    base += part.columns.passages;
  }
  return { hits: secondStage(index, known, top, limit), searched };
}

/** The terms that the index knows; of more than can be summed, the rarest, in their order. */
function knownTerms(index: PassageIndex, terms: readonly QueryTerm[]): KnownTerm[] {
  const known = terms
    .map(({ stems }) => ({
      weight: index.weight(stems),
      ids: [...new Set(stems)].map((stem) => index.vocabulary.find(stem)).filter((id) => id !== -1),
    }))
    .filter(({ ids }) => ids.length > 0);
  if (known.length <= termLimit) return known;
  const kept = new Set(known.toSorted((a, b) => b.weight - a.weight).slice(0, termLimit));
  return known.filter((term) => kept.has(term));
}

function scorePart(part: Part, known: readonly KnownTerm[], visible: Uint32Array | null, base: number, top: Top): void {
  if (!part.postings) {
    scoreAll(part, known, visible, base, top);
    return;
  }
  const terms: ScoredTerm[] = [];
  for (const { weight, ids } of known) {
    const cursors = cursorsOf(part, part.postings, ids);
    if (cursors.length > 0) terms.push({ weight, cursors });
  }
  scoreSegment(terms, part.columns.passages, visible, base, top);
}

function cursorsOf(part: Part, postings: Postings, ids: readonly number[]): Cursor[] {
  return ids.filter((id) => part.count(id) > 0).map((id) => openCursor(postings, id));
}

/** Where the tail's postings are read into. */
const list = createPostingList();

/** Scores every passage of a part that holds a term; for the tail, which is small and has no blocks. */
function scoreAll(part: Part, known: readonly KnownTerm[], visible: Uint32Array | null, base: number, top: Top): void {
  const count = part.columns.passages;
  const sums = new Uint32Array(count);
  for (const { weight, ids } of known) {
    const impacts = ids.length > 1 ? new Uint8Array(count) : null;
    for (const id of ids) {
      part.read(id, list);
      for (let i = 0; i < list.count; i++) {
        const ordinal = list.ordinals[i]!;
        const more = list.impacts[i]! - (impacts ? impacts[ordinal]! : 0);
        if (more <= 0) continue;
        sums[ordinal]! += weight * more;
        if (impacts) impacts[ordinal]! += more;
      }
    }
  }
  for (let ordinal = 0; ordinal < count; ordinal++) {
    if (sums[ordinal]! <= top.threshold) continue;
    if (visible && (visible[ordinal >>> 5]! & (1 << (ordinal & 31))) === 0) continue;
    offer(top, sums[ordinal]!, base + ordinal);
  }
}

/** Puts the passages of the first stage in their final order: title coverage and proximity on top of BM25F. */
function secondStage(index: PassageIndex, known: readonly KnownTerm[], top: Top, limit: number): Hit[] {
  const scored: Scored[] = [];
  for (const { part, candidates } of candidatesOf(index, top)) {
    for (const term of known) addPlaces(part, term, candidates);
    for (const { ordinal, sum, near } of candidates) {
      const title = titleEvidence(part.columns, part.columns.documentOf[ordinal]!, known);
      const score = scoreOf({ sum, ...title, nearSteps: greatest(near) });
      scored.push({ part, ordinal, number: part.columns.numbers[ordinal]!, score, bm25: bm25Of(sum) });
    }
  }
  scored.sort((a, b) => b.score - a.score || a.number - b.number);
  return scored.slice(0, limit).map(hitOf);
}

/** What the first stage kept, by part and in order of ordinals. */
function candidatesOf(index: PassageIndex, top: Top): { part: Part; candidates: Candidate[] }[] {
  const entries = Array.from({ length: top.size }, (_, i) => ({ at: top.ordinals[i]!, sum: top.sums[i]! }));
  entries.sort((a, b) => a.at - b.at);
  let next = 0;
  let base = 0;
  return index.parts.map((part) => {
    const candidates: Candidate[] = [];
    const end = base + part.columns.passages;
    for (; next < entries.length && entries[next]!.at < end; next++) {
      const { at, sum } = entries[next]!;
      candidates.push({ part, ordinal: at - base, sum, near: new Float64Array(stretches) });
    }
    base = end;
    return { part, candidates };
  });
}

/** Adds a term's weight to the stretches it stands in, of each candidate. */
function addPlaces(part: Part, { weight, ids }: KnownTerm, candidates: readonly Candidate[]): void {
  if (candidates.length === 0) return;
  const places = part.postings
    ? segmentPlaces(part, part.postings, ids, candidates)
    : tailPlaces(part, ids, candidates);
  for (const [i, { near }] of candidates.entries()) {
    for (let stretch = 0; stretch < stretches; stretch++) if (places[i]! & (1 << stretch)) near[stretch]! += weight;
  }
}

function segmentPlaces(
  part: Part,
  postings: Postings,
  ids: readonly number[],
  candidates: readonly Candidate[],
): Uint8Array {
  const places = new Uint8Array(candidates.length);
  for (const cursor of cursorsOf(part, postings, ids)) {
    for (let i = 0; i < candidates.length; i++) {
      const posting = seek(cursor, candidates[i]!.ordinal);
      if (posting !== -1) places[i]! |= placesOf(postings, cursor.term, posting - cursor.firstPosting);
    }
  }
  return places;
}

function tailPlaces(part: Part, ids: readonly number[], candidates: readonly Candidate[]): Uint8Array {
  const places = new Uint8Array(candidates.length);
  for (const id of ids) {
    part.read(id, list);
    for (let i = 0, at = 0; i < list.count && at < candidates.length; ) {
      const difference = list.ordinals[i]! - candidates[at]!.ordinal;
      if (difference === 0) places[at]! |= list.places[i]!;
      if (difference <= 0) i++;
      if (difference >= 0) at++;
    }
  }
  return places;
}

/** What the terms and the title of a document have in common. */
function titleEvidence(columns: PassageColumns, document: number, known: readonly KnownTerm[]) {
  const { titleEnds, titleTerms } = columns;
  const from = document === 0 ? 0 : titleEnds[document - 1]!;
  const to = titleEnds[document]!;
  let titleSteps = 0;
  for (const { weight, ids } of known) {
    let found = false;
    for (let at = from; at < to; at++) if (ids.includes(titleTerms[at]!)) found = true;
    if (found) titleSteps += weight;
  }
  let titleMatched = 0;
  for (let at = from; at < to; at++) if (known.some(({ ids }) => ids.includes(titleTerms[at]!))) titleMatched++;
  return { titleSteps, titleMatched, titleWords: to - from };
}

function greatest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

function hitOf({ part: { columns }, ordinal, number, score, bm25 }: Scored): Hit {
  const document = columns.documentOf[ordinal]!;
  const passage = {
    number,
    document: columns.ids.get(document),
    revision: columns.revisions[document]!,
    start: columns.starts[ordinal]!,
    end: columns.ends[ordinal]!,
  };
  return { passage, score, bm25 };
}
