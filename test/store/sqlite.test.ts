import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStore } from "../../src/store/check.ts";
import { openConnection } from "../../src/store/connection.ts";
import { createSqliteStore, openSqliteStore } from "../../src/store/sqlite.ts";
import { storeContract } from "../contracts/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";

storeContract("sqlite", (runtime) => openSqliteStore({ path: ":memory:", runtime }));

/** The tables of the first version. */
const firstTables = new Set(
  ["corpus", "collections", "documents", "revisions", "removals", "forgotten", "bands", "adapter_state"].concat([
    "answers",
    "answer_documents",
    "contexts",
    "feedback",
    "permissions",
  ]),
);

describe("a store in a file", () => {
  const runtime = createTestRuntime();
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dateline-"));
    path = join(folder, "dateline.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is there again after a restart", async () => {
    const kept = preparedDocument("a", "Kept.");
    const store = await openSqliteStore({ path, runtime });
    await store.put([kept]);
    const fingerprint = await store.fingerprint(["main"]);
    await store.close();
    const again = await openSqliteStore({ path, runtime });
    expect((await again.document(kept.id))?.text).toBe("Kept.");
    expect(await again.fingerprint(["main"])).toBe(fingerprint);
    expect((await again.put([kept]))[0]).toMatchObject({ outcome: "unchanged" });
    await again.close();
  });

  it("shows two processes the same corpus, and numbers for both", async () => {
    const one = await openSqliteStore({ path, runtime });
    const two = await openSqliteStore({ path, runtime });
    await one.put([preparedDocument("a", "From one.")]);
    await two.put([preparedDocument("b", "From two.")]);
    await one.put([preparedDocument("c", "From one again.")]);
    expect(await two.sequence()).toBe(3);
    expect(await two.fingerprint(["main"])).toBe(await one.fingerprint(["main"]));
    await one.close();
    await two.close();
    expect(await checkStore({ path, runtime })).toEqual([]);
  });

  it("takes a file of an earlier version up to the present one", async () => {
    const kept = preparedDocument("a", "Kept.", { published: "2026-03-05T09:00:00Z" });
    const store = await openSqliteStore({ path, runtime });
    await store.put([kept]);
    await store.close();
    const earlier = new DatabaseSync(path);
    earlier.exec("ALTER TABLE corpus DROP COLUMN forgets; ALTER TABLE corpus DROP COLUMN erased");
    earlier.exec("DROP INDEX documents_by_arrival; ALTER TABLE documents DROP COLUMN arrived_at");
    const tables = earlier
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    for (const { name } of tables) if (!firstTables.has(String(name))) earlier.exec(`DROP TABLE "${name}"`);
    earlier.exec("PRAGMA user_version = 1");
    earlier.close();
    const again = await openSqliteStore({ path, runtime });
    expect((await again.document(kept.id))?.text).toBe("Kept.");
    expect(await again.counts(["main"])).toMatchObject({
      documents: 1,
      from: "2026-03-05",
      outlets: [{ documents: 1 }],
    });
    expect(await again.forget(kept.id)).toBe(true);
    await again.close();
  });

  it("keeps the last verdict of each person", async () => {
    const connection = await openConnection({ path, runtime });
    const store = createSqliteStore(connection, runtime);
    await store.saveFeedback({ answerId: "a-1", asker: "ann", verdict: "good" }, 1);
    await store.saveFeedback({ answerId: "a-1", asker: "ann", verdict: "bad" }, 2);
    await store.saveFeedback({ answerId: "a-1", asker: null, verdict: "good" }, 3);
    const rows = connection.database.prepare("SELECT asker, verdict, at FROM feedback ORDER BY at").all();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { asker: "ann", verdict: "bad", at: 2 },
      { asker: "", verdict: "good", at: 3 },
    ]);
    await store.close();
  });

  it("finds what SQLite's own check does not see", async () => {
    const connection = await openConnection({ path, runtime });
    const store = createSqliteStore(connection, runtime);
    await store.put([preparedDocument("a", paragraphs("a", 3)), preparedDocument("b", paragraphs("b", 3))]);
    const problemsAfter = async (damage: string) => {
      connection.database.exec(damage);
      return checkStore({ path, runtime });
    };
    expect(await problemsAfter("SELECT 1")).toEqual([]);
    expect(await problemsAfter("UPDATE revisions SET text = 'cut' WHERE sequence = 1")).toHaveLength(3);
    expect(await problemsAfter("UPDATE held_outlets SET passages = 7")).toContain(
      "The counts by outlet and day are not those of the documents.",
    );
    expect(await problemsAfter("UPDATE corpus SET sequence = 2")).toContain("The sequence is 2, but 6 is used.");
    expect(await problemsAfter("UPDATE revisions SET hash = 'x'")).toContain(
      "The fingerprint of collection main is not that of its documents.",
    );
    expect(await problemsAfter("INSERT INTO removals VALUES (5, 1, 3)")).toEqual(
      expect.arrayContaining(["Number 5 was used twice.", "Revision 1 is both current and removed, or neither."]),
    );
    expect(await problemsAfter("DELETE FROM bands WHERE document = 1")).toContain(
      `Document ${preparedDocument("a", "").id} is not found by its signature.`,
    );
    await store.close();
  });

  it("leaves nothing in the file of what was forgotten, wherever SQLite moved it before", async () => {
    const store = await openSqliteStore({ path, runtime });
    const marked = (i: number) => {
      const mark = `mark${i}x`;
      const words = Array.from({ length: 1 + ((i * 37) % 90) }, (_, word) => `${mark}text${word}`);
      return preparedDocument(`${mark}key`, words.join(" "), { title: `${mark}title` });
    };
    const documents = Array.from({ length: 600 }, (_, i) => marked(i));
    for (let i = 0; i < documents.length; i += 50) await store.put(documents.slice(i, i + 50));
    await store.put([preparedDocument(documents[1]!.source.key, "mark1xrevised", { title: "mark1xrevised" })]);
    const inFiles = (mark: string) =>
      readdirSync(folder).filter((name) => readFileSync(join(folder, name), "latin1").includes(mark));
    expect(inFiles("mark1x")).not.toEqual([]);
    const gone = documents.filter((_, i) => i % 3 === 1);
    await Promise.all(gone.map(({ id }) => store.forget(id)));
    for (const { source } of gone) expect(inFiles(source.key.replace("key", ""))).toEqual([]);
    expect(inFiles("mark2x")).not.toEqual([]);
    await store.close();
    expect(await checkStore({ path, runtime })).toEqual([]);
  });

  it("overwrites what was forgotten when it is opened, if the process that forgot was hindered", async () => {
    const store = await openSqliteStore({ path, runtime, busyTimeoutMs: 10 });
    const kept = preparedDocument("a", "Kept.");
    await store.put([kept, preparedDocument("b", "Stays.")]);
    const reader = new DatabaseSync(path);
    reader.exec("BEGIN; SELECT * FROM corpus");
    await expect(store.forget(kept.id)).rejects.toMatchObject({
      code: "data-locked",
      message: expect.stringContaining("It is forgotten, but traces of it may still be in the file"),
    });
    expect(await store.document(kept.id)).toBeNull();
    reader.close();
    await store.close();
    const due = "SELECT forgets > erased AS due FROM corpus";
    const look = (sql: string) => {
      const database = new DatabaseSync(path, { readOnly: true });
      const row = database.prepare(sql).get();
      database.close();
      return { ...row };
    };
    expect(look(due)).toEqual({ due: 1 });
    await (await openSqliteStore({ path, runtime })).close();
    expect(look(due)).toEqual({ due: 0 });
  });
});
