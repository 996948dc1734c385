import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  itemsADay,
  longestAskedWaitMs,
  longestBackoffMs,
  longestOwnWaitMs,
  longestWaitMs,
  shortestWaitMs,
  waitAfterFailure,
  waitAfterRead,
} from "../../src/feeds/pace.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 21);

const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const anyMs = fc.option(fc.integer({ min: 0, max: 400 * day }), { nil: null });
const pace = fc.double({ min: 0, max: 1e6, noNaN: true });

describe("items a day", () => {
  it("counts the last seven days over the time since the first of them", () => {
    expect(itemsADay([], now)).toBe(0);
    expect(itemsADay([now - 2 * day, now - day, now], now)).toBeCloseTo(1.5);
    expect(itemsADay([now - 30 * day, now - 2 * day, now - hour], now)).toBeCloseTo(1);
  });

  it("takes a burst of an hour for no more than a quarter of a day's", () => {
    expect(itemsADay([now, now, now - hour], now)).toBe(12);
  });

  it("slows down by itself when nothing comes any more", () => {
    const times = [now, now - hour, now - 2 * hour];
    const paces = [0, 1, 3, 6].map((days) => itemsADay(times, now + days * day));
    expect(paces).toEqual(paces.toSorted((a, b) => b - a));
    expect(itemsADay(times, now + 8 * day)).toBe(0);
  });

  it("counts nothing that is dated in the future", () => {
    expect(itemsADay([now + day], now)).toBe(0);
  });
});

describe("the wait after a feed was read", () => {
  it("is half the usual gap between items, give or take a tenth", () => {
    const wait = (perDay: number, drawn = 0.5) =>
      waitAfterRead({ itemsADay: perDay, ttlMs: null, maxAgeMs: null, chance: drawn });
    expect(wait(24)).toBe(hour / 2);
    expect(wait(24, 0)).toBeCloseTo(hour * 0.45);
    expect(wait(1_000)).toBe(shortestWaitMs);
    expect(wait(0)).toBe(longestOwnWaitMs);
    expect(wait(0.1)).toBe(longestOwnWaitMs);
  });

  it("is never shorter than the feed or its server asks, and never longer than a day and an hour", () => {
    fc.assert(
      fc.property(pace, anyMs, anyMs, chance, (perDay, ttlMs, maxAgeMs, drawn) => {
        const wait = waitAfterRead({ itemsADay: perDay, ttlMs, maxAgeMs, chance: drawn });
        expect(wait).toBeGreaterThanOrEqual(Math.min(longestAskedWaitMs, Math.max(ttlMs ?? 0, maxAgeMs ?? 0)));
        expect(wait).toBeGreaterThanOrEqual(shortestWaitMs * 0.9);
        expect(wait).toBeLessThanOrEqual(longestWaitMs);
      }),
    );
  });

  it("never grows with a feed that brings more", () => {
    fc.assert(
      fc.property(pace, pace, anyMs, chance, (a, b, ttlMs, drawn) => {
        const wait = (perDay: number) => waitAfterRead({ itemsADay: perDay, ttlMs, maxAgeMs: null, chance: drawn });
        expect(wait(Math.max(a, b))).toBeLessThanOrEqual(wait(Math.min(a, b)));
      }),
    );
  });
});

describe("the wait after a failure", () => {
  it("doubles with each failure up to twelve hours", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((failures) =>
      waitAfterFailure({ failures, retryAfterMs: null, chance: 0 }),
    );
    expect(waits.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 64].map((factor) => factor * shortestWaitMs));
    expect(waits.slice(7)).toEqual([longestBackoffMs, longestBackoffMs, longestBackoffMs]);
  });

  it("keeps Retry-After for up to a day, and spreads those who were told the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), anyMs, chance, (failures, retryAfterMs, drawn) => {
        const wait = waitAfterFailure({ failures, retryAfterMs, chance: drawn });
        expect(wait).toBeGreaterThanOrEqual(Math.min(longestAskedWaitMs, retryAfterMs ?? 0));
        expect(wait).toBeGreaterThanOrEqual(shortestWaitMs);
        expect(wait).toBeLessThanOrEqual(longestWaitMs);
      }),
    );
    const waits = [0.1, 0.5, 0.9].map((drawn) =>
      waitAfterFailure({ failures: 1, retryAfterMs: 6 * hour, chance: drawn }),
    );
    expect(new Set(waits).size).toBe(3);
  });
});
