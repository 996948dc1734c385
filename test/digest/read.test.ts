import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { preparedDocument } from "../support/documents.ts";
import { createTestRuntime } from "../support/runtime.ts";

describe("digests through the door of the newsroom", () => {
  const runtime = createTestRuntime();
  let folder: string;
  let opened: OpenNewsroom;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "dateline-"));
    opened = await openNewsroom(folder, { runtime, publicUrl: "https://desk.example" });
  });
  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const request = (collections: readonly string[]) => ({
    id: `of ${collections.join(" ")}`,
    window: { since: runtime.now() - 1, until: runtime.now() },
    collections,
    topics: [],
    outlets: [],
    timeZone: "UTC",
  });

  it("tell of documents that were brought by hand too, and link to our own page where they have none", async () => {
    await opened.store.put([
      preparedDocument("a", "Engineers reopened the Torre bridge in Sund on Monday.", {
        published: new Date(runtime.now()).toISOString(),
      }),
    ]);
    const digest = await opened.digests.make(request(["main"]));
    const { main } = await opened.digests.compose(digest);
    const document = `https://desk.example/documents/${digest.citations[0]!.document}?revision=1`;
    expect(main.sources).toMatchObject([{ url: `${document}&start=0&end=54#cited` }]);
    expect(main.blocks).toContainEqual({
      kind: "heading",
      content: [{ kind: "link", text: "Title of a", url: document }],
    });
  });

  it("are read by those who may see all that is in them", async () => {
    for (const collections of [["main"], ["main", "desk"]])
      await opened.digests.keep(await opened.digests.make(request(collections)));
    const { read } = opened.newsroom;
    const ids = async (collections: readonly string[]) =>
      (await read.digests(collections, { limit: 10, after: null })).map(({ id }) => id).sort();
    expect(await ids(["main"])).toEqual(["of main"]);
    expect(await ids(["desk", "main"])).toEqual(["of main", "of main desk"]);
    expect(await read.digest("of main desk", ["main"])).toBeNull();
    expect(await read.digest("of main desk", ["main", "desk"])).toMatchObject({ id: "of main desk", stories: [] });
    expect(await read.digest("none", ["main"])).toBeNull();
  });
});
