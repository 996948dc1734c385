import { describe, expect, it } from "vitest";
import { measured } from "../src/measured-newsroom.ts";
import { createMeasures, type Measured } from "../src/measures.ts";
import { harbourReports } from "./support/harbour-reports.ts";
import { newsroomOver, plainInquiry, threadNamed } from "./support/newsroom.ts";
import { createTestRuntime } from "./support/runtime.ts";
import { createScriptedNewsroom } from "./support/scripted-newsroom.ts";

const vigilance = "What did the memo say about vigilance?";

async function watched() {
  const under = await newsroomOver(harbourReports);
  const heard: Measured[] = [];
  const stop = under.newsroom.watch((event) => heard.push(event));
  return { ...under, heard, stop };
}

describe("what a newsroom tells of the questions put to it", () => {
  it("is each one once, by its adapter and outcome, whichever way it comes in", async () => {
    const { newsroom, heard } = await watched();
    await newsroom.ask({ ...plainInquiry, text: vigilance, place: threadNamed("t") });
    const command = { name: "ask", subcommand: null, options: { question: "Who won the football world cup?" } };
    await newsroom.run(command, { ...plainInquiry, text: "" });
    expect(heard).toEqual([
      { kind: "question", adapter: "test", outcome: "answered", tookMs: 0 },
      { kind: "question", adapter: null, outcome: "declined", tookMs: 0 },
    ]);
  });

  it("tells what was no question from what failed and what nobody waited for", async () => {
    const { newsroom, heard, store } = await watched();
    const left = AbortSignal.abort();
    await newsroom.ask({ ...plainInquiry, text: "?!" }).catch(() => undefined);
    await newsroom.ask({ ...plainInquiry, text: vigilance }, left).catch(() => undefined);
    await store.close();
    await newsroom.ask({ ...plainInquiry, text: vigilance }).catch(() => undefined);
    expect(heard.map((event) => "outcome" in event && event.outcome)).toEqual(["refused", "cancelled", "failed"]);
  });

  it("says how long it took", async () => {
    const runtime = createTestRuntime();
    const scripted = createScriptedNewsroom();
    scripted.script(() => {
      runtime.pass(40);
      return { main: { blocks: [], sources: [], actions: [] }, thread: [], answer: null };
    });
    const measures = createMeasures();
    const heard: Measured[] = [];
    measures.watch((event) => heard.push(event));
    await measured(scripted, measures, runtime).ask({ ...plainInquiry, text: "Why?" });
    expect(heard).toMatchObject([{ tookMs: 40 }]);
  });

  it("counts no other command, and tells nobody who has stopped listening", async () => {
    const { newsroom, heard, stop } = await watched();
    await newsroom.run({ name: "sources", subcommand: null, options: {} }, { ...plainInquiry, text: "" });
    stop();
    await newsroom.ask({ ...plainInquiry, text: vigilance });
    expect(heard).toEqual([]);
  });
});

describe("readiness", () => {
  it("holds while store and search answer, and is refused with the cause when they do not", async () => {
    const { newsroom, store } = await watched();
    await expect(newsroom.ready()).resolves.toBeUndefined();
    await store.close();
    await expect(newsroom.ready()).rejects.toBeInstanceOf(Error);
  });
});
