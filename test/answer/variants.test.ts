import { describe, expect, it } from "vitest";
import { variantOf } from "../../src/answer/variants.ts";
import { lastSentence } from "../support/evidence.ts";

/** How the second text differs from the first. */
const variant = (one: string, other: string) => variantOf(lastSentence("one", one), lastSentence("other", other));
const sunk = "On Monday, 3 March, 12 ferries sank near Oslo, the coast guard said.";

describe("what differs between two reports of the same thing", () => {
  it("is a figure, shown among its neighbours", () => {
    expect(variant(sunk, sunk.replace("12", "14"))).toEqual({ kind: "number", text: "…3 March, 14 ferries sank…" });
    expect(variant(sunk, sunk.replace("12", "Twenty"))).toMatchObject({ kind: "number" });
    expect(variant(sunk, sunk.replace("12", "1,200"))?.text).toContain("1,200");
  });

  it("is a date", () => {
    expect(variant(sunk, sunk.replace("Monday", "Tuesday"))).toEqual({ kind: "date", text: "On Tuesday, 3 March…" });
    expect(variant(sunk, sunk.replace("March", "May"))?.kind).toBe("date");
    expect(variant("It sank in 1994.", "It sank in 1995.")).toEqual({ kind: "date", text: "…sank in 1995" });
  });

  it("is a figure before it is a date", () => {
    expect(variant(sunk, sunk.replace("12", "14").replace("Monday", "Tuesday"))?.kind).toBe("number");
  });

  it("is the wording of what both quote", () => {
    const quote = "The memo reads: “We urge vigilance and calm in all ports.”";
    expect(variant(quote, quote.replace("vigilance", "watchfulness"))).toEqual({
      kind: "wording",
      text: "We urge watchfulness and calm…",
    });
    expect(variant(quote, quote.replace("urge", "do not urge"))).toEqual({
      kind: "wording",
      text: "We do not urge vigilance…",
    });
  });

  it("is the whole quotation where words are left out of it", () => {
    expect(variant("It reads: “We do not urge calm.”", "It reads: “We urge calm.”")).toEqual({
      kind: "wording",
      text: "We urge calm",
    });
  });

  it("shows each place that differs, apart where they lie apart", () => {
    const quote = "“We urge calm in the ports and on the ferries of all the northern towns.”";
    expect(variant(quote, quote.replace("calm", "care").replace("northern", "southern"))?.text).toBe(
      "We urge care in the … all the southern towns",
    );
  });

  it("is nothing where the same is only written differently", () => {
    expect(variant(sunk, sunk)).toBeNull();
    expect(variant(sunk, sunk.replace("12", "twelve").replace("March", "Mar."))).toBeNull();
    expect(variant("About 1,400 ferries sank.", "About 1400 ferries sank.")).toBeNull();
    expect(variant("The memo reads: “Wait.”", "“Wait,” the memo reads.")).toBeNull();
  });

  it("is nothing where only one of them gives a figure, a date or a quotation", () => {
    expect(variant("Ferries sank.", sunk)).toBeNull();
    expect(variant(sunk, "Ferries sank.")).toBeNull();
    expect(variant("Ferries sank.", "Ferries “sank”.")).toBeNull();
  });

  it("does not take the verbs “may” and “march” for months, nor “one” for a figure", () => {
    expect(variant("In May one ferry sank.", "In May a ferry may sink, and one crew may march.")).toBeNull();
  });
});
