/**
 * Delivers what is due in the store that is named, over the real adapter of a platform whose far end is local, until nothing
 * is open any more; it kills itself where it is told to. It prints where: `killed before the post`.
 */
import { writeSync } from "node:fs";
import { createLogger } from "../../src/logger.ts";
import type { Adapter } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { createScheduler } from "../../src/schedule/scheduler.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createScriptedDigests } from "./scripted-digests.ts";
import { createScriptedNewsroom } from "./scripted-newsroom.ts";

/** Where a process may die. */
export type Where =
  | "after the claim"
  | "after composing"
  | "before the post"
  | "during the post"
  | "before the record"
  | "after the record";

/** What the test says to it, as JSON in its only argument. */
export interface DeliverUntilKilled {
  readonly path: string;
  readonly platform: "slack" | "discord";
  readonly apiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** Where it kills itself, the how manieth time that it comes there, and how far into a post; null for one that lives. */
  readonly death: { readonly where: Where; readonly time: number; readonly afterMs: number } | null;
  readonly deliveries: number;
}

const told = JSON.parse(process.argv[2]!) as DeliverUntilKilled;
const runtime = systemRuntime;
let times = 0;

function die(where: Where): void {
  writeSync(1, `killed ${where}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** Whether this is where and when to die. */
function isTime(where: Where): boolean {
  if (told.death?.where === where) times += 1;
  return told.death?.where === where && times === told.death.time;
}

function mayDie(where: Where): void {
  if (isTime(where)) die(where);
}

const real = await openSqliteStore({ path: told.path, runtime });
const store: typeof real = {
  ...real,
  async claimDelivery(...claim) {
    const claimed = await real.claimDelivery(...claim);
    if (claimed) mayDie("after the claim");
    return claimed;
  },
  async composeDelivery(...composed) {
    const kept = await real.composeDelivery(...composed);
    mayDie("after composing");
    return kept;
  },
  async beginPart(...part) {
    const begun = await real.beginPart(...part);
    mayDie("before the post");
    return begun;
  },
  async endPart(...part) {
    mayDie("before the record");
    await real.endPart(...part);
    mayDie("after the record");
  },
};

const write = (line: string): void => void writeSync(2, line);
const logger = createLogger({ level: "error", format: "json", write, runtime, secrets: [] });
const making = { runtime, logger, state: store.adapterState(told.platform) };

/** Only its own client library is loaded: it is started often. */
async function createAdapter(): Promise<Adapter> {
  if (told.platform === "discord") {
    const { createDiscordAdapter } = await import("../../adapters/discord/index.ts");
    return createDiscordAdapter({ ...making, token: told.token, apiUrl: told.apiUrl, timeoutMs: 2_000 });
  }
  const { createSlackAdapter } = await import("../../adapters/slack/index.ts");
  return createSlackAdapter({
    ...making,
    botToken: told.token,
    appToken: null,
    signingSecret: told.signingSecret,
    mode: "http",
    host: "127.0.0.1",
    port: 0,
    clientOptions: { slackApiUrl: told.apiUrl, timeout: 2_000 },
  });
}
const adapter = await createAdapter();
await adapter.start(createScriptedNewsroom());

const deathly: Adapter = {
  ...adapter,
  async post(place, part, delivery) {
    // Somewhere between the request's first byte and the answer's last.
    const timer = isTime("during the post") ? setTimeout(() => die("during the post"), told.death!.afterMs) : undefined;
    return adapter.post(place, part, delivery).finally(() => clearTimeout(timer));
  },
};
const scheduler = createScheduler({
  store,
  adapters: [deathly],
  digests: createScriptedDigests(),
  collections: async () => ["main"],
  measures: { record: () => undefined },
  runtime,
  logger,
  leaseMs: 1_500,
  firstRetryMs: 200,
});

for (;;) {
  void scheduler.tick();
  await runtime.sleep(50);
  const all = await real.deliveries(null, told.deliveries + 1);
  if (all.length >= told.deliveries && all.every(({ state }) => state !== "open")) break;
}
await scheduler.stop();
await adapter.stop();
await real.close();
process.exit(0);
