/** Time, randomness and sleep come in through here, so that a test can hold them still. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

export interface Runtime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a clock that never goes back; for durations. */
  monotonic(): number;
  /** A fresh unguessable identifier. */
  uuid(): string;
  /** Resolves after `ms` milliseconds, or rejects when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock and randomness. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  uuid: () => randomUUID(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : undefined),
};
