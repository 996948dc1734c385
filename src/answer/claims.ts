/** Makes claims of evidence: what several outlets report alike is one claim with several citations and the differences shown. */
import type { Citation, Claim, NearestPassage, Variant } from "./answer.ts";
import type { Evidence } from "./evidence.ts";
import { alike } from "./likeness.ts";
import { spokenBy } from "./showing.ts";
import { variantOf } from "./variants.ts";

/** Where evidence stands, as a citation without its number; `quote` is the exact stored slice. */
export function cite(evidence: Evidence): NearestPassage {
  const { document } = evidence.passage;
  const { start, end } = evidence.sentence;
  return {
    document: document.id,
    revision: document.revision,
    title: document.meta.title,
    outlet: document.meta.outlet,
    published: document.meta.published,
    url: document.meta.url,
    quote: document.text.slice(start, end),
    start,
    end,
  };
}

/** Evidence for one claim: the best first, then others that say the same, at most one a document. */
type Group = Evidence[];

/** Groups supported evidence, best first, into at most `limit` different claims. */
function group(supported: readonly Evidence[], limit: number): Group[] {
  const groups: Group[] = [];
  for (const evidence of supported) {
    const same = groups.find((list) => alike(list[0]!, evidence));
    if (same) {
      if (!same.some((other) => other.passage.document.id === evidence.passage.document.id)) same.push(evidence);
    } else if (groups.length < limit) {
      groups.push([evidence]);
    }
  }
  return groups;
}

/** Claims with their numbered citations, the most direct first. `supported` is best first. */
export function makeClaims(
  supported: readonly Evidence[],
  limit: number,
): { readonly claims: Claim[]; readonly citations: Citation[] } {
  const citations: Citation[] = [];
  const numberOf = (evidence: Evidence): number => {
    const found = cite(evidence);
    const known = citations.find(
      (other) =>
        other.document === found.document &&
        other.revision === found.revision &&
        other.start === found.start &&
        other.end === found.end,
    );
    if (known) return known.n;
    citations.push({ n: citations.length + 1, ...found });
    return citations.length;
  };
  const claims = group(supported, limit).map((list): Claim => {
    const [first, ...others] = list as [Evidence, ...Evidence[]];
    const numbers = list.map(numberOf);
    const variants = others
      .map((other, index): Variant | null => {
        const difference = variantOf(first, other);
        return difference === null ? null : { citation: numbers[index + 1]!, ...difference };
      })
      .filter((variant) => variant !== null);
    const { speaker, text } = spokenBy(first);
    return { text, speaker, citations: numbers, variants };
  });
  return { claims, citations };
}
