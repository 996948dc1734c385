/** The best so many of the passages offered: a heap with the worst on top. */

export interface Top {
  /** What a sum must exceed to get in, given that ordinals are offered in ascending order. */
  threshold: number;
  readonly sums: Float64Array;
  readonly ordinals: Float64Array;
  size: number;
}

export function createTop(limit: number): Top {
  return { threshold: 0, sums: new Float64Array(limit), ordinals: new Float64Array(limit), size: 0 };
}

/** Whether entry `a` is worse than `b`: a lesser sum, or an equal one of a later passage. */
function worse(top: Top, a: number, b: number): boolean {
  const { sums, ordinals } = top;
  return sums[a]! < sums[b]! || (sums[a] === sums[b] && ordinals[a]! > ordinals[b]!);
}

function swap(top: Top, a: number, b: number): void {
  const { sums, ordinals } = top;
  const sum = sums[a]!;
  const ordinal = ordinals[a]!;
  sums[a] = sums[b]!;
  ordinals[a] = ordinals[b]!;
  sums[b] = sum;
  ordinals[b] = ordinal;
}

/** Offers a passage whose sum exceeds the threshold. */
export function offer(top: Top, sum: number, ordinal: number): void {
  const full = top.size === top.sums.length;
  let at = full ? 0 : top.size++;
  top.sums[at] = sum;
  top.ordinals[at] = ordinal;
  if (full) {
    for (;;) {
      const left = at * 2 + 1;
      if (left >= top.size) break;
      const child = left + 1 < top.size && worse(top, left + 1, left) ? left + 1 : left;
      if (!worse(top, child, at)) break;
      swap(top, child, at);
      at = child;
    }
  } else {
    while (at > 0 && worse(top, at, (at - 1) >>> 1)) {
      swap(top, at, (at - 1) >>> 1);
      at = (at - 1) >>> 1;
    }
  }
  if (top.size === top.sums.length) top.threshold = top.sums[0]!;
}
