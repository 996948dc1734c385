import { describe, expect, it } from "vitest";
import { spokenBy } from "../../src/answer/showing.ts";
import { evidenceFor, foundPassage, lastSentence } from "../support/evidence.ts";

/** What is shown of each sentence of a text, in order. */
function shown(text: string): string[] {
  return evidenceFor("What?", [foundPassage("d", text)])
    .toSorted((a, b) => a.sentence.start - b.sentence.start)
    .map((evidence) => spokenBy(evidence).text);
}

describe("what is shown of a sentence", () => {
  it("is the sentence as it stands, with white space folded", () => {
    const text = "The memo of the harbour board says that the gates\r\n  of all\u00a0ports must be shut.";
    expect(spokenBy(lastSentence("d", text))).toEqual({
      text: "The memo of the harbour board says that the gates of all ports must be shut.",
      speaker: "The memo of the harbour board",
    });
    expect(spokenBy(lastSentence("d", "Ships left."))).toEqual({ text: "Ships left.", speaker: null });
  });

  it("has what it leans on before it, in square brackets", () => {
    expect(shown("The memo lists 12 points. One of the points reads: “We urge calm.” Another says: “Wait.”")).toEqual([
      "The memo lists 12 points.",
      "[The memo:] One of the points reads: “We urge calm.”",
      "[The memo:] Another says: “Wait.”",
    ]);
    expect(shown("Minister Ada Brandt said no. She added that it rains.")[1]).toBe(
      "[Minister Ada Brandt:] She added that it rains.",
    );
    expect(shown("the memo says no. It adds that it rains.")[1]).toBe("[The memo:] It adds that it rains.");
  });

  it("has nothing before it where it says itself who speaks", () => {
    expect(shown("Ada Brandt said no. “Never,” Ada Brandt said.")[1]).toBe("“Never,” Ada Brandt said.");
    expect(shown("The cable asks for lists. Diplomats were told to hurry.")[1]).toBe("Diplomats were told to hurry.");
  });

  it("has the quotation marks that stand in other sentences", () => {
    expect(shown("Brandt said: “We regret it. It hurts. We will do better.”")).toEqual([
      "Brandt said: “We regret it.”",
      "[Brandt:] “It hurts.”",
      "[Brandt:] “We will do better.”",
    ]);
    expect(shown("“We regret it. It “hurts”. They must,” said Brandt, “or go. Now.”")).toEqual([
      "[Brandt:] “We regret it.”",
      "[Brandt:] “It “hurts”.”",
      "“They must,” said Brandt, “or go.”",
      "[Brandt:] “Now.”",
    ]);
  });

  it("has them in the marks of its own text, and never around words that nobody quoted", () => {
    expect(shown('"We regret it. They must," she said, "or go. Now."')).toEqual([
      '"We regret it."',
      '"They must," she said, "or go."',
      '"Now."',
    ]);
    expect(shown("„Gut. Fein“, sagte Brandt.")).toEqual(["„Gut.”", "„Fein“, sagte Brandt."]);
    expect(shown("«Bien. Bon», dit Brandt.")).toEqual(["«Bien.»", "«Bon», dit Brandt."]);
    expect(shown("»Gut. Fein«, sagte Brandt.")).toEqual(["»Gut.«", "»Fein«, sagte Brandt."]);
    expect(shown('A 5" pipe is here. It is “5"” wide.')).toEqual(['A 5" pipe is here.', 'It is “5"” wide.']);
  });
});
