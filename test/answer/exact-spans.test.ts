import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import type { SourceDocument, Span } from "../../src/corpus/document.ts";
import { sourceDocument } from "../support/documents.ts";
import { type NewsroomUnderTest, newsroomOver } from "../support/newsroom.ts";
import { newsProse } from "../support/prose.ts";

/** Says that everything an answer cites or shows is the exact slice of its revision, away from excluded spans. */
async function expectExact({ store }: NewsroomUnderTest, answer: Answer): Promise<void> {
  for (const { document, revision, start, end, quote } of [...answer.citations, ...answer.nearest]) {
    const stored = (await store.document(document, revision))!;
    expect(stored.text.slice(start, end)).toBe(quote);
    expect(quote).not.toMatch(/^\s|\s$/);
    expect(stored.excluded.filter((span) => span.start < end && span.end > start)).toEqual([]);
  }
  const numbers = answer.citations.map(({ n }) => n);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  for (const claim of answer.claims) {
    expect(claim.citations.length).toBeGreaterThan(0);
    for (const n of [...claim.citations, ...claim.variants.map(({ citation }) => citation)])
      expect(numbers).toContain(n);
  }
}

async function quotesFor(question: string, document: SourceDocument): Promise<string[]> {
  const newsroom = await newsroomOver([document]);
  const answer = await newsroom.ask(question);
  await expectExact(newsroom, answer);
  return answer.citations.map(({ quote }) => quote);
}

describe("a quote is the exact slice of the stored text", () => {
  it.each([
    ["emoji", "The board 👩🏽‍🚀🇳🇴 met.", "The captain 👨‍👩‍👧‍👦 sold 12 ferries 🚢🚢 on Monday. 🎉"],
    ["combining characters", "Na\u0308ive cafe\u0301s.", "The captain Ze\u0301 sold 12 fe\u0301rries\u0323 on Monday."],
    ["right-to-left text", "הנמל נסגר ביום שני.", "The captain אבי \u202bסגר\u202c sold 12 ferries on Monday."],
    ["nested quotations", "“It “is” so.”", "The captain said: “We sold “all” 12 ferries on Monday, “all” of them.”"],
    ["exotic white space", "Ships\u00a0left.\u2028", "The captain\u00a0sold\u202f12 ferries\u2003on Monday."],
    ["astral letters", "𝒲𝑒 𝓁𝑒𝒻𝓉.", "The captain 𝒵𝑒 sold 12 ferries on Monday."],
  ])("with %s before and in it", async (_name, before, sentence) => {
    const text = `${before}\r\n\r\n${before} ${sentence} ${before}`;
    const quotes = await quotesFor("How many ferries did the captain sell?", sourceDocument("d", text));
    expect(quotes[0]).toContain("12 ");
    expect(sentence).toContain(quotes[0]);
  });

  it("over hard-wrapped lines that end in CRLF", async () => {
    const sentence =
      "The captain of the harbour board sold, as far as anybody in town knows,\r\n12 of the oldest ferries on Monday.";
    const rest =
      "Nobody saw it, because\r\neverybody in the town was asleep at that hour or was far out at sea, and\r\nthe rest of them were looking at the lighthouse, which had caught fire\r\nonce more.";
    const text = `${sentence} ${rest}\r\n\r\n${rest}\r\n`;
    const newsroom = await newsroomOver([sourceDocument("d", text)]);
    const answer = await newsroom.ask("How many ferries did the captain sell?");
    expect(answer.citations[0]?.quote).toBe(sentence);
    expect(answer.claims[0]?.text).toBe(sentence.replace("\r\n", " "));
    await expectExact(newsroom, answer);
  });

  it("of the revision that was cited, also when there is a new one", async () => {
    const newsroom = await newsroomOver([sourceDocument("d", "The captain sold 12 ferries on Monday.")]);
    const question = "How many ferries did the captain sell?";
    const old = await newsroom.ask(question);
    await newsroom.add([sourceDocument("d", "Corrected: 👩🏽‍🚀 The captain sold 14 ferries on Monday.")]);
    const renewed = await newsroom.ask(question);
    expect([old, renewed].map(({ citations }) => [citations[0]?.revision, citations[0]?.quote])).toEqual([
      [1, "The captain sold 12 ferries on Monday."],
      [2, expect.stringContaining("14 ferries")],
    ]);
    await expectExact(newsroom, old);
    await expectExact(newsroom, renewed);
  });

  it("never with advertising in it, nor of it", async () => {
    const advert = "BUY 99 FERRIES NOW from the captain!";
    const text = `The captain sold ${advert} 12 ferries on Monday. ${advert}`;
    const excluded = [text.indexOf(advert), text.lastIndexOf(advert)].map((start) => ({
      start,
      end: start + advert.length,
    }));
    const document = sourceDocument("d", text, { excluded });
    const newsroom = await newsroomOver([document]);
    for (const question of ["How many ferries did the captain sell?", "Where can I buy ferries now?"]) {
      const answer = await newsroom.ask(question);
      await expectExact(newsroom, answer);
      expect(JSON.stringify([answer.claims, answer.nearest])).not.toContain("99");
    }
  });

  it("for any documents of Unicode sentences, excluded spans and questions", async () => {
    const excludedIn = (text: string, cuts: readonly (readonly [number, number])[]): Span[] => {
      const kept: Span[] = [];
      const spans = cuts
        .map(([start, width]) => ({ start: start % (text.length + 1), end: (start % (text.length + 1)) + width }))
        .filter(({ start, end }) => end <= text.length && end > start)
        .toSorted((a, b) => a.start - b.start);
      for (const span of spans) if ((kept.at(-1)?.end ?? 0) <= span.start) kept.push(span);
      return kept;
    };
    const document = fc
      .tuple(newsProse, fc.array(fc.tuple(fc.nat(2000), fc.nat(40)), { maxLength: 3 }))
      .map(([prose, cuts]) => {
        const text = prose.toWellFormed();
        return { text, excluded: excludedIn(text, cuts) };
      });
    const questions = [
      "What did the harbour board vote on Monday?",
      "What does the memo say about vigilance?",
      "Who flew home?",
      "How many boats?",
      "הנמל",
      "港は月曜日",
      "الميناء",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 4 }), async (documents) => {
        const sources = documents.map(({ text, excluded }, index) =>
          sourceDocument(`d${index}`, text, { excluded, title: `Title ${index}` }),
        );
        const newsroom = await newsroomOver(sources);
        for (const question of questions) await expectExact(newsroom, await newsroom.ask(question, { claims: 20 }));
        await newsroom.close();
      }),
      { numRuns: 60 },
    );
  });
});
