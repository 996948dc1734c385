import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocuments } from "../../src/corpus/read/read-documents.ts";
import type { ReadEvent } from "../../src/corpus/read-event.ts";
import { starterFolder } from "../../src/corpus/starter.ts";
import { type EvaluationReport, evaluate, isRight, parseEvaluationSet, readSet } from "../../src/evaluation.ts";
import { openThrowaway } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";

const shared = join(import.meta.dirname, "../../../shared");
const reports = join(shared, "seeds");
const publicSet = join(shared, "eval/qed.json");
const own = parseEvaluationSet(readFileSync(join(import.meta.dirname, "questions.json"), "utf8"), "questions.json");

const folder = (root: string): AsyncIterable<ReadEvent> => readDocuments([root], { collection: "main", root });

/** Asks every question of a set over some documents, as a person at the defaults would. */
async function measure(set: typeof own, documents: AsyncIterable<ReadEvent>): Promise<EvaluationReport> {
  const { newsroom, search, store, close } = await openThrowaway(documents, {
    runtime: systemRuntime,
    publicUrl: null,
  });
  const collections = ["main"];
  try {
    return await evaluate(set.questions, {
      ask: async (text) => {
        const reply = await newsroom.ask({
          text,
          asker: null,
          place: null,
          follows: null,
          standing: "guest",
          timeZone: null,
          collections,
        });
        return reply.answer!;
      },
      found: async (text, limit) => {
        const { hits } = await search.search(search.terms(text), { collections }, limit);
        const documents = hits.map(({ passage }) => store.document(passage.document, passage.revision));
        return (await Promise.all(documents)).map((document) => document?.meta.source ?? null);
      },
      text: async (id, revision) => (await store.document(id, revision))?.text ?? null,
    });
  } finally {
    await close();
  }
}

describe("answering, at the defaults a person gets", () => {
  it("is right on the starter corpus, and declines what is not in it", async () => {
    const report = await measure(own, folder(starterFolder));
    expect(report.right / report.answerable).toBeGreaterThanOrEqual(57 / 60);
    expect(report.declined / report.unanswerable).toBeGreaterThanOrEqual(38 / 40);
    expect(report.exactSpans).toBe(report.spans);
  });

  it.skipIf(!existsSync(reports))("is right on the reports as they came (needs ../shared/seeds)", async () => {
    const report = await measure(own, folder(reports));
    expect(report.right / report.answerable).toBeGreaterThanOrEqual(56 / 60);
    expect(report.declined / report.unanswerable).toBeGreaterThanOrEqual(38 / 40);
    expect(report.exactSpans).toBe(report.spans);
  });

  it.skipIf(!existsSync(publicSet))(
    "keeps what the public set asks for (needs ../shared/eval)",
    async () => {
      const set = parseEvaluationSet(readFileSync(publicSet, "utf8"), "qed.json");
      const report = await measure(set, readSet(set));
      expect(report.right / report.answerable).toBeGreaterThanOrEqual(0.64);
      expect(1 - report.declined / report.unanswerable).toBeLessThanOrEqual(0.1);
      expect(report.recallAt2 / report.withGold).toBeGreaterThanOrEqual(0.91);
      expect(report.recallAt5 / report.withGold).toBeGreaterThanOrEqual(0.95);
      expect(report.exactSpans).toBe(report.spans);
    },
    600_000,
  );
});

describe("counting an answer as right", () => {
  const answer = {
    id: "a-1",
    question: "How many?",
    status: "answered" as const,
    claims: [{ text: "[The memo:] It lists 12 points.", speaker: null, citations: [1], variants: [] }],
    citations: [
      {
        n: 1,
        document: "d",
        revision: 1,
        title: "T",
        outlet: null,
        published: null,
        url: null,
        quote: "It lists 12 points.",
        start: 0,
        end: 19,
      },
      {
        n: 2,
        document: "e",
        revision: 1,
        title: "T",
        outlet: null,
        published: null,
        url: null,
        quote: "Nine clubs.",
        start: 0,
        end: 11,
      },
    ],
    nearest: [],
    searched: { documents: 2, passages: 2 },
  };

  it("wants a whole word of the claim or of a quotation that it cites", () => {
    expect(isRight(answer, ["12"])).toBe(true);
    expect(isRight(answer, ["LISTS, 12"])).toBe(true);
    expect(isRight(answer, ["1"])).toBe(false);
    expect(isRight(answer, ["nine clubs"])).toBe(false);
  });
});
