/**
 * Prints what ranking finds on a public question set, how that changes with each constant, and what constants a fit on four
 * fifths of the questions finds on the other fifth: the reasons for `rankingConstants` in src/search/scoring.ts.
 *
 *   node scripts/fit-ranking.ts FILE     { docs: [{ id, title, text }], questions: [{ q, gold: [id], answerable }] }
 */
import { readFileSync } from "node:fs";
import { queryTerms } from "../src/search/query-terms.ts";
import {
  bodyShare,
  idfSteps,
  impactOf,
  type RankingConstants,
  rankingConstants,
  scoreOf,
  secondStageDepth,
  stretches,
  stretchOf,
  titleShare,
} from "../src/search/scoring.ts";
import { isStopWord } from "../src/text/languages.ts";
import { stemmer } from "../src/text/stems.ts";
import { words } from "../src/text/tokens.ts";

interface QuestionSet {
  readonly docs: readonly { readonly id: number; readonly title: string; readonly text: string }[];
  readonly questions: readonly { readonly q: string; readonly gold: readonly number[]; readonly answerable: boolean }[];
}

/** A term in a passage. */
interface Occurrence {
  readonly passage: number;
  inTitle: number;
  inBody: number;
  places: number;
}

interface ReadPassage {
  readonly id: number;
  readonly titleLength: number;
  readonly bodyLength: number;
  /** Its distinct words of content, as stems. */
  readonly title: ReadonlySet<string>;
}

interface ReadQuestion {
  readonly gold: ReadonlySet<number>;
  readonly terms: readonly { readonly stem: string; readonly weight: number; readonly held: readonly Occurrence[] }[];
}

const file = process.argv[2];
if (file === undefined) throw new Error("Name a question set: node scripts/fit-ranking.ts FILE");
const { docs, questions } = JSON.parse(readFileSync(file, "utf8")) as QuestionSet;
const stem = stemmer("en");
const held = new Map<string, Occurrence[]>();
const passages = docs.map(readPassage);
const asked = questions.filter((question) => question.answerable).map(readQuestion);

function occurrence(word: string, passage: number): Occurrence {
  let list = held.get(word);
  if (!list) {
    list = [];
    held.set(word, list);
  }
  let last = list.at(-1);
  if (last?.passage !== passage) {
    last = { passage, inTitle: 0, inBody: 0, places: 0 };
    list.push(last);
  }
  return last;
}

function readPassage({ id, title, text }: QuestionSet["docs"][number], passage: number): ReadPassage {
  const titleWords = words(title);
  const body = words(text);
  for (const word of titleWords) occurrence(stem(word.accented), passage).inTitle++;
  for (const [position, word] of body.entries()) {
    const found = occurrence(stem(word.accented), passage);
    found.inBody++;
    if (!isStopWord(word.text, "en")) found.places |= 1 << stretchOf(position, body.length);
  }
  const content = titleWords.filter((word) => !isStopWord(word.text, "en"));
  const kept = (content.length > 0 ? content : titleWords).map((word) => stem(word.accented));
  return { id, titleLength: titleWords.length, bodyLength: body.length, title: new Set(kept) };
}

function readQuestion({ q, gold }: QuestionSet["questions"][number]): ReadQuestion {
  const terms = queryTerms(q, { languages: ["en"], has: () => false }).flatMap(({ stems: [only] }) => {
    const found = held.get(only!);
    return found ? [{ stem: only!, weight: idfSteps(passages.length, found.length), held: found }] : [];
  });
  return { gold: new Set(gold), terms };
}

/** The rank of the first gold passage, from 0; infinite when it is not among those of the second stage. */
function rankOf(question: ReadQuestion, constants: RankingConstants): number {
  const sums = new Map<number, number>();
  for (const { weight, held: occurrences } of question.terms) {
    for (const { passage, inTitle, inBody } of occurrences) {
      const { titleLength, bodyLength } = passages[passage]!;
      const frequency = inTitle * titleShare(titleLength, constants) + inBody * bodyShare(bodyLength, constants);
      sums.set(passage, (sums.get(passage) ?? 0) + weight * impactOf(frequency, constants));
    }
  }
  const first = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, secondStageDepth);
  const near = new Map(first.map(([passage]) => [passage, new Array<number>(stretches).fill(0)]));
  for (const { weight, held: occurrences } of question.terms) {
    for (const { passage, places } of occurrences) {
      const stretchSums = near.get(passage);
      if (!stretchSums) continue;
      for (let stretch = 0; stretch < stretches; stretch++)
        if (places & (1 << stretch)) stretchSums[stretch]! += weight;
    }
  }
  const scored = first.map(([passage, sum]) => {
    const title = passages[passage]!.title;
    const inTitle = question.terms.filter((term) => title.has(term.stem));
    const evidence = {
      sum,
      titleSteps: inTitle.reduce((total, term) => total + term.weight, 0),
      titleMatched: inTitle.length,
      titleWords: title.size,
      nearSteps: Math.max(...near.get(passage)!),
    };
    return { passage, score: scoreOf(evidence, constants) };
  });
  scored.sort((a, b) => b.score - a.score || a.passage - b.passage);
  const rank = scored.findIndex(({ passage }) => question.gold.has(passages[passage]!.id));
  return rank === -1 ? Number.POSITIVE_INFINITY : rank;
}

const depths = [1, 2, 5, 20];

function measure(some: readonly ReadQuestion[], constants: RankingConstants): readonly number[] {
  const ranks = some.map((question) => rankOf(question, constants));
  return depths.map((depth) => (100 * ranks.filter((rank) => rank < depth).length) / ranks.length);
}

/** What a fit makes as great as it can. */
const merit = (recalls: readonly number[]): number => recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
const shown = (recalls: readonly number[]): string => recalls.map((recall) => recall.toFixed(1)).join(" | ");

const tried: Readonly<Record<keyof RankingConstants, readonly number[]>> = {
  titleWeight: [1, 2, 3, 4, 5],
  titleLengthShare: [0, 0.2, 0.4, 0.6, 0.8],
  bodyLengthShare: [0.3, 0.4, 0.5, 0.6, 0.75],
  titlePivot: [4, 8, 12],
  bodyPivot: [60, 90, 120],
  k1: [0.6, 0.9, 1.2, 1.5, 2],
  titleCoverage: [0, 0.2, 0.3, 0.4, 0.5, 0.7],
  proximity: [0, 0.05, 0.1, 0.2, 0.4],
};

/** Coordinate ascent from the constants in use, twice over. */
function fitted(some: readonly ReadQuestion[]): RankingConstants {
  let best = rankingConstants;
  let most = merit(measure(some, best));
  for (const name of [...Object.keys(tried), ...Object.keys(tried)] as (keyof RankingConstants)[]) {
    for (const value of tried[name]) {
      const changed = { ...best, [name]: value };
      const found = merit(measure(some, changed));
      if (found <= most) continue;
      most = found;
      best = changed;
    }
  }
  return best;
}

console.log(`${passages.length} passages, ${asked.length} questions\n`);
console.log(
  `| constant | value | recall@${depths.join(" | recall@")} |\n|---|---|${depths.map(() => "---|").join("")}`,
);
console.log(`| all as they are | | ${shown(measure(asked, rankingConstants))} |`);
for (const [name, list] of Object.entries(tried)) {
  for (const value of list)
    console.log(`| ${name} | ${value} | ${shown(measure(asked, { ...rankingConstants, [name]: value }))} |`);
}
console.log("\nFitted on four fifths, measured on the other:");
const folds = 5;
const unseen: { fitted: readonly number[]; used: readonly number[] }[] = [];
for (let fold = 0; fold < folds; fold++) {
  const held = asked.filter((_, i) => i % folds === fold);
  const found = fitted(asked.filter((_, i) => i % folds !== fold));
  unseen.push({ fitted: measure(held, found), used: measure(held, rankingConstants) });
  console.log(`fold ${fold + 1}: ${JSON.stringify(found)}`);
}
const mean = (lists: readonly (readonly number[])[]) => depths.map((_, i) => merit(lists.map((list) => list[i]!)));
console.log(`fitted constants on unseen questions: ${shown(mean(unseen.map((one) => one.fitted)))}`);
console.log(`constants in use on the same:         ${shown(mean(unseen.map((one) => one.used)))}`);
