/** Chooses the two or three sentences that tell a story: what most of its reports say, then what the others add. */
import type { StorySentence } from "./story-sentences.ts";
import { createTermReader } from "./terms.ts";
import { cosine, type Vector, weigh } from "./vectors.ts";

const most = 3;
/** A sentence may repeat so much of one that was chosen, as a cosine. */
const alike = 0.55;
/** What is taken off for each sentence that stands before it in its document, and for a document that was quoted. */
const off = { place: 0.06, quoted: 0.12 } as const;
/** A third sentence must be so central: two are enough. */
const worthAThird = 0.2;

/** The share of the story that a sentence carries: its average likeness to the other documents' most similar sentences. */
function centrality(at: number, list: readonly StorySentence[], vectors: readonly Vector[]): number {
  const best = new Map<string, number>();
  for (const [other, sentence] of list.entries()) {
    const id = sentence.document.id;
    if (id === list[at]!.document.id) continue;
    best.set(id, Math.max(best.get(id) ?? 0, cosine(vectors[at]!, vectors[other]!)));
  }
  return best.size === 0 ? 0.5 : [...best.values()].reduce((sum, value) => sum + value, 0) / best.size;
}

/**
 * At most three of `list`, the first one out of the document `lead` where that has one. `list` holds one document's
 * sentences after the other's. A sentence that repeats a chosen one is left, and so is one that is `told` anyway, but for
 * the first.
 */
export function keySentences(
  list: readonly StorySentence[],
  lead: string,
  told: readonly StorySentence[],
): readonly StorySentence[] {
  const reader = createTermReader();
  const vectors = weigh(
    list.map(({ text, document }) => reader.read("", text, document.meta.language)),
    reader,
  );
  const worth = list.map((sentence, i) => centrality(i, list, vectors) - off.place * sentence.place);
  const isTold = list.map((one) =>
    told.some(({ document, start }) => document.id === one.document.id && start === one.start),
  );
  const chosen: number[] = [];
  while (chosen.length < most) {
    const quoted = new Set(chosen.map((i) => list[i]!.document.id));
    let best = -1;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (const [i, sentence] of list.entries()) {
      if (chosen.length > 0 && isTold[i]) continue;
      if (chosen.some((other) => other === i || cosine(vectors[i]!, vectors[other]!) > alike)) continue;
      if (chosen.length === 0 && sentence.document.id !== lead && list.some(({ document }) => document.id === lead))
        continue;
      const now = worth[i]! - (quoted.has(sentence.document.id) ? off.quoted : 0);
      if (now > bestWorth) [best, bestWorth] = [i, now];
    }
    if (best < 0 || (chosen.length === most - 1 && bestWorth < worthAThird)) break;
    chosen.push(best);
  }
  return chosen.map((i) => list[i]!);
}
