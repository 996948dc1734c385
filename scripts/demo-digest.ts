/**
 * Shows a digest from feed to channel, with no token and no network: serves a few local feeds of invented news, adds and
 * polls them with the real commands, and prints the digest as the terminal, Slack and Discord would get it.
 *
 *   npm run demo:digest -- [--topics "ports, fishing"] [--raw]
 *
 * Of what Slack and Discord would be sent it prints the words, message by message; with --raw the JSON itself.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { serveFeeds } from "./demo/feed-server.ts";
import { demoFeeds } from "./demo/news.ts";

const { values } = parseArgs({ options: { topics: { type: "string" }, raw: { type: "boolean", default: false } } });
const main = join(import.meta.dirname, "..", "src", "main.ts");
const folder = await mkdtemp(join(tmpdir(), "dateline-demo-"));
const server = await serveFeeds(demoFeeds, Date.now());

/** Runs the command line as somebody would type it; `shown` says what is printed before its output, which `read` puts into words. */
async function dateline(
  shown: string,
  words: readonly string[],
  read: (output: string) => string = (output) => output,
): Promise<void> {
  const { DATELINE_DATA: _data, ...env } = process.env;
  const child = spawn(process.execPath, [main, "--data", folder, ...words], {
    env: { ...env, FEEDS_PRIVATE_HOSTS: "127.0.0.1", LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = await text(child.stdout);
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.on("close", resolve)));
  if (code !== 0) throw new Error(`dateline ${words.join(" ")} ended with ${code}`);
  process.stdout.write(`\n\u2500\u2500 ${shown}\n\n${read(output)}`);
}

/** Every text of a message, in the order in which it is shown. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const { content, text: own } = value as { content?: unknown; text?: unknown };
  if (typeof content === "string") yield content;
  else if (typeof own === "string") yield own;
  else for (const inner of Object.values(value)) yield* textsOf(inner);
}

/** The words of the messages in `output`. */
function messages(output: string): string {
  if (values.raw) return output;
  const { main: own, thread } = JSON.parse(output) as {
    readonly main: readonly unknown[];
    readonly thread: readonly unknown[];
  };
  const shown = (list: readonly unknown[], name: string) =>
    list.map((message, at) => `(${name} ${at + 1} of ${list.length})\n${[...textsOf(message)].join("\n")}\n`);
  return [...shown(own, "message"), ...shown(thread, "in the thread,")].join("\n");
}

try {
  for (const [at, address] of server.addresses.entries())
    await dateline(`dateline feeds add ${address}`, ["feeds", "add", address, "--outlet", demoFeeds[at]!.outlet]);
  await dateline("dateline feeds poll --all: what was there already is no news", ["feeds", "poll", "--all"]);
  server.publish();
  await dateline("dateline feeds poll --all: now the news", ["feeds", "poll", "--all"]);
  const topics = values.topics === undefined ? [] : [values.topics];
  await dateline("dateline digest preview: as the terminal gets it", ["digest", "preview", ...topics]);
  await dateline("the same as Slack gets it", ["digest", "preview", ...topics, "--as", "slack"], messages);
  await dateline("the same as Discord gets it", ["digest", "preview", ...topics, "--as", "discord"], messages);
  await dateline("dateline digest why", ["digest", "why"]);
} finally {
  server.close();
  await rm(folder, { recursive: true, force: true });
}
