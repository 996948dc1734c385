/** Puts an answer into words: what a reporter reads in the channel, and what stands in the thread under it. */

import { publishedWords } from "../reply/published.ts";
import type { Action, Block, Inline, Reply, ReplyPart, Source } from "../reply/reply.ts";
import { strong, text } from "../reply/writing.ts";
import type { Answer, Citation, Claim, NearestPassage, Variant } from "./answer.ts";
import { declineBlocks } from "./decline-words.ts";
import type { PassageAround } from "./passage-around.ts";

/** What composing needs to know besides the answer itself. */
export interface Surroundings {
  /** Where a citation opens at its words, or null (see citation-url.ts). */
  readonly url: (cited: NearestPassage) => string | null;
  /** The quotation in its place (see passage-around.ts); null when its document is gone: then the quotation stands alone. */
  readonly passage: (cited: NearestPassage) => PassageAround | null;
}

function marks(numbers: readonly number[]): readonly Inline[] {
  return numbers.flatMap((n): Inline[] => [text(" "), { kind: "cite", n }]);
}

/** Who speaks, where the words themselves do not say it. */
function attribution(claim: Claim): readonly Inline[] {
  if (claim.speaker === null) return [];
  const name = claim.speaker.replace(/^(?:the|an?) /i, "").toLowerCase();
  if (claim.text.toLowerCase().includes(name)) return [];
  return [strong(`${claim.speaker.charAt(0).toUpperCase()}${claim.speaker.slice(1)}: `)];
}

const differences: Record<Variant["kind"], string> = {
  wording: "words it differently",
  number: "gives another figure",
  date: "gives another date",
};

/** In quotation marks, unless the words bring their own. */
function quoted(words: string): string {
  return /["“”„«»]/.test(words) ? words : `“${words}”`;
}

function claimBlocks(claim: Claim): readonly Block[] {
  const paragraph: Block = {
    kind: "paragraph",
    content: [...attribution(claim), text(claim.text), ...marks(claim.citations)],
  };
  if (claim.variants.length === 0) return [paragraph];
  const items = claim.variants.map((variant): Inline[] => [
    { kind: "cite", n: variant.citation },
    text(` ${differences[variant.kind]}: ${quoted(variant.text)}`),
  ]);
  return [paragraph, { kind: "list", items }];
}

function sourceOf(citation: Citation, { url }: Surroundings): Source {
  const { n, title, outlet, published } = citation;
  return { n, label: outlet ?? title, title, published, url: url(citation) };
}

/** The line that names a source: outlet or title, date, and where it opens. */
function nameLine(cited: NearestPassage, { url }: Surroundings): readonly Inline[] {
  const address = url(cited);
  const rest = [
    cited.outlet === null ? null : cited.title,
    cited.published === null ? null : publishedWords(cited.published),
  ];
  const details = rest.filter((one) => one !== null).map((one) => `, ${one}`);
  return [
    strong(cited.outlet ?? cited.title),
    ...(details.length > 0 ? [text(details.join(""))] : []),
    ...(address === null ? [] : [text(" · "), { kind: "link", text: "open at these words", url: address } as const]),
  ];
}

/** The passage of a citation, with the quoted words marked. */
function passageBlocks(citation: Citation, surroundings: Surroundings): readonly Block[] {
  const { before, quote, after } = surroundings.passage(citation) ?? { before: "", quote: citation.quote, after: "" };
  const content = [text(before), strong(quote), text(after)].filter(
    (inline) => inline.kind !== "text" || inline.text !== "",
  );
  return [
    { kind: "paragraph", content: [{ kind: "cite", n: citation.n }, text(" "), ...nameLine(citation, surroundings)] },
    { kind: "quote", content },
  ];
}

function threadPart(claim: Claim, citations: readonly Citation[], surroundings: Surroundings): ReplyPart {
  const cited = citations.filter(({ n }) => claim.citations.includes(n));
  return {
    blocks: cited.flatMap((citation) => passageBlocks(citation, surroundings)),
    sources: cited.map((citation) => sourceOf(citation, surroundings)),
    actions: [],
  };
}

function actionsOf(answerId: string): readonly Action[] {
  return [
    { kind: "share", label: "Share with the channel", answerId },
    { kind: "delete", label: "Delete", answerId },
    { kind: "feedback", label: "Does this answer the question?", answerId },
  ];
}

/**
 * The answer as a reply. Answered: each claim with its citation marks, under it where other sources word, count or date it
 * differently; the thread has one part a claim with every cited passage in its place. Not in the corpus: that, why, what
 * was searched, the nearest passages marked as no answer, and how to widen. Pure: the same input gives the same reply.
 */
export function composeReply(answer: Answer, surroundings: Surroundings): Reply {
  const actions = actionsOf(answer.id);
  if (answer.status === "not-in-corpus") {
    const name = (nearest: NearestPassage) => nameLine(nearest, surroundings);
    return { main: { blocks: declineBlocks(answer, name), sources: [], actions }, thread: [], answer };
  }
  return {
    main: {
      blocks: answer.claims.flatMap(claimBlocks),
      sources: answer.citations.map((citation) => sourceOf(citation, surroundings)),
      actions,
    },
    thread: answer.claims.map((claim) => threadPart(claim, answer.citations, surroundings)),
    answer,
  };
}
