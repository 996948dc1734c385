/**
 * Shows a digest from feed to channel, with no token and no network: serves a few local feeds of invented news, adds and
 * polls them with the real commands, and prints the digest as the terminal, Slack and Discord would get it.
 *
 *   npm run demo:digest -- [--topics "ports, fishing"]
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { serveFeeds } from "./demo/feed-server.ts";
import { demoFeeds } from "./demo/news.ts";

const { values } = parseArgs({ options: { topics: { type: "string" } } });
const main = join(import.meta.dirname, "..", "src", "main.ts");
const folder = await mkdtemp(join(tmpdir(), "dateline-demo-"));
const server = await serveFeeds(demoFeeds, Date.now());

/** Runs the command line as somebody would type it; `shown` says what is printed before its output. */
async function dateline(shown: string, ...words: readonly string[]): Promise<void> {
  process.stdout.write(`\n\u2500\u2500 ${shown}\n\n`);
  const { DATELINE_DATA: _data, ...env } = process.env;
  const child = spawn(process.execPath, [main, "--data", folder, ...words], {
    env: { ...env, FEEDS_PRIVATE_HOSTS: "127.0.0.1", LOG_LEVEL: "error" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`dateline ${words.join(" ")} ended with ${code}`);
}

try {
  for (const [at, address] of server.addresses.entries())
    await dateline(`dateline feeds add ${address}`, "feeds", "add", address, "--outlet", demoFeeds[at]!.outlet);
  await dateline("dateline feeds poll: what is there already is no news", "feeds", "poll", "--all");
  server.publish();
  await dateline("dateline feeds poll --all: now the news", "feeds", "poll", "--all");
  const topics = values.topics === undefined ? [] : [values.topics];
  await dateline("dateline digest preview: as the terminal gets it", "digest", "preview", ...topics);
  await dateline("the same as Slack gets it", "digest", "preview", ...topics, "--as", "slack");
  await dateline("the same as Discord gets it", "digest", "preview", ...topics, "--as", "discord");
  await dateline("dateline digest why", "digest", "why");
} finally {
  server.close();
  await rm(folder, { recursive: true, force: true });
}
