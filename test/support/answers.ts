/** Answers as a test needs them, composed as the core composes them. */
import type { Answer, Citation } from "../../src/answer/answer.ts";
import { composeReply } from "../../src/answer/compose.ts";
import type { Reply } from "../../src/reply/reply.ts";

/** A citation of a document with an address, unless `over` says otherwise. */
export function citation(n: number, over: Partial<Citation> = {}): Citation {
  return {
    n,
    document: `d-${n}`,
    revision: 1,
    title: `Title ${n}`,
    outlet: `Outlet ${n}`,
    published: "2026-11-02",
    url: `https://news.example/${n}`,
    quote: `quotation number ${n}`,
    start: 0,
    end: 18,
    ...over,
  };
}

/** An answer with one claim and one citation, unless other citations are given: then it cites them all. */
export function answered(citations: readonly Citation[] = [citation(1)], over: Partial<Answer> = {}): Reply {
  const answer: Answer = {
    id: "a-0000000000000001",
    question: "What does the cable urge?",
    status: "answered",
    claims: [
      { text: "The cable urges vigilance.", speaker: null, citations: citations.map(({ n }) => n), variants: [] },
    ],
    citations,
    nearest: [],
    searched: { documents: 5, passages: 96 },
    ...over,
  };
  return composeReply(answer, {
    url: ({ url }) => url,
    passage: ({ quote }) => ({ before: "Before it. ", quote, after: " After it." }),
  });
}
