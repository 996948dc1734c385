/**
 * Measures Discord under load: the real product (`serve`, real discord.js) in a process of its own over a generated corpus,
 * a local Discord in this one, and people who each run `/ask` in a channel of their own, again as soon as they are answered.
 * Prints acknowledgements (Discord waits 3 s for one), answers, and what was lost or doubled.
 *
 *   npm run bench:discord -- [--people 50] [--seconds 30] [--passages 100000]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MessageFlags } from "discord-api-types/v10";
import { createDiscordDouble, type DiscordDouble } from "../support/discord/index.ts";
import { keepCorpus, type Load, row } from "./load.ts";

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

function start(argv: readonly string[], discord: DiscordDouble, folder: string): ChildProcess {
  const main = join(import.meta.dirname, "..", "..", "src", "main.ts");
  const env = { DISCORD_TOKEN: discord.botToken, DISCORD_API_URL: discord.apiUrl, WEB: "off", LOG_LEVEL: "warn" };
  return spawn(process.execPath, [main, ...argv, "--data", folder], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
}

async function serve(discord: DiscordDouble, folder: string): Promise<ChildProcess> {
  await once(start(["discord", "register"], discord, folder), "exit");
  const child = start(["serve"], discord, folder);
  await discord.until(() => discord.gateway.ready, "a connection", 120_000);
  await discord.quiet(500);
  return child;
}

/** Lets `count` people ask for `seconds`; waits until all that was asked is answered and all threads are quiet. */
async function load(discord: DiscordDouble, guild: string, count: number, question: () => string): Promise<Load> {
  const first = discord.interactions.length;
  const answers: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  const asked = new Map<string, number>();
  let lost = 0;

  async function person(name: string): Promise<void> {
    const { id } = discord.addPerson(name);
    const channel = discord.addChannel(guild, name).id;
    let mine = 0;
    while (performance.now() < until) {
      mine += 1;
      const began = performance.now();
      const one = discord.slash(id, channel, "ask", { question: question() });
      const answered = () => one.original && ((one.original.flags ?? 0) & MessageFlags.Loading) === 0;
      try {
        await discord.until(answered, "an answer", 60_000);
        answers.push(performance.now() - began);
      } catch {
        lost += 1;
        break;
      }
    }
    asked.set(channel, mine);
  }

  await Promise.all(Array.from({ length: count }, (_, index) => person(`person-${count}-${index}`)));
  const took = (performance.now() - started) / 1_000;
  await discord.quiet(1_000);
  const acks = discord.interactions.slice(first).map((one) => one.answeredAfterMs ?? Number.POSITIVE_INFINITY);
  const doubled = [...asked].reduce(
    (sum, [channel, mine]) => sum + Math.max(0, discord.messages(channel).length - mine),
    0,
  );
  const all = [...asked.values()].reduce((sum, mine) => sum + mine, 0);
  return { people: count, asked: all, lost, doubled, acks, answers, seconds: took };
}

const folder = await mkdtemp(join(tmpdir(), "dateline-bench-discord-"));
const discord = await createDiscordDouble({ deadlineMs: 120_000 });
const guild = discord.addGuild("newsroom").id;
let child: ChildProcess | null = null;
try {
  const began = performance.now();
  const question = await keepCorpus(folder, passages);
  console.log(`${passages} passages kept in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  child = await serve(discord, folder);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
  const alone = await load(discord, guild, 1, question);
  const together = await load(discord, guild, people, question);
  console.table([row(alone), row(together)]);
  const good = together.lost + together.doubled === 0 && Math.max(...together.acks) < 3_000;
  console.log(good ? "Every command answered once, acknowledged within 3 s." : "NOT as promised: see the table.");
  if (!good) process.exitCode = 1;
} finally {
  if (child) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  await discord.close();
  await rm(folder, { recursive: true, force: true });
}
