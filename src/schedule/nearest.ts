/** Finds the word that somebody probably meant. */

/** How many letters must be inserted, removed, replaced or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * The candidate nearest to `word` (compared without case), the first of several; null when every one differs in
 * more than a third of its letters. A candidate is compared as each of its `names`.
 */
export function nearestOf<T>(
  word: string,
  candidates: readonly T[],
  names: (candidate: T) => readonly string[],
): T | null {
  const wanted = word.toLowerCase().slice(0, 60);
  let best: { readonly candidate: T; readonly far: number } | null = null;
  for (const candidate of candidates)
    for (const name of names(candidate)) {
      const far = distance(wanted, name.toLowerCase());
      if (far * 3 <= Math.max(3, name.length) && (best === null || far < best.far)) best = { candidate, far };
    }
  return best?.candidate ?? null;
}
