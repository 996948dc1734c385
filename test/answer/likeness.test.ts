import { describe, expect, it } from "vitest";
import { alike } from "../../src/answer/likeness.ts";
import { evidenceFor, foundPassage, lastSentence } from "../support/evidence.ts";

const same = (one: string, other: string): boolean => alike(lastSentence("one", one), lastSentence("other", other));
const closed = "The city council closed the Tolly bridge on Monday after engineers found cracks in 4 pillars.";

describe("two outlets say the same", () => {
  it("in the same words, in other words for the most part the same, in another order", () => {
    expect(same(closed, closed)).toBe(true);
    expect(same(closed, `${closed.slice(0, -1)}, the mayor confirmed.`)).toBe(true);
    expect(same(closed, "After engineers found cracks in 4 pillars, the council closed the Tolly bridge.")).toBe(true);
    expect(same("The ministry bought 12 Swedish ferries.", "The ministry purchased 12 ferries from Sweden.")).toBe(
      true,
    );
  });

  it("with another figure or date", () => {
    expect(same(closed, closed.replace("4", "6"))).toBe(true);
    expect(same(closed, closed.replace("Monday", "Tuesday"))).toBe(true);
  });

  it("where what they quote is the same, whatever stands around it", () => {
    const quote = "“We urge vigilance and calm until repairs are finished”";
    expect(same(`The report says: ${quote}.`, `${quote}, as a paper of the board puts it in so many words.`)).toBe(
      true,
    );
    expect(same(`The report says: ${quote}.`, `It says: ${quote.replace("vigilance", "watchfulness")}.`)).toBe(true);
    expect(same(`The report says: ${quote}.`, "The report says: “Guards must be polite to sailors and cooks.”")).toBe(
      false,
    );
  });

  it("in very few words only if those are the same", () => {
    expect(same("It rained.", "It rained!")).toBe(true);
    expect(same("It rained.", "It snowed.")).toBe(false);
  });
});

describe("two outlets say different things", () => {
  it("about the same", () => {
    expect(same(closed, "The mayor will open a new Tolly bridge in May.")).toBe(false);
  });

  it("where one denies it", () => {
    expect(same(closed, closed.replace("closed", "never closed"))).toBe(false);
    expect(same(closed, closed.replace("closed", "refused to close"))).toBe(false);
    expect(same("The mayor didn’t sell 12 old ferries.", "The mayor didn't sell 12 old ferries.")).toBe(true);
  });

  it("where other words stand in the same place", () => {
    expect(same(closed, closed.replace("bridge", "school"))).toBe(false);
    expect(same(closed, closed.replace("closed", "opened"))).toBe(false);
    expect(same(closed, closed.replace("The city council", "The harbour board"))).toBe(false);
    expect(same("Ada Brandt resigned on Monday in Oslo.", "Olaf Lund resigned on Monday in Oslo.")).toBe(false);
  });
});

describe("one document", () => {
  it("says a thing twice only in the same words", () => {
    const again = closed.replace("The city council", "On Monday the council").replace(" on Monday", "");
    const found = evidenceFor("What?", [foundPassage("one", `${closed} ${again} ${closed}`)]);
    const [first, second, third] = found.toSorted((a, b) => a.sentence.start - b.sentence.start);
    expect(same(closed, again)).toBe(true);
    expect(alike(first!, second!)).toBe(false);
    expect(alike(first!, third!)).toBe(true);
  });
});
