import { describe, expect, it } from "vitest";
import { createProgressDisplay, durationWords, progressLine } from "../../src/cli/progress.ts";
import { createTestRuntime } from "../support/runtime.ts";

const counts = { added: 300, revised: 20, unchanged: 75, nearDuplicates: 3, failed: 5, passages: 9000 };
const progress = { ...counts, bytesDone: 500, bytesTotal: 2000 };

describe("the progress of an ingest", () => {
  it("says how much is done, how fast and how long it will take", () => {
    expect(progressLine(progress, 20_000)).toBe("[######------------------] 25 %  400 documents  20/s  60 s left");
  });

  it("leaves out what cannot be known", () => {
    expect(progressLine({ ...progress, bytesTotal: null }, 20_000)).toBe("400 documents  20/s");
    expect(progressLine({ ...progress, bytesDone: 0 }, 0)).toBe("[------------------------] 0 %  400 documents  0/s");
    expect(progressLine({ ...progress, bytesDone: 2000 }, 80_000)).toMatch(/100 % {2}400 documents {2}5\/s$/);
  });

  it.each([
    [30, "0.1 s"],
    [400, "0.4 s"],
    [45_000, "45 s"],
    [180_000, "3 min"],
    [7_500_000, "2 h 5 min"],
  ])("says %d ms as %s", (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it("redraws one line on a terminal, not too often, and clears it", () => {
    const runtime = createTestRuntime();
    const written: string[] = [];
    const display = createProgressDisplay({ isTTY: true, columns: 40, write: (text) => written.push(text) }, runtime);
    display.show(progress);
    runtime.pass(150);
    display.show(progress);
    runtime.pass(50);
    display.show(progress);
    display.end();
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^\r\u001b\[K\[#/);
    expect(written[0]!.length).toBeLessThanOrEqual(40 + 4);
    expect(written[1]).toBe("\r\u001b[K");
  });

  it("writes a plain line now and then elsewhere, and nothing for what is quick", () => {
    const runtime = createTestRuntime();
    const written: string[] = [];
    const display = createProgressDisplay({ write: (text) => written.push(text) }, runtime);
    display.show(progress);
    runtime.pass(5000);
    display.show(progress);
    display.show(progress);
    display.end();
    expect(written).toEqual([`${progressLine(progress, 5000)}\n`]);
  });
});
