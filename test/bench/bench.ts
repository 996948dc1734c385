/**
 * Measures the search beside SQLite's FTS5, indexing, memory, start and whole answers, over a generated corpus; prints a table.
 *
 *   npm run bench -- [--passages 1000000] [--questions 200] [--seed 1] [--folder DIR]
 *
 * With --folder the corpus and what is built from it stay there, and the next run with the same corpus goes on from them.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { arch, cpus, platform, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { createGeneratedNews } from "./generated-news.ts";

const { values } = parseArgs({
  options: {
    passages: { type: "string", default: "1000000" },
    questions: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    folder: { type: "string" },
  },
});
const passages = Number(values.passages);
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), "dateline-bench-")));
const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** The archive as an export would be, and questions out of documents all over it. */
async function writeCorpus(): Promise<void> {
  const news = createGeneratedNews(Number(values.seed));
  const wanted = Number(values.questions);
  const questions: (readonly string[])[] = [];
  const file = createWriteStream(join(folder, "archive.jsonl"));
  let made = 0;
  for (const document of news.documents(passages)) {
    const { id, title, bodies } = document;
    const line = { id, title, text: bodies.join("\n\n"), outlet: "The Generated News", published: "2026-01-05" };
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, "drain");
    made += bodies.length;
    while (questions.length < wanted && questions.length < (made / passages) * wanted)
      questions.push(news.question(document));
  }
  file.end();
  await once(file, "close");
  await writeFile(join(folder, "questions.json"), JSON.stringify(questions));
}

async function stage<T>(name: string): Promise<T> {
  note(`${name} …`);
  const script = join(import.meta.dirname, "stages.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, name, folder], {
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout) as T;
}

/** A stage whose outcome is kept beside the corpus. */
async function keptStage<T>(name: string): Promise<T> {
  const path = join(folder, `${name}.json`);
  if (!existsSync(path)) await writeFile(path, JSON.stringify(await stage<T>(name)));
  return JSON.parse(await readFile(path, "utf8")) as T;
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!;
const whole = (value: number): string => Math.round(value).toLocaleString("en");
const ms = (value: number): string => `${value < 100 ? value.toFixed(2) : whole(value)} ms`;
const megabytes = (bytes: number): string => `${whole(bytes / 1e6)} MB`;

await mkdir(folder, { recursive: true });
const corpus = JSON.stringify([passages, values.questions, values.seed]);
const kept = await readFile(join(folder, "corpus.json"), "utf8").catch(() => "");
if (kept !== corpus) {
  note(`writing ${whole(passages)} passages to ${folder} …`);
  for (const name of ["ingest", "full-text"]) await rm(join(folder, `${name}.json`), { force: true });
  await writeCorpus();
  await writeFile(join(folder, "corpus.json"), corpus);
}

const ingested = await keptStage<{ passages: number; failed: number; ingestMs: number; indexMs: number }>("ingest");
const indexed = await stage<{ buildMs: number; buildCpuMs: number; snapshotBytes: number }>("index");
const fullText = await keptStage<{ buildMs: number; bytes: number }>("full-text");
const asked = await stage<{
  readyMs: number;
  rss: number;
  rssAfter: number;
  times: { search: number[]; fullText: number[]; ask: number[] };
}>("ask");
if (values.folder === undefined) await rm(folder, { recursive: true });

const { search, fullText: fts, ask } = asked.times;
const ratio = (share: number): string => `${(quantile(fts, share) / quantile(search, share)).toFixed(1)} ×`;
const perSecond = (durationMs: number): string => `${whole((ingested.passages / durationMs) * 1000)} passages/s`;
const rows: readonly (readonly [what: string, measured: string, floor: string])[] = [
  ["search, p50", ms(quantile(search, 0.5)), ""],
  ["search, p95", ms(quantile(search, 0.95)), ""],
  ["FTS5, p50", ms(quantile(fts, 0.5)), ""],
  ["FTS5, p95", ms(quantile(fts, 0.95)), ""],
  ["FTS5 to search, p50", ratio(0.5), "≥ 25 ×"],
  ["FTS5 to search, p95", ratio(0.95), "≥ 20 ×"],
  ["whole ask, p50", ms(quantile(ask, 0.5)), ""],
  ["whole ask, p95", ms(quantile(ask, 0.95)), `< ${ms(quantile(fts, 0.5))} (FTS5's p50)`],
  ["index from the store, by the clock", perSecond(indexed.buildMs), ""],
  ["index from the store, by the thread's own time", perSecond(indexed.buildCpuMs), "≥ 30,000 passages/s"],
  ["files to answerable", perSecond(ingested.ingestMs + ingested.indexMs), "≥ 8,000 passages/s"],
  ["FTS5 table from the store", perSecond(fullText.buildMs), ""],
  ["resident, index ready and warm", megabytes(asked.rss), "≤ 450 MB"],
  ["resident, after FTS5 and whole answers too", megabytes(asked.rssAfter), ""],
  ["ready from the snapshot", ms(asked.readyMs), "≤ 2,000 ms"],
  ["snapshot; FTS5 table", `${megabytes(indexed.snapshotBytes)}; ${megabytes(fullText.bytes)}`, ""],
];
console.log(
  `${whole(ingested.passages)} passages, ${search.length} questions of 4 to 10 words, top 20, seed ${values.seed}`,
);
console.log(
  `${cpus()[0]?.model ?? "?"} × ${cpus().length}, ${whole(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`,
);
console.log(`Node ${process.versions.node}, V8 ${process.versions.v8}, SQLite ${process.versions.sqlite}\n`);
console.log("| what | measured | floor |\n|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
