/** What is collected of a feed and its entries while its elements go by, before it is written out anew. */

/** A link as an element gives it, resolved. */
export interface DraftLink {
  readonly url: string;
  readonly rel: string;
  readonly type: string;
}

/** One entry, or the feed itself: values by field name in the order they came. */
export interface Draft {
  readonly values: Map<string, string[]>;
  readonly links: DraftLink[];
}

/** Values kept of one field; no entry has more that matter. */
const maxValues = 50;

/** A draft with nothing in it. */
export function createDraft(): Draft {
  return { values: new Map(), links: [] };
}

/** Adds a value, unless there is none or there are enough. */
export function addValue(draft: Draft, field: string, value: string | null): void {
  if (value === null) return;
  const values = draft.values.get(field);
  if (!values) draft.values.set(field, [value]);
  else if (values.length < maxValues) values.push(value);
}

/** The first value of the first of `fields` that has one. */
export function firstValue(draft: Draft, ...fields: readonly string[]): string | null {
  for (const field of fields) {
    const value = draft.values.get(field)?.[0];
    if (value !== undefined) return value;
  }
  return null;
}

/** Where an entry or a feed is to be read: its original address, its own link, the alternate link, in this order. */
export function bestLink(draft: Draft): string | null {
  const rank = ({ rel, type }: DraftLink): number => {
    if (rel === "original") return 0;
    if (rel === "" || rel === "alternate") return !type || /html/.test(type) ? 1 : 2;
    return rel === "identity" ? 3 : Number.POSITIVE_INFINITY;
  };
  let best: DraftLink | null = null;
  for (const link of draft.links) if (rank(link) < (best ? rank(best) : Number.POSITIVE_INFINITY)) best = link;
  return best?.url ?? null;
}
