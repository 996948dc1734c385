/**
 * The clustering to be better than: single-pass TF-IDF cosine. Items come in order of publication; each joins the cluster
 * whose centroid is most like it, if it is like enough, or else begins one of its own.
 */
import { isStopWord } from "../../src/text/languages.ts";
import { stemmer } from "../../src/text/stems.ts";
import { words } from "../../src/text/tokens.ts";
import type { LabelledItem } from "./labelled-items.ts";

type Vector = Map<string, number>;

/** Logarithmic term frequency times inverse document frequency over the items themselves, of unit length. */
function vectors(items: readonly LabelledItem[]): Vector[] {
  const stem = stemmer("en");
  const bags = items.map(({ title, text }) => {
    const bag: Vector = new Map();
    for (const word of words(`${title}\n${text}`)) {
      if (isStopWord(word.text, "en")) continue;
      const term = stem(word.accented);
      bag.set(term, (bag.get(term) ?? 0) + 1);
    }
    return bag;
  });
  const holding: Vector = new Map();
  for (const bag of bags) for (const term of bag.keys()) holding.set(term, (holding.get(term) ?? 0) + 1);
  for (const bag of bags) {
    for (const [term, times] of bag) bag.set(term, (1 + Math.log(times)) * Math.log(items.length / holding.get(term)!));
    const length = Math.hypot(...bag.values());
    for (const [term, weight] of bag) bag.set(term, weight / length);
  }
  return bags;
}

/** The cluster of each of `items`, for each of `thresholds`. */
export function singlePass(items: readonly LabelledItem[], thresholds: readonly number[]): readonly number[][] {
  const list = vectors(items);
  const order = items.map((_, i) => i).sort((a, b) => items[a]!.published.localeCompare(items[b]!.published) || a - b);
  return thresholds.map((threshold) => {
    const sums: Vector[] = [];
    const found = new Array<number>(items.length);
    for (const i of order) {
      const own = list[i]!;
      let best = -1;
      let most = threshold;
      for (const [cluster, sum] of sums.entries()) {
        let product = 0;
        for (const [term, weight] of own) product += weight * (sum.get(term) ?? 0);
        const likeness = product / Math.hypot(...sum.values());
        if (likeness >= most) [best, most] = [cluster, likeness];
      }
      if (best < 0) best = sums.push(new Map()) - 1;
      const sum = sums[best]!;
      for (const [term, weight] of own) sum.set(term, (sum.get(term) ?? 0) + weight);
      found[i] = best;
    }
    return found;
  });
}
