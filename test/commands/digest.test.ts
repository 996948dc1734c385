import { beforeEach, describe, expect, it } from "vitest";
import { checkCommand } from "../../src/commands/command-handler.ts";
import { createDigestCommand } from "../../src/commands/digest.ts";
import { NewsroomError } from "../../src/errors.ts";
import { readCommand } from "../../src/platform/command-text.ts";
import type { Inquiry } from "../../src/ports.ts";
import { plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";
import { subscriptionIdOf } from "../../src/schedule/names.ts";
import { createScheduler } from "../../src/schedule/scheduler.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createLogLines } from "../support/log-lines.ts";
import { createTestRuntime, type TestRuntime } from "../support/runtime.ts";
import { createScriptedDigests, type ScriptedDigests } from "../support/scripted-digests.ts";
import { createScriptedPlatform, type ScriptedPlatform, wordsOf } from "../support/scripted-platform.ts";

const hourMs = 3_600_000;
/** A Monday. */
const start = Date.UTC(2026, 0, 5, 12);
const desk: Inquiry = {
  text: "",
  asker: "ann",
  place: { adapter: "chat", workspace: "W", channel: "desk", thread: null },
  follows: null,
  collections: ["main"],
  standing: "member",
  timeZone: null,
};
const id = subscriptionIdOf(desk.place!);
const prompt: Inquiry = {
  ...desk,
  place: { adapter: "terminal", workspace: null, channel: null, thread: "1" },
  standing: "manager",
};

let runtime: TestRuntime;
let store: Store;
let digests: ScriptedDigests;
let chat: ScriptedPlatform;

beforeEach(async () => {
  runtime = createTestRuntime(start);
  store = await openSqliteStore({ path: ":memory:", runtime });
  digests = createScriptedDigests();
  chat = createScriptedPlatform("chat");
  return () => store.close();
});

const handler = () => {
  const outlets = async () => ["Gazette", "Harbour Post", "The Courier"];
  return createDigestCommand({ store, digests, outlets, runtime });
};

/** A person types `text` after “digest”; what they read back, the thread below the message. */
async function typed(text: string, inquiry: Inquiry = desk): Promise<string> {
  const command = handler();
  const read = readCommand(command.spec, text);
  checkCommand(command.spec, read, inquiry);
  const { main, thread } = await command.run(read, inquiry);
  return [main, ...thread].map((part) => renderPlainText(part, { width: 400, theme: plainTheme })).join("\n---\n");
}

async function tick(): Promise<void> {
  const scheduler = createScheduler({
    ...{ store, digests, runtime, adapters: [chat], logger: createLogLines().logger },
    collections: async () => ["main"],
    measures: { record: () => undefined },
  });
  await scheduler.tick();
  await scheduler.stop();
}

const refused = async (text: string, inquiry: Inquiry = desk): Promise<string> =>
  typed(text, inquiry).then(
    (shown) => `not refused: ${shown}`,
    (error: unknown) => (error as Error).message,
  );

describe("digest subscribe", () => {
  it("says when the next one comes, by whose clock, and about what", async () => {
    expect(await typed("subscribe weekdays at 7.30 Europe/Berlin")).toBe(
      "From now on a digest comes here weekdays at 07:30, Europe/Berlin time. The next one: Tuesday 6 January 2026, 07:30.\n\n" +
        "It tells of everything, from every outlet. When nothing new came in, it says so in a line.",
    );
    expect(await store.subscription(id)).toMatchObject({ createdBy: "ann", handledUntil: start, paused: false });
  });

  it("is daily at eight where nothing is said, in the asker's own zone where the platform tells it", async () => {
    expect(await typed("subscribe", { ...desk, timeZone: "Asia/Tokyo" })).toContain(
      "daily at 08:00, Asia/Tokyo time (your own time zone). The next one: Tuesday 6 January 2026, 08:00.",
    );
  });

  it("reads what people type in one go", async () => {
    const shown = await typed("subscribe weekdays at 7.30 Europe/Berlin topics: ports, energy empty: nothing");
    expect(shown).toContain("weekdays at 07:30, Europe/Berlin time");
    expect(shown).toContain("It tells of: ports, energy, from every outlet. Other stories are only named. ");
    expect(shown).toContain("nothing is posted");
    expect(await refused("subscribe daily at 8 Europe/Berlin ports energy")).toContain("topics go after “topics:”");
  });

  it("says so where nobody told it a zone", async () => {
    expect(await typed("subscribe daily at 9")).toContain(
      "UTC time (no time zone was named; another one: /digest subscribe Europe/Berlin)",
    );
  });

  it("takes zone, topics, outlets and what to do when nothing came in as options of their own", async () => {
    const all =
      'subscribe mondays 9am --zone london --topics ports, energy --outlets gazette, "harbour post" --empty nothing';
    expect(await typed(all)).toBe(
      "From now on a digest comes here Mondays at 09:00, Europe/London time. The next one: Monday 12 January 2026, 09:00.\n\n" +
        "It tells of: ports, energy. Only from: Gazette, Harbour Post. Other stories are only named. When nothing new came in, nothing is posted.",
    );
    expect((await store.subscription(id))?.wish).toEqual({
      timeZone: "Europe/London",
      topics: ["ports", "energy"],
      outlets: ["Gazette", "Harbour Post"],
      whenEmpty: "nothing",
    });
  });

  it("changes what is there, and leaves what is not named as it is", async () => {
    await typed("subscribe daily at 9 Europe/Berlin --topics ports --empty nothing");
    expect(await typed("subscribe --topics energy")).toContain(
      "Changed: the digest comes here daily at 09:00, Europe/Berlin time.",
    );
    expect((await store.subscription(id))?.wish).toMatchObject({ topics: ["energy"], whenEmpty: "nothing" });
    await typed("subscribe America/New_York");
    expect(await typed("subscribe weekdays at 10 --topics all")).toContain("weekdays at 10:00, America/New_York time");
    expect((await store.subscription(id))?.wish.topics).toEqual([]);
    expect(await store.subscriptions()).toHaveLength(1);
  });

  it("gives no second digest on a day that had one, and says when the next one is", async () => {
    await typed("subscribe daily at 13:00 UTC");
    runtime.pass(hourMs + 60_000);
    await tick();
    expect(await typed("subscribe daily at 15:00 UTC")).toContain("The next one: Tuesday 6 January 2026, 15:00.");
    runtime.pass(3 * hourMs);
    await tick();
    expect(chat.posted.filter(({ place }) => place.thread === null)).toHaveLength(1);
    await typed("unsubscribe");
    expect(await typed("subscribe daily at 22:00 UTC")).toContain("The next one: Tuesday 6 January 2026, 22:00.");
  });

  it("corrects times, zones, crons and outlets", async () => {
    expect(await refused("subscribe 25:00")).toContain("Did you mean “daily at 01:00”?");
    expect(await refused("subscribe daily at 9 --zone Europe/Berlni")).toContain("Did you mean “Europe/Berlin”?");
    expect(await refused("subscribe 61 8 * * *")).toContain("Did you mean “59 8 * * *”?");
    expect(await refused("subscribe --outlets gazete")).toBe(
      "Nothing here is from an outlet “gazete”. Did you mean “Gazette”?",
    );
    expect(await refused("subscribe --outlets Times")).toContain("There is: Gazette, Harbour Post, The Courier.");
    expect(await refused("subscribe --empty maybe")).toContain("line, nothing");
    expect(await refused(`subscribe --topics "${"x".repeat(90)}"`)).toContain("too long");
    expect(await store.subscriptions()).toEqual([]);
  });

  it("needs a member, and a channel", async () => {
    expect(await refused("subscribe", { ...desk, standing: "guest" })).toContain("full members");
    expect(await refused("subscribe", prompt)).toContain("--place slack/WORKSPACE/CHANNEL");
  });

  it("is for the channel, whatever thread it is said in", async () => {
    await typed("subscribe", { ...desk, place: { ...desk.place!, thread: "t1" } });
    expect((await store.subscription(id))?.place).toEqual(desk.place);
  });
});

describe("digest pause, resume, unsubscribe", () => {
  it("stops, goes on from then, and ends", async () => {
    expect(await refused("pause")).toContain("No digest comes here yet.");
    await typed("subscribe daily at 13:00 UTC");
    expect(await typed("pause")).toContain("Paused");
    expect(await typed("pause")).toContain("paused already");
    expect(await typed("list")).toContain("Paused, until /digest resume.");
    runtime.pass(25 * hourMs);
    await tick();
    expect(chat.posted).toEqual([]);
    expect(await typed("resume")).toContain("The next one: Wednesday 7 January 2026, 13:00.");
    await tick();
    expect(await store.deliveries(id, 9)).toEqual([]);
    expect(await typed("unsubscribe")).toContain("No digest comes here any more.");
    expect(await refused("resume")).toContain("No digest comes here yet.");
  });
});

describe("digest list", () => {
  it("says how the last ones fared, and for two weeks what may not have arrived", async () => {
    expect(await typed("list")).toContain("No digest comes here yet.");
    expect(await typed("list", prompt)).toContain("daily at 08:00 --place slack/WORKSPACE/CHANNEL");
    await typed("subscribe daily at 13:00 UTC");
    runtime.pass(hourMs);
    chat.after = ({ delivery }) => {
      if (delivery.id.endsWith("-1")) throw new NewsroomError("uncertain", "Nobody knows.");
    };
    await tick();
    const shown = await typed("list");
    expect(shown).toContain(
      "Monday 5 January 2026, 13:00: uncertain (2 of 3 messages). Nobody can tell whether a part of it arrived.",
    );
    expect(shown).toContain(`d-${id}-2026-01-05`);
    chat.after = () => undefined;
    for (let day = 0; day < 7; day++) {
      runtime.pass(24 * hourMs);
      await tick();
    }
    const later = await typed("list");
    expect(later.match(/: posted/g)).toHaveLength(5);
    expect(later).toContain("Monday 5 January 2026, 13:00: uncertain");
    runtime.pass(14 * 24 * hourMs);
    expect(await typed("list")).not.toContain("uncertain");
  });

  it("shows managers the workspace's other channels, and operators all", async () => {
    const there = { ...desk, place: { ...desk.place!, channel: "archive" } };
    const abroad = { ...desk, place: { ...desk.place!, workspace: "X" } };
    for (const inquiry of [there, abroad]) await typed("subscribe", inquiry);
    expect(await typed("list")).toContain("No digest comes here yet.");
    expect(await typed("list", { ...desk, standing: "manager" })).toContain("chat/W/archive");
    expect(await typed("list", { ...desk, standing: "manager" })).not.toContain("chat/X");
    expect(await typed("list", prompt)).toMatch(/chat\/W\/archive[\s\S]*chat\/X\/desk/);
  });
});

describe("digest preview and now", () => {
  it("shows what came in since the last digest, and keeps nothing", async () => {
    await typed("subscribe daily at 13:00 UTC --topics ports");
    runtime.pass(hourMs);
    await tick();
    runtime.pass(hourMs);
    expect(await typed("preview")).toMatch(/^Digest g-/);
    expect(digests.made.at(-1)).toMatchObject({
      id: null,
      window: { since: start + hourMs, until: start + 2 * hourMs },
      topics: ["ports"],
    });
    await typed("preview energy");
    expect(digests.made.at(-1)).toMatchObject({ topics: ["energy"] });
    expect(digests.kept).toHaveLength(1);
  });

  it("posts one at once where there is a channel, besides those that are due", async () => {
    expect(await typed("now")).toBe("The digest is posted here within seconds.");
    expect(await typed("now")).toContain("on its way");
    await tick();
    expect(chat.posted.map(wordsOf)[0]).toMatch(new RegExp(`^Digest d-${id}-now-`));
    await typed("subscribe daily at 13:00 UTC");
    runtime.pass(hourMs);
    await tick();
    expect(digests.made.at(-1)!.window).toEqual({ since: start, until: start + hourMs });
  });

  it("answers with the digest itself where there is no channel", async () => {
    expect(await typed("now", prompt)).toMatch(/^Digest g-\d+-\d+\n---\nStory s-1/);
    expect(await store.deliveries(null, 9)).toEqual([]);
  });
});

describe("digest why", () => {
  it("explains the last digest here, the one that is named, or the one whose thread it is asked in", async () => {
    await typed("subscribe daily at 13:00 UTC");
    for (const _ of [1, 2]) {
      runtime.pass(hourMs);
      await tick();
      runtime.pass(23 * hourMs);
    }
    expect(await typed("why")).toBe(`Why d-${id}-2026-01-06: everything`);
    expect(await typed("why the harbour")).toBe(`Why d-${id}-2026-01-06: the harbour`);
    expect(await typed("why --of 2026-01-05")).toBe(`Why d-${id}-2026-01-05: everything`);
    const first = chat.posted[1]!.place.thread;
    const inThread = { ...desk, place: { ...desk.place!, thread: first } };
    expect(await typed("why", inThread)).toBe(`Why d-${id}-2026-01-05: everything`);
    expect(await refused("why --of 2025-12-24")).toContain("There is no such digest here.");
  });

  it("explains what a preview shows where none was posted yet", async () => {
    expect(await typed("why")).toMatch(/^Why g-/);
    expect(await typed("why", prompt)).toMatch(/^Why g-/);
  });

  it("explains no digest of another channel", async () => {
    await typed("subscribe daily at 13:00 UTC");
    runtime.pass(hourMs);
    await tick();
    const elsewhere = { ...desk, place: { ...desk.place!, channel: "archive" } };
    expect(await refused(`why --of d-${id}-2026-01-05`, elsewhere)).toContain("There is no such digest here.");
  });
});

describe("completing an option", () => {
  it("offers zones, outlets and the digests there were", async () => {
    const complete = (option: string, prefix: string) => handler().complete!(option, prefix, desk);
    expect((await complete("zone", "berl"))[0]).toBe("Europe/Berlin");
    expect(await complete("outlets", "cour")).toEqual(["The Courier"]);
    expect(await complete("outlets", "Gazette, p")).toEqual(["Gazette, Harbour Post"]);
    expect(await complete("of", "")).toEqual([]);
    await typed("subscribe daily at 13:00 UTC");
    runtime.pass(hourMs);
    await tick();
    expect(await complete("of", "2026")).toEqual([`d-${id}-2026-01-05`]);
  });
});
