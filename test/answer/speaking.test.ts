import { describe, expect, it } from "vitest";
import { speaks } from "../../src/answer/speaking.ts";
import type { DocumentMeta } from "../../src/corpus/document.ts";
import { readQuestion } from "../../src/question/read.ts";
import { sourceDocument } from "../support/documents.ts";
import { english, readText } from "../support/reading.ts";

/** How surely the last sentence of `text` gives the words of whom `question` names. */
function surely(question: string, text: string, meta: Partial<DocumentMeta> = {}): number {
  const { speaker } = readQuestion(question, null);
  const document = sourceDocument("d", text, meta);
  return speaks(speaker!, readText(text).sentences.at(-1)!, document.meta, english);
}

const asked = (who: string) => `What did ${who} say about it?`;

describe("whether a sentence gives somebody's words", () => {
  it("does where it names the speaker, in any inflection or by a synonym", () => {
    expect(surely(asked("the memo"), "The memo says no.")).toBe(1);
    expect(surely(asked("the ministers"), "The minister said no.")).toBe(1);
    expect(surely(asked("the cable"), "The telegram says no.")).toBe(1);
    expect(surely(asked("America"), "The American government said no.")).toBe(0.4);
  });

  it("does for a part of a name, and for a name with its office", () => {
    const text = "Governor Ilse Morvan said no.";
    for (const who of ["Morvan", "Ilse Morvan", "the governor", "Governor Morvan"])
      expect(surely(asked(who), text)).toBe(1);
    expect(surely(asked("Professor Kelly Greenhill"), "Greenhill said no.")).toBe(0.8);
    expect(surely(asked("the State Department"), "The department said no.")).toBe(0.8);
  });

  it("does for an apposition, but not for where somebody works", () => {
    const text = "Pia Holm, a professor at Tufts, said no.";
    expect(surely(asked("the professor"), text)).toBe(1);
    expect(surely(asked("Holm"), text)).toBe(1);
    expect(surely(asked("Tufts"), text)).toBeLessThan(0.5);
    expect(surely(asked("the ministry"), "Ada Brandt, a spokeswoman for the ministry, said no.")).toBe(1);
  });

  it("hardly does for what only bears the name", () => {
    expect(surely(asked("Trump"), "The Trump administration said no.")).toBeLessThan(0.5);
    expect(surely(asked("Sweden"), "On Monday officials in Sweden said no.")).toBeLessThan(0.5);
    expect(surely(asked("the Trump administration"), "The Trump administration said no.")).toBe(1);
  });

  it("does not for somebody else", () => {
    expect(surely(asked("the minister"), "The president said no.")).toBe(0);
    expect(surely(asked("the cable"), "Minister Ada Brandt said no.")).toBe(0);
    expect(surely(asked("the cable"), "It rained.")).toBe(0);
  });

  it("does not for another one of its kind", () => {
    expect(surely(asked("the separate cable"), "The cable says no.")).toBe(0);
    expect(surely(asked("the second memo"), "The memo says no.")).toBe(0);
    expect(surely(asked("the second memo"), "The second memo says no.")).toBe(1);
    expect(surely(asked("the memo"), "The second memo says no.")).toBeLessThan(0.6);
    expect(surely(asked("the former mayor"), "The mayor said no.")).toBe(0);
    expect(surely(asked("the separate cable"), "A separate cable says no.")).toBe(1);
    expect(surely(asked("the cable"), "A separate cable says no.")).toBeLessThan(0.6);
    expect(surely(asked("the governor"), "Deputy Governor Ilse Morvan said no.")).toBeLessThan(0.6);
  });

  it("does for who once had an office, by name", () => {
    expect(surely(asked("Morvan"), "Former Governor Ilse Morvan said no.")).toBe(1);
    expect(surely(asked("the governor"), "Former Governor Ilse Morvan said no.")).toBeLessThan(0.6);
    expect(surely(asked("the report"), "A new report says no.")).toBe(1);
  });

  it("does less surely where it leans on another, or only mentions the document", () => {
    expect(surely(asked("the memo"), "The memo says no. It adds that gates are shut.")).toBe(0.9);
    expect(surely(asked("the memo"), "The memo was sent on Friday.")).toBe(0.75);
    expect(surely(asked("the memo"), "A document says no.")).toBe(0.7);
  });

  it("does for the outlet, the one the news came from, and their initials, whoever speaks", () => {
    const text = "The minister said no.";
    expect(surely(asked("the Northern Harbour Courier"), text, { outlet: "Northern Harbour Courier" })).toBe(0.9);
    expect(surely(asked("the NHC"), text, { outlet: "Northern Harbour Courier" })).toBe(0.9);
    expect(surely(asked("the Courier"), text, { origin: "The Courier" })).toBe(0.9);
    expect(surely(asked("the Gazette"), text, { outlet: "The Courier" })).toBe(0);
    expect(surely(asked("the minister"), text, { outlet: "The Courier" })).toBe(1);
  });

  it("does for the document that the title says is the speaker’s own", () => {
    const title = "State Department statement on ferries";
    expect(surely(asked("the State Department"), "The statement says no.", { title })).toBe(0.8);
    expect(surely(asked("the Home Office"), "The statement says no.", { title })).toBe(0);
    expect(surely(asked("Brandt"), "The statement says no.", { title: "Brandt statement on ferries" })).toBe(0);
  });
});
