import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentences } from "../../src/text/sentences.ts";
import { growth, linearGrowth } from "../support/growth.ts";
import { newsProse } from "../support/prose.ts";

const cut = (text: string): string[] => sentences(text).map(({ start, end }) => text.slice(start, end));

/** Says that a text is cut into exactly these, whatever stands between them. */
function expectCut(...pieces: readonly string[]): void {
  expect(cut(pieces.join(" "))).toEqual(pieces);
}

describe("sentences", () => {
  it("end at a full stop, a question mark, an exclamation mark", () => {
    expectCut("The board met.", "Was it late?", "It was!", "Then it left?!", "Yes.");
    expectCut("¿Qué pasó?", "¡Nada!", "Nous partons.", "هذا خبر.", "זה משפט.", "Это всё.");
  });

  it("do not end at an abbreviation or an initial", () => {
    expectCut("Mr. Brown met Dr. Ito and Gen. Lee.", "They left.");
    expectCut("J. R. Olsen spoke to Prof. K. Greenhill.", "He left.");
    expectCut("No. 5 costs approx. 3 euros vs. Four last year.", "It sold.");
    expectCut("He said no.", "She sat.", "They love art.", "It came on Sat. 3 in vol. 4.", "Fine.");
    expectCut("It came on Nov. 21 or Dec. 3.", "Nobody knows.");
    expectCut("The U.S. Senate and the U.K. Parliament agree, e.g. Fish is fine.", "They voted.");
  });

  it("end at an abbreviation that can end a sentence where the next word opens one", () => {
    expectCut("It was 5 p.m.", "The hall was empty.");
    expectCut("He works for Acme Inc.", "It pays well.");
    expectCut("They flew to the U.S.", "They stayed there.");
    expectCut("He works for Acme Inc. Berlin today.");
    expectCut("They call it “the best of the U.S.”", "Berlin does not.");
  });

  it("do not end inside a figure or an address", () => {
    expectCut("Prices rose by 3.5 percent at 10.30 on www.example.org today.", "Version 2.0 is out.");
  });

  it("do not end before a small letter, and do after an ellipsis before a capital", () => {
    expectCut("What... no. wait… of course.", "And Yahoo! is a name.");
    expectCut("Wait…", "Then it rained.");
  });

  it("keep the closing mark of a quotation or bracket", () => {
    expectCut("“We regret it.”", "The minister left.", '"Is it true?" she asked.', "“Yes!”", "«Bien.»", "He nodded.");
    expectCut("(It was late.)", "[Really?]", "He left.");
    expectCut("He said: “We regret it.”", "“We do not,” she said.");
    expectCut("`` We do , we do . ''", "Nobody did .");
  });

  it("may begin with a figure, a quotation mark, a dash or an emoji", () => {
    expectCut("She won.", "14 people came.", "“Fine.”", "–No one came.", "👩🏽‍🚀 flew.");
  });

  it("end at the full stop of a language that writes no spaces", () => {
    const pieces = ["会议于周一举行。", "结果如何？", "很好！", "他说：“不行。”", "「はい。」", "終わり"];
    expect(cut(pieces.join(""))).toEqual(pieces);
  });

  it("are headings and list items without a full stop too", () => {
    const pieces = ["The harbour", "What is wrong", "The board met.", "It voted.", "- more boats", "• fewer rules"];
    expect(cut("The harbour\n\nWhat is wrong\nThe board met. It voted.\n- more boats\n• fewer rules")).toEqual(pieces);
  });

  it("keep the number of a list item with it", () => {
    expect(cut("Rules:\n1. Be kind. Be brief.\n2. Pay.\n10) Leave.")).toEqual([
      "Rules:",
      "1. Be kind.",
      "Be brief.",
      "2. Pay.",
      "10) Leave.",
    ]);
    expect(cut("It happened in 1994. Nobody saw it.")).toHaveLength(2);
  });

  it("go on over a line that was only wrapped, and stop at one that was ended", () => {
    const wrapped =
      "The council voted on Monday night to close the old bridge over the\nriver after engineers found cracks in two of its pillars.";
    expect(cut(`${wrapped} It will reopen\nsoon.`)[0]).toBe(wrapped);
    expect(cut(wrapped.replace("\n", "\r\n"))).toEqual([wrapped.replace("\n", "\r\n")]);
    expect(cut(wrapped.replace("\n", "\n\n"))).toHaveLength(2);
    expect(cut(wrapped.replace("\n", "\u2029"))).toHaveLength(2);
    expect(cut(wrapped.replace("the\nriver", "the:\n- river"))).toHaveLength(2);
  });

  it("lie within lines that end in CRLF, CR or a line separator", () => {
    for (const ending of ["\r\n", "\r", "\n", "\u2028", "\u2029", "\r\n\r\n"])
      expect(cut(`One line.${ending}Another line.${ending}A third${ending}`)).toEqual([
        "One line.",
        "Another line.",
        "A third",
      ]);
  });

  it("are none in white space, and one in a text without an end", () => {
    expect(cut("")).toEqual([]);
    expect(cut(" \r\n\t\u00a0\n")).toEqual([]);
    expect(cut("  no end here ")).toEqual(["no end here"]);
  });

  it("keep to the span that they are asked for", () => {
    const text = "Before it. One here. Two th|ere. After it.";
    const span = { start: 11, end: text.indexOf("|") };
    expect(sentences(text, span).map(({ start, end }) => text.slice(start, end))).toEqual(["One here.", "Two th"]);
  });

  it("are ordered, disjoint, trimmed, inside the span, and hold all but white space, for any text", () => {
    fc.assert(
      fc.property(newsProse, fc.nat(), fc.nat(), (text, one, other) => {
        const [start, end] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        let at = start;
        const rest: string[] = [];
        for (const sentence of sentences(text, { start, end })) {
          expect(sentence.start).toBeGreaterThanOrEqual(at);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          expect(text.slice(sentence.start, sentence.end)).not.toMatch(/^\s|\s$/);
          rest.push(text.slice(at, sentence.start));
          at = sentence.end;
        }
        expect(at).toBeLessThanOrEqual(end);
        rest.push(text.slice(at, end));
        expect(rest.join("").trim()).toBe("");
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["spaces", " "],
    ["full stops", "."],
    ["spaced full stops", ". "],
    ["quotation marks", '"'],
    ["lines without a full stop", "a\n"],
    ["lines that open quotations", '\n"'],
    ["long lines of an old Mac", `${"x".repeat(60)}\r`],
    ["abbreviations", "Mr. "],
    ["spaced closing marks", ". '' a "],
    ["spaced quotations that never end", "“ a . '' a "],
  ])("take time in proportion to the text, also for 200,000 characters of %s", (_name, unit) => {
    expect(growth(sentences, unit)).toBeLessThan(linearGrowth);
  });
});
