/**
 * Delivers what is due in the store that is named, over the real adapter of a platform whose far end is local, until nothing
 * is open any more; now and then it kills itself, at a place that the seed decides. It prints where: `killed at post`.
 */
import { writeSync } from "node:fs";
import { createDiscordAdapter } from "../../adapters/discord/index.ts";
import { createSlackAdapter } from "../../adapters/slack/index.ts";
import { createLogger } from "../../src/logger.ts";
import type { Adapter } from "../../src/ports.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { createScheduler } from "../../src/schedule/scheduler.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createChance } from "./chance.ts";
import { createScriptedDigests } from "./scripted-digests.ts";
import { createScriptedNewsroom } from "./scripted-newsroom.ts";

/** What the test says to it, as JSON in its only argument. */
export interface DeliverUntilKilled {
  readonly path: string;
  readonly platform: "slack" | "discord";
  readonly apiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  readonly seed: number;
  /** How probable a kill is at each place; 0 for one that lives. */
  readonly risk: number;
  readonly deliveries: number;
}

const told = JSON.parse(process.argv[2]!) as DeliverUntilKilled;
const chance = createChance(told.seed);
const runtime = systemRuntime;

function die(where: string): void {
  writeSync(1, `killed at ${where}\n`);
  process.kill(process.pid, "SIGKILL");
}

function mayDie(where: string): void {
  if (chance() < told.risk) die(where);
}

const real = await openSqliteStore({ path: told.path, runtime });
const store: typeof real = {
  ...real,
  async claimDelivery(...claim) {
    const claimed = await real.claimDelivery(...claim);
    if (claimed) mayDie("claim");
    return claimed;
  },
  async composeDelivery(...composed) {
    const kept = await real.composeDelivery(...composed);
    mayDie("compose");
    return kept;
  },
  async beginPart(...part) {
    const begun = await real.beginPart(...part);
    mayDie("post, before it");
    return begun;
  },
  async endPart(...part) {
    mayDie("record, before it");
    await real.endPart(...part);
    mayDie("record, after it");
  },
};

const write = (line: string): void => void writeSync(2, line);
const logger = createLogger({ level: "error", format: "json", write, runtime, secrets: [] });
const making = { runtime, logger, state: store.adapterState(told.platform) };
const adapter: Adapter =
  told.platform === "slack"
    ? createSlackAdapter({
        ...making,
        botToken: told.token,
        appToken: null,
        signingSecret: told.signingSecret,
        mode: "http",
        host: "127.0.0.1",
        port: 0,
        clientOptions: { slackApiUrl: told.apiUrl, timeout: 2_000 },
      })
    : createDiscordAdapter({ ...making, token: told.token, apiUrl: told.apiUrl, timeoutMs: 2_000 });
await adapter.start(createScriptedNewsroom());

const deathly: Adapter = {
  ...adapter,
  async post(place, part, delivery) {
    // Somewhere between the request's first byte and the answer's last.
    const timer = chance() < told.risk ? setTimeout(() => die("post, during it"), chance() * 12) : undefined;
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
  leaseMs: 600,
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
