/**
 * Finds where outlets disagree: another figure, another day or other words for the same thing. It is rather silent than
 * wrong: figures are compared only when both say what they count, days and quotations only when the words around them agree.
 */
import type { Disagreement } from "./digest.ts";
import { type Figure, figuresOf } from "./figures.ts";
import { type QuotedWords, quotedWords, sameQuotation } from "./quoted-words.ts";
import { datesOf, type SaidDate, sameEvent } from "./said-dates.ts";
import type { StorySentence } from "./story-sentences.ts";

/** Something that a sentence says, with what it is compared by. */
interface Statement<T> {
  readonly sentence: StorySentence;
  readonly said: T;
}

interface Compared<T> {
  readonly kind: Disagreement["kind"];
  readonly read: (sentence: StorySentence) => readonly T[];
  /** Whether two documents' statements are about the same thing; `sole` when each document says only one such thing. */
  readonly about: (one: T, other: T, sole: boolean) => boolean;
  readonly agree: (one: T, other: T) => boolean;
  /** What makes statements of one document alternatives: for these `sole` is told. */
  readonly sort: (one: T) => string;
  readonly count: (one: T) => number | null;
  readonly span: (one: T) => { readonly start: number; readonly end: number };
}

/** So many disagreements a story are told, and so many versions of one. */
const most = { disagreements: 2, sides: 4 } as const;

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((word) => other.has(word)).length;
}

/** People are compared only by what happened to them. */
const peopleUnits: ReadonlySet<string> = new Set(["person", "child", "woman", "man", "armed"]);

/** A figure with where in its report it stands. */
interface PlacedFigure extends Figure {
  readonly place: number;
}

/** The sentences whose figures are the story's own: the first two, and for what happened to people a few more. */
const own = { lead: 2, people: 6 } as const;

/** Whether two figures of one story count the same thing. */
function sameCount(one: PlacedFigure, other: PlacedFigure, sole: boolean): boolean {
  if (one.unit === null || one.unit !== other.unit) return false;
  const last = Math.max(one.place, other.place);
  if (one.role !== null || other.role !== null) return one.role === other.role && last < own.people;
  if (one.unit === "magnitud" || one.unit === "tally") return sole && last < own.people;
  if (peopleUnits.has(one.unit)) return false;
  if (sharedBeside(one, other)) return true;
  if (last >= own.lead) return false;
  const context = shared(one.context, other.context);
  return context >= 2 || (sole && one.unit !== "cent" && (context >= 1 || shared(one.names, other.names) >= 2));
}

/** Whether the same is said right beside both figures, besides what they count ("nine banks", "heads of eight banks"). */
function sharedBeside(one: Figure, other: Figure): boolean {
  return [...one.beside].some((word) => word !== one.unit && other.beside.has(word));
}

/** A rough figure agrees with one that is nearly the same. */
const nearly = 0.05;

function sameValue(one: Figure, other: Figure): boolean {
  if (one.value === other.value) return true;
  if (!one.rough && !other.rough) return false;
  return Math.abs(one.value - other.value) <= nearly * Math.max(one.value, other.value);
}

const figures: Compared<PlacedFigure> = {
  kind: "number",
  read: ({ text, start, place }) => figuresOf(text, start).map((figure) => ({ ...figure, place })),
  about: sameCount,
  agree: sameValue,
  sort: ({ role, unit }) => `${role} ${unit}`,
  count: ({ value }) => value,
  span: (figure) => figure,
};

const dates: Compared<SaidDate> = {
  kind: "date",
  read: ({ text, start }) => datesOf(text, start),
  about: sameEvent,
  agree: (one, other) => one.value === other.value,
  sort: ({ value }) => value,
  count: () => null,
  span: (date) => date,
};

const wordings: Compared<QuotedWords> = {
  kind: "wording",
  read: ({ text, start }) => quotedWords(text, start),
  about: sameQuotation,
  agree: (one, other) => one.folded === other.folded,
  sort: ({ folded }) => folded,
  count: () => null,
  span: (words) => words,
};

type Side<T> = { readonly first: Statement<T>; readonly outlets: string[] };

function outletOf({ document: { meta } }: StorySentence): string {
  return meta.outlet ?? meta.title;
}

/** The versions of what a group says, in the order in which they were said. Outlets that give several are left out. */
function sidesOf<T>(group: readonly Statement<T>[], { agree }: Compared<T>): readonly Side<T>[] {
  const sides: Side<T>[] = [];
  for (const statement of group) {
    const outlet = outletOf(statement.sentence);
    const side = sides.find(({ first }) => agree(first.said, statement.said));
    if (!side) sides.push({ first: statement, outlets: [outlet] });
    else if (!side.outlets.includes(outlet)) side.outlets.push(outlet);
  }
  const several = sides.flatMap(({ outlets }) => outlets).filter((outlet, at, all) => all.indexOf(outlet) !== at);
  return sides
    .map(({ first, outlets }) => ({ first, outlets: outlets.filter((outlet) => !several.includes(outlet)) }))
    .filter(({ outlets }) => outlets.length > 0);
}

/** Groups what the documents say about the same thing: of each document the first such statement. */
function groupsOf<T>(
  byDocument: readonly (readonly Statement<T>[])[],
  compared: Compared<T>,
): readonly Statement<T>[][] {
  const { about, agree, sort } = compared;
  const groups: Statement<T>[][] = [];
  /** Whether a document says only one thing of this sort. */
  const isSole = (list: readonly Statement<T>[], { said }: Statement<T>) =>
    list.filter((other) => sort(other.said) === sort(said) && !agree(other.said, said)).length === 0;
  const listOf = ({ sentence }: Statement<T>) =>
    byDocument.find((list) => list[0]?.sentence.document.id === sentence.document.id)!;
  for (const list of byDocument) {
    for (const statement of list) {
      const sole = isSole(list, statement);
      const group = groups.find(([first]) =>
        about(first!.said, statement.said, sole && isSole(listOf(first!), first!)),
      );
      if (!group) groups.push([statement]);
      else if (!group.some(({ sentence }) => sentence.document.id === statement.sentence.document.id))
        group.push(statement);
    }
  }
  return groups;
}

/** Leaves out documents that give several versions themselves: they explain the difference rather than being a part of it. */
function withoutReconciling<T>(
  group: readonly Statement<T>[],
  byDocument: readonly (readonly Statement<T>[])[],
  { about, agree }: Compared<T>,
): readonly Statement<T>[] {
  return group.filter((statement) => {
    const own = byDocument.find((list) => list[0]?.sentence.document.id === statement.sentence.document.id) ?? [];
    return !own.some((other) => about(statement.said, other.said, false) && !agree(statement.said, other.said));
  });
}

/** A version of what outlets disagree in; `text` is a slice of its sentence. */
interface DifferingSide {
  readonly sentence: StorySentence;
  readonly text: string;
  readonly outlets: readonly string[];
  /** The figure, where it is one. */
  readonly count: number | null;
}

/** Outlets that disagree, before the sentences are numbered. */
export interface Differing {
  readonly kind: Disagreement["kind"];
  /** The version of the most outlets first. */
  readonly sides: readonly DifferingSide[];
  /** The version that was published last. */
  readonly latest: DifferingSide;
}

function find<T>(sentences: readonly (readonly StorySentence[])[], compared: Compared<T>): readonly Differing[] {
  const byDocument = sentences
    .map((list) =>
      list.flatMap((sentence) => compared.read(sentence).map((said): Statement<T> => ({ sentence, said }))),
    )
    .filter((list) => list.length > 0);
  return groupsOf(byDocument, compared).flatMap((group): Differing[] => {
    const sides = sidesOf(withoutReconciling(group, byDocument, compared), compared);
    const outlets = new Set(sides.flatMap((side) => side.outlets));
    if (sides.length < 2 || outlets.size < 2) return [];
    const told = sides.map(({ first: { sentence, said }, outlets: who }): DifferingSide => {
      const { start, end } = compared.span(said);
      const text = sentence.text.slice(start - sentence.start, end - sentence.start);
      return { sentence, text, outlets: who, count: compared.count(said) };
    });
    const shown = told.toSorted((a, b) => b.outlets.length - a.outlets.length).slice(0, most.sides);
    return [{ kind: compared.kind, sides: shown, latest: told.at(-1)! }];
  });
}

/** What the documents of a story disagree in, figures first; at most two. `sentences` are those of each, in order of time. */
export function disagreements(sentences: readonly (readonly StorySentence[])[]): readonly Differing[] {
  return [...find(sentences, figures), ...find(sentences, dates), ...find(sentences, wordings)].slice(
    0,
    most.disagreements,
  );
}

/** The figure that was published last among those that differ, or null. */
export function latestCount(differing: readonly Differing[]): number | null {
  return differing.find(({ kind }) => kind === "number")?.latest.count ?? null;
}
