import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFurniture as findIn } from "../../../src/corpus/read/page-furniture.ts";
import { detectLanguage } from "../../../src/text/languages.ts";

const findFurniture = (text: string) => findIn(text, detectLanguage(text));

const paragraphs = [
  "The harbour authority of Lindvik will close the northern pier to ferries from March, after divers found that worms had eaten through a third of the oak piles that carry it, the harbour master told the town council on Tuesday evening.",
  "Repairs would cost 14 million kronor and take two summers, according to the report. Ferries to the outer islands are to leave from the fish quay meanwhile, which the islanders' association called “unworthy of a capital of shipping” in a letter to the council.",
  "The council votes on the money in a fortnight. Its finance committee has asked whether steel piles would be cheaper over fifty years, and whether the insurance of the pier, signed in 1988, covers damage by animals at all.",
  "Worms of the same kind were found in Halsund in 2019. The town there replaced all piles within three months and sued the builder, who settled out of court for a sum that neither side has ever disclosed.",
];

const removed = (...insert: readonly string[]): string[] => {
  const text = [paragraphs[0], paragraphs[1], ...insert, paragraphs[2], paragraphs[3]].join("\n");
  return findFurniture(text).map(({ start, end }) => text.slice(start, end));
};

describe("advertising and navigation inside an article", () => {
  it.each([
    ["an advertiser's tool", ["FREE QUOTE", "LoanMaster", "Check in 2 minutes how much you could borrow"]],
    ["an announcement of advertising", ["Story continues below advertisement"]],
    ["a mark", ["ADVERTISEMENT"]],
    ["a mark and its product", ["Sponsored", "Nordlys Bank", "Low rates for new homes"]],
    ["a sign-up", ["Sign up for our morning newsletter and never miss a story."]],
    ["a sign-up of several lines", ["Get the day's headlines in your inbox every morning.", "Subscribe"]],
    ["a link to another story", ["Read more: Five things to know about the new tax"]],
    ["another such link", ["RELATED: Mayor resigns over parking tickets"]],
    ["a request to share", ["Share this article"]],
    ["buttons", ["Facebook", "Twitter", "WhatsApp", "Email"]],
    ["a picture's credit", ["Image credit: Maja Holm"]],
    ["another credit", ["Photo by Maja Holm/Coast Pictures"]],
    ["a consent notice", ["We use cookies to improve your experience. By clicking Accept you agree to our policy."]],
    ["a path", ["Home › Nyheter › Coast"]],
    ["a row of sections", ["News | Sport | Culture | Opinion"]],
    ["an address", ["https://example.com/weather/today"]],
    ["a call for tips", ["Do you have a story to share? Email us at tips@example.com."]],
    ["a notice of rights", ["© 2025 The Lindvik Courier. All rights reserved."]],
    ["an offer", ["Subscribe today and get your first month free!"]],
    ["the app", ["Download our app"]],
    ["navigation", ["Skip to content"]],
    ["Portuguese", ["Continua depois da publicidade"]],
    ["Spanish", ["Suscríbete a nuestro boletín"]],
    ["French", ["Lire aussi : Le maire démissionne"]],
  ])("finds %s", (_, lines) => {
    expect(removed(...lines)).toEqual([lines.join("\n")]);
  });

  it("finds links to other stories in a German article", () => {
    const german =
      "Die Hafenbehörde von Lindvik schließt die Nordmole ab März für Fähren, nachdem Taucher festgestellt haben, dass Würmer ein Drittel der Eichenpfähle zerfressen haben, wie der Hafenmeister dem Stadtrat am Dienstag sagte.";
    const text = [german, "Lesen Sie auch: Bürgermeister tritt zurück", german, "ANZEIGE", german].join("\n\n");
    expect(findFurniture(text)).toHaveLength(2);
  });

  it("finds a phrase that comes back between paragraphs, whatever its words", () => {
    const text = [
      paragraphs[0],
      "Jatkuu tauon jälkeen nyt",
      paragraphs[1],
      "Jatkuu tauon jälkeen nyt",
      paragraphs[2],
    ].join("\n");
    expect(findFurniture(text)).toHaveLength(2);
  });

  it("finds a menu before an article and buttons after it", () => {
    const menu = "Home\nNews\nSport\nWeather\nLog in\nSubscribe";
    const text = `${menu}\n\n${paragraphs.join("\n\n")}\n\nShare this story\nLeave a comment\n`;
    expect(findFurniture(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      menu,
      "Share this story\nLeave a comment",
    ]);
  });

  it.each([
    ["a sub-heading", ["Why It Matters"]],
    ["a sub-heading with the article's words", ["Islanders fear for the ferries"]],
    ["a sub-heading that shares no word", ["What Happens Next"]],
    ["a sub-heading to the reader", ["What You Need to Know"]],
    ["a sub-heading in capitals", ["THE BACKGROUND"]],
    ["a long sub-heading", ["Council members claim more piers to be closed along the coast"]],
    ["a question", ["Who pays?"]],
    ["a quoted line", ["“You cannot eat a pier.”"]],
    ["another quoted line", ['"Read my lips," she said.']],
    ["a one-line paragraph", ["Nobody was hurt."]],
    ["a short paragraph", ["The mayor declined to comment."]],
    ["an announcing line", ["The full statement reads:"]],
    ["a list", ["- close the pier", "- move the ferries", "- ask the county for money"]],
    ["a numbered list", ["1. Share the costs", "2. Follow the plan of 2019"]],
    ["a list without marks", ["Oak piles: 1,200", "Steel piles: 800", "Divers: 6"]],
    [
      "verse",
      [
        "Tell me where you moored last night,",
        "you and your lantern,",
        "Find your stair to the moon",
        "share with me bread",
        "before you sail",
      ],
    ],
    ["questions and answers", ["Q: Do you expect a lawsuit?", "A: I expect nothing."]],
    ["speakers", ["THE CHAIR", "MS DAHL"]],
    ["a correction", ["Correction: An earlier version of this article gave a wrong year."]],
    ["an article of a treaty", ["Article 5: Everyone has the right to moor."]],
    ["a sentence that gives advice", ["If you travel by ferry in March, allow for an hour more."]],
    ["a table", ["Pier | Length | Piles", "North | 210 m | 1,200"]],
    ["a heading of Markdown", ["## Share of the costs"]],
    ["a date", ["Tuesday, 4 March"]],
    ["credits that name the news", ["Reporting by Eva Lund; editing by Nils Berg"]],
  ])("keeps %s", (_, lines) => {
    expect(removed(...lines)).toEqual([]);
  });

  it("keeps a speaker's name that comes back before what is said", () => {
    const text = [
      "Eva Lund",
      paragraphs[0],
      "Nils Berg",
      paragraphs[1],
      "Eva Lund",
      paragraphs[2],
      "Nils Berg",
      paragraphs[3],
    ];
    expect(findFurniture(text.join("\n"))).toEqual([]);
  });

  it("keeps what an article about advertising says", () => {
    const text = [
      "Advertising in newspapers fell by a tenth last year, and subscriptions did not make up for it, the publishers' association said in its yearly report on Monday, which covers 214 titles in eleven countries.",
      "Advertising falls",
      "Newsletters, which many publishers had hoped would bring readers back, were opened by fewer subscribers than in any year since the association began to count, though cookies make that count unsure.",
      "Subscribers leave",
      "Sponsored articles alone grew, by four per cent.",
    ].join("\n");
    expect(findFurniture(text)).toEqual([]);
  });

  it("keeps every line of a quotation that runs over paragraphs", () => {
    const text = [
      paragraphs[0],
      "The appeal reads:",
      "“Citizens, you must choose.",
      "Find your voice",
      "Share your bread",
      "Choose.”",
      paragraphs[2],
    ];
    expect(findFurniture(text.join("\n"))).toEqual([]);
  });

  it("keeps the lines of a quotation in straight marks", () => {
    const text = [
      paragraphs[0],
      '"Citizens, you must choose.',
      "Find your voice",
      "Subscribe to nothing",
      '"Choose."',
      paragraphs[2],
    ];
    expect(findFurniture(text.join("\n"))).toEqual([]);
  });

  it("keeps a text that is nothing but short lines", () => {
    expect(findFurniture("Read more\nShare this\nYou and I")).toEqual([]);
    expect(findFurniture("")).toEqual([]);
  });

  it("gives ordered, disjoint, trimmed spans for any text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...paragraphs,
        "Advertisement",
        "Share this",
        "\n",
        "\r\n",
        "“",
        "”",
        "READ MORE: x",
        "a | b | c",
        "you",
      ),
      fc.string({ unit: "grapheme", maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom("\n", "\r\n", "\n\n", " "), (pieces, glue) => {
        const text = pieces.join(glue);
        let at = 0;
        for (const { start, end } of findFurniture(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 200 },
    );
  });

  const reports = join(import.meta.dirname, "../../../../shared/seeds");
  it.skipIf(!existsSync(reports))(
    "finds what interrupts a real report and nothing else (needs ../shared/seeds)",
    () => {
      const read = (name: string): string => readFileSync(join(reports, name), "utf8");
      const first = read("000_daa34e06357caddc.txt");
      const spans = findFurniture(first).map(({ start, end }) => first.slice(start, end));
      expect(spans).toHaveLength(5);
      expect(spans[0]?.split("\n")).toHaveLength(3);
      expect(new Set(spans.slice(1)).size).toBe(1);
      for (const name of [
        "001_817127b560583094.txt",
        "002_98147c445c327c34.txt",
        "003_c38770bbfaac80ca.txt",
        "004_bad606468369d009.txt",
      ])
        expect(findFurniture(read(name)), name).toEqual([]);
    },
  );
});
