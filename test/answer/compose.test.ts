import { describe, expect, it } from "vitest";
import type { Answer, Citation, DeclineReason } from "../../src/answer/answer.ts";
import { composeReply, type Surroundings } from "../../src/answer/compose.ts";
import { plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";

const citation = (n: number, over: Partial<Citation> = {}): Citation => ({
  n,
  document: `d-${n}`,
  revision: 1,
  title: `Title ${n}`,
  outlet: `Outlet ${n}`,
  published: "2025-11-21",
  url: null,
  quote: "We urge vigilance.",
  start: 0,
  end: 18,
  ...over,
});

const answer = (over: Partial<Answer>): Answer => ({
  id: "a-1",
  question: "What did the cable say?",
  status: "answered",
  claims: [],
  citations: [],
  nearest: [],
  searched: { documents: 5, passages: 1234 },
  ...over,
});

const surroundings: Surroundings = {
  url: ({ url }) => url,
  passage: ({ quote }) => ({ before: "One of the points reads: ", quote, after: " That is all." }),
};
const shown = (part: Parameters<typeof renderPlainText>[0]) => renderPlainText(part, { width: 100, theme: plainTheme });

describe("an answer in words", () => {
  it("gives each claim its marks, differing wording, figures and dates, and the sources", () => {
    const reply = composeReply(
      answer({
        claims: [
          {
            text: "[One of the points reads:] “We urge vigilance.”",
            speaker: "the cable",
            citations: [1, 2, 3],
            variants: [
              { citation: 2, kind: "wording", text: "We urge watchfulness." },
              { citation: 3, kind: "number", text: "The outlet speaks of “14 points”." },
              { citation: 3, kind: "date", text: "It was sent on Friday." },
            ],
          },
          { text: "The cable was sent on Nov. 21.", speaker: "The cable", citations: [1], variants: [] },
        ],
        citations: [
          citation(1, { url: "https://news.example/1" }),
          citation(2, { outlet: null }),
          citation(3, { published: null }),
        ],
      }),
      surroundings,
    );
    expect(shown(reply.main)).toMatchInlineSnapshot(`
      "The cable: [One of the points reads:] “We urge vigilance.” [1] [2] [3]
        - [2] words it differently: “We urge watchfulness.”
        - [3] gives another figure: The outlet speaks of “14 points”.
        - [3] gives another date: “It was sent on Friday.”

      The cable was sent on Nov. 21. [1]

      [1] Outlet 1, Title 1, 21 November 2025
          https://news.example/1
      [2] Title 2, 21 November 2025
      [3] Outlet 3, Title 3"
    `);
  });

  it("shows every cited passage in its place, one part a claim, with what it cites", () => {
    const reply = composeReply(
      answer({
        claims: [
          { text: "First.", speaker: null, citations: [1, 2], variants: [] },
          { text: "Second.", speaker: null, citations: [2], variants: [] },
        ],
        citations: [citation(1, { url: "https://news.example/1" }), citation(2, { outlet: null, published: null })],
      }),
      surroundings,
    );
    expect(reply.thread.map((part) => part.sources.map(({ n }) => n))).toEqual([[1, 2], [2]]);
    expect(shown({ ...reply.thread[0]!, sources: [] })).toMatchInlineSnapshot(`
      "[1] Outlet 1, Title 1, 21 November 2025 · open at these words
        https://news.example/1
        | One of the points reads: *We urge vigilance.* That is all.

      [2] Title 2
        | One of the points reads: *We urge vigilance.* That is all."
    `);
  });

  it("quotes alone a passage whose document is gone", () => {
    const reply = composeReply(
      answer({ claims: [{ text: "First.", speaker: null, citations: [1], variants: [] }], citations: [citation(1)] }),
      { ...surroundings, passage: () => null },
    );
    expect(reply.thread[0]!.blocks.at(-1)).toEqual({
      kind: "quote",
      content: [{ kind: "text", text: "We urge vigilance.", style: "strong" }],
    });
  });

  it("names the speaker only where the words do not", () => {
    const claim = { speaker: "the cable", citations: [1], variants: [] };
    const texts = ["“We urge vigilance.”", "The Cable urges vigilance."].map((text) =>
      shown(composeReply(answer({ claims: [{ ...claim, text }], citations: [citation(1)] }), surroundings).main),
    );
    expect(texts[0]).toMatch(/^The cable: “We urge/);
    expect(texts[1]).toMatch(/^The Cable urges/);
  });

  it("keeps the exact words of a claim as one piece of text", () => {
    const text = "He said:\r\n“e\u0301 👩🏽‍🚀 שלום”";
    const reply = composeReply(
      answer({ claims: [{ text, speaker: null, citations: [1], variants: [] }], citations: [citation(1)] }),
      surroundings,
    );
    expect(reply.main.blocks[0]).toMatchObject({ content: [{ kind: "text", text }, {}, { kind: "cite", n: 1 }] });
  });
});

describe("a decline in words", () => {
  const declined = (reason: DeclineReason, over: Partial<Answer> = {}) => {
    const { n: _n, ...nearest } = citation(1);
    const given = answer({ status: "not-in-corpus", reason, nearest: [nearest], ...over });
    return composeReply(given, surroundings);
  };

  it("says so, why, what was searched, what comes nearest and how to widen", () => {
    const reply = declined("combination");
    expect(shown(reply.main)).toMatchInlineSnapshot(`
      "Not in the corpus. The parts of your question come up, but no passage was found that brings them
      together.

      Searched: 5 documents, 1,234 passages.

      Nearest passages – not an answer

      Outlet 1, Title 1, 21 November 2025
        | We urge vigilance.

      Ask about one part at a time to see what there is on each."
    `);
    expect(reply.thread).toEqual([]);
    expect(reply.main.sources).toEqual([]);
  });

  it("begins with the verdict and gives each reason its own words", () => {
    const reasons: DeclineReason[] = ["topic", "speaker", "combination", "kind"];
    const texts = reasons.map((reason) => shown(declined(reason).main));
    for (const text of texts) expect(text).toMatch(/^Not in the corpus\. /);
    expect(new Set(texts).size).toBe(4);
  });

  it("says when there was nothing to search, and counts one as one", () => {
    const none = shown(declined("topic", { nearest: [], searched: { documents: 0, passages: 0 } }).main);
    expect(none).toContain("nothing to search");
    expect(none).not.toContain("Nearest");
    const one = shown(declined("topic", { searched: { documents: 1, passages: 1 } }).main);
    expect(one).toContain("Searched: 1 document, 1 passage.");
  });
});
