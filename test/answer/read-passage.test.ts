import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPassage, withContinuation } from "../../src/answer/read-passage.ts";
import { newsProse } from "../support/prose.ts";
import { english, readText } from "../support/reading.ts";

/** The texts of a passage's own sentences. */
function own(text: string, passage: string, excluded: readonly string[] = []): string[] {
  const spans = excluded.map((piece) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length }));
  const start = text.indexOf(passage);
  const reading = readPassage(text, spans, { start, end: start + passage.length }, english);
  return reading.sentences.slice(reading.from, reading.to).map((sentence) => text.slice(sentence.start, sentence.end));
}

const minister = "Minister Ada Brandt said no.";
const never = "“Never,” she said. Ships left.";

describe("reading a passage", () => {
  it("gives its own sentences, and those before it for the sake of the speaker", () => {
    const text = `${minister}\n\n${never}\n\nThe end.`;
    expect(own(text, never)).toEqual(["“Never,” she said.", "Ships left."]);
    const start = text.indexOf(never);
    const { sentences, from } = readText(text, { start, end: start + never.length });
    expect(sentences[from]!.attribution).toMatchObject({ shown: "Minister Ada Brandt", strength: "inherited" });
  });

  it("knows that a quotation is closed only after the passage", () => {
    const text = "She said: “We wait.\n\n“And wait.” The end.";
    const reading = readText(text, { start: 0, end: text.indexOf("\n") });
    expect(reading.sentences.at(-1)!.words.map(({ text, quoted }) => [text, quoted])).toEqual([
      ["she", false],
      ["said", false],
      ["we", true],
      ["wait", true],
    ]);
  });

  it("never lets a sentence reach over an excluded span, nor takes words from inside it", () => {
    const text = "The board said that SUBSCRIBE NOW the harbour closes. Ships left.";
    expect(own(text, text, ["SUBSCRIBE NOW"])).toEqual(["The board said that", "the harbour closes.", "Ships left."]);
    const wrapped = "The harbour board met in the town hall on Monday| and closed the old harbour over the river.";
    expect(own(wrapped, wrapped, ["|"])).toEqual(wrapped.split("| ").map((part) => part.trim()));
    const advert = "“BUY";
    expect(own(`One ${advert} two.” Three.`, `One ${advert} two.” Three.`, [advert])).toEqual([
      "One",
      "two.”",
      "Three.",
    ]);
  });

  it("takes the paragraph after it with it, where that goes on with a pronoun", () => {
    const next = "She added that it rains.";
    const passage = { start: 0, end: minister.length };
    const text = `${minister}\n\n${next}\n\nThe end.`;
    expect(withContinuation(text, [], passage)).toEqual({ start: 0, end: text.indexOf(next) + next.length });
    expect(withContinuation(`${minister}\n\nShips left.`, [], passage)).toEqual(passage);
    expect(withContinuation(minister, [], passage)).toEqual(passage);
    expect(withContinuation(text, [{ start: minister.length, end: minister.length + 1 }], passage)).toEqual(passage);
  });

  it("reads words with offsets into the document, for any text, passage and excluded spans", () => {
    fc.assert(
      fc.property(newsProse, fc.nat(), fc.nat(), fc.nat(), fc.nat(30), (text, a, b, c, width) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
        const hole = c % (text.length + 1);
        const excluded = [{ start: hole, end: Math.min(text.length, hole + width) }];
        const reading = readPassage(text, excluded, { start, end }, english);
        for (const sentence of reading.sentences) {
          expect(sentence.end).toBeLessThanOrEqual(end);
          for (const word of sentence.words) {
            expect(word.start).toBeGreaterThanOrEqual(sentence.start);
            expect(word.end).toBeLessThanOrEqual(sentence.end);
          }
          for (const span of excluded)
            expect(span.start === span.end || sentence.end <= span.start || sentence.start >= span.end).toBe(true);
        }
        for (const sentence of reading.sentences.slice(reading.from, reading.to))
          expect(sentence.start).toBeGreaterThanOrEqual(start);
      }),
      {
        numRuns: 300,
        // A hole of one character, where a line break alone would only wrap the line.
        examples: [
          [
            "The harbour board met on Monday. It voted 3.5 to 1, said Dr. J. R. Olsen of the U.S. ",
            0,
            9228470,
            1286170915,
            1,
          ],
        ],
      },
    );
  });
});
