/** What a passage's reader gets of a stored text: the slice with what is not the article blanked. */
import type { Span } from "./document.ts";

/**
 * `text.slice(start, end)` with every unit inside an excluded span (ordered, disjoint) made a space, so that offsets in
 * the result stay offsets in the text.
 */
export function blankExcluded(text: string, start: number, end: number, excluded: readonly Span[]): string {
  let blanked = "";
  let from = start;
  for (let i = firstEndingAfter(excluded, start); i < excluded.length && excluded[i]!.start < end; i++) {
    const first = Math.max(excluded[i]!.start, from);
    const last = Math.min(excluded[i]!.end, end);
    blanked += text.slice(from, first) + " ".repeat(last - first);
    from = last;
  }
  return blanked + text.slice(from, end);
}

/** By halves: a long page has many excluded spans, and each of its passages asks. */
function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
