/** What is measured of one piece of evidence before it may be claimed: the features that the fit in scripts/ weighs. */
import type { Question } from "../question/question.ts";
import { type Evidence, type FoundPassage, weightOf } from "./evidence.ts";
import { meets, type Requirement } from "./requirements.ts";
import type { SentenceWord } from "./sentence.ts";

/** All shares are 0 to 1 and weighed by inverse document frequency where they are not counts. */
export interface Features {
  /** Share of the question carried by the sentence; with its title and what it leans on; with its passage. */
  readonly own: number;
  readonly near: number;
  readonly wide: number;
  /** Share of the required words, counted, that neither the sentence nor what it leans on carries. */
  readonly lackingNear: number;
  /** The same with the whole passage. */
  readonly lackingWide: number;
  /** The weightiest required word that the passage lacks, as a share of the question. */
  readonly heaviestLack: number;
  /** The passage's score as a share of the question's whole idf, and how far it stands above the eleventh to twentieth. */
  readonly passage: number;
  readonly stands: number;
  /** Absolute weight of what the passage carries, in tens of nats. */
  readonly matched: number;
  /** Share of neighbouring pairs of the question that stand close together in the passage. */
  readonly pairs: number;
  /** Share of the title that the question names. */
  readonly titled: number;
  readonly kind: number;
  /** 1 when the kind asked for is one that a sentence must hold, and it does not. */
  readonly kindLacking: number;
  readonly speaker: number;
  /** Share of the question's names that the passage and its title lack. */
  readonly namesLacking: number;
  readonly kindFull: number;
  /** 1 when the question's main verb is met by nothing near ("who chairs the inquiry", and nobody chairs). */
  readonly actLacking: number;
  /** 1 when what is asked of stands only under a negation ("declined to deport" for "when did … deport"). */
  readonly negated: number;
  /** 1 when a word of the question stands in the sentence, but with another name before it ("the Perrin Dam" for "the Hollin Dam"). */
  readonly otherName: number;
}

/** What the features of all evidence share. */
export interface Ground {
  /** Sum of the idf of the question's terms. */
  readonly total: number;
  readonly background: number;
  readonly idf: (word: string) => number;
}

const kindsThatMustStand = new Set(["who", "when", "where", "how-many", "why"]);
const closeBy = 4;

/** Share of the question, weighed, that is met. */
export function share(requirements: readonly Requirement[], met: readonly number[]): number {
  let total = 0;
  let carried = 0;
  for (const [index, requirement] of requirements.entries()) {
    total += weightOf(requirement);
    carried += weightOf(requirement) * met[index]!;
  }
  return total === 0 ? 1 : carried / total;
}

/** A word that evidence cannot do without. */
export function isRequired(requirement: Requirement): boolean {
  return !requirement.frame && !requirement.soft;
}

function lacking(requirements: readonly Requirement[], met: readonly number[]): number {
  const required = requirements.filter(isRequired).length;
  const lacks = requirements.filter((requirement, index) => isRequired(requirement) && met[index]! < 0.5).length;
  return required === 0 ? 0 : lacks / required;
}

function heaviestLack(requirements: readonly Requirement[], met: readonly number[]): number {
  const total = requirements.reduce((sum, requirement) => sum + weightOf(requirement), 0);
  const heaviest = Math.max(
    0,
    ...requirements.map((requirement, index) =>
      isRequired(requirement) ? weightOf(requirement) * (1 - met[index]!) : 0,
    ),
  );
  return total === 0 ? 0 : heaviest / total;
}

function pairsOf(requirements: readonly Requirement[], passage: FoundPassage): number {
  const lists: (readonly SentenceWord[])[] = [
    passage.titleWords,
    ...passage.reading.sentences.slice(passage.reading.from, passage.reading.to).map((sentence) => sentence.words),
  ];
  let total = 0;
  let close = 0;
  for (let index = 0; index + 1 < requirements.length; index++) {
    const [one, other] = [requirements[index]!, requirements[index + 1]!];
    const weight = weightOf(one) + weightOf(other);
    total += weight;
    const found = lists.some((list) =>
      list.some(
        (word, at) =>
          meets(one, word) > 0 &&
          list
            .slice(Math.max(0, at - closeBy), at + closeBy + 1)
            .some((near) => near !== word && meets(other, near) > 0),
      ),
    );
    if (found) close += weight;
  }
  return total === 0 ? 0.5 : close / total;
}

function namesLacking(requirements: readonly Requirement[], evidence: Evidence): number {
  const names = requirements.flatMap((requirement, index) => (requirement.name ? [evidence.wide[index]!] : []));
  return names.length === 0 ? 0 : names.filter((met) => met < 0.5).length / names.length;
}

function actLacking(question: Question, requirements: readonly Requirement[], evidence: Evidence): boolean {
  if (question.act === null) return false;
  const index = requirements.findIndex((requirement) => requirement.word === question.act);
  return index >= 0 && isRequired(requirements[index]!) && evidence.near[index]! === 0;
}

const negators =
  /^(?:not|never|cannot|without|nobody|dont|doesnt|didnt|isnt|arent|wasnt|werent|hasnt|havent|hadnt|wont|wouldnt|cant|couldnt)$/;
/** "declined to deport": before a "to" that stands right before the word. */
const undoers = /^(?:decline|declines|declined|refuse|refuses|refused|fail|fails|failed|forget|forgot)$/;

function negatedAt(words: readonly SentenceWord[], at: number): boolean {
  if (words.slice(Math.max(0, at - 2), at).some((word) => negators.test(word.text))) return true;
  return (
    words[at - 1]?.text === "to" && words.slice(Math.max(0, at - 6), at - 1).some((word) => undoers.test(word.text))
  );
}

/** Whether a word of the question stands in the sentence only under a negation that the question does not have. */
function negated(question: Question, requirements: readonly Requirement[], evidence: Evidence): boolean {
  if (question.negative || !kindsThatMustStand.has(question.kind)) return false;
  const { words } = evidence.sentence;
  return requirements.some((requirement) => {
    if (requirement.frame || requirement.name) return false;
    const places = words.flatMap((word, at) => (meets(requirement, word) > 0 ? [at] : []));
    return places.length > 0 && places.every((at) => negatedAt(words, at));
  });
}

/** Whether the sentence names another thing of the kind that the question names. */
function otherName(requirements: readonly Requirement[], evidence: Evidence): boolean {
  const { words } = evidence.sentence;
  for (let index = 0; index + 1 < requirements.length; index++) {
    if (evidence.own[index]! > 0 || evidence.own[index + 1]! === 0) continue;
    const [missing, kept] = [requirements[index]!, requirements[index + 1]!];
    if (missing.frame || missing.soft) continue;
    const rivals = words.filter(
      (word, at) =>
        meets(kept, word) > 0 &&
        at > 1 &&
        words[at - 1]!.capital &&
        word.capital &&
        word.start - words[at - 1]!.end === 1,
    );
    if (rivals.length > 0) return true;
  }
  return false;
}

function titleShare(
  requirements: readonly Requirement[],
  words: readonly SentenceWord[],
  idf: (word: string) => number,
): number {
  let total = 0;
  let named = 0;
  for (const word of words) {
    const weight = idf(word.text);
    total += weight;
    if (requirements.some((requirement) => meets(requirement, word) > 0)) named += weight;
  }
  return total === 0 ? 0 : named / total;
}

/** Measures one piece of evidence. */
export function featuresOf(
  question: Question,
  requirements: readonly Requirement[],
  evidence: Evidence,
  ground: Ground,
): Features {
  const { passage } = evidence;
  const total = ground.total || 1;
  return {
    own: share(requirements, evidence.own),
    near: share(requirements, evidence.near),
    wide: share(requirements, evidence.wide),
    lackingNear: lacking(requirements, evidence.near),
    lackingWide: lacking(requirements, evidence.wide),
    heaviestLack: heaviestLack(requirements, evidence.wide),
    passage: passage.hit.score / total,
    stands: (passage.hit.score - ground.background) / total,
    matched:
      requirements.reduce((sum, requirement, index) => sum + weightOf(requirement) * evidence.wide[index]!, 0) / 10,
    pairs: pairsOf(requirements, passage),
    titled: titleShare(requirements, passage.titleWords, ground.idf),
    kind: evidence.kind,
    kindLacking: kindsThatMustStand.has(question.kind) && evidence.kind < 0.4 ? 1 : 0,
    speaker: evidence.speaker,
    namesLacking: namesLacking(requirements, evidence),
    kindFull: evidence.kind >= 1 ? 1 : 0,
    actLacking: actLacking(question, requirements, evidence) ? 1 : 0,
    negated: negated(question, requirements, evidence) ? 1 : 0,
    otherName: otherName(requirements, evidence) ? 1 : 0,
  };
}
