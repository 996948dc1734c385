import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Logger } from "../../src/logger.ts";
import { createSearch } from "../../src/search/create-search.ts";
import type { Search } from "../../src/search/search.ts";
import type { Change } from "../../src/store/store.ts";
import { createMemorySource, type MemorySource } from "./memory-source.ts";

const limits = { tailPassages: 40, snapshotPassages: 10 };
const filter = { collections: ["main"] };

let folder: string;
let path: string;
let warnings: string[];
const logger: Logger = {
  error: (message) => void warnings.push(message),
  warn: (message) => void warnings.push(message),
  info: () => {},
  debug: () => {},
  named: () => logger,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dateline-snapshot-"));
  path = join(folder, "main.index");
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A hundred documents, each with a word of its own. */
function corpus(word = "alpha"): MemorySource {
  return createMemorySource(
    Array.from({ length: 100 }, (_, i) => ({
      id: `d${i}`,
      title: `Report ${i}`,
      bodies: [`The ${word}${i} embassy wrote of freedom.`, `Judges read cable ${i % 7}.`],
    })),
  );
}

/** The source, with a count of the passages it told. */
function watched(source: MemorySource) {
  const told = { passages: 0 };
  async function* changes(since: number): AsyncGenerator<Change> {
    for await (const change of source.changes(since)) {
      if (change.kind === "add") told.passages += change.passages.length;
      yield change;
    }
  }
  return { source: { sequence: source.sequence, changes }, told };
}

const open = (source: Pick<MemorySource, "sequence" | "changes">) =>
  createSearch({ source, snapshot: path, logger, limits });

async function found(search: Search, question: string): Promise<string[]> {
  const { hits } = await search.search(search.terms(question), filter, 20);
  return hits.map((hit) => hit.passage.document);
}

describe("the snapshot of the index", () => {
  it("saves reading the corpus again", async () => {
    const source = corpus();
    await (await open(source)).close();
    const { source: second, told } = watched(source);
    const search = await open(second);
    expect(await found(search, "alpha17 freedom")).toContain("d17");
    expect(told.passages).toBeLessThan(20);
    expect(warnings).toEqual([]);
  });

  it("catches up with what was added, revised and removed since", async () => {
    const source = corpus();
    await (await open(source)).close();
    source.put({ id: "new", title: "", bodies: ["The omega embassy."] });
    source.put({ id: "d3", title: "", bodies: ["Nothing of it is left."] });
    source.forget("d4");
    const search = await open(source);
    expect(await found(search, "omega")).toEqual(["new"]);
    expect(await found(search, "alpha3")).toEqual([]);
    expect(await found(search, "alpha4")).toEqual([]);
    expect(await found(search, "alpha5")).toEqual(["d5"]);
  });

  it("keeps nothing of a removed document once the search is closed", async () => {
    const source = corpus();
    await (await open(source)).close();
    expect(readFileSync(path).includes("alpha42")).toBe(true);
    source.forget("d42");
    await (await open(source)).close();
    expect(readFileSync(path).includes("alpha42")).toBe(false);
    expect(await found(await open(source), "alpha43")).toEqual(["d43"]);
  });

  it("keeps nothing of it either when it was written meanwhile, before the removal was merged", async () => {
    const loose = { tailPassages: 400, snapshotPassages: 10 };
    const source = corpus();
    await (await createSearch({ source, snapshot: path, limits: loose })).close();
    source.forget("d42");
    for (let i = 0; i < 10; i++) source.put({ id: `n${i}`, title: "", bodies: [`The omega${i} embassy.`, "More."] });
    const search = await createSearch({ source, snapshot: path, limits: loose });
    expect(readFileSync(path).includes("alpha42")).toBe(true);
    await search.close();
    expect(readFileSync(path).includes("alpha42")).toBe(false);
    expect(readFileSync(path).includes("omega7")).toBe(true);
  });

  it("is not kept for a corpus that is read in no time, nor left when one has become small", async () => {
    const source = corpus();
    await (await open(source)).close();
    for (let i = 0; i < 98; i++) source.forget(`d${i}`);
    await (await open(source)).close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not trusted when cut short or with a bit flipped, wherever", async () => {
    const source = corpus();
    await (await open(source)).close();
    const whole = readFileSync(path);
    const damage = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bit, cut }) => {
        const damaged = Buffer.from(whole);
        damaged[at]! ^= 1 << bit;
        writeFileSync(path, cut ? whole.subarray(0, at) : damaged);
        warnings = [];
        const { source: second, told } = watched(source);
        const search = await open(second);
        expect(told.passages).toBeGreaterThanOrEqual(200);
        expect(warnings).toHaveLength(1);
        expect(await found(search, "alpha17")).toEqual(["d17"]);
        await search.close();
      }),
      { numRuns: 60 },
    );
  });

  it("is not trusted when something is added to it", async () => {
    const source = corpus();
    await (await open(source)).close();
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(8)]));
    expect(await found(await open(source), "alpha17")).toEqual(["d17"]);
    expect(warnings).toHaveLength(1);
  });

  it("is not trusted when it was written by other rules of reading", async () => {
    const source = corpus();
    await (await open(source)).close();
    const text = readFileSync(path).toString("latin1");
    writeFileSync(path, Buffer.from(text.replace(/"format":\d+/, '"format":0'), "latin1"));
    await open(source);
    expect(warnings).toHaveLength(1);
  });

  it("is not trusted beside another store, nor beside an earlier state of its own", async () => {
    await (await open(corpus())).close();
    expect(await found(await open(corpus("gamma")), "gamma17 alpha17")).toEqual(["d17"]);
    expect(warnings).toHaveLength(1);
    const earlier = createMemorySource([{ id: "d0", title: "Report 0", bodies: ["The gamma0 embassy."] }]);
    expect(await found(await open(earlier), "gamma17")).toEqual([]);
    expect(warnings).toHaveLength(2);
  });

  it("leaves no half-written file, not even one of a process that was killed", async () => {
    writeFileSync(`${path}.999999999.tmp`, "half");
    await (await open(corpus())).close();
    expect(readdirSync(folder)).toEqual(["main.index"]);
    expect(statSync(path).size).toBeGreaterThan(1_000);
  });

  it("is done without where the folder cannot be written", async () => {
    path = join(folder, "absent", "main.index");
    const search = await open(corpus());
    expect(await found(search, "alpha17")).toEqual(["d17"]);
    await search.close();
    expect(warnings.length).toBeGreaterThan(0);
  });
});
