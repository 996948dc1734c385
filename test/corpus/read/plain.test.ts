import { describe, expect, it } from "vitest";
import { readPlain } from "../../../src/corpus/read/plain.ts";

const read = (text: string) => readPlain(text, { name: "pier.txt", base: "pier.txt", stem: "pier" });

const opening =
  "The harbour authority will close the northern pier to ferries from March, after divers found that worms had eaten through a third of the oak piles.";

describe("plain text", () => {
  it("is stored untouched, and nothing is supplied that it does not say", () => {
    const text = `Pier closes\r\n\r\n${opening}\r\n`;
    expect(read(text)).toEqual({
      text,
      excluded: [],
      collection: null,
      meta: {
        title: "Pier closes",
        outlet: null,
        published: null,
        dateline: null,
        language: "en",
        origin: null,
        source: "pier.txt",
        url: null,
      },
    });
  });

  it.each([
    ["before a blank line", `Pier closes over worms\n\n${opening}`, "Pier closes over worms"],
    ["before a much longer line", `Pier closes over worms\n${opening}`, "Pier closes over worms"],
    ["that asks", `Who ate the pier?\n\n${opening}`, "Who ate the pier?"],
    ["marked as a heading", `# Pier closes\n\n${opening}`, "Pier closes"],
    [
      "after a menu",
      `Home\nNews\nSport\nLog in\nSubscribe\n\nPier closes over worms\n\n${opening}`,
      "Pier closes over worms",
    ],
  ])("takes a short first line for its title %s", (_, text, title) => {
    expect(read(text).meta.title).toBe(title);
  });

  it.each([
    ["a first line that is a sentence", "Worms ate the pier.\n\nIt closes.", "Worms ate the pier."],
    ["a first line that is quoted", `“Worms”\n\n${opening}`, "“Worms”"],
    [
      "a hard-wrapped paragraph",
      "The authority will close the northern pier to all\nferries from the first of March. So it has decided\non Monday night.",
      "The authority will close the northern pier to all ferries from the first of March.",
    ],
    ["a text of one word", "Worms", "Worms"],
  ])("takes the first sentence otherwise: %s", (_, text, title) => {
    expect(read(text).meta.title).toBe(title);
  });

  it("cuts a long sentence at a word, or at a grapheme where there are no words", () => {
    const { title } = read(opening).meta;
    expect(title).toBe(
      "The harbour authority will close the northern pier to ferries from March, after divers found that…",
    );
    const family = "👩‍👩‍👧‍👦";
    expect(read(family.repeat(50)).meta.title).toBe(`${family.repeat(9)}…`);
    expect(read("語".repeat(300)).meta.title).toBe(`${"語".repeat(99)}…`);
  });

  it.each([
    ["LINDVIK — The pier closes.", "LINDVIK", "The pier closes."],
    ["LINDVIK, Sweden — The pier closes.", "LINDVIK, Sweden", "The pier closes."],
    ["NEW YORK, Nov. 26 (Coast) - The pier closes.", "NEW YORK", "The pier closes."],
    ["SÃO PAULO (CP) -- The pier closes.", "SÃO PAULO", "The pier closes."],
    ["Lindvik (Coast) – The pier closes.", "Lindvik", "The pier closes."],
  ])("reads the dateline of %s", (text, dateline, title) => {
    expect(read(text).meta).toMatchObject({ dateline, title });
    expect(read(`Worms in the wood\n\n${text}`).meta).toMatchObject({ dateline, title: "Worms in the wood" });
  });

  it.each([
    "BREAKING — The pier closes.",
    "The pier — closed since March — opens.",
    "PIER-SIDE views are rare.",
    "A — b.",
  ])("reads no dateline in %s", (text) => {
    expect(read(text).meta.dateline).toBeNull();
  });

  it("tells the language by its function words", () => {
    expect(read("Die Brücke über den Fluss ist seit dem Montag nicht mehr für den Verkehr frei.").meta.language).toBe(
      "de",
    );
  });
});
