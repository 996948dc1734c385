/** Decides which evidence supports an answer: what the question requires is met, and strongly enough for the corpus at hand. */
import type { DeclineReason } from "./answer.ts";
import { type Evidence, weightOf } from "./evidence.ts";
import type { Question } from "../question/question.ts";
import type { Requirement } from "./requirements.ts";

export interface Verdict {
  /** Evidence that may be claimed, best first; empty for a decline. */
  readonly supported: readonly Evidence[];
  readonly reason: DeclineReason | null;
}

const speakerFloor = 0.6;

/** Share of the required words' weight that is met. */
function coverage(requirements: readonly Requirement[], met: readonly number[]): number {
  let total = 0;
  let carried = 0;
  for (const [index, requirement] of requirements.entries()) {
    total += weightOf(requirement);
    carried += weightOf(requirement) * met[index]!;
  }
  return total === 0 ? 0 : carried / total;
}

/** Judges evidence, best first. `known` tells whether the corpus holds a requirement's word at all. */
export function judge(question: Question, requirements: readonly Requirement[], evidence: readonly Evidence[]): Verdict {
  const kindFloor = ["how-many"].includes(question.kind) ? 1 : ["who", "when", "where", "why"].includes(question.kind) ? 0.4 : 0;
  const onTopic = evidence.filter((one) => coverage(requirements, one.near) >= 0.7);
  const spoken = evidence.filter((one) => one.speaker >= speakerFloor);
  const both = onTopic.filter((one) => one.speaker >= speakerFloor);
  const supported = both.filter((one) => one.kind >= kindFloor);
  if (supported.length > 0) return { supported, reason: null };
  if (both.length > 0) return { supported: [], reason: "kind" };
  if (question.speaker !== null && spoken.length === 0) return { supported: [], reason: "speaker" };
  if (question.speaker !== null && onTopic.length > 0) return { supported: [], reason: "combination" };
  const each = requirements.every((requirement, index) => requirement.frame || evidence.some((one) => one.near[index]! > 0));
  return { supported: [], reason: each && requirements.length > 1 ? "combination" : "topic" };
}
