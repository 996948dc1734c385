import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/answer/evidence.ts";
import { evidenceFor, foundPassage } from "../support/evidence.ts";

const sentenceOf = ({ passage, sentence }: Evidence): string =>
  passage.document.text.slice(sentence.start, sentence.end);
const order = (question: string, ...passages: Parameters<typeof evidenceFor>[1][number][]): string[] =>
  evidenceFor(question, passages).map(sentenceOf);

describe("evidence", () => {
  it("is every sentence of the passages, the one that carries most of the question first", () => {
    const text = "It rained. Captains met in Oslo. Captains sold ferries in Oslo.";
    expect(order("Did captains sell ferries?", foundPassage("d", text))).toEqual([
      "Captains sold ferries in Oslo.",
      "Captains met in Oslo.",
      "It rained.",
    ]);
  });

  it("comes rather from the passage that was found first", () => {
    const text = "Captains sold ferries.";
    const [best, second] = [foundPassage("best", text, {}, 9), foundPassage("second", text, {}, 3)];
    expect(evidenceFor("Did captains sell ferries?", [best, second])[0]!.passage).toBe(best);
  });

  it("comes rather from a document whose title names the subject", () => {
    const text = "They sold ferries.";
    const passages = [
      foundPassage("a", text, { title: "Weather" }),
      foundPassage("b", text, { title: "What captains do" }),
    ];
    expect(evidenceFor("Did captains sell ferries?", passages)[0]!.passage).toBe(passages[1]);
  });

  it("holds rather the kind of thing asked for", () => {
    const text = "Captains sold ferries. Captains sold 12 ferries.";
    expect(order("How many ferries did captains sell?", foundPassage("d", text))[0]).toBe("Captains sold 12 ferries.");
  });

  it("is rather spoken by whom the question names", () => {
    const text = "The mayor said that ferries sink. The memo says that ferries sink.";
    const [first, second] = evidenceFor("What did the memo say about ferries?", [foundPassage("d", text)]);
    expect([sentenceOf(first!), first!.speaker]).toEqual(["The memo says that ferries sink.", 1]);
    expect(second!.speaker).toBe(0);
  });

  it("carries what the sentence that announced it carries", () => {
    const text = "The memo on lighthouses lists 12 points. One of the points reads: “Dim the lamps.”";
    const found = evidenceFor("What does the memo say about lighthouses?", [foundPassage("d", text)]);
    const point = found.find((one) => sentenceOf(one).includes("Dim"))!;
    expect([point.own, point.near, point.direct]).toEqual([[0], [1], [0]]);
  });

  it("is taken once from passages that overlap", () => {
    const passage = foundPassage("d", "Captains met. Captains sold ferries.");
    expect(order("Did captains sell ferries?", passage, passage)).toHaveLength(2);
  });

  it("stands in one order, whatever is equal", () => {
    const passages = ["a", "b", "c"].map((key) => foundPassage(key, "Captains met. Captains met."));
    const places = evidenceFor("Did captains meet?", passages).map(({ passage, sentence }) => [
      passage.hit.passage.number,
      sentence.start,
    ]);
    expect(places).toEqual(places.toSorted((one, other) => one[0]! - other[0]! || one[1]! - other[1]!));
    expect(evidenceFor("Did captains meet?", [])).toEqual([]);
  });
});
