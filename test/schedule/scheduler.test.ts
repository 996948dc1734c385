import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { NewsroomError } from "../../src/errors.ts";
import type { Measured } from "../../src/measures.ts";
import type { Adapter } from "../../src/ports.ts";
import type { Subscription } from "../../src/schedule/ledger.ts";
import { deliveryIdOf } from "../../src/schedule/names.ts";
import { createScheduler, type Scheduler } from "../../src/schedule/scheduler.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createChance } from "../support/chance.ts";
import { preparedDocument } from "../support/documents.ts";
import { createLogLines, type LogLines } from "../support/log-lines.ts";
import { createTestRuntime, type TestRuntime } from "../support/runtime.ts";
import { createScriptedDigests, type ScriptedDigests } from "../support/scripted-digests.ts";
import { createScriptedPlatform, type ScriptedPlatform, wordsOf } from "../support/scripted-platform.ts";
import { channel, plainWish, subscription } from "../support/subscriptions.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A Monday, an hour before the digest. */
const start = Date.UTC(2026, 0, 5, 7);

let runtime: TestRuntime;
let store: Store;
let chat: ScriptedPlatform;
let digests: ScriptedDigests;
let log: LogLines;
let measured: Measured[];
let scheduler: Scheduler;

function process(over: Partial<Parameters<typeof createScheduler>[0]> = {}): Scheduler {
  const made = createScheduler({
    store,
    adapters: [chat as Adapter],
    digests,
    collections: async ({ channel: name }) => ["main", `of-${name}`],
    measures: { record: (event) => measured.push(event) },
    runtime,
    logger: log.logger,
    ...over,
  });
  onTestFinished(() => made.stop());
  return made;
}

beforeEach(async () => {
  runtime = createTestRuntime(start);
  store = await openSqliteStore({ path: ":memory:", runtime });
  chat = createScriptedPlatform("chat");
  digests = createScriptedDigests();
  log = createLogLines();
  measured = [];
  scheduler = process();
  return () => store.close();
});

async function subscribe(over: Partial<Subscription> = {}): Promise<Subscription> {
  const made = subscription(start, over);
  await store.saveSubscription(made);
  return made;
}

const said = (): readonly string[] => chat.posted.map(wordsOf);
const states = async (): Promise<readonly string[]> => (await store.deliveries(null, 99)).map(({ state }) => state);
/** Lets time pass in steps, with a tick after each. */
async function pass(ms: number, step = ms, one = scheduler): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    runtime.pass(step);
    await one.tick();
  }
}
const failure = (code: "uncertain" | "not-postable" | "platform"): (() => never) => {
  return () => {
    throw new NewsroomError(code, `It is ${code}.`);
  };
};

describe("the scheduler", () => {
  it("posts a digest when its time has come, with its thread, and once", async () => {
    const { id } = await subscribe();
    await scheduler.tick();
    expect(said()).toEqual([]);
    await pass(hourMs);
    const name = `d-${id}-2026-01-05`;
    expect(said()).toEqual([`Digest ${name}`, `Story s-1 of ${name}`, `Story s-2 of ${name}`]);
    expect(chat.posted.map(({ place }) => place.thread)).toEqual([null, "m0", "m0"]);
    expect(chat.posted.map(({ delivery }) => delivery)).toEqual(
      [0, 1, 2].map((number) => ({ id: `${name}-${number}`, triedSince: null })),
    );
    await pass(2 * hourMs, 10_000);
    expect(chat.attempts).toHaveLength(3);
    expect(await states()).toEqual(["posted"]);
    expect(measured).toEqual([{ kind: "delivery", adapter: "chat", outcome: "posted" }]);
  });

  it("asks for what the channel wants and may see, since the last digest", async () => {
    const wish = { timeZone: "Asia/Tokyo", topics: ["ports"], outlets: ["Gazette"], whenEmpty: "line" as const };
    const schedule = { kind: "days" as const, days: [0, 1, 2, 3, 4, 5, 6], minute: 17 * 60 };
    await subscribe({ wish, schedule });
    await pass(hourMs + 5_000);
    await pass(dayMs);
    const { window: first, ...rest } = digests.made[0]!;
    const { timeZone, topics, outlets } = wish;
    expect(rest).toEqual({ id: digests.kept[0], collections: ["main", "of-desk"], timeZone, topics, outlets });
    // The first one goes back to when the schedule would have been due before.
    expect(first).toEqual({ since: start + hourMs - dayMs, until: start + hourMs + 5_000 });
    expect(digests.made[1]!.window).toEqual({ since: first.until, until: first.until + dayMs });
  });

  it("does not go back to the time before somebody unsubscribed", async () => {
    const { id } = await subscribe();
    await pass(hourMs);
    await store.removeSubscription(id);
    await pass(9 * dayMs);
    await subscribe({ createdAt: runtime.now(), handledUntil: runtime.now() });
    await pass(dayMs);
    expect(digests.made[1]!.window).toEqual({ since: start + hourMs + 9 * dayMs, until: start + hourMs + 10 * dayMs });
  });

  it("says nothing where nothing came in, if that is what was wanted", async () => {
    digests.stories = 0;
    await subscribe();
    await subscribe({
      ...subscription(start, { place: channel("quiet") }),
      wish: { ...plainWish, whenEmpty: "nothing" },
    });
    await pass(hourMs);
    expect(said()).toEqual([expect.stringContaining("Nothing new in")]);
    expect([...(await states())].sort()).toEqual(["empty", "posted"]);
    await pass(dayMs);
    expect(digests.made.at(-1)!.window.since).toBe(start + hourMs);
  });

  it("leaves paused subscriptions and other platforms alone", async () => {
    await subscribe({ paused: true });
    await subscribe(subscription(start, { place: channel("desk", "elsewhere") }));
    await pass(2 * hourMs);
    expect(await states()).toEqual([]);
  });

  it("makes one catch-up digest of what was missed within six hours, and records the rest as skipped", async () => {
    const schedule = { kind: "cron", expression: "0 * * * *" } as const;
    await subscribe({ schedule });
    await pass(4 * hourMs + 20 * minuteMs);
    expect(chat.posted.filter(({ place }) => place.thread === null)).toHaveLength(1);
    expect(await states()).toEqual(["posted", "skipped", "skipped", "skipped"]);
    expect(digests.made[0]!.window.until).toBe(start + 4 * hourMs + 20 * minuteMs);
    expect(measured.filter((event) => event.kind === "delivery" && event.outcome === "skipped")).toHaveLength(3);
  });

  it("records a skip where more than six hours have passed, and tells of all of it the next day", async () => {
    await subscribe();
    await pass(hourMs);
    await pass(dayMs + 6 * hourMs + minuteMs);
    expect(await states()).toEqual(["skipped", "posted"]);
    expect((await store.deliveries(null, 1))[0]!.sentence).toContain("nor in the six hours after it");
    await pass(18 * hourMs);
    expect(await states()).toEqual(["posted", "skipped", "posted"]);
    expect(digests.made[1]!.window.since).toBe(start + hourMs);
  });

  it("takes a skipped hour and a repeated hour as one slot each", async () => {
    runtime = createTestRuntime(Date.UTC(2026, 2, 28, 20));
    const schedule = { kind: "days" as const, days: [0, 1, 2, 3, 4, 5, 6], minute: 150 };
    await store.saveSubscription(
      subscription(runtime.now(), { schedule, wish: { ...plainWish, timeZone: "Europe/Berlin" } }),
    );
    scheduler = process({ runtime });
    await pass(dayMs, 15 * minuteMs);
    expect((await store.deliveries(null, 9)).map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual([
      "2026-03-29T01:00:00.000Z",
    ]);
    runtime.pass(Date.UTC(2026, 9, 24, 20) - runtime.now());
    await scheduler.tick();
    await pass(dayMs, 15 * minuteMs);
    expect((await store.deliveries(null, 1))[0]).toMatchObject({
      dueAt: Date.UTC(2026, 9, 25, 0, 30),
      state: "posted",
    });
    expect(chat.posted.filter(({ delivery }) => delivery.id.includes("2026-10-25-0"))).toHaveLength(1);
  });

  it("does not mind a clock that is set back", async () => {
    await subscribe();
    await pass(hourMs);
    for (const back of [minuteMs, 3 * hourMs, 2 * dayMs]) {
      runtime.pass(-back);
      await scheduler.tick();
      await pass(back, back / 4);
    }
    await pass(dayMs);
    expect(chat.posted.filter(({ place }) => place.thread === null)).toHaveLength(2);
  });
});

describe("a delivery that goes wrong", () => {
  it("goes on where it stopped, with the same bytes, though the digest would be another by now", async () => {
    await subscribe();
    chat.before = ({ delivery }) => {
      if (delivery.id.endsWith("-1")) failure("platform")();
    };
    await pass(hourMs);
    expect(said()).toHaveLength(1);
    digests.stories = 7;
    chat.before = () => undefined;
    await pass(minuteMs);
    expect(said()).toHaveLength(3);
    expect(chat.attempts.map(({ delivery }) => delivery.id.slice(-1))).toEqual(["0", "1", "1", "2"]);
    expect(chat.attempts[2]!.delivery.triedSince).toBe(start + hourMs);
    expect(await states()).toEqual(["posted"]);
  });

  it("tries again ever more rarely, says why, and gives up after six hours", async () => {
    await subscribe();
    chat.before = failure("platform");
    await pass(hourMs);
    expect(await store.deliveries(null, 1)).toMatchObject([{ state: "open", sentence: "It is platform." }]);
    await pass(7 * hourMs, 10_000);
    expect(await store.deliveries(null, 1)).toMatchObject([{ state: "failed", sentence: "It is platform." }]);
    expect(chat.attempts.length).toBeGreaterThan(15);
    expect(chat.attempts.length).toBeLessThan(40);
    expect(measured).toEqual([{ kind: "delivery", adapter: "chat", outcome: "failed" }]);
    chat.before = () => undefined;
    await pass(17 * hourMs);
    expect(digests.made.at(-1)!.window.since).toBeLessThan(start + hourMs);
  });

  it("never repeats what may have arrived, and shows it", async () => {
    await subscribe();
    chat.after = ({ delivery }) => {
      if (delivery.id.endsWith("-1")) failure("uncertain")();
    };
    await pass(hourMs);
    await pass(hourMs, 10_000);
    expect(chat.attempts).toHaveLength(3);
    expect(await store.deliveries(null, 1)).toMatchObject([
      { state: "uncertain", parts: { total: 3, posted: 2, uncertain: 1 }, sentence: expect.stringContaining("Look") },
    ]);
    expect(log.said("error")).toContain("may or may not have arrived");
    expect(measured).toEqual([{ kind: "delivery", adapter: "chat", outcome: "uncertain" }]);
  });

  it("posts no thread under a message that may not be there", async () => {
    await subscribe();
    chat.after = failure("uncertain");
    await pass(hourMs);
    expect(chat.attempts).toHaveLength(1);
    expect(await states()).toEqual(["uncertain"]);
  });

  it("gives up at once where nothing can ever be posted", async () => {
    await subscribe();
    chat.before = failure("not-postable");
    await pass(hourMs);
    await pass(hourMs, minuteMs);
    expect(chat.attempts).toHaveLength(1);
    expect(await store.deliveries(null, 1)).toMatchObject([{ state: "failed", sentence: "It is not-postable." }]);
  });

  it("does not hold up the other channels", async () => {
    await subscribe();
    await subscribe(subscription(start, { place: channel("other") }));
    chat.before = ({ place }) => {
      if (place.channel === "desk") throw new TypeError("A bug.");
    };
    await pass(hourMs);
    expect([...(await states())].sort()).toEqual(["open", "posted"]);
    expect(log.said("warn")).toContain("could not be posted");
  });

  it("is tried again when the digest cannot be made", async () => {
    await subscribe();
    digests.fault = new Error("No room.");
    await pass(hourMs);
    expect(await states()).toEqual(["open"]);
    digests.fault = null;
    await pass(minuteMs);
    expect(await states()).toEqual(["posted"]);
    // The window is the one of the first try.
    expect(digests.made.map(({ window }) => window)).toEqual([digests.made[0]!.window, digests.made[0]!.window]);
  });

  it("is made anew when a document that it quotes is forgotten before it is posted", async () => {
    const document = { ...preparedDocument("s-1", "Text."), id: "s-1" };
    await store.put([document]);
    await subscribe();
    chat.before = failure("platform");
    await pass(hourMs);
    const [first] = await store.openDeliveries();
    await store.forget("s-1");
    // It had been begun: what is left of it is not posted, and nobody knows of the main message.
    chat.before = () => undefined;
    await pass(minuteMs);
    expect(said()).toEqual([]);
    expect(await store.deliveries(null, 1)).toMatchObject([{ id: first!.id, state: "uncertain" }]);
  });

  it("is not posted any more after its channel was unsubscribed", async () => {
    const { id } = await subscribe();
    digests.fault = new Error("No room.");
    await pass(hourMs);
    await store.removeSubscription(id);
    digests.fault = null;
    await pass(minuteMs);
    expect(await states()).toEqual(["skipped"]);
    expect(said()).toEqual([]);
  });
});

describe("several processes", () => {
  const delivery = ({ id, place, wish }: Subscription, slot: string) => {
    return { id: deliveryIdOf(id, slot), subscription: id, place, wish, dueAt: runtime.now() };
  };

  /** A platform whose posts hang until they are released. */
  function hanging(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    chat.before = () => promise;
    onTestFinished(() => resolve());
    return resolve;
  }

  it("deliver each digest once between them", async () => {
    for (let i = 0; i < 20; i++) await subscribe(subscription(start, { place: channel(`desk-${i}`) }));
    const all = [scheduler, process(), process()];
    runtime.pass(hourMs);
    await Promise.all(all.map((one) => one.tick()));
    expect(await states()).toEqual(Array(20).fill("posted"));
    expect(new Set(said()).size).toBe(60);
    expect(chat.attempts).toHaveLength(60);
  });

  it("deliver each once in whatever order their reading and writing falls", async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const chance = createChance(seed);
      const turns = async (most: number): Promise<void> => {
        for (let left = Math.floor(chance() * most); left > 0; left--) await new Promise(setImmediate);
      };
      chat.before = () => turns(40);
      /** The store as it is when others run between any two of its steps. */
      const jittery = new Proxy(store, {
        get: (target, name) => {
          const method = target[name as keyof Store] as (...given: unknown[]) => Promise<unknown>;
          return async (...given: unknown[]) => {
            await turns(4);
            const result = await method(...given);
            await turns(4);
            return result;
          };
        },
      });
      for (let i = 0; i < 12; i++) await subscribe(subscription(runtime.now(), { place: channel(`${seed}-${i}`) }));
      const all = Array.from({ length: 3 }, () => process({ store: jittery }));
      runtime.pass(seed === 1 ? hourMs : dayMs);
      const ticks: Promise<void>[] = [];
      for (let round = 0; round < 8; round++) {
        ticks.push(...all.map((one) => one.tick()));
        await turns(12);
      }
      await Promise.all(ticks);
    }
    const made = chat.attempts.map(({ delivery }) => delivery.id);
    expect(new Set(made).size).toBe(made.length);
    expect(new Set(await states())).toEqual(new Set(["posted"]));
  });

  it("keep their own workers apart, also while another process takes what one of them was about to", async () => {
    const [first, second] = [channel("first"), channel("second")].map((place) => subscription(start, { place }));
    await store.requestDelivery(delivery(first!, "now-1"), runtime.now());
    await store.requestDelivery(delivery(second!, "now-2"), runtime.now());
    const [, behind] = await store.openDeliveries();
    await store.claimDelivery(behind!.id, behind!, "a dead process");
    const release = hanging();
    const begun = Promise.withResolvers<void>();
    const contested: Store = {
      ...store,
      async claimDelivery(id, seen, claim) {
        if (id.includes("now-1") && seen.claim === null) {
          await store.claimDelivery(id, seen, "another process");
          await begun.promise;
          return store.claimDelivery(id, seen, claim);
        }
        const claimed = await store.claimDelivery(id, seen, claim);
        if (claimed) begun.resolve();
        return claimed;
      },
    };
    const one = process({ store: contested });
    // The first round waits for a claim that it will not get, the second takes over what the dead one held.
    for (let round = 0; round < 3; round++) {
      void one.tick();
      await new Promise(setImmediate);
      runtime.pass(minuteMs);
    }
    const twice = chat.attempts.map(({ delivery: { id } }) => id.slice(-7)).filter((id) => id.startsWith("now-2"));
    release();
    await one.stop();
    expect(twice).toEqual(["now-2-0"]);
  });

  it("leave a delivery alone while whoever makes it is alive, however long it takes", async () => {
    await subscribe();
    const release = hanging();
    runtime.pass(hourMs);
    const first = scheduler.tick();
    await new Promise(setImmediate);
    const other = process();
    for (let i = 0; i < 30; i++) {
      runtime.pass(10_000);
      void scheduler.tick();
      await new Promise(setImmediate);
      await other.tick();
    }
    release();
    await first;
    expect(chat.attempts.map(({ delivery }) => delivery.triedSince)).toEqual([null, null, null]);
  });

  it("take over what a dead one has begun, once it has been silent for a minute, and look before they post", async () => {
    await subscribe();
    const revive = hanging();
    runtime.pass(hourMs);
    void scheduler.tick();
    await new Promise(setImmediate);
    const other = process();
    chat.before = () => undefined;
    await other.tick();
    await pass(50_000, 10_000, other);
    expect(chat.attempts).toHaveLength(1);
    await pass(10_000, 10_000, other);
    expect(chat.attempts.map(({ delivery }) => delivery.triedSince)).toEqual([null, start + hourMs, null, null]);
    expect(await states()).toEqual(["posted"]);
    // One that was only asleep goes no further than the post it is in.
    revive();
    await scheduler.stop();
    expect(chat.attempts).toHaveLength(4);
  });

  it("do not take a clock that was set for a dead process", async () => {
    await subscribe();
    const release = hanging();
    runtime.pass(hourMs);
    const first = scheduler.tick();
    await new Promise(setImmediate);
    let off = 0;
    const other = process({ runtime: { ...runtime, now: () => runtime.now() + off } });
    for (off of [0, 2 * hourMs, 5 * dayMs, -3 * hourMs]) await other.tick();
    expect(chat.attempts).toHaveLength(1);
    release();
    await first;
  });

  it("give back what they hold when they are stopped, so that the next goes on at once", async () => {
    await subscribe();
    const release = hanging();
    runtime.pass(hourMs);
    void scheduler.tick();
    await new Promise(setImmediate);
    const stopping = scheduler.stop();
    release();
    await stopping;
    expect(said()).toHaveLength(1);
    await scheduler.tick();
    expect(said()).toHaveLength(1);
    await process().tick();
    expect(said()).toHaveLength(3);
    expect(await states()).toEqual(["posted"]);
  });

  it("do not post hours later what was begun and nobody can look for", async () => {
    await subscribe();
    const revive = hanging();
    runtime.pass(hourMs);
    void scheduler.tick();
    await new Promise(setImmediate);
    const other = process();
    await other.tick();
    await pass(7 * hourMs, 7 * hourMs, other);
    expect(chat.attempts).toHaveLength(1);
    expect(await states()).toEqual(["uncertain"]);
    revive();
  });
});
