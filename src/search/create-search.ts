/** Searches the passages of a store from an index in memory. */
import type { Logger } from "../logger.ts";
import type { DocumentStore, IndexedPassage } from "../store/store.ts";
import { stemmer } from "../text/stems.ts";
import { words } from "../text/tokens.ts";
import { queryTerms } from "./query-terms.ts";
import { bm25Of, idfOf, idfSteps, impactOf } from "./scoring.ts";
import type { Hit, QueryTerm, Search, SearchFilter } from "./search.ts";

export interface SearchOptions {
  readonly source: Pick<DocumentStore, "changes" | "sequence">;
  /** The file that keeps the index between runs; null keeps none. */
  readonly snapshot: string | null;
  readonly logger?: Logger;
}

const foldedOutlet = (outlet: string): string =>
  words(outlet)
    .map((word) => word.text)
    .join(" ");

function passes(passage: IndexedPassage, filter: SearchFilter): boolean {
  if (!filter.collections.includes(passage.collection)) return false;
  if (filter.outlet !== undefined && foldedOutlet(passage.outlet ?? "") !== foldedOutlet(filter.outlet)) return false;
  const date = passage.published?.slice(0, 10);
  if (filter.from !== undefined && (!date || date < filter.from)) return false;
  return filter.to === undefined || (date !== undefined && date <= filter.to);
}

function counts(text: string, language: string): { counts: Map<string, number>; length: number } {
  const found = new Map<string, number>();
  const all = words(text);
  for (const word of all) {
    const stem = stemmer(language)(word.accented);
    found.set(stem, (found.get(stem) ?? 0) + 1);
  }
  return { counts: found, length: all.length };
}

/** A search over `source`, brought up to it. */
export async function createSearch({ source }: SearchOptions): Promise<Search> {
  const passages = new Map<number, IndexedPassage>();
  const postings = new Map<string, Map<number, number>>();
  let sequence = 0;

  function add(passage: IndexedPassage): void {
    passages.set(passage.number, passage);
    const title = counts(passage.title, passage.language);
    const body = counts(passage.body, passage.language);
    for (const stem of new Set([...title.counts.keys(), ...body.counts.keys()])) {
      let list = postings.get(stem);
      if (!list) {
        list = new Map();
        postings.set(stem, list);
      }
      const titleCount = title.counts.get(stem) ?? 0;
      list.set(passage.number, impactOf(titleCount, title.length, body.counts.get(stem) ?? 0, body.length));
    }
  }

  function remove(first: number, last: number): void {
    for (const number of [...passages.keys()].filter((one) => one >= first && one <= last)) {
      passages.delete(number);
      for (const list of postings.values()) list.delete(number);
    }
  }

  async function refresh(): Promise<void> {
    const target = await source.sequence();
    if (target === sequence) return;
    for await (const change of source.changes(sequence)) {
      if (change.kind === "add") for (const passage of change.passages) add(passage);
      else remove(change.first, change.last);
    }
    sequence = target;
  }

  function languages(): string[] {
    const tally = new Map<string, number>();
    for (const { language } of passages.values()) tally.set(language, (tally.get(language) ?? 0) + 1);
    return [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([language]) => language);
  }

  const steps = (term: QueryTerm): number =>
    idfSteps(
      passages.size,
      term.stems.reduce((sum, stem) => sum + (postings.get(stem)?.size ?? 0), 0),
    );

  await refresh();
  return {
    terms: (text) => queryTerms(text, languages()),
    idf: (term) => idfOf(steps(term)),
    async search(terms, filter, limit) {
      const visible = [...passages.values()].filter((passage) => passes(passage, filter));
      const hits: Hit[] = [];
      for (const { number, document, revision, start, end } of visible) {
        let sum = 0;
        for (const term of terms) {
          sum += steps(term) * Math.max(0, ...term.stems.map((stem) => postings.get(stem)?.get(number) ?? 0));
        }
        const bm25 = bm25Of(sum);
        if (sum > 0) hits.push({ passage: { number, document, revision, start, end }, score: bm25, bm25 });
      }
      hits.sort((a, b) => b.score - a.score || a.passage.number - b.passage.number);
      const documents = new Set(visible.map((passage) => passage.document)).size;
      return { hits: hits.slice(0, limit), searched: { documents, passages: visible.length } };
    },
    refresh,
    close: async () => {},
  };
}
