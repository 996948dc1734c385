/** Compares a clustering with labels: BCubed precision, recall and F1 (Bagga and Baldwin, 1998; Amigó and others, 2009). */

export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  /** The harmonic mean of the two averages. */
  readonly f1: number;
}

/** `labels` and `clusters` name the story and the cluster of each item, in the same order. */
export function bCubed(labels: readonly string[], clusters: readonly (string | number)[]): BCubed {
  const count = (keys: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const both = labels.map((label, i) => `${label}\n${clusters[i]}`);
  const [byLabel, byCluster, together] = [count(labels), count(clusters.map(String)), count(both)];
  let precision = 0;
  let recall = 0;
  for (const [i, label] of labels.entries()) {
    const shared = together.get(both[i]!)!;
    precision += shared / byCluster.get(String(clusters[i]))!;
    recall += shared / byLabel.get(label)!;
  }
  precision /= labels.length;
  recall /= labels.length;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
