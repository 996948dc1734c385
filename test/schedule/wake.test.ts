import { expect, it } from "vitest";
import { wakeRegularly } from "../../src/schedule/wake.ts";

it("calls at once and with every beat, whatever the clock says, and never again after its end", async () => {
  let calls = 0;
  const beats: (() => void)[] = [];
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      expect(ms).toBe(10_000);
      beats.push(resolve);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const turn = () => new Promise(setImmediate);
  const tick = async (): Promise<void> => {
    calls += 1;
  };
  const stop = wakeRegularly(tick, { sleep });
  expect(calls).toBe(1);
  for (const expected of [2, 3]) {
    beats.at(-1)!();
    await turn();
    expect(calls).toBeGreaterThanOrEqual(expected);
  }
  await stop();
  await stop();
  const after = calls;
  beats.at(-1)!();
  await turn();
  expect(calls).toBe(after);
});
