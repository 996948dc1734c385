import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemRuntime } from "../../src/runtime.ts";
import { checkStore } from "../../src/store/check.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";

const script = fileURLToPath(new URL("../support/poll-until-killed.ts", import.meta.url));
const kills = 12;
const feeds = ["a", "b", "c"];
const itemsAtFirst = 40;

/** Polls three rounds, or, to be killed while it keeps for the nth time, without end; returns what was printed until then. */
async function pollInChild(path: string, run: number, keeping = Number.POSITIVE_INFINITY): Promise<string[]> {
  const rounds = keeping === Number.POSITIVE_INFINITY ? 3 : Number.MAX_SAFE_INTEGER;
  const child = spawn(process.execPath, [script, path, `${run}`, `${rounds}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const printed: string[] = [];
  let left = keeping;
  for await (const line of createInterface({ input: child.stdout! })) {
    printed.push(line);
    if (line.startsWith("keeping") && --left === 0) child.kill("SIGKILL");
  }
  const [code, signal] = await closed;
  expect([code, signal]).toEqual(rounds === 3 ? [0, null] : [null, "SIGKILL"]);
  return printed;
}

/** Our checks pass, what was acknowledged is there, every document belongs to one item, what was there at first is no news. */
async function expectSound(path: string, acknowledged: ReadonlyMap<string, string>): Promise<number> {
  expect(await checkStore({ path, runtime: systemRuntime })).toEqual([]);
  const store = await openSqliteStore({ path, runtime: systemRuntime });
  const documents = (await store.documents(["main"], { limit: 10_000, after: null })).map(({ id }) => id);
  const items = Array.from({ length: 500 }, (_, i) => `${i}`);
  const owners: (string | null)[] = [];
  for (const feed of feeds) {
    const seen = await store.seenItems(feed, items);
    for (const [item, { document, baseline }] of seen) {
      owners.push(document);
      if (Number(item) < itemsAtFirst) expect(baseline, `${feed} ${item}`).toBe(true);
    }
    for (const [key, document] of acknowledged) {
      const [of, item] = key.split(" ");
      if (of === feed) expect(seen.get(item!)?.document, key).toBe(document);
    }
  }
  await store.close();
  expect(owners.toSorted()).toEqual(documents.toSorted());
  return documents.length;
}

describe("polling that is killed", () => {
  it("loses nothing that was kept and doubles nothing, and goes on the next time", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "dateline-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "dateline.sqlite");
    const acknowledged = new Map<string, string>();
    const take = (printed: readonly string[]) => {
      for (const line of printed) {
        const [what, feed, item, document] = line.split(" ");
        if (what === "kept") acknowledged.set(`${feed} ${item}`, document!);
      }
    };
    for (let run = 0; run < kills; run++) {
      take(await pollInChild(path, run, 1 + ((run * 7) % 11)));
      await expectSound(path, acknowledged);
    }
    const last = await pollInChild(path, kills);
    expect(last.at(-1)).toBe("done");
    take(last);
    const expected = feeds.length * (itemsAtFirst + kills * 5 + 2);
    expect(await expectSound(path, acknowledged)).toBeGreaterThanOrEqual(expected);
  });
});
