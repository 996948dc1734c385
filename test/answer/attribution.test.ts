import { describe, expect, it } from "vitest";
import { readText } from "../support/reading.ts";

/** Who speaks in each sentence of a text: as shown, with how surely it is told. */
function speakers(text: string): (string | null)[] {
  return readText(text).sentences.map(({ attribution: { shown, strength } }) =>
    strength === "none" ? null : `${strength}: ${shown}`,
  );
}

/** The folded words of every speaker of the last sentence, those that it leans on included. */
function wordsOfLast(text: string): string[] {
  return readText(text)
    .sentences.at(-1)!
    .attribution.speakers.map((speaker) => speaker.words.join(" "));
}

describe("who speaks in a sentence", () => {
  it.each([
    ["The memo says that gates must be shut.", "The memo"],
    ["“We urge calm,” said Minister Ada Brandt.", "Minister Ada Brandt"],
    ["Gates must be shut, according to the ministry’s report.", "the ministry’s report"],
    ["According to Ada Brandt, gates must be shut.", "Ada Brandt"],
    ["The United States ordered its captains to wait.", "The United States"],
    ["The Trump administration said that tariffs will fall.", "The Trump administration"],
    ["The board is warning of floods.", "The board"],
    ["On Monday the US said that tariffs will fall.", "the US"],
    ["The U.S. said that tariffs will fall.", "The U.S."],
    ["The WHO warned of floods.", "The WHO"],
    ["Brandt gave a warning: the harbour is too shallow.", "Brandt"],
    ["About Norway the memo says nothing.", "the memo"],
    ["Ada Brandt gave a speech in Oslo in which she denounced the plan.", "Ada Brandt"],
  ])("is whoever reports it: “%s”", (text, shown) => {
    expect(speakers(text)).toEqual([`explicit: ${shown}`]);
  });

  it("is named with the apposition left out, and known by it", () => {
    const text = "Pia Holm, a professor of hydrology at Lund, told the inquiry that the dam was safe.";
    expect(speakers(text)).toEqual(["explicit: Pia Holm"]);
    expect(readText(text).sentences[0]!.attribution.speakers).toMatchObject([
      {
        words: ["pia", "holm", "professor", "hydrology", "lund"],
        own: ["pia", "holm", "professor"],
        heads: ["holm", "professor"],
        name: true,
      },
    ]);
  });

  it("is known by the document that somebody speaks in", () => {
    expect(wordsOfLast("In a statement posted on X, the department said the port would close.")).toEqual([
      "department",
      "statement",
    ]);
  });

  it("is nobody where no one is named, or only nouns look like verbs", () => {
    expect(speakers("The board met. It was raining. The United States has a port.")).toEqual([null, null, null]);
    expect(speakers("Their demand for boats fell.")).toEqual([null]);
  });

  it("is only mentioned where a document is the subject or the source", () => {
    expect(speakers("The directive was sent on Friday.")).toEqual(["mention: null"]);
    expect(wordsOfLast("Captains wait under a secret order.")).toEqual(["secret order"]);
  });
});

describe("who speaks in a sentence that leans on another", () => {
  it("is the document that announced the points", () => {
    const text =
      "The memo lists 12 points. One of the points reads: “We urge calm.” Another says: “Guards must be polite.”";
    expect(speakers(text)).toEqual([
      "explicit: The memo",
      "explicit: One of the points",
      "inherited: One of the points",
    ]);
    expect(wordsOfLast(text)).toContain("memo");
    expect(speakers("The memo lists two points. The first says: “Wait.”")[1]).toBe("inherited: The memo");
    expect(readText(text).sentences.map(({ attribution }) => attribution.from)).toEqual([null, 0, 1]);
  });

  it("is the one before, for a pronoun, a quotation, an instruction", () => {
    expect(speakers("The memo says that gates are shut. It adds that guards are few.")[1]).toBe("inherited: The memo");
    expect(speakers("Minister Ada Brandt said no. “We never will.”")[1]).toBe("inherited: Minister Ada Brandt");
    expect(speakers("The cable asks for lists. Diplomats were told to hurry.")[1]).toBe("inherited: The cable");
    expect(speakers("The cable asks for lists. Captains must hurry.")[1]).toBe("inherited: The cable");
    expect(speakers("The cable asks for lists.\n\nCaptains must hurry.")[1]).toBe("inherited: The cable");
  });

  it("is the subject of the sentence before, where that reports nothing", () => {
    expect(speakers("Trade unionist Marit Olsson contradicted him. She said that nobody was asked.")).toEqual([
      "explicit: Trade unionist Marit Olsson",
      "inherited: Trade unionist Marit Olsson",
    ]);
    expect(speakers("Olaf Lund visited Oslo. He said that churches are museums.")[1]).toBe("inherited: Olaf Lund");
    expect(wordsOfLast("The directive goes to all ports. It orders captains to wait.")).toEqual(["directive"]);
  });

  it("is not whom the sentence before only names as its object", () => {
    expect(speakers("The mayor thanked Ada Brandt. He said that the bridge is safe.")[1]).toBeNull();
  });

  it("is whoever is named where the quotation ends", () => {
    const lone = "“We regret it. It hurts. We will do better,” said Minister Ada Brandt.";
    const brandt = "Minister Ada Brandt";
    expect(speakers(lone)).toEqual([`inherited: ${brandt}`, `inherited: ${brandt}`, `explicit: ${brandt}`]);
    expect(speakers(`President Olaf Lund said no. ${lone}`)[1]).toBe(`inherited: ${brandt}`);
    expect(speakers(`${lone}\n\n“Never. Not us,” said President Olaf Lund.`)[3]).toBe("inherited: President Olaf Lund");
  });

  it("stays whoever opened the quotation, when somebody else speaks after its end", () => {
    expect(speakers("Ada Brandt said: “We regret it. It hurts. We will do better,” and Olaf Lund said no.")[1]).toBe(
      "inherited: Ada Brandt",
    );
  });

  it("is nobody for what is ordered in a paragraph of its own after a person spoke", () => {
    expect(
      speakers("President Olaf Lund called the sailors brave.\n\nCaptains were instructed to wait. They must report."),
    ).toEqual(["explicit: President Olaf Lund", null, expect.not.stringContaining("Lund")]);
  });

  it("is nobody where nobody spoke before", () => {
    expect(speakers("Gates are shut. “We urge calm.”")).toEqual([null, null]);
    expect(speakers("“We urge calm.”")).toEqual([null]);
    expect(speakers("")).toEqual([]);
  });

  it("looks no further back than six sentences for what was announced", () => {
    const filler = "Ships came and went. ";
    const text = (count: number) => `The memo lists 12 points. ${filler.repeat(count)}One of the points reads: “Wait.”`;
    expect(wordsOfLast(text(4))).toContain("memo");
    expect(wordsOfLast(text(9))).not.toContain("memo");
  });
});
