import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, wallTimeAt } from "../../src/schedule/local-time.ts";
import { dueBetween, nextDue } from "../../src/schedule/next-due.ts";
import type { Schedule } from "../../src/schedule/schedule.ts";

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const daily = (hour: number, minute = 0): Schedule => ({ kind: "days", days: everyDay, minute: hour * 60 + minute });
const cron = (expression: string): Schedule => ({ kind: "cron", expression });

/** The next slots after a time, as their instants. */
function following(schedule: Schedule, zone: string, after: string, count = 1): string[] {
  const instants: string[] = [];
  for (let from = Date.parse(after); instants.length < count; ) {
    const slot = nextDue(schedule, zone, from);
    if (!slot) break;
    from = slot.at;
    instants.push(new Date(slot.at).toISOString());
  }
  return instants;
}

describe("the next time that is due", () => {
  it("follows summer time", () => {
    expect(following(daily(8), "Europe/Berlin", "2026-03-28T00:00Z", 2)).toEqual([
      "2026-03-28T07:00:00.000Z",
      "2026-03-29T06:00:00.000Z",
    ]);
  });

  it("takes the first minute after a gap", () => {
    expect(nextDue(daily(2, 30), "Europe/Berlin", Date.parse("2026-03-28T12:00Z"))).toEqual({
      key: "2026-03-29",
      at: Date.parse("2026-03-29T01:00Z"),
    });
    // Half an hour is skipped on Lord Howe Island, and midnight itself in Beirut.
    expect(following(daily(2, 15), "Australia/Lord_Howe", "2026-10-03T12:00Z")).toEqual(["2026-10-03T15:30:00.000Z"]);
    expect(following(daily(0), "Asia/Beirut", "2026-03-28T12:00Z")).toEqual(["2026-03-28T22:00:00.000Z"]);
  });

  it("comes once where clocks go back over it, the first time", () => {
    expect(following(daily(2, 30), "Europe/Berlin", "2026-10-24T12:00Z", 2)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
    expect(following(cron("30 2 * * *"), "Europe/Berlin", "2026-10-24T12:00Z", 2)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  it("knows the day after a day that a zone never had", () => {
    // Samoa went from 29 to 31 December 2011.
    const slot = nextDue(daily(8), "Pacific/Apia", Date.parse("2011-12-29T20:00Z"));
    expect(slot?.key).toBe("2011-12-31");
  });

  it("names a slot by days after its local date, one by cron after its instant", () => {
    expect(nextDue(daily(8), "Pacific/Auckland", Date.parse("2026-11-21T12:00Z"))?.key).toBe("2026-11-22");
    expect(nextDue(cron("5 8,17 * * *"), "Asia/Kolkata", Date.parse("2026-11-21T03:00Z"))?.key).toBe(
      "20261121T113500Z",
    );
  });

  it("keeps to weekdays by the local calendar", () => {
    const weekdays: Schedule = { kind: "days", days: [1, 2, 3, 4, 5], minute: 450 };
    // Friday evening in New York is Saturday in UTC.
    expect(following(weekdays, "America/New_York", "2026-11-20T10:00Z", 2)).toEqual([
      "2026-11-20T12:30:00.000Z",
      "2026-11-23T12:30:00.000Z",
    ]);
  });

  it.each([
    ["0 9 13 * 5", ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-13"]],
    ["0 9 */10 * 1", ["2026-12-21", "2027-01-11"]],
    ["0 9 1-7 * *", ["2026-12-01", "2026-12-02"]],
    ["0 9 29 2 *", ["2028-02-29", "2032-02-29"]],
    ["0 9 * jan,mar sun", ["2027-01-03", "2027-01-10"]],
    ["0 9 * * 7", ["2026-11-22", "2026-11-29"]],
  ])("reads days of the month and of the week as cron does: %s", (expression, days) => {
    const found = following(cron(expression), "UTC", "2026-11-21T12:00Z", days.length);
    expect(found.map((instant) => instant.slice(0, 10))).toEqual(days);
  });

  it("finds the leap day over a century without one", () => {
    expect(following(cron("0 9 29 2 *"), "UTC", "2096-03-01T00:00Z")).toEqual(["2104-02-29T09:00:00.000Z"]);
  });

  it("gives the latest of what lies between two times", () => {
    const span = { after: Date.parse("2026-11-01T00:00Z"), until: Date.parse("2026-11-05T08:00Z") };
    expect(dueBetween(daily(8), "UTC", span, 2).map(({ key }) => key)).toEqual(["2026-11-04", "2026-11-05"]);
    expect(dueBetween(daily(8), "UTC", { after: span.until, until: span.until }, 2)).toEqual([]);
  });

  it("has exactly one slot a local day, at that time or at the end of the gap over it", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca"];
    const days = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 1439 }), days, (zone, minute, from) => {
        const schedule: Schedule = { kind: "days", days: everyDay, minute };
        const first = nextDue(schedule, zone, from)!;
        const second = nextDue(schedule, zone, first.at)!;
        expect(Date.parse(second.key) - Date.parse(first.key)).toBe(86_400_000);
        const wall = wallTimeAt(zone, first.at);
        expect(dateOf(wall)).toBe(first.key);
        const late = wall - (Date.parse(first.key) + minute * 60_000);
        if (late !== 0) {
          // The minute before is already on the other side of a gap over the time that was wanted.
          expect(late).toBeGreaterThan(0);
          expect(wallTimeAt(zone, first.at - 60_000) + 60_000).toBeLessThanOrEqual(wall - late);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is what a search through the minutes finds", () => {
    const expressions = ["30 2 * * *", "0 */5 * * 1-5", "15 0,2,3 * * 0", "45 23 25 10 *"];
    const starts = ["2026-03-28T00:00Z", "2026-10-24T00:00Z", "2026-06-30T00:00Z"].map((start) => Date.parse(start));
    const minute = fc.integer({ min: 0, max: 2_880 });
    fc.assert(
      fc.property(fc.constantFrom(...expressions), fc.constantFrom(...starts), minute, (expression, start, more) => {
        const after = start + more * 60_000;
        const slot = nextDue(cron(expression), "Europe/Berlin", after)!;
        const shown = (at: number) => new Date(wallTimeAt("Europe/Berlin", at)).toISOString();
        // No minute in between shows a time of the expression that was not shown before.
        const [m, h] = expression.split(" ") as [string, string];
        const hours = h === "*" ? null : h.startsWith("*/") ? [0, 5, 10, 15, 20] : h.split(",").map(Number);
        const passed = new Set<string>();
        for (let at = after; at > after - 4 * 3_600_000; at -= 60_000) passed.add(shown(at));
        for (let at = after + 60_000; at < Math.min(slot.at, after + 86_400_000); at += 60_000) {
          const wall = new Date(wallTimeAt("Europe/Berlin", at));
          if (passed.has(wall.toISOString())) continue;
          const fits =
            wall.getUTCMinutes() === Number(m) &&
            (hours === null || hours.includes(wall.getUTCHours())) &&
            fitsDay(expression, wall);
          expect(fits, `${expression} at ${wall.toISOString()}, found ${shown(slot.at)}`).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The days of the expressions above, spelt out. */
function fitsDay(expression: string, wall: Date): boolean {
  const weekday = wall.getUTCDay();
  if (expression.endsWith("1-5")) return weekday >= 1 && weekday <= 5;
  if (expression.endsWith("* 0")) return weekday === 0;
  if (expression.includes("25 10")) return wall.getUTCDate() === 25 && wall.getUTCMonth() === 9;
  return true;
}
