import { describe, expect, it } from "vitest";
import { holdsKind } from "../../src/answer/kinds.ts";
import { readQuestion } from "../../src/question/read.ts";
import { readText, requirementsIn } from "../support/reading.ts";

/** How far the last sentence of `text` holds the kind of thing that `question` asks for. */
function holds(question: string, text: string): number {
  const read = readQuestion(question, null);
  return holdsKind(read.kind, read, readText(text).sentences.at(-1)!, requirementsIn(read));
}

describe("a sentence that says who", () => {
  it("has a name that the question does not hold", () => {
    expect(holds("Who chairs the board?", "The board is chaired by Ada Brandt.")).toBe(1);
    expect(holds("Who is Ada Brandt?", "Many people met Ada Brandt.")).toBeLessThan(1);
    expect(holds("Who chairs the board?", "The board has a chair.")).toBe(0);
  });

  it("has no name in a month, a weekday, a people or a place", () => {
    for (const text of ["It was chaired on Monday in May.", "The Swedish board was chaired.", "They met in Oslo."])
      expect(holds("Who chaired the board?", text)).toBeLessThan(0.5);
  });

  it("may name somebody by an office, more so beside the deed", () => {
    expect(holds("Who is in the harbour?", "In the harbour stood a judge.")).toBe(0.6);
    expect(holds("Who closed the harbour?", "On Friday a judge closed the harbour.")).toBe(1);
  });

  it("gives somebody's words where the question asks who said it", () => {
    expect(holds("Who said the harbour is safe?", "The harbour is safe, said the mayor.")).toBe(1);
    expect(holds("Who said the harbour is safe?", "The harbour is safe, as Ada Brandt knows.")).toBe(0);
  });
});

describe("a sentence that says when", () => {
  it("has a date, a year or an hour that the question does not hold", () => {
    const question = "When did the harbour close?";
    for (const text of [
      "It closed on Monday.",
      "It closed in 1994.",
      "It closed on 3 November.",
      "It closed at 5 p.m.",
    ])
      expect([text, holds(question, text)]).toEqual([text, 1]);
    expect(holds("When in 1994 did the harbour close?", "The harbour closed in 1994.")).toBe(0);
  });

  it("has a span or a part of the day, if less surely", () => {
    expect(holds("When did it close?", "It closed last week.")).toBe(0.8);
    expect(holds("When did it close?", "It closed after the storm.")).toBe(0.4);
    expect(holds("When did it close?", "It closed for good.")).toBe(0);
  });

  it("knows the month of May from the verb", () => {
    const question = "When did the harbour close?";
    for (const text of [
      "It closed in May.",
      "It closed on 3 May.",
      "It closed on May 3.",
      "It has been closed since May.",
    ])
      expect([text, holds(question, text)]).toEqual([text, 1]);
    for (const text of ["It may close.", "May the harbour close?", "Prime Minister May closed it."])
      expect([text, holds(question, text)]).toEqual([text, 0]);
  });
});

describe("a sentence that says where", () => {
  it("has a place that the question does not hold, behind a preposition", () => {
    expect(holds("Where did the ferry sink?", "The ferry sank near Oslo.")).toBe(1);
    expect(holds("Where did the ferry sink?", "The ferry sank off the coast of Norway.")).toBe(1);
    expect(holds("Where in Norway did it sink?", "It sank somewhere in Norway.")).toBe(0.5);
    expect(holds("Where did the ferry sink?", "The ferry sank quickly.")).toBe(0);
  });
});

describe("a sentence that says how many", () => {
  it("has a number that counts what is counted, as a figure or a word", () => {
    for (const number of ["14", "fourteen", "1,400", "3.5"])
      expect(holds("How many judges resigned?", `On Monday ${number} old judges resigned.`)).toBe(1);
  });

  it("has no answer in a number of something else, a day, a year, an ordinal or the question's own", () => {
    const question = "How many judges resigned?";
    expect(holds(question, "Because 14 ferries had sunk in the storm, judges resigned.")).toBe(0.5);
    expect(holds(question, "Judges resigned over 14 ferries that had sunk.")).toBe(0.5);
    for (const text of [
      "On 3 May the judges resigned.",
      "In 1994 judges resigned.",
      "The 3rd judge resigned.",
      "The judges resigned.",
    ])
      expect([text, holds(question, text)]).toEqual([text, 0]);
    expect(holds("How many of the 12 judges resigned?", "All 12 judges resigned.")).toBe(0);
  });

  it.each([
    ["How old is the mayor?", "The mayor is 47 years old.", "The mayor owns 47 boats."],
    ["How old is the mayor?", "The mayor, aged 47, resigned.", "The mayor lives at 47 Quay Street."],
    ["How long did it last?", "It lasted for 3 weeks.", "It lasted with 3 boats."],
    ["How far is the harbour?", "The harbour lies 3 miles away.", "The harbour has 3 cranes."],
    ["How often does the ferry sail?", "The ferry sails twice a week.", "The ferry sails with 20 cars."],
    ["How often does the ferry sail?", "The ferry sails daily.", "The ferry sails slowly."],
    ["What percentage of ferries sank?", "Of the ferries 12 percent sank.", "Of the ferries 12 sank."],
  ])("measures what is measured: “%s”", (question, yes, no) => {
    expect(holds(question, yes)).toBe(1);
    expect(holds(question, no)).toBeLessThan(0.5);
  });

  it("has a count without a figure, too", () => {
    expect(holds("How many judges resigned?", "Dozens of judges resigned.")).toBe(1);
  });

  it("takes any number for a sum", () => {
    expect(holds("How much did the bridge cost?", "The bridge cost 14 million.")).toBe(1);
    expect(holds("How much did the bridge cost?", "The bridge cost a lot.")).toBe(0);
  });
});

describe("a sentence that says why", () => {
  it("has a reason, a hint of one or at least a purpose", () => {
    const question = "Why did the harbour close?";
    expect(holds(question, "It closed because of ice.")).toBe(1);
    expect(holds(question, "The aim was to save money.")).toBe(1);
    expect(holds(question, "It closed amid protests.")).toBe(0.7);
    expect(holds(question, "It closed to save money.")).toBe(0.3);
    expect(holds(question, "It closed.")).toBe(0);
  });
});

describe("a sentence for other questions", () => {
  it("has a name for “which”, if there is one", () => {
    expect(holds("Which ferry sank?", "On Monday the Aurora sank.")).toBe(1);
    expect(holds("Which ferry sank?", "It sank.")).toBe(0.5);
  });

  it("need hold nothing in particular for “what”, “how”, “does” and somebody's words", () => {
    for (const question of ["What sank?", "How did it sink?", "Did it sink?", "What did the mayor say?"])
      expect(holds(question, "It sank.")).toBe(1);
  });
});
