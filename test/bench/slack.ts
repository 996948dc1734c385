/**
 * Measures Slack under load: the real product (`serve`, Socket Mode, real Bolt) in a process of its own over a generated
 * corpus, a local Slack in this one, and people who each ask in a direct message of their own, again as soon as they are
 * answered. Prints acks, answers, what was lost or doubled, and how many people at once compare with one.
 *
 *   npm run bench:slack -- [--people 50] [--seconds 30] [--passages 100000]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createSlackDouble, type SlackDouble } from "../support/slack/index.ts";
import { keepCorpus, type Load, quantile, row } from "./load.ts";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "50" },
    seconds: { type: "string", default: "30" },
    passages: { type: "string", default: "100000" },
  },
});
const people = Number(values.people);
const seconds = Number(values.seconds);
const passages = Number(values.passages);

async function serve(slack: SlackDouble, folder: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "..", "..", "src", "main.ts"), "serve", "--data", folder],
    {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl.replace(/\/$/, ""),
        WEB: "off",
        LOG_LEVEL: "warn",
      },
    },
  );
  await slack.socket.connected(1, 120_000);
  return child;
}

/** Lets `count` people ask for `seconds`; waits until all that was asked is answered and all threads are quiet. */
async function load(slack: SlackDouble, count: number, question: () => string): Promise<Load> {
  const firstDelivery = slack.deliveries.length;
  const answers: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  let asked = 0;
  let lost = 0;
  const channels: { readonly id: string; readonly asked: number }[] = [];

  async function person(name: string): Promise<void> {
    const { id } = slack.addPerson(name);
    const channel = slack.direct(id).id;
    const answered = () => slack.messages(channel).filter(({ bot_id }) => bot_id).length;
    let mine = 0;
    while (performance.now() < until) {
      mine += 1;
      const began = performance.now();
      await slack.dm(id, question());
      try {
        await slack.until(() => answered() >= mine, "an answer", 60_000);
        answers.push(performance.now() - began);
      } catch {
        lost += 1;
        break;
      }
    }
    asked += mine;
    channels.push({ id: channel, asked: mine });
  }

  await Promise.all(Array.from({ length: count }, (_, index) => person(`person-${count}-${index}`)));
  const took = (performance.now() - started) / 1_000;
  await slack.quiet(1_000);
  await slack.settled();
  const shown = channels.map(({ id, asked: mine }) => slack.messages(id).filter(({ bot_id }) => bot_id).length - mine);
  const acks = slack.deliveries.slice(firstDelivery).map(({ ack }) => (ack?.acked ? ack.ms : Number.POSITIVE_INFINITY));
  const doubled = shown.reduce((sum, more) => sum + Math.max(0, more), 0);
  return { people: count, asked, lost, doubled, acks, answers, seconds: took };
}

const folder = await mkdtemp(join(tmpdir(), "dateline-bench-slack-"));
const slack = await createSlackDouble({ deadlineMs: 120_000 });
let child: ChildProcess | null = null;
try {
  const began = performance.now();
  const question = await keepCorpus(folder, passages);
  console.log(`${passages} passages kept in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  child = await serve(slack, folder);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
  const alone = await load(slack, 1, question);
  const together = await load(slack, people, question);
  console.table([row(alone), row(together)]);
  const ratio = quantile(together.answers, 0.5) / quantile(alone.answers, 0.5);
  console.log(`An answer takes ${ratio.toFixed(1)} × as long with ${people} people as with one.`);
  const good = together.lost + together.doubled === 0 && quantile(together.acks, 0.99) < 500;
  console.log(good ? "Every event answered once; ack p99 under 500 ms." : "NOT as promised: see the table.");
  if (!good) process.exitCode = 1;
} finally {
  if (child) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  await slack.close();
  await rm(folder, { recursive: true, force: true });
}
