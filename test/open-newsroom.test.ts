import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ingest } from "../src/corpus/ingest.ts";
import { readDocuments } from "../src/corpus/read/read-documents.ts";
import { starterCollection } from "../src/corpus/starter.ts";
import { NewsroomError } from "../src/errors.ts";
import { type OpenNewsroom, openNewsroom, openThrowaway, snapshotFile } from "../src/open-newsroom.ts";
import { openData } from "../src/store/open.ts";
import { sourceDocument } from "./support/documents.ts";
import { harbourReports } from "./support/harbour-reports.ts";
import { createLogLines } from "./support/log-lines.ts";
import { plainInquiry, readEvents } from "./support/newsroom.ts";
import { createTestRuntime } from "./support/runtime.ts";

const runtime = createTestRuntime();
const options = { runtime, publicUrl: null };
const religion = "What did the cable say about religious freedom?";
const vigilance = "What did the memo say about vigilance?";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dateline-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

const answer = async ({ newsroom }: OpenNewsroom, text: string) =>
  (await newsroom.ask({ ...plainInquiry, text })).answer!;

async function open(path = join(folder, "data")): Promise<OpenNewsroom> {
  const opened = await openNewsroom(path, options);
  onTestFinished(opened.close);
  return opened;
}

describe("a newsroom in a data folder", () => {
  it("is made with the starter corpus in it, which answers", async () => {
    const opened = await open(join(folder, "deep", "data"));
    expect(await opened.store.collectionsInUse()).toEqual([starterCollection]);
    expect(await answer(opened, religion)).toMatchObject({ status: "answered", searched: { documents: 5 } });
  });

  it("gives the same answers and ids when it is opened again, from its snapshot or without", async () => {
    const first = await open();
    const before = JSON.stringify(await answer(first, religion));
    await first.close();
    const second = await open();
    expect(JSON.stringify(await answer(second, religion))).toBe(before);
    await second.close();
    rmSync(join(folder, "data", snapshotFile), { force: true });
    expect(JSON.stringify(await answer(await open(), religion))).toBe(before);
  });

  it("leaves the starter corpus alone once something else is there", async () => {
    const first = await open();
    await ingest({ store: first.store, documents: readEvents(harbourReports), runtime });
    await first.close();
    const second = await open();
    expect(await answer(second, vigilance)).toMatchObject({ status: "answered", searched: { documents: 2 } });
    expect(await answer(second, religion)).toMatchObject({ status: "not-in-corpus", searched: { documents: 2 } });
  });

  it("does not bring the starter corpus to a folder that has documents of its own", async () => {
    const store = await openData(join(folder, "data"), { runtime });
    await ingest({ store, documents: readEvents(harbourReports), runtime });
    await store.close();
    expect(await (await open()).store.collectionsInUse()).toEqual(["main"]);
  });

  it("answers from what was ingested while it is open", async () => {
    const opened = await open();
    expect((await answer(opened, vigilance)).status).toBe("not-in-corpus");
    await ingest({ store: opened.store, documents: readEvents(harbourReports), runtime });
    expect((await answer(opened, vigilance)).status).toBe("answered");
    for (const { id } of await opened.store.documents(["main"], { limit: 9, after: null }))
      await opened.store.forget(id);
    expect((await answer(opened, religion)).status).toBe("answered");
  });

  it("does not open over what is no database, and leaves it as it is", async () => {
    const letter = "This is a letter to my aunt. ".repeat(400);
    const file = join(folder, "dateline.sqlite");
    writeFileSync(file, letter);
    await expect(openNewsroom(folder, options)).rejects.toMatchObject({ code: "data-not-a-database" });
    expect(readFileSync(file, "utf8")).toBe(letter);
  });

  it("may be closed twice", async () => {
    const opened = await open();
    await opened.close();
    await expect(opened.close()).resolves.toBeUndefined();
  });
});

describe("a throwaway newsroom", () => {
  it("answers from just the documents it is given, whatever collection they name", async () => {
    const documents = [...harbourReports, sourceDocument("x", "The memo is old.", { collection: "elsewhere" })];
    const opened = await openThrowaway(readEvents(documents), options);
    onTestFinished(opened.close);
    expect(await answer(opened, vigilance)).toMatchObject({ status: "answered", searched: { documents: 3 } });
    expect((await answer(opened, religion)).status).toBe("not-in-corpus");
  });

  it("is not opened over nothing that can be read, and says why", async () => {
    await expect(openThrowaway(readEvents([]), options)).rejects.toMatchObject({
      code: "bad-document",
      message: "There is no document there to answer from.",
    });
    const missing = join(folder, "missing.txt");
    const documents = readDocuments([missing], { collection: "main", root: folder });
    await expect(openThrowaway(documents, options)).rejects.toSatisfy(
      (error) => error instanceof NewsroomError && error.message.includes("missing.txt"),
    );
  });

  it("says in the log what could not be read, and answers from the rest", async () => {
    writeFileSync(join(folder, "memo.txt"), harbourReports[0]!.text);
    writeFileSync(join(folder, "empty.txt"), "");
    const { logger, said } = createLogLines();
    const documents = readDocuments([folder], { collection: "main", root: folder });
    const opened = await openThrowaway(documents, { ...options, logger });
    onTestFinished(opened.close);
    expect((await answer(opened, vigilance)).status).toBe("answered");
    expect(said("warn")).toContain("empty.txt");
  });
});
