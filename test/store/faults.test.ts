import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStore } from "../../src/store/check.ts";
import { openConnection } from "../../src/store/connection.ts";
import { openData } from "../../src/store/open.ts";
import { createSqliteStore } from "../../src/store/sqlite.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";

const runtime = createTestRuntime();
const file = "dateline.sqlite";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dateline-"));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** Names and contents of everything in the folder, to see that nothing changed. */
function snapshot(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      const content = statSync(path).isFile() ? readFileSync(path) : "";
      return [name, createHash("sha256").update(content).digest("hex")];
    }),
  );
}

/** Opening fails with this code and a sentence that names the place and says what to do; nothing has changed. */
async function expectFault(code: string, target = folder): Promise<void> {
  const before = snapshot();
  const error = await openData(target, { runtime }).then(
    (store) => store.close(),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "NewsroomError", code });
  expect((error as Error).message).toContain(target);
  expect((error as Error).message).toMatch(/\. [A-Z]\w+ .*\.$/);
  expect(snapshot()).toEqual(before);
}

async function makeStore(): Promise<void> {
  const store = await openData(folder, { runtime });
  await store.put([preparedDocument("a", "Kept.")]);
  await store.close();
}

describe("a data folder", () => {
  it("is made with all its parents", async () => {
    const store = await openData(join(folder, "some", "where"), { runtime });
    await store.close();
    expect(readdirSync(join(folder, "some", "where"))).toEqual([file]);
  });

  it("that would be below a file is refused", async () => {
    writeFileSync(join(folder, "plain"), "text");
    await expectFault("data-read-only", join(folder, "plain", "data"));
    await expectFault("data-read-only", join(folder, "plain"));
  });

  it.each([
    ["empty", async () => undefined],
    ["with a store in it", makeStore],
  ])("that may not be written is refused: %s", async (_, prepare) => {
    await prepare();
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
    chmodSync(folder, 0o555);
    const before = snapshot();
    expect(openUnprivileged(folder)).toEqual({
      code: "data-read-only",
      message: expect.stringMatching(/cannot be written\. Give this user write permission/),
    });
    expect(snapshot()).toEqual(before);
  });

  it.each([
    ["text", () => writeFileSync(join(folder, file), "Not a database at all.\n".repeat(100))],
    ["a short file", () => writeFileSync(join(folder, file), "short")],
    ["a folder", () => mkdirSync(join(folder, file))],
    ["another program's database", makeForeign],
    ["another program's database in write-ahead logging", () => makeForeign("PRAGMA journal_mode = WAL")],
  ])("with something else in the store's place is refused: %s", async (_, prepare) => {
    prepare();
    await expectFault("data-not-a-database");
  });

  it("with an empty file in the store's place is taken", async () => {
    writeFileSync(join(folder, file), "");
    await makeStore();
    expect(await checkStore({ path: join(folder, file), runtime })).toEqual([]);
  });

  it("of a newer version is refused", async () => {
    await makeStore();
    const database = new DatabaseSync(join(folder, file));
    database.exec("PRAGMA user_version = 1000");
    database.close();
    await expectFault("data-newer");
  });

  it("of a newer version that is still in the log is refused, and the log is kept", async () => {
    const elsewhere = join(folder, "elsewhere");
    const database = await newerInTheLog(elsewhere);
    for (const name of [file, `${file}-wal`]) copyFileSync(join(elsewhere, name), join(folder, name));
    database.close();
    await expect(openData(folder, { runtime })).rejects.toMatchObject({ code: "data-newer" });
    const reopened = new DatabaseSync(join(folder, file));
    expect({ ...reopened.prepare("PRAGMA user_version").get() }).toEqual({ user_version: 1000 });
    reopened.close();
  });

  it("that is damaged says so when what is damaged is read", async () => {
    const store = await openData(folder, { runtime });
    const kept = preparedDocument("a", paragraphs("a", 500));
    await store.put([kept]);
    await store.close();
    const handle = openSync(join(folder, file), "r+");
    const { size } = statSync(join(folder, file));
    writeSync(handle, Buffer.alloc(size - 4096, 0xff), 0, size - 4096, 4096);
    closeSync(handle);
    await expect(openData(folder, { runtime }).then((damaged) => damaged.document(kept.id))).rejects.toMatchObject({
      code: "data-damaged",
      message: expect.stringContaining("backup"),
    });
  });
});

function makeForeign(pragma = "PRAGMA journal_mode = DELETE"): void {
  const database = new DatabaseSync(join(folder, file));
  database.exec(`${pragma}; CREATE TABLE bookmarks (url TEXT)`);
  database.close();
}

/** A store whose version was raised by somebody who has not yet moved it from the log into the file. */
async function newerInTheLog(elsewhere: string): Promise<DatabaseSync> {
  await (await openData(elsewhere, { runtime })).close();
  const database = new DatabaseSync(join(elsewhere, file));
  database.exec("PRAGMA user_version = 1000");
  return database;
}

/** Opens a data folder in a process that is not root (for root no mode is read-only) and returns the error. */
function openUnprivileged(target: string): unknown {
  const script = fileURLToPath(new URL("../support/open-unprivileged.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script, target], { encoding: "utf8", timeout: 20_000 });
  return stdout === "" ? stderr : JSON.parse(stdout);
}

describe("a store that another process locks", () => {
  const lock = (statement: string) => {
    const other = new DatabaseSync(join(folder, file));
    other.exec(statement);
    return other;
  };

  it("waits as long as it is told, says who holds it, and goes on when it is free", async () => {
    await makeStore();
    const store = await openData(folder, { runtime, busyTimeoutMs: 2000 });
    const other = lock("BEGIN IMMEDIATE");
    const started = runtime.monotonic();
    await expect(store.put([preparedDocument("b", "Waits.")])).rejects.toMatchObject({ code: "data-locked" });
    expect(runtime.monotonic() - started).toBeGreaterThanOrEqual(2000);
    expect(await store.sequence()).toBe(1);
    other.exec("ROLLBACK");
    expect((await store.put([preparedDocument("b", "Waits.")]))[0]).toMatchObject({ outcome: "added" });
    other.close();
    await store.close();
  });

  it("goes on by itself when the lock goes while it waits", async () => {
    await makeStore();
    const other = { database: null as DatabaseSync | null };
    const impatient = { ...runtime, sleep: async () => other.database?.close() };
    const store = await openData(folder, { runtime: impatient });
    other.database = lock("BEGIN IMMEDIATE");
    expect((await store.put([preparedDocument("b", "Waits.")]))[0]).toMatchObject({ outcome: "added" });
    await store.close();
  });

  it("is opened and read while another process writes", async () => {
    await makeStore();
    const other = lock("BEGIN IMMEDIATE");
    const store = await openData(folder, { runtime });
    expect((await store.document(preparedDocument("a", "").id))?.text).toBe("Kept.");
    other.close();
    await store.close();
  });

  it("is not opened while another process has it for itself alone", async () => {
    await makeStore();
    const other = lock("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    await expect(openData(folder, { runtime })).rejects.toMatchObject({
      code: "data-locked",
      message: expect.stringContaining("is locked by another process."),
    });
    other.close();
    await (await openData(folder, { runtime })).close();
  });
});

describe("a disk that is full", () => {
  it("is told, keeps what was acknowledged and nothing else, and the store goes on when there is room", async () => {
    const path = join(folder, file);
    const connection = await openConnection({ path, runtime });
    const store = createSqliteStore(connection, runtime);
    connection.database.exec("PRAGMA max_page_count = 60");
    const acknowledged: string[] = [];
    const put = async (key: string) => {
      const batch = [
        preparedDocument(`${key}-1`, paragraphs(key, 20)),
        preparedDocument(`${key}-2`, paragraphs(`x${key}`, 20)),
      ];
      acknowledged.push(...(await store.put(batch)).map(({ id }) => id));
    };
    const fill = async () => {
      for (let i = 0; i < 1000; i++) await put(`d${i}`);
    };
    await expect(fill()).rejects.toMatchObject({
      code: "data-full",
      message: expect.stringContaining("Free some space"),
    });
    const listed = await store.documents(["main"], { limit: 1000, after: null });
    expect(listed.map(({ id }) => id)).toEqual(acknowledged.toSorted());
    expect(acknowledged.length).toBeGreaterThan(4);
    expect(await store.forget(acknowledged.pop()!)).toBe(true);
    connection.database.exec("PRAGMA max_page_count = 1000");
    await put("again");
    await store.close();
    expect(await checkStore({ path, runtime })).toEqual([]);
  });
});
