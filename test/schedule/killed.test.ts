import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Place } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import type { DeliveryRecord } from "../../src/schedule/ledger.ts";
import { subscriptionIdOf } from "../../src/schedule/names.ts";
import { checkStore } from "../../src/store/check.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createChance } from "../support/chance.ts";
import { temporaryFolder } from "../support/command-line.ts";
import type { DeliverUntilKilled, Where } from "../support/deliver-until-killed.ts";
import { createDiscordDouble } from "../support/discord/index.ts";
import { createSlackDouble } from "../support/slack/index.ts";

const script = fileURLToPath(new URL("../support/deliver-until-killed.ts", import.meta.url));
const channels = 60;
const wheres: readonly Where[] = [
  "after the claim",
  "before the post",
  "during the post",
  "before the record",
  "after the record",
  "after composing",
];
/** Each place twice. */
const kills = 2 * wheres.length;
const processes = 3;
const hourMs = 3_600_000;

type FarEnd = Pick<DeliverUntilKilled, "platform" | "apiUrl" | "token" | "signingSecret">;

/** A store with a subscription for each place whose time has just come. */
async function dueStore(path: string, places: readonly Place[]): Promise<void> {
  const store = await openSqliteStore({ path, runtime: systemRuntime });
  const now = systemRuntime.now();
  const due = new Date(now - hourMs / 2);
  for (const place of places)
    await store.saveSubscription({
      id: subscriptionIdOf(place),
      place,
      schedule: { kind: "days", days: [0, 1, 2, 3, 4, 5, 6], minute: due.getUTCHours() * 60 + due.getUTCMinutes() },
      wish: { timeZone: "UTC", topics: [], outlets: [], whenEmpty: "line" },
      paused: false,
      createdBy: null,
      createdAt: now,
      handledUntil: now - 2 * hourMs,
    });
  await store.close();
}

/** One process; resolves with where it was killed, null when it came to its end. */
async function deliverInChild(told: DeliverUntilKilled): Promise<string | null> {
  const child = spawn(process.execPath, [script, JSON.stringify(told)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: `${told.path}-compiled` },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const closed = once(child, "close");
  const said = text(child.stderr!);
  let where: string | null = null;
  for await (const line of createInterface({ input: child.stdout! })) where = line.replace("killed ", "");
  const [code, signal] = await closed;
  expect([code, signal], await said).toEqual(where === null ? [0, null] : [null, "SIGKILL"]);
  return where;
}

/** Three processes at once, each started again whenever it was killed, until everything is dealt with. */
async function deliverUnderFire(path: string, farEnd: FarEnd, struck: (where: string) => void): Promise<string[]> {
  const killed: string[] = [];
  const chance = createChance(20_261_121);
  let started = 0;
  let over = false;
  onTestFinished(() => {
    over = true;
  });
  const one = async (): Promise<void> => {
    while (!over) {
      const where = wheres[started % wheres.length]!;
      const death = { where, time: 1 + Math.floor(chance() * 4), afterMs: chance() * 8 };
      started += 1;
      const told = { ...farEnd, path, death: started > kills ? null : death, deliveries: channels };
      const killedAt = await deliverInChild(told);
      if (killedAt === null) return;
      killed.push(killedAt);
      struck(killedAt);
    }
  };
  await Promise.all(Array.from({ length: processes }, one));
  return killed;
}

async function recordsOf(path: string): Promise<readonly DeliveryRecord[]> {
  expect(await checkStore({ path, runtime: systemRuntime })).toEqual([]);
  const store = await openSqliteStore({ path, runtime: systemRuntime });
  const records = await store.deliveries(null, 10 * channels);
  await store.close();
  return records;
}

/** How often each text stands in a list. */
function counts(texts: readonly string[]): readonly number[] {
  return [...Map.groupBy(texts, (one) => one).values()].map(({ length }) => length);
}

describe("three processes that are killed at claim, at post and at record", () => {
  it("deliver 60 digests to Discord, none twice", { timeout: 90_000 }, async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const path = `${folder.path}/dateline.sqlite`;
    const discord = await createDiscordDouble();
    onTestFinished(() => discord.close());
    const guild = discord.addGuild("newsroom");
    const all = Array.from({ length: channels }, (_, i) => discord.addChannel(guild.id, `desk-${i}`));
    await dueStore(
      path,
      all.map(({ id }) => ({ adapter: "discord", workspace: guild.id, channel: id, thread: null })),
    );
    const farEnd = { platform: "discord", apiUrl: discord.apiUrl, token: discord.botToken, signingSecret: "" } as const;
    const killed = await deliverUnderFire(path, farEnd, (where) =>
      discord.faults.next(where.length % 2 ? "postMessage" : "threadOfMessage", { kind: "lost-answer" }),
    );
    expect(new Set(killed)).toEqual(new Set(wheres));
    const records = await recordsOf(path);
    expect(records.map(({ state }) => state)).toEqual(Array(channels).fill("posted"));
    for (const { id } of all) {
      const messages = discord.messages(id).filter(({ author }) => author.id === discord.bot.id);
      expect(messages).toHaveLength(1);
      const thread = discord.threadOf(messages[0]!)!;
      expect(discord.messages(thread.id).filter(({ author }) => author.id === discord.bot.id)).toHaveLength(2);
    }
  });

  it("deliver 60 digests to Slack, none twice; what nobody can tell is uncertain and shown", {
    timeout: 90_000,
  }, async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const path = `${folder.path}/dateline.sqlite`;
    const slack = await createSlackDouble({ mode: "http" });
    onTestFinished(() => slack.close());
    const all = Array.from({ length: channels }, (_, i) => slack.addChannel(`desk-${i}`));
    await dueStore(
      path,
      all.map(({ id }) => ({ adapter: "slack", workspace: slack.team.id, channel: id, thread: null })),
    );
    const { apiUrl, botToken: token, signingSecret } = slack;
    const killed = await deliverUnderFire(path, { platform: "slack", apiUrl, token, signingSecret }, () => {
      slack.faults.next("chat.postMessage", { kind: "lost-answer" });
      // Now and then Slack does not let the channel be seen either.
      if (slack.calls.length % 3 === 0)
        slack.faults.next("conversations.history", { kind: "error", error: "missing_scope" });
    });
    expect(new Set(killed)).toEqual(new Set(wheres));
    const records = await recordsOf(path);
    expect(records).toHaveLength(channels);
    for (const { id } of all) {
      const record = records.find(({ place }) => place.channel === id)!;
      const main = slack.messages(id);
      const thread = main.flatMap(({ ts }) => slack.thread(id, ts));
      const copies = counts([...main, ...thread].map((message) => message.text ?? ""));
      expect(copies.every((count) => count === 1)).toBe(true);
      if (main.length + thread.length < 3) expect(record.state).toBe("uncertain");
      else expect(["posted", "uncertain"]).toContain(record.state);
    }
  });
});
