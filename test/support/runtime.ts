/** A runtime that a test holds in its hand: time passes only when it is told to, or when somebody sleeps. */
import type { Runtime } from "../../src/runtime.ts";

export interface TestRuntime extends Runtime {
  /** Lets `ms` milliseconds pass. */
  pass(ms: number): void;
}

/** Starts at `startMs` since the epoch; sleeping takes no time of the test's. */
export function createTestRuntime(startMs = Date.UTC(2026, 0, 5, 12)): TestRuntime {
  let elapsed = 0;
  let ids = 0;
  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      elapsed += ms;
    },
    pass: (ms) => {
      elapsed += ms;
    },
  };
}
