import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotations } from "../../src/text/quotations.ts";
import { growth, linearGrowth } from "../support/growth.ts";
import { newsProse } from "../support/prose.ts";

/** What stands inside the quotations of a text. */
const inside = (text: string): string[] =>
  quotations(text).map(({ innerStart, innerEnd }) => text.slice(innerStart, innerEnd));

describe("quotations", () => {
  it("are found with the marks of each language", () => {
    expect(inside("He said “no” and „nein“ and „nie” and «non» and »nej« and “``”.")).toEqual([
      "no",
      "nein",
      "nie",
      "non",
      "nej",
      "``",
    ]);
    expect(inside("「はい」と『いいえ』")).toEqual(["はい", "いいえ"]);
    expect(inside("« Bien », dit-il. « Non\u00a0»")).toEqual([" Bien ", " Non\u00a0"]);
    expect(inside("»Gut«, sagte er. »Nein«, sagte sie.")).toEqual(["Gut", "Nein"]);
    expect(inside("`` We do , '' he said .")).toEqual([" We do , "]);
  });

  it("take their marks in, or leave them out", () => {
    const text = "He said “no”.";
    const [quotation] = quotations(text);
    expect(text.slice(quotation!.start, quotation!.end)).toBe("“no”");
    expect(text.slice(quotation!.innerStart, quotation!.innerEnd)).toBe("no");
  });

  it("are the outermost where they are nested", () => {
    expect(inside("It says “stop “all” boats, “all” of them” and “go”.")).toEqual([
      "stop “all” boats, “all” of them",
      "go",
    ]);
    expect(inside("«Il a dit “oui” et «non»», puis rien")).toEqual(["Il a dit “oui” et «non»"]);
  });

  it("open with a straight mark only where a word begins", () => {
    expect(inside('A 5" pipe and a 6" pipe are "too narrow" ("by far")—"all"')).toEqual([
      "too narrow",
      "by far",
      "all",
    ]);
    expect(inside('" spaced " marks')).toEqual([]);
  });

  it("run on over paragraphs that repeat the opening mark", () => {
    for (const gap of ["\n\n", "\r\n\r\n", "\n  \n"]) {
      expect(inside(`“First of all.${gap}“And then.” The end.`)).toEqual([`First of all.${gap}“And then.`]);
      expect(inside(`"First of all.${gap}"And then." The end.`)).toEqual([`First of all.${gap}"And then.`]);
    }
  });

  it("run on over a line break, but with straight marks not over a paragraph that does not repeat them", () => {
    expect(inside('"One\ntwo" end')).toEqual(["One\ntwo"]);
    expect(inside('"One never closed.\n\nTwo is "quoted" here.')).toEqual(["quoted"]);
    expect(inside('"One never closed.\r\n\r\nTwo is "quoted" here.')).toEqual(["quoted"]);
  });

  it("are none where a mark is never closed, also within six thousand characters", () => {
    expect(inside("He said “never closed. Then “more” and")).toEqual(["more"]);
    expect(inside(`“far ${"x".repeat(7000)} away” and “near”`)).toEqual(["near"]);
    expect(inside("It’s the sailors’ boat, ‘single’")).toEqual([]);
    expect(inside("")).toEqual([]);
  });

  it("are found behind a few marks that are never closed", () => {
    const stray = "A “stray mark opens here and goes nowhere at all in this text. ".repeat(4);
    expect(inside(`${stray}\n\nShe said “yes”.`)).toContain("yes");
  });

  it("are ordered, disjoint and enclosed by their marks, for any text", () => {
    fc.assert(
      fc.property(newsProse, (text) => {
        let at = 0;
        for (const { start, end, innerStart, innerEnd } of quotations(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(innerStart).toBeLessThanOrEqual(innerEnd);
          expect(text.slice(start, innerStart)).toMatch(/^(?:["“„«»「『]|``)$/);
          expect(text.slice(innerEnd, end)).toMatch(/^(?:["“”»«」』]|'')$/);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["opening marks", "“"],
    ["spaced opening marks", "“ "],
    ["guillemets", "«"],
    ["backticks", "`` a "],
    ["straight marks", ' "'],
    ["paragraphs that repeat an opening mark", '\n\n"a'],
    ["closed quotations", "“a.” "],
    ["marks of which every third is closed", "“““a”"],
  ])("take time in proportion to the text, also for 200,000 characters of %s", (_name, unit) => {
    expect(growth(quotations, unit)).toBeLessThan(linearGrowth);
  });
});
