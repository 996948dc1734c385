import { describe, expect, it } from "vitest";
import { createAllowance } from "../../../../adapters/web/guard/allowance.ts";
import { createTestRuntime } from "../../../support/runtime.ts";

function allowance(remembered = 10) {
  const runtime = createTestRuntime();
  return {
    runtime,
    allowance: createAllowance({ capacity: 3, refillMs: 100, remembered, monotonic: runtime.monotonic }),
  };
}

describe("an allowance", () => {
  it("is spent, comes back with time, and says how long that takes", () => {
    const { runtime, allowance: left } = allowance();
    expect([1, 2, 3].map(() => left.spend("a"))).toEqual([0, 0, 0]);
    expect(left.spend("a")).toBe(100);
    runtime.pass(40);
    expect(left.spend("a")).toBe(60);
    runtime.pass(60);
    expect(left.spend("a")).toBe(0);
    runtime.pass(1_000_000);
    expect([1, 2, 3, 4].map(() => left.spend("a") > 0)).toEqual([false, false, false, true]);
  });

  it("is each address's own", () => {
    const { allowance: left } = allowance();
    expect(left.spend("a", 3)).toBe(0);
    expect(left.spend("a")).toBeGreaterThan(0);
    expect(left.spend("b", 3)).toBe(0);
  });

  it("gives back no more than there was", () => {
    const { allowance: left } = allowance();
    left.refund("a", 50);
    expect(left.spend("a", 3)).toBe(0);
    left.refund("a");
    expect(left.spend("a")).toBe(0);
    expect(left.spend("a")).toBe(100);
  });

  it("remembers so many addresses and no more, the ones in use longest", () => {
    const { allowance: left } = allowance(3);
    left.spend("busy", 3);
    for (let i = 0; i < 1000; i++) {
      left.spend(`once ${i}`);
      expect(left.spend("busy")).toBeGreaterThan(0);
    }
    expect(left.size).toBe(3);
  });
});
