import { describe, expect, it } from "vitest";
import type { Answer, Citation } from "../src/answer/answer.ts";
import {
  type EvaluationQuestion,
  evaluate,
  foldForMatching,
  isRight,
  parseEvaluationSet,
  readSet,
} from "../src/evaluation.ts";

const text = "It rained. The ferry “Aurora” sank in 1,400 metres.";

/** A citation of a slice of the text above, which is the one document `d`. */
function cited(n: number, quote: string, over: Partial<Citation> = {}): Citation {
  const start = text.indexOf(quote);
  const where = { document: "d", revision: 1, title: "T", outlet: null, published: null, url: null };
  return { n, ...where, quote, start, end: start + quote.length, ...over };
}

function answer(over: Partial<Answer>): Answer {
  const searched = { documents: 1, passages: 1 };
  return { id: "a", question: "q", status: "answered", claims: [], citations: [], nearest: [], searched, ...over };
}

const ferry = answer({
  claims: [{ text: "[It:] The ferry sank.", speaker: null, citations: [1], variants: [] }],
  citations: [cited(1, "The ferry “Aurora” sank in 1,400 metres."), cited(2, "It rained.")],
});
const decline = answer({ status: "not-in-corpus", reason: "topic", nearest: [cited(0, "It rained.")] });

describe("a right answer", () => {
  it("holds a key in a claim or in a quote cited for it", () => {
    expect(isRight(ferry, ["the ferry sank"])).toBe(true);
    expect(isRight(ferry, ["Aurora sank"])).toBe(true);
    expect(isRight(ferry, ["Titanic", "1400", "1,400 metres"])).toBe(true);
    expect(isRight(ferry, ["it rained"])).toBe(false);
    expect(isRight(ferry, [])).toBe(false);
    expect(isRight(decline, ["it rained"])).toBe(false);
  });

  it("is compared without case, punctuation and white space, on word boundaries", () => {
    expect(foldForMatching("  “Aurora” —\nsank! ")).toBe(" aurora sank ");
    expect(isRight(ferry, ["AURORA,  SANK"])).toBe(true);
    expect(isRight(ferry, ["urora"])).toBe(false);
    expect(isRight(ferry, ["ferry san"])).toBe(false);
  });
});

describe("measuring", () => {
  const question = (q: string, over: Partial<EvaluationQuestion>): EvaluationQuestion => ({
    q,
    answerable: true,
    answers: ["aurora"],
    gold: [],
    ...over,
  });
  const given: Record<string, Answer> = {
    right: ferry,
    wrong: ferry,
    missed: decline,
    declined: decline,
    false: ferry,
    broken: answer({
      ...ferry,
      citations: [cited(1, "It rained.", { start: 1 }), cited(2, "x", { document: "gone" })],
    }),
  };
  const found: Record<string, (string | null)[]> = {
    right: ["other", "gold"],
    wrong: [null, "other", "gold"],
    missed: ["other", "second", "third", "fourth", "fifth", "gold"],
  };
  const evaluated = {
    ask: async (q: string) => given[q]!,
    found: async (q: string, limit: number) => (found[q] ?? []).slice(0, limit),
    text: async (document: string) => (document === "d" ? text : null),
  };

  it("counts right answers, declines, recall and exact spans, and lists what was missed", async () => {
    const asked: string[] = [];
    const report = await evaluate(
      [
        question("right", { gold: ["gold"] }),
        question("wrong", { answers: ["titanic"], gold: ["gold"] }),
        question("missed", { gold: ["gold"] }),
        question("declined", { answerable: false }),
        question("false", { answerable: false, answers: [] }),
        question("broken", { gold: [] }),
      ],
      evaluated,
      (done, total) => asked.push(`${done}/${total}`),
    );
    expect(report).toEqual({
      answerable: 4,
      right: 1,
      unanswerable: 2,
      declined: 1,
      withGold: 3,
      recallAt2: 1,
      recallAt5: 2,
      spans: 10,
      exactSpans: 8,
      missed: [
        { q: "wrong", outcome: "wrong", shown: "[It:] The ferry sank." },
        { q: "missed", outcome: "declined", shown: "topic" },
        { q: "false", outcome: "false answer", shown: "[It:] The ferry sank." },
        { q: "broken", outcome: "wrong", shown: "[It:] The ferry sank." },
      ],
    });
    expect(asked).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  });

  it("asks nothing of an empty set", async () => {
    expect(await evaluate([], evaluated)).toMatchObject({ answerable: 0, right: 0, spans: 0, missed: [] });
  });

  it("fails with the newsroom, rather than count a failure as a decline", async () => {
    const failing = { ...evaluated, ask: () => Promise.reject(new Error("gone")) };
    await expect(evaluate([question("right", {})], failing)).rejects.toThrow("gone");
  });
});

describe("a file of questions", () => {
  const parse = (value: unknown) => parseEvaluationSet(JSON.stringify(value), "set.json");

  it("is read with the documents it brings along", async () => {
    const set = parse({
      docs: [
        { id: "d1", title: "T", text: "Ships left.", outlet: "Gazette", published: "2026-03-05" },
        { id: 2 },
        "no",
      ],
      questions: [
        { q: "What left?", answers: ["ships"], answerable: true, gold: ["d1"], why: "ignored" },
        { q: "What else?", answerable: false },
      ],
    });
    expect(set.questions).toEqual([
      { q: "What left?", answers: ["ships"], answerable: true, gold: ["d1"] },
      { q: "What else?", answers: [], answerable: false, gold: [] },
    ]);
    const documents: unknown[] = [];
    for await (const event of readSet(set)) documents.push(event.kind === "document" && event.document);
    expect(documents).toMatchObject([
      {
        key: "d1",
        text: "Ships left.",
        meta: { title: "T", outlet: "Gazette", published: "2026-03-05", source: "d1" },
      },
      { key: "2", text: "", meta: { title: "2", outlet: null, source: "2" } },
    ]);
  });

  it("may bring none", () => {
    expect(parse({ questions: [] })).toEqual({ documents: [], questions: [] });
  });

  it.each([
    ["{", "set.json is not JSON"],
    ["[]", "set.json has no list of “questions”"],
    ["null", "set.json has no list of “questions”"],
    ['{"questions":{}}', "set.json has no list of “questions”"],
    ['{"questions":[{"q":"?","answerable":true},{"q":1,"answerable":true}]}', "Question 2 of set.json needs"],
    ['{"questions":[{"q":"?"}]}', "Question 1 of set.json needs"],
    ['{"questions":[null]}', "Question 1 of set.json needs"],
  ])("is refused with what is wrong: %s", (json, message) => {
    expect(() => parseEvaluationSet(json, "set.json")).toThrow(
      expect.objectContaining({ code: "usage", message: expect.stringContaining(message) }),
    );
  });
});
