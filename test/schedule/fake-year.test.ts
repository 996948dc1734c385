import { describe, expect, it } from "vitest";
import type { Runtime } from "../../src/runtime.ts";
import type { Subscription } from "../../src/schedule/ledger.ts";
import { dateOf, dayMs, wallTimeAt } from "../../src/schedule/local-time.ts";
import { subscriptionIdOf } from "../../src/schedule/names.ts";
import { createScheduler, type Scheduler } from "../../src/schedule/scheduler.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createChance } from "../support/chance.ts";
import { createLogLines } from "../support/log-lines.ts";
import { createScriptedDigests } from "../support/scripted-digests.ts";
import { createScriptedPlatform } from "../support/scripted-platform.ts";

const hourMs = 3_600_000;
const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2027, 0, 1);
/** Two hemispheres, a half-hour step, a zone without summer time; at times that gaps and overlaps swallow. */
const channels = [
  { zone: "Europe/Berlin", minute: 150 },
  { zone: "America/New_York", minute: 125 },
  { zone: "Australia/Lord_Howe", minute: 120 },
  { zone: "Asia/Kolkata", minute: 450 },
] as const;

/** A clock that a test sets: true time goes on, and what the machine says may be off by some hours. */
function createClock() {
  let trueTime = from;
  let off = 0;
  let ids = 0;
  const runtime: Runtime = {
    now: () => trueTime + off,
    monotonic: () => trueTime - from,
    uuid: () => `${String(++ids).padStart(12, "0")}`,
    sleep: async () => undefined,
  };
  return {
    runtime,
    get trueTime() {
      return trueTime;
    },
    pass: (ms: number) => {
      trueTime += ms;
    },
    setOff: (ms: number) => {
      off = ms;
    },
  };
}

function subscriptionIn(zone: string, minute: number, at: number): Subscription {
  const place = { adapter: "chat", workspace: "W", channel: zone, thread: null };
  return {
    id: subscriptionIdOf(place),
    place,
    schedule: { kind: "days", days: [0, 1, 2, 3, 4, 5, 6], minute },
    wish: { timeZone: zone, topics: [], outlets: [], whenEmpty: "line" },
    paused: false,
    createdBy: null,
    createdAt: at,
    handledUntil: at,
  };
}

/** The local days of a zone that lie wholly in the year. */
function daysOf(zone: string): string[] {
  const days: string[] = [];
  for (
    let wall = Math.ceil(wallTimeAt(zone, from) / dayMs) * dayMs;
    wall + dayMs <= wallTimeAt(zone, until);
    wall += dayMs
  )
    days.push(dateOf(wall));
  return days;
}

describe("a year of hourly ticks", () => {
  it("gives every channel exactly one digest a local day, whatever clocks and processes do", {
    timeout: 60_000,
  }, async () => {
    const clock = createClock();
    const chance = createChance(20_260_329);
    const chat = createScriptedPlatform("chat");
    const digests = createScriptedDigests();
    const log = createLogLines();
    const { runtime } = clock;
    // One store, as one file would be; several schedulers over it, as several processes would have.
    const store = await openSqliteStore({ path: ":memory:", runtime });
    const measures = { record: () => undefined };
    const collections = async () => ["main"];
    const begin = (): Scheduler =>
      createScheduler({ store, adapters: [chat], digests, collections, runtime, measures, logger: log.logger });
    const made = [begin(), begin()];
    for (const { zone, minute } of channels) await store.saveSubscription(subscriptionIn(zone, minute, from - 1));

    let restarts = 0;
    let steps = 0;
    while (clock.trueTime <= until) {
      await Promise.all(made.map((one) => one.tick()));
      if (chance() < 0.01) {
        const gone = made.splice(Math.floor(chance() * made.length), 1)[0]!;
        await gone.stop();
        // Down for up to five hours while another goes on, or not.
        if (chance() < 0.5) clock.pass(hourMs * Math.floor(chance() * 5));
        made.push(begin());
        restarts += 1;
      }
      if (chance() < 0.01) {
        steps += 1;
        // The clock goes wrong by up to four days, is believed for some ticks, and is set right again.
        clock.setOff(Math.round((chance() * 8 - 4) * 24) * hourMs + Math.floor(chance() * 59) * 60_000);
        for (let tick = 0; tick < 3; tick++) await Promise.all(made.map((one) => one.tick()));
        clock.setOff(0);
        await Promise.all(made.map((one) => one.tick()));
      }
      clock.pass(hourMs);
    }
    const seen = channels.map(({ zone }) => {
      const mains = chat.posted.filter(({ place }) => place.channel === zone && place.thread === null);
      return mains.map(({ delivery }) => /\d{4}-\d{2}-\d{2}/.exec(delivery.id)![0]);
    });
    await Promise.all(made.map((one) => one.stop()));
    await store.close();
    expect(restarts).toBeGreaterThan(50);
    expect(steps).toBeGreaterThan(50);
    for (const [index, { zone }] of channels.entries()) {
      const days = daysOf(zone);
      const inYear = seen[index]!.filter((day) => days.includes(day)).sort();
      expect(inYear, zone).toEqual(days);
    }
    expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});
