/**
 * Measures a digest of many new items: from the store to the finished reply, in a process of its own; prints a table.
 *
 *   npm run bench:digest -- [--items 10000] [--seed 1]
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { citationUrl } from "../../src/answer/citation-url.ts";
import { passageAround } from "../../src/answer/passage-around.ts";
import { identifyDocument, prepareDocument } from "../../src/corpus/prepare.ts";
import { createDigests } from "../../src/digest/create-digests.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { PreparedDocument } from "../../src/store/store.ts";
import { createGeneratedNews } from "./generated-news.ts";

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    measure: { type: "string" },
  },
});
const items = Number(values.items);
const day = Date.UTC(2026, 10, 3);
const dayMs = 86_400_000;
const outlets = Array.from({ length: 60 }, (_, i) => `The Generated News ${i + 1}`);

interface Measured {
  readonly makeMs: number;
  readonly cpuMs: number;
  readonly composeMs: number;
  readonly stories: number;
  readonly leftOut: number;
  readonly peak: number;
  readonly before: number;
}

/** Reports out of generated documents: a story is a document, and each report of it one of its passages. */
function* reports(): Generator<PreparedDocument> {
  const news = createGeneratedNews(Number(values.seed));
  let made = 0;
  for (const { id, title, bodies } of news.documents(items)) {
    for (const [i, body] of bodies.entries()) {
      const at = day + ((made * 7919) % dayMs);
      const meta = {
        title: i % 2 === 0 ? title : `${title.split(" ").toReversed().join(" ")}`,
        outlet: outlets[(made * 31) % outlets.length]!,
        published: new Date(at).toISOString(),
        dateline: null,
        language: "en",
        origin: null,
        source: null,
        url: `https://news.example/${id}-${i}`,
      };
      // Every fifth report carries the text before it.
      const text = i % 5 === 4 ? bodies[i - 1]! : `${body}\n\n${bodies[(i + 1) % bodies.length]!}`;
      yield prepareDocument(identifyDocument({ key: `${id}-${i}`, collection: "main", meta, text, excluded: [] }));
      made++;
    }
  }
}

async function fill(path: string): Promise<void> {
  const store = await openSqliteStore({ path, runtime: { ...systemRuntime, now: () => day + dayMs / 2 } });
  let batch: PreparedDocument[] = [];
  for (const report of reports()) {
    batch.push(report);
    if (batch.length < 200) continue;
    await store.put(batch);
    batch = [];
  }
  await store.put(batch);
  await store.close();
}

async function measure(path: string): Promise<Measured> {
  const store = await openSqliteStore({ path, runtime: systemRuntime });
  const url = (cited: Parameters<typeof citationUrl>[0]) => citationUrl(cited, { publicUrl: null });
  const digests = createDigests({ store, url, passage: passageAround });
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const digest = await digests.make({
    id: null,
    window: { since: day, until: day + dayMs },
    collections: ["main"],
    topics: [],
    outlets: [],
    timeZone: "UTC",
  });
  const made = performance.now();
  await digests.compose(digest);
  const used = process.cpuUsage(cpu);
  const composeMs = performance.now() - made;
  await store.close();
  const peak = process.resourceUsage().maxRSS * 1024;
  return {
    makeMs: made - begun,
    cpuMs: (used.user + used.system) / 1e3,
    composeMs,
    stories: digest.stories.length,
    leftOut: digest.leftOut.length,
    peak,
    before,
  };
}

if (values.measure !== undefined) {
  console.log(JSON.stringify(await measure(values.measure)));
} else {
  const folder = await mkdtemp(join(tmpdir(), "dateline-bench-"));
  const path = join(folder, "dateline.sqlite");
  process.stderr.write(`keeping ${items.toLocaleString("en")} items in ${folder} …\n`);
  await fill(path);
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, "--measure", path]);
  const { makeMs, cpuMs, composeMs, peak, before, leftOut, stories } = JSON.parse(stdout) as Measured;
  await rm(folder, { recursive: true });
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
  const ms = (value: number) => `${Math.round(value).toLocaleString("en")} ms`;
  console.log(
    `${items.toLocaleString("en")} new items, ${stories} stories told, ${leftOut.toLocaleString("en")} left out`,
  );
  console.log(`${cpus()[0]?.model ?? "?"} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
  console.log("\n| what | measured | floor |\n|---|---|---|");
  console.log(`| from the store to the digest | ${ms(makeMs)} | |`);
  console.log(`| the digest in words, with its thread | ${ms(composeMs)} | |`);
  console.log(`| processor time of both | ${ms(cpuMs)} | |`);
  console.log(`| together | ${ms(makeMs + composeMs)} | ≤ 5,000 ms |`);
  console.log(`| resident at most | ${megabytes(peak)} (${megabytes(before)} before) | ≤ 300 MB |`);
}
