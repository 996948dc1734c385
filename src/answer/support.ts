/** Decides which evidence supports an answer: the speaker is the one asked for, and what is met is enough for the corpus at hand. */
import type { Question } from "../question/question.ts";
import type { DeclineReason } from "./answer.ts";
import type { Evidence } from "./evidence.ts";
import { featuresOf, type Ground, isRequired, share } from "./features.ts";
import type { Requirement } from "./requirements.ts";
import { strengthOf } from "./support-model.ts";

export interface Verdict {
  /** Evidence that may be claimed, best first; empty for a decline. */
  readonly supported: readonly Evidence[];
  readonly reason: DeclineReason | null;
}

/** From here on the evidence gives the words of the speaker asked for. */
const speakerFloor = 0.6;
/** Evidence judged for the answer, and for what may stand beside it. */
const judged = { answer: 3, claims: 24 } as const;
/** How much weaker than the threshold a further claim may be. */
const slack = 1.2;

/** Share of the question that a further claim carries itself, or its document's title for it. */
const directShare = 0.2;

export interface Judged {
  readonly question: Question;
  readonly requirements: readonly Requirement[];
  /** Best first. */
  readonly evidence: readonly Evidence[];
  readonly ground: Ground;
  readonly searched: { readonly passages: number };
}

/** Judges what was gathered. */
export function judge(gathered: Judged): Verdict {
  const { question, requirements, evidence, ground, searched } = gathered;
  // A question of stop words alone asks for nothing that could be found.
  if (requirements.length === 0 && question.speaker === null) return { supported: [], reason: "topic" };
  const strength = (one: Evidence) => strengthOf(featuresOf(question, requirements, one, ground), searched.passages);
  const spoken = evidence.filter((one) => one.speaker >= speakerFloor);
  const best = Math.max(Number.NEGATIVE_INFINITY, ...spoken.slice(0, judged.answer).map(strength));
  if (best < 0) return { supported: [], reason: whyNot(question, requirements, evidence) };
  const supported = spoken.slice(0, judged.claims).filter((one) => strength(one) >= -slack);
  const direct = supported.filter((one) => share(requirements, one.direct) >= directShare);
  if (direct.length === 0) {
    const leaning = supported.filter((one) => share(requirements, one.near) >= directShare);
    if (leaning.length === 0) return { supported: [], reason: whyNot(question, requirements, evidence) };
    return { supported: leaning.slice(0, 1), reason: null };
  }
  return { supported: supported.filter((one) => direct.includes(one) || qualifies(one, direct)), reason: null };
}

/** Whether a sentence says something of the claim right before it ("The memo presents no data for these statements"). */
function qualifies(one: Evidence, direct: readonly Evidence[]): boolean {
  if (!one.sentence.words.some((word) => !word.quoted && /^(?:these|this|those|such)$/.test(word.text))) return false;
  const before = one.passage.reading.sentences[one.sentence.index - 1];
  return direct.some(
    ({ passage, sentence }) => passage.document.id === one.passage.document.id && sentence.start === before?.start,
  );
}

/** What a decline says: the nearest miss decides. */
function whyNot(
  question: Question,
  requirements: readonly Requirement[],
  evidence: readonly Evidence[],
): DeclineReason {
  const meets = (one: Evidence) =>
    requirements.every((requirement, index) => !isRequired(requirement) || one.near[index]! > 0);
  const onTopic = evidence.filter(meets);
  const spoken = evidence.filter((one) => one.speaker >= speakerFloor);
  if (question.speaker !== null && spoken.length === 0) return "speaker";
  if (onTopic.some((one) => one.speaker >= speakerFloor)) return "kind";
  if (onTopic.length > 0) return "combination";
  const each = requirements.every(
    (requirement, index) => !isRequired(requirement) || evidence.some((one) => one.near[index]! > 0),
  );
  return each && requirements.filter(isRequired).length > 1 ? "combination" : "topic";
}
