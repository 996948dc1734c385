import { describe, expect, it } from "vitest";
import { disagreements } from "../../src/digest/disagreements.ts";
import { wholeSentences } from "../../src/digest/story-sentences.ts";
import { readLabelledItems } from "../support/labelled-items.ts";
import { storedDocument } from "../support/stored.ts";

/** What outlets A, B, C … disagree in, each having written one text, in this order. */
function found(...texts: readonly string[]) {
  const documents = texts.map((text, at) => storedDocument({ id: `d${at}`, text, meta: { outlet: "ABCDEF"[at]! } }));
  return disagreements(documents.map(wholeSentences)).map(
    ({ kind, sides }) => `${kind}: ${sides.map(({ text, outlets }) => `${text} (${outlets.join(", ")})`).join(" / ")}`,
  );
}

describe("disagreements of the labelled stories", () => {
  it.each([
    ["development", 0.9],
    ["held-out", 0.75],
  ] as const)("finds those of the %s half and makes none up", (half, least) => {
    const { items, disagreements: labels } = readLabelledItems(half);
    const wrong: string[] = [];
    let right = 0;
    for (const [story, list] of Map.groupBy(items, (item) => item.story)) {
      const documents = list.map(({ id, text, title, outlet, published }) =>
        storedDocument({ id, text, meta: { title, outlet, published } }),
      );
      for (const { kind, sides } of disagreements(documents.map(wholeSentences))) {
        if (labels.get(story)?.kind === kind) right++;
        else wrong.push(`${story}: ${sides.map(({ text }) => text).join(" / ")}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(right / labels.size).toBeGreaterThanOrEqual(least);
  });
});

describe("figures", () => {
  it("differ when both count the same, whatever the words; the version of most outlets comes first", () => {
    expect(
      found(
        "At least 12 people died in the flood, police said.",
        "The flood killed 14 villagers on Monday.",
        "Fourteen residents were killed by the water.",
      ),
    ).toEqual(["number: 14 villagers (B, C) / At least 12 people (A)"]);
  });

  it.each([
    ["the dead and the hurt", "The blast killed 12 people.", "The blast injured 14 people."],
    ["a count and a part of it", "The blast killed 12 people.", "Among the dead in the blast were three children."],
    ["a count and an increment", "The flood killed 12 people.", "Two more people were killed by the flood."],
    ["an age", "Police arrested 12 people.", "Police arrested a 52-year-old man."],
    ["people and money", "The fire killed 12 people.", "The fire cost 14 million crowns."],
    [
      "rough figures that are nearly the same",
      "About 400,000 people fled the storm.",
      "The storm displaced 408,000 people.",
    ],
    ["the same figure in words", "Twelve people died in the flood.", "The flood killed 12 people."],
    ["different shares", "Turnout fell to 40 per cent.", "She won 51.4 per cent of the vote."],
  ])("do not differ for %s", (_name, one, other) => {
    expect(found(one, other)).toEqual([]);
  });

  it("do not differ for a document that gives both", () => {
    expect(
      found(
        "Police counted 20,000 people killed; the army said 30,000 people were killed.",
        "The war killed 30,000 people.",
      ),
    ).toEqual([]);
  });

  it("do not set an outlet against itself", () => {
    const documents = ["The flood killed 12 people.", "The flood killed 17 people."].map((text, at) =>
      storedDocument({ id: `d${at}`, text, meta: { outlet: "A" } }),
    );
    expect(disagreements(documents.map(wholeSentences))).toEqual([]);
  });
});

describe("days", () => {
  it("differ when the same is said to have happened on another", () => {
    expect(
      found(
        "The fire broke out on the car deck on Thursday evening.",
        "A fire broke out on the car deck on Friday at dawn.",
      ),
    ).toEqual(["date: Thursday (A) / Friday (B)"]);
  });

  it.each([
    [
      "the day of a statement",
      "The fire broke out on the car deck, the owner said on Thursday.",
      "The fire broke out on the car deck, the captain said on Friday.",
    ],
    [
      "another event of the same people",
      "Arkadia and Belmore met in Serrano on Thursday.",
      "Arkadia and Belmore agreed in Serrano on Friday.",
    ],
  ])("do not differ for %s", (_name, one, other) => {
    expect(found(one, other)).toEqual([]);
  });
});

describe("quotations", () => {
  it("differ in wording when outlets quote the same statement in other words", () => {
    expect(
      found(
        "“We must protect every community at prayer,” the cable says.",
        "The cable says: “We must safeguard every community at prayer.”",
      ),
    ).toEqual([
      "wording: We must protect every community at prayer (A) / We must safeguard every community at prayer (B)",
    ]);
  });

  it("do not differ when one quotes less of it", () => {
    expect(
      found("“We must protect every community at prayer,” it says.", "It says “we must protect every community”."),
    ).toEqual([]);
  });
});
