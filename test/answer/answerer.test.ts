import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import { sourceDocument } from "../support/documents.ts";
import { harbourReports } from "../support/harbour-reports.ts";
import { newsroomOver } from "../support/newsroom.ts";

const claimsOf = (answer: Answer): string[] => answer.claims.map(({ text }) => text);

/** The first claim of an answer over the harbour reports, or the reason why there is none. */
async function firstClaim(question: string): Promise<string> {
  const { ask } = await newsroomOver(harbourReports);
  const { claims, reason } = await ask(question);
  return claims[0]?.text ?? `(${reason})`;
}

describe("an answer to whose words are asked for", () => {
  it.each([
    [
      "What does the memo say about vigilance?",
      "[The memo:] One of the points reads: “We urge vigilance at every gate.”",
    ],
    ["What did the memo say about sailors?", "[The memo:] Another says: “Guards must be polite to sailors.”"],
    ["What did Brandt say about dredging?", "[Minister Ada Brandt:] “Dredging will cost 14 million euros,” she told"],
    ["What did the president say about sailors?", "President Olaf Lund called the sailors brave."],
    ["What did the president say about songs?", "[President Olaf Lund:] He praised their songs."],
    ["According to Holm, why is dredging useless?", "Pia Holm, a professor of hydrology at Tufts, told the Courier"],
    ["What did the professor say about silt?", "Pia Holm, a professor of hydrology at Tufts, told the Courier"],
    ["What did the NHC say about silt?", "Pia Holm, a professor of hydrology at Tufts, told the Courier"],
    ["What did the Trump administration say about herring?", "The Trump administration said that tariffs on herring"],
    ["What did Trump say about fishermen?", "Trump said that fishermen are heroes."],
    ["What did the separate memo say about lamps?", "It says that lamps must be dimmed at night."],
    ["What did the Gazette say about vigilance?", "[The memo:] One of the points reads: “We urge vigilance"],
  ])("gives the words of that speaker: “%s”", async (question, claim) => {
    expect(await firstClaim(question)).toContain(claim);
  });

  it.each([
    ["What did Minister Brandt say about vigilance?", "combination"],
    ["What did the memo say about dredging?", "combination"],
    ["What did Trump say about herring?", "combination"],
    ["What did the memo say about lamps?", "combination"],
    ["What did Ada Brandt say about the lighthouse?", "combination"],
    ["What did the pope say about gates?", "speaker"],
    ["What did Tufts say about silt?", "speaker"],
    ["What did the second memo say about vigilance?", "speaker"],
    ["What did Olaf Lund say about volcanoes?", "topic"],
  ])("declines where only somebody else speaks about it: “%s”", async (question, reason) => {
    expect(await firstClaim(question)).toBe(`(${reason})`);
  });
});

describe("an answer to a question for one thing", () => {
  it.each([
    ["When was the memo sent?", "3 March"],
    ["When did the strike begin?", "in May"],
    ["When did the pilots return?", "on Monday"],
    ["Where did Brandt speak?", "in Oslo"],
    ["Who said dredging is useless?", "Pia Holm"],
    ["Who called the sailors brave?", "President Olaf Lund"],
    ["How many points does the memo list?", "12 points"],
    ["How much will dredging cost?", "14 million"],
    ["How old is the Aurora?", "47 years old"],
    ["How far is the lighthouse?", "3 miles"],
    ["How often does the Aurora sail?", "twice a day"],
    ["Why was the fish market closed?", "because rats had been seen"],
    ["Did the pilots return to work?", "the pilots returned to work"],
    ["Which ferry is 47 years old?", "The ferry Aurora"],
    ["What were captains told to do with the fish market?", "close the fish market by noon"],
  ])("holds it: “%s”", async (question, words) => {
    expect(await firstClaim(question)).toContain(words);
  });

  it.each([
    ["How many captains received the memo?", "kind"],
    ["How many sailors are there?", "kind"],
    ["When did the lighthouse burn?", "topic"],
    ["Are there volcanoes in the harbour?", "topic"],
  ])("is a decline where none is given: “%s”", async (question, reason) => {
    expect(await firstClaim(question)).toBe(`(${reason})`);
  });
});

const closed = "The city council closed the Tolly bridge on Monday after engineers found cracks in 4 pillars.";
const bridge = (outlet: string, text: string) => sourceDocument(`${outlet}.txt`, text, { outlet, title: "The bridge" });

describe("an answer from several outlets", () => {
  const outlets = [
    bridge("Gazette", `${closed}\n\nThe report says: “We urge vigilance and calm until the repairs are finished.”`),
    bridge(
      "Courier",
      `${closed.replace("Monday", "Tuesday")}\n\nThe report says: “We urge watchfulness and calm until the repairs are finished.”`,
    ),
    bridge("Herald", "After engineers found cracks in 6 pillars, the city council closed the Tolly bridge on Monday."),
    bridge("Post", `${closed}\n\nPupils of the Tolly school learn to row. ${closed}`),
  ];

  it("is one claim with every outlet cited once and what differs", async () => {
    const { ask } = await newsroomOver(outlets);
    const { claims, citations } = await ask("When was the Tolly bridge closed?");
    expect(claims).toHaveLength(1);
    const outletOf = (n: number) => citations.find((citation) => citation.n === n)?.outlet;
    expect(claims[0]!.citations.map(outletOf).toSorted()).toEqual(["Courier", "Gazette", "Herald", "Post"]);
    expect(claims[0]!.variants.map(({ citation, kind, text }) => [outletOf(citation), kind, text])).toEqual([
      ["Courier", "date", "…bridge on Tuesday after engineers…"],
      ["Herald", "number", expect.stringContaining("cracks in 6 pillars")],
    ]);
  });

  it("shows another wording of what is quoted", async () => {
    const { ask } = await newsroomOver(outlets);
    const { claims } = await ask("What did the report say about calm?");
    expect(claims).toMatchObject([
      {
        text: "The report says: “We urge vigilance and calm until the repairs are finished.”",
        citations: [1, 2],
        variants: [{ citation: 2, kind: "wording", text: "We urge watchfulness and calm…" }],
      },
    ]);
  });

  it("keeps two claims that contradict each other", async () => {
    const { ask } = await newsroomOver([
      bridge("Gazette", closed),
      bridge("Courier", closed.replace("closed", "never closed")),
    ]);
    const { claims } = await ask("Did the city council close the Tolly bridge?");
    expect(claims.map(({ citations }) => citations)).toEqual([[1], [2]]);
  });

  it("has at most three claims unless more are asked for", async () => {
    const towns = ["Aker", "Bodin", "Cirkel", "Dovre", "Elvum"];
    const text = towns.map((town, index) => `The ferry stops in ${town} ${index + 2} times to load ${town} cheese.`);
    const { ask } = await newsroomOver([bridge("Gazette", text.join("\n\n"))]);
    const question = "Where does the ferry stop to load cheese?";
    expect(claimsOf(await ask(question))).toHaveLength(3);
    expect(claimsOf(await ask(question, { claims: 5 }))).toHaveLength(5);
    expect(claimsOf(await ask(question, { claims: 1 }))).toHaveLength(1);
    expect(claimsOf(await ask(question, { claims: 0 }))).toHaveLength(1);
    expect((await ask(question, { claims: 5 })).citations.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  });
});
