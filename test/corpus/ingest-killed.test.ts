import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemRuntime } from "../../src/runtime.ts";
import { checkStore } from "../../src/store/check.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";

const script = fileURLToPath(new URL("../support/ingest-until-killed.ts", import.meta.url));
const count = 400;
const kills = 20;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dateline-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Ingests once, or, to be killed after so many lines, without end; returns what was printed until it was gone. */
async function ingestInChild(path: string, run: number, lines = Number.POSITIVE_INFINITY): Promise<string[]> {
  const rounds = lines === Number.POSITIVE_INFINITY ? 1 : Number.POSITIVE_INFINITY;
  const child = spawn(process.execPath, [script, path, `${run}`, `${count}`, `${rounds}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    printed.push(line);
    if (printed.length === lines) child.kill("SIGKILL");
  }
  const [code, signal] = await closed;
  expect([code, signal]).toEqual(rounds === 1 ? [0, null] : [null, "SIGKILL"]);
  return printed;
}

describe("an ingest that is killed", () => {
  it("loses nothing that was acknowledged, 20 times, and goes on the next time", { timeout: 120_000 }, async () => {
    const path = join(folder, "dateline.sqlite");
    const kept = new Map<string, number>();
    const forgotten = new Set<string>();
    const take = (printed: readonly string[]) => {
      for (const line of printed) {
        for (const [id, revision] of keptOf(line)) kept.set(id, revision);
        if (line.startsWith("forgot ")) forgotten.add(line.slice("forgot ".length));
      }
    };
    for (let run = 0; run < kills; run++) {
      const printed = await ingestInChild(path, run, 1 + ((run * 613) % 500));
      take(printed);
      await expectSound(path, kept, forgotten);
    }
    expect(forgotten.size).toBeGreaterThan(5);
    const last = await ingestInChild(path, kills);
    expect(last.at(-1)).toBe("done");
    take(last);
    await expectSound(path, kept, forgotten);
  });
});

describe("several ingests at once into a new store", () => {
  it("wait for each other and lose nothing", { timeout: 60_000 }, async () => {
    const path = join(folder, "dateline.sqlite");
    const printed = await Promise.all([1, 2, 3, 4].map((run) => ingestInChild(path, run)));
    for (const lines of printed) expect(lines.at(-1)).toBe("done");
    const kept = printed.flat().flatMap(keptOf);
    expect(new Set(kept.map(([id]) => id)).size).toBe(count);
    await expectSound(path, kept, new Set());
  });
});

function keptOf(line: string): [string, number][] {
  const [what, id, revision] = line.split(" ");
  return what === "kept" ? [[id!, Number(revision)]] : [];
}

/** Our checks pass, what was acknowledged is there, and the history tells of exactly the passages that are there. */
async function expectSound(path: string, kept: Iterable<[string, number]>, forgotten: ReadonlySet<string>) {
  expect(await checkStore({ path, runtime: systemRuntime })).toEqual([]);
  const store = await openSqliteStore({ path, runtime: systemRuntime });
  const there = await store.documents(["main"], { limit: 100_000, after: null });
  const revisions = new Map(there.map(({ id, revision }) => [id, revision]));
  const lost = [...kept].filter(([id, revision]) => (revisions.get(id) ?? 0) < revision);
  expect(lost).toEqual([]);
  expect([...forgotten].filter((id) => revisions.has(id))).toEqual([]);
  let passages = 0;
  for await (const change of store.changes(0)) passages += change.kind === "add" ? change.passages.length : 0;
  expect(passages).toBe(there.reduce((sum, document) => sum + document.passages, 0));
  await store.close();
}
