import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStore } from "../../src/store/check.ts";
import { openConnection } from "../../src/store/connection.ts";
import { createSqliteStore, openSqliteStore } from "../../src/store/sqlite.ts";
import { storeContract } from "../contracts/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";

storeContract("sqlite", (runtime) => openSqliteStore({ path: ":memory:", runtime }));

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
});
