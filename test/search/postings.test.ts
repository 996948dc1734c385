import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCursor, seek } from "../../src/search/cursor.ts";
import { type ScoredTerm, scoreSegment } from "../../src/search/max-score.ts";
import {
  createPostingList,
  createPostingsBuilder,
  type PostingList,
  type Postings,
  placesOf,
  readPostings,
} from "../../src/search/postings.ts";
import { createTop, offer } from "../../src/search/top.ts";

interface Posting {
  readonly ordinal: number;
  readonly impact: number;
  readonly places: number;
}

function listOf(postings: readonly Posting[]): PostingList {
  return {
    ordinals: Uint32Array.from(postings, (one) => one.ordinal),
    impacts: Uint8Array.from(postings, (one) => one.impact),
    places: Uint8Array.from(postings, (one) => one.places),
    count: postings.length,
  };
}

function pack(terms: readonly (readonly Posting[])[]): Postings {
  const postings = terms.reduce((sum, list) => sum + list.length, 0);
  const builder = createPostingsBuilder({ terms: terms.length, postings });
  for (const list of terms) builder.add(listOf(list));
  return builder.finish();
}

/** Postings with gaps up to `gap`; most without places where `bare`. */
const someList = (maxLength: number) =>
  fc
    .record({
      gap: fc.constantFrom(1, 3, 40, 5_000, 2_000_000),
      bare: fc.boolean(),
      length: fc.nat(maxLength),
      seed: fc.nat(),
    })
    .map(({ gap, bare, length, seed }) => {
      const chance = chances(seed);
      let ordinal = -1;
      return Array.from({ length }, (): Posting => {
        ordinal += 1 + Math.floor(chance() * gap);
        const places = chance() < (bare ? 0.97 : 0.2) ? 0 : 1 + Math.floor(chance() * 15);
        return { ordinal, impact: 1 + Math.floor(chance() * 255), places };
      });
    });

function chances(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

describe("packed postings", () => {
  it("read as they were added", () => {
    fc.assert(
      fc.property(fc.array(someList(700), { maxLength: 5 }), (terms) => {
        const postings = pack(terms);
        const list = createPostingList();
        for (const [term, expected] of terms.entries()) {
          readPostings(postings, term, list);
          const read = Array.from({ length: list.count }, (_, i) => ({
            ordinal: list.ordinals[i],
            impact: list.impacts[i],
            places: list.places[i],
          }));
          expect(read).toEqual(expected);
          for (const [i, { places }] of expected.entries()) expect(placesOf(postings, term, i)).toBe(places);
        }
        readPostings(postings, terms.length, list);
        expect(list.count).toBe(0);
      }),
    );
  });

  it("are found one by one, and none that is not there", () => {
    fc.assert(
      fc.property(someList(900), fc.array(fc.nat(40_000), { maxLength: 50 }), (list, others) => {
        const postings = pack([[], list]);
        const first = postings.termPostings[1]!;
        const asked = [...new Set([...list.filter((_, i) => i % 7 === 3).map((one) => one.ordinal), ...others])];
        const cursor = openCursor(postings, 1);
        for (const ordinal of asked.sort((a, b) => a - b)) {
          const at = list.findIndex((one) => one.ordinal === ordinal);
          expect(seek(cursor, ordinal)).toBe(at === -1 ? -1 : first + at);
        }
      }),
    );
  });
});

describe("scoreSegment", () => {
  const passages = 40_000;

  /** Ordinals by chance, `density` of all; a few of great impact. */
  const aList = fc
    .record({ density: fc.constantFrom(0.0005, 0.01, 0.2, 0.9), seed: fc.nat() })
    .map(({ density, seed }) => {
      const chance = chances(seed);
      const list: Posting[] = [];
      for (let ordinal = 0; ordinal < passages; ordinal++) {
        if (chance() > density) continue;
        list.push({
          ordinal,
          impact: chance() < 0.1 ? 180 + Math.floor(chance() * 70) : 90 + Math.floor(chance() * 40),
          places: 0,
        });
      }
      return list;
    });
  const aTerm = fc.record({
    weight: fc.integer({ min: 1, max: 60_000 }),
    lists: fc.array(aList, { minLength: 1, maxLength: 2 }),
  });

  it("finds what adding up every posting finds", () => {
    fc.assert(
      fc.property(
        fc.array(aTerm, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 60 }),
        fc.option(fc.nat()),
        (terms, limit, hidden) => {
          const postings = pack(terms.flatMap((term) => term.lists));
          let next = 0;
          const scored: ScoredTerm[] = terms.map(({ weight, lists }) => ({
            weight,
            cursors: lists.map(() => openCursor(postings, next++)),
          }));
          const chance = chances(hidden ?? 0);
          const visible =
            hidden === null ? null : Uint32Array.from({ length: passages / 32 }, () => chance() * 2 ** 32);
          const top = createTop(limit);
          scoreSegment(scored, passages, visible, 1_000, top);

          const sums = new Float64Array(passages);
          for (const { weight, lists } of terms) {
            const impacts = new Uint8Array(passages);
            for (const list of lists) {
              for (const { ordinal, impact } of list) impacts[ordinal] = Math.max(impacts[ordinal]!, impact);
            }
            for (let ordinal = 0; ordinal < passages; ordinal++) sums[ordinal]! += weight * impacts[ordinal]!;
          }
          const expected = createTop(limit);
          for (let ordinal = 0; ordinal < passages; ordinal++) {
            const seen = !visible || (visible[ordinal >>> 5]! >>> (ordinal & 31)) & 1;
            if (seen && sums[ordinal]! > expected.threshold) offer(expected, sums[ordinal]!, 1_000 + ordinal);
          }
          expect(contents(top)).toEqual(contents(expected));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

const contents = ({ sums, ordinals, size }: ReturnType<typeof createTop>) =>
  Array.from({ length: size }, (_, i) => [ordinals[i]!, sums[i]!]).sort((a, b) => a[0]! - b[0]!);

describe("offer", () => {
  it("keeps the greatest sums, and of equal ones the earliest", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (sums, limit) => {
        const top = createTop(limit);
        for (const [ordinal, sum] of sums.entries()) if (sum > top.threshold) offer(top, sum, ordinal);
        const expected = sums
          .map((sum, ordinal) => [ordinal, sum])
          .filter(([, sum]) => sum! > 0)
          .sort((a, b) => b[1]! - a[1]! || a[0]! - b[0]!)
          .slice(0, limit);
        expect(contents(top)).toEqual(expected.sort((a, b) => a[0]! - b[0]!));
      }),
    );
  });
});
