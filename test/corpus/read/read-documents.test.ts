import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SourceDocument } from "../../../src/corpus/document.ts";
import { type ReadOptions, readDocuments } from "../../../src/corpus/read/read-documents.ts";
import type { ReadEvent } from "../../../src/corpus/read-event.ts";
import { NewsroomError } from "../../../src/errors.ts";

let folder: string;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dateline-read-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function read(paths: readonly string[] = [folder], options: Partial<ReadOptions> = {}): Promise<ReadEvent[]> {
  return all(readDocuments(paths, { collection: "main", root: folder, ...options }));
}

const documents = (events: readonly ReadEvent[]): SourceDocument[] =>
  events.flatMap((event) => (event.kind === "document" ? [event.document] : []));
const failures = (events: readonly ReadEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "failed" ? [event.error.message.replaceAll(folder, "F")] : []));

const article = "The harbour authority will close the northern pier from March, after divers found worms.";

describe("reading files and folders", () => {
  it("walks a folder in order, every format, and passes over what is hidden, a README, or another format", async () => {
    await put({
      "b/two.txt": article,
      "b/.hidden.txt": article,
      ".git/three.txt": article,
      "README.md": article,
      "b/readme": article,
      "b/photo.png": "x",
      "a.md": article,
      "B.TXT": article,
      "c.html": `<html><body><article><p>${article}</p></article></body></html>`,
      "d.jsonl": JSON.stringify({ id: 7, text: article }),
    });
    const events = await read();
    expect(documents(events).map((document) => document.key)).toEqual([
      "B.TXT",
      "a.md",
      "b/two.txt",
      "c.html",
      "jsonl:7",
    ]);
    expect(failures(events)).toEqual([]);
    const last = events.at(-1)!;
    expect(last.bytesDone).toBe(last.bytesTotal);
    expect(events.map((event) => event.bytesDone)).toEqual(
      events.map((event) => event.bytesDone).toSorted((a, b) => a - b),
    );
  });

  it("reads what is named in the order it is named, also a hidden file and a README, and nothing twice", async () => {
    await put({ "z.txt": article, "README.md": article, ".a.txt": article });
    const named = ["z.txt", "README.md", ".a.txt", "z.txt", "."].map((name) => join(folder, name));
    expect(documents(await read(named)).map((document) => document.key)).toEqual(["z.txt", "README.md", ".a.txt"]);
  });

  it("keys documents by their real path without a root", async () => {
    await put({ "a.txt": article });
    await symlink(join(folder, "a.txt"), join(folder, "b.txt"));
    const events = await all(readDocuments([join(folder, "b.txt")], { collection: "main" }));
    expect(documents(events)[0]?.key).toMatch(/\/a\.txt$/);
  });

  it("puts documents into the collection asked for, unless they name one", async () => {
    await put({ "a.md": article, "b.md": `---\ncollection: harbour\n---\n${article}` });
    expect(documents(await read()).map((document) => document.collection)).toEqual(["main", "harbour"]);
  });

  it("survives links in circles and links to nowhere", async () => {
    await put({ "a/one.txt": article });
    await symlink("..", join(folder, "a/up"));
    await symlink(folder, join(folder, "a/all"));
    await symlink("loop", join(folder, "loop"));
    await symlink("gone.txt", join(folder, "nowhere.txt"));
    const events = await read();
    expect(documents(events).map((document) => document.key)).toEqual(["a/one.txt"]);
    expect(failures(events)).toEqual([
      "F/loop is a symbolic link that leads in a circle; remove it.",
      "There is no file or folder F/nowhere.txt; check how it is written.",
    ]);
  });

  it("says what is wrong with a path, and goes on", async () => {
    await put({ "photo.png": "x", "empty/x.png": "x", "a.txt": article });
    const paths = ["gone", "photo.png", "empty", "a.txt/b.txt", "a.txt"].map((name) => join(folder, name));
    const events = await read(paths);
    expect(failures(events)).toEqual([
      "There is no file or folder F/gone; check how it is written.",
      "F/photo.png is in no format that can be read; save it as one of .md, .txt, .html and .jsonl.",
      "There are no documents in F/empty; it needs files that end in .md, .txt, .html and .jsonl.",
      "There is no file or folder F/a.txt/b.txt; check how it is written.",
    ]);
    expect(documents(events)).toHaveLength(1);
    expect(events.flatMap((event) => (event.kind === "failed" ? [event.error.code] : []))).toEqual([
      "not-found",
      "bad-document",
      "not-found",
      "not-found",
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("says when a file may not be read (root may read everything)", async () => {
    await put({ "a.txt": article });
    await chmod(join(folder, "a.txt"), 0);
    expect(failures(await read())).toEqual(["F/a.txt may not be read; change its permissions and try again."]);
  });

  it("refuses a device", async () => {
    expect(failures(await read(["/dev/zero"]))[0]).toMatch(/neither a file nor a folder/);
  });

  it("stops when it is told to", async () => {
    await put({ "a.txt": article, "b.txt": article });
    const stop = new AbortController();
    const seen: ReadEvent[] = [];
    const reading = (async () => {
      for await (const event of readDocuments([folder], { collection: "main", signal: stop.signal })) {
        seen.push(event);
        stop.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "stopped" });
    expect(seen).toHaveLength(1);
    await expect(read([folder], { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(NewsroomError);
  });
});

describe("bad documents are each a clear error, and the rest is read", () => {
  it("for all kinds together", async () => {
    const megabytes = `${article} `.repeat(240_000);
    await put({
      "01-empty.txt": "",
      "02-white.md": " \r\n\t\n\u00a0",
      "03-bom.txt": "\ufeff",
      "04-binary.txt": Uint8Array.from({ length: 3_000 }, (_, index) => (index * index * 31 + index * 17) % 256),
      "05-damaged.txt": Buffer.from("caf\xc3\xa9 caf\xc3\xa9 na\xc3\xafve \xff ok", "latin1"),
      "06-front.md": `---\ntitle: [a, b]\n---\n${article}`,
      "07-front.md": "---\ntitle: x\n---\n",
      "08-large.txt": megabytes,
      "09-line.txt": "x".repeat(5_000_000),
      "10-empty.html": "<html><body><article></article></body></html>",
      "11-empty.jsonl": "\n\n",
      "12-good.txt": article,
    });
    const events = await read();
    expect(failures(events)).toEqual([
      "F/01-empty.txt is empty: there is no text in it. Fill it or leave it out.",
      "F/02-white.md is empty: there is no text in it. Fill it or leave it out.",
      "F/03-bom.txt is empty: there is no text in it. Fill it or leave it out.",
      "F/04-binary.txt holds binary data, not text; save it as plain text, Markdown or HTML and try again.",
      "F/05-damaged.txt is not valid UTF-8: a byte is damaged, the first at offset 19. Save it as UTF-8 again.",
      'In the front matter of F/06-front.md, "title" must be plain text on one line; correct or remove it.',
      "F/07-front.md is empty: there is no text in it. Fill it or leave it out.",
      "There is no article in F/10-empty.html: it may be made by scripts, or ask for a login; save the article's text instead.",
      "F/11-empty.jsonl is empty: there is no text in it. Fill it or leave it out.",
    ]);
    expect(documents(events).map((document) => [document.key, document.text.length])).toEqual([
      ["08-large.txt", megabytes.length],
      ["09-line.txt", 5_000_000],
      ["12-good.txt", article.length],
    ]);
    expect(megabytes.length).toBeGreaterThan(20_000_000);
  });

  it("beyond the size that can be read", async () => {
    await put({ "a.txt": article.repeat(100), "b.txt": article });
    const events = await read([folder], { limits: { fileBytes: 1_024 } });
    expect(failures(events)[0]).toMatch(/^F\/a\.txt is too large \(8800 bytes; at most 1024 bytes\); split it/);
    expect(documents(events)).toHaveLength(1);
  });
});
