import { describe, expect, it } from "vitest";
import { type Features, featuresOf } from "../../src/answer/features.ts";
import { strengthOf } from "../../src/answer/support-model.ts";
import { readQuestion } from "../../src/question/read.ts";
import type { DocumentOptions } from "../support/documents.ts";
import { evidenceFor, foundPassage } from "../support/evidence.ts";
import { requirementsIn } from "../support/reading.ts";

const ground = { total: 3, background: 0.5, idf: () => 1 };

/** What is measured of the last sentence of a text. */
function measured(question: string, text: string, options: DocumentOptions = {}): Features {
  const passage = foundPassage("d", text, { title: "Untitled", ...options }, 2);
  const evidence = evidenceFor(question, [passage]).find(({ sentence }) => sentence.index === passage.reading.to - 1)!;
  const read = readQuestion(question, null);
  return featuresOf(read, requirementsIn(read), evidence, ground);
}

describe("what is measured of evidence", () => {
  it("is how much of the question the sentence carries, with what it leans on, with its passage", () => {
    const question = "Did captains sell ferries?";
    expect(measured(question, "Captains sell ferries.")).toMatchObject({ own: 1, near: 1, wide: 1, lackingWide: 0 });
    const far = measured(question, "Captains met. Nobody came. Many sell ferries.");
    expect(far.own).toBeCloseTo(2 / 3);
    expect(far).toMatchObject({ near: far.own, wide: 1, lackingWide: 0 });
    expect(far.lackingNear).toBeCloseTo(1 / 3);
    const leaning = measured(question, "Captains met. They sell ferries.");
    expect(leaning.own).toBeCloseTo(2 / 3);
    expect(leaning.near).toBe(1);
    expect(measured(question, "It rained.")).toMatchObject({ own: 0, wide: 0, lackingWide: 1 });
  });

  it("is what the title carries, but not for somebody's words", () => {
    const title = "Captains of the north";
    expect(measured("Did captains sell ferries?", "Many sell ferries.", { title })).toMatchObject({
      near: 1,
      titled: 1 / 4,
    });
    expect(measured("What did Brandt say about captains?", "Brandt said no.", { title }).near).toBe(0);
  });

  it("is how the passage was found", () => {
    expect(measured("Did captains sell ferries?", "It rained.")).toMatchObject({ passage: 2 / 3, stands: 0.5 });
  });

  it("is whether neighbours in the question are neighbours in the passage", () => {
    const question = "Did captains sell ferries?";
    expect(measured(question, "Captains sell ferries.").pairs).toBe(1);
    expect(measured(question, "Ferries are old. Nobody will sell. Captains wait.").pairs).toBe(0);
    expect(measured("ferries", "Ferries.").pairs).toBe(0.5);
  });

  it("is whether the kind of thing asked for is there", () => {
    expect(measured("When did ferries sink?", "Ferries sink on Monday.")).toMatchObject({
      kindFull: 1,
      kindLacking: 0,
    });
    expect(measured("When did ferries sink?", "Ferries sink.")).toMatchObject({ kindFull: 0, kindLacking: 1 });
    expect(measured("Did ferries sink?", "Ferries sink.").kindLacking).toBe(0);
  });

  it("is whether the main verb is there", () => {
    expect(measured("Who chairs the inquiry?", "Ada Brandt chairs the inquiry.").actLacking).toBe(0);
    expect(measured("Who chairs the inquiry?", "Ada Brandt left the inquiry.").actLacking).toBe(1);
  });

  it("is whether it stands only under a negation that the question does not have", () => {
    const question = "When did the board deport captains?";
    expect(measured(question, "On Monday the board did not deport captains.").negated).toBe(1);
    expect(measured(question, "On Monday the board declined to deport captains.").negated).toBe(1);
    expect(measured(question, "On Monday the board deported captains.").negated).toBe(0);
    expect(measured("When did the board not deport captains?", "On Monday it did not deport captains.").negated).toBe(
      0,
    );
  });

  it("is whether another one of its name is meant", () => {
    expect(measured("Is the Hollin Dam safe?", "On Monday the Perrin Dam was safe.").otherName).toBe(1);
    expect(measured("Is the Hollin Dam safe?", "On Monday the Hollin Dam was safe.").otherName).toBe(0);
  });

  it("is whether its names are lacking", () => {
    expect(measured("Did Ada Brandt sell it?", "Olaf Lund sold it.").namesLacking).toBe(1);
    expect(measured("Did Ada Brandt sell it?", "Ada Brandt sold it.").namesLacking).toBe(0);
  });
});

describe("the strength of evidence", () => {
  const question = "How many ferries did captains sell?";
  const strength = (text: string, passages: number) => strengthOf(measured(question, text), passages);

  it("grows with what is carried and with the kind, in corpora of every size", () => {
    for (const passages of [1, 20, 500, 1200, 3000, 1_000_000]) {
      const full = strength("Captains sell 12 ferries.", passages);
      expect(full).toBeGreaterThan(strength("Captains sell ferries.", passages));
      expect(strength("Captains sell ferries.", passages)).toBeGreaterThan(strength("It rained.", passages));
      expect(strength("It rained.", passages)).toBeLessThan(0);
    }
  });

  it("goes over from a small corpus to a large one without a jump", () => {
    const sizes = [0, 400, 500, 501, 1000, 2000, 2999, 3000, 5000];
    const list = sizes.map((passages) => strength("Captains sell 12 ferries.", passages));
    expect(list[0]).toBe(list[2]);
    expect(list.at(-1)).toBe(list.at(-2));
    expect(Math.abs(list[3]! - list[2]!)).toBeLessThan(0.05);
    for (const value of list) expect(Number.isFinite(value)).toBe(true);
  });
});
