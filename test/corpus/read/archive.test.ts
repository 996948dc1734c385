import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byteLines } from "../../../src/corpus/read/byte-lines.ts";
import { readDocuments } from "../../../src/corpus/read/read-documents.ts";
import type { ReadEvent } from "../../../src/corpus/read-event.ts";

let folder: string;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dateline-archive-"));
  path = join(folder, "export.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, lineBytes?: number): Promise<ReadEvent[]> {
  await writeFile(path, content);
  const limits = lineBytes === undefined ? {} : { limits: { lineBytes } };
  return all(readDocuments([path], { collection: "main", root: folder, ...limits }));
}
const one = async (record: object) => {
  const [event] = await read(JSON.stringify(record));
  if (event?.kind !== "document") throw new Error(`not read: ${event?.error.message}`);
  return event.document;
};
const shown = (events: readonly ReadEvent[]): string[] =>
  events.map((event) =>
    event.kind === "document"
      ? event.document.key
      : `${event.source.slice(folder.length + 1)} ${event.error.message.replace(folder, "F")}`,
  );

const text = "The pier closes in March, and the ferries leave from the fish quay.";

describe("an archive", () => {
  it("gives what each line says", async () => {
    const record = {
      id: "a-1",
      title: "Pier closes",
      text: `${text}\r\nSo it goes.`,
      outlet: "Lindvik Courier",
      url: "https://example.com/pier",
      published: "Nov. 26, 2025",
      dateline: "LINDVIK",
      language: "en-GB",
      origin: "Coast Agency",
      collection: "harbour",
      unknown: { anything: [1] },
      __proto__: null,
    };
    expect(await one(record)).toEqual({
      key: "jsonl:a-1",
      collection: "harbour",
      text: record.text,
      excluded: [],
      meta: {
        title: "Pier closes",
        outlet: "Lindvik Courier",
        url: "https://example.com/pier",
        published: "2025-11-26",
        dateline: "LINDVIK",
        language: "en",
        origin: "Coast Agency",
        source: "a-1",
      },
    });
  });

  it("knows the names that other exports use", async () => {
    const { key, meta } = await one({
      guid: 12,
      headline: "Pier",
      body: text,
      source: { id: null, name: "Courier" },
      date: 1764144000,
      link: "http://example.com/a",
      lang: "de",
    });
    expect(key).toBe("jsonl:12");
    expect(meta).toMatchObject({
      title: "Pier",
      outlet: "Courier",
      published: "2025-11-26T08:00:00Z",
      url: "http://example.com/a",
      language: "de",
    });
  });

  it("infers a title, drops what is no date and no web address, and supplies nothing", async () => {
    const { key, meta } = await one({
      text: `LINDVIK — ${text}`,
      published: "03/04/2025",
      url: "javascript:alert(1)",
      outlet: ["a"],
    });
    expect(key).toMatch(/^export\.jsonl#[0-9a-f]{24}$/);
    expect(meta).toEqual({
      title: text,
      outlet: null,
      published: null,
      dateline: "LINDVIK",
      language: "en",
      origin: null,
      source: "export.jsonl",
      url: null,
    });
  });

  it("gives the text of a record whose text is HTML, and leaves text that only speaks of tags as it is", async () => {
    const html = await one({
      id: 1,
      text: `<p>${text}</p>\n<ul><li>close</li><li>move</li></ul><script>x</script><p>Ferries &amp; piers.</p>`,
    });
    expect(html.text).toBe(`${text}\n\nclose\nmove\n\nFerries & piers.`);
    const plain = `<p> begins a paragraph, and </p> ends it.`;
    expect((await one({ id: 1, text: plain })).text).toBe(plain);
    const nested = await read(
      `${JSON.stringify({ text: `<div>${"<div>".repeat(200_000)}</div>` })}\n${JSON.stringify({ id: 2, text })}`,
    );
    expect(nested.map((event) => event.kind)).toEqual(["failed", "document"]);
  });

  it("keeps a record's key when lines move", async () => {
    const line = JSON.stringify({ text });
    expect(shown(await read(`${line}\n`))).toEqual(shown(await read(`\n\n${line}`)));
  });

  it("goes on after a line that cannot be read, naming file and line", async () => {
    const good = JSON.stringify({ id: 1, text });
    const lines = [
      `\ufeff${good}`,
      "",
      "{broken",
      "[1]",
      '"x"',
      '{"id":2}',
      '{"text":"  "}',
      '{"text":5,"id":3}',
      `{"text":"x","collection":"../y"}`,
      "   ",
      good,
    ];
    expect(shown(await read(lines.join("\r\n")))).toEqual([
      "jsonl:1",
      "export.jsonl:3 Line 3 of F/export.jsonl is not valid JSON; each line must hold one whole JSON object.",
      'export.jsonl:4 Line 4 of F/export.jsonl is not a JSON object; write {"title": …, "text": …} on it.',
      'export.jsonl:5 Line 5 of F/export.jsonl is not a JSON object; write {"title": …, "text": …} on it.',
      'export.jsonl:6 Line 6 of F/export.jsonl has no text; put the article\'s text under the key "text".',
      'export.jsonl:7 Line 7 of F/export.jsonl has no text; put the article\'s text under the key "text".',
      "jsonl:3",
      "export.jsonl:9 Line 9 of F/export.jsonl names a collection that cannot be one; use letters, digits, hyphens and dots.",
      "jsonl:1",
    ]);
  });

  it("skips a line that is too long without keeping it", async () => {
    const long = JSON.stringify({ id: "long", text: "x".repeat(5_000) });
    const good = JSON.stringify({ id: "good", text });
    expect(shown(await read(`${long}\n${good}\n${long}`, 1_000))).toEqual([
      "export.jsonl:1 Line 1 of F/export.jsonl is longer than 1000 bytes; split that record into several.",
      "jsonl:good",
      "export.jsonl:3 Line 3 of F/export.jsonl is longer than 1000 bytes; split that record into several.",
    ]);
  });

  it("gives up on a file that is no archive", async () => {
    const events = await read(
      JSON.stringify(
        Array.from({ length: 500 }, () => ({ text })),
        null,
        2,
      ),
    );
    expect(events).toHaveLength(101);
    expect(shown(events).at(-1)).toMatch(/is no archive: not one of its first 100 lines is a record/);
  });

  it("is not moved by nesting without end, prototypes and lone surrogates", async () => {
    const events = await read(
      `{"id":1,"text":"a \\ud83d b","__proto__":{"text":"x"}}\n${"[".repeat(100_000)}\n{"id":2,"outlet":${'{"name":'.repeat(50_000)}1${"}".repeat(50_000)},"text":"x y"}`,
    );
    expect(events.map((event) => event.kind)).toEqual(["document", "failed", "document"]);
    expect(events[0]?.kind === "document" && events[0].document.text).toBe("a \ufffd b");
    expect(({} as Record<string, unknown>).text).toBeUndefined();
  });

  it("reads UTF-16 with a mark and old encodings; bytes that are not in the archive's encoding fail their line", async () => {
    const line = JSON.stringify({ id: 1, text: "Die Brücke über den Fluss ist für den Verkehr gesperrt." });
    const wide = Buffer.from(`\ufeff${line}\n${line}`, "utf16le");
    expect((await read(wide)).map((event) => event.kind)).toEqual(["document", "document"]);
    const [old] = await read(Buffer.from(line, "latin1"));
    expect(old?.kind === "document" && old.document.text).toContain("Brücke über");
    const mixed = Buffer.concat([
      Buffer.from(`${line}\n`.repeat(2_000)),
      Buffer.from(`${line}\n`, "latin1"),
      Buffer.from(line),
    ]);
    const kinds = (await read(mixed)).map((event) => event.kind);
    expect(kinds.filter((kind) => kind === "failed")).toHaveLength(1);
    expect(kinds.indexOf("failed")).toBe(2_000);
  });

  it("counts the bytes as it goes", async () => {
    const line = JSON.stringify({ text });
    const events = await read(`${line}\n${line}\n`);
    expect(events.map((event) => event.bytesDone)).toEqual([line.length + 1, line.length * 2 + 2]);
    expect(events[0]?.bytesTotal).toBe(line.length * 2 + 2);
  });
});

describe("lines of bytes", () => {
  it("are the lines of the text, however it is cut into chunks", async () => {
    const chunk = fc.array(fc.constantFrom("a", "\n", "bc", "\n\n", "ü", "\r\n"), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), fc.integer({ min: 1, max: 6 }), async (pieces, limit) => {
        const chunks = pieces.map((piece) => Buffer.from(piece.join("")));
        const whole = Buffer.concat(chunks).toString();
        const found = await all(byteLines(toStream(chunks), limit));
        const expected = whole.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(found.map((line) => line.bytes?.toString() ?? null)).toEqual(
          expected.map((line) => (Buffer.byteLength(line) > limit ? null : line)),
        );
        expect(found.map((line) => line.number)).toEqual(expected.map((_, index) => index + 1));
        expect(found.at(-1)?.end ?? 0).toBe(Buffer.byteLength(whole));
      }),
    );
  });
});

it("passes over a line of gigabytes without gathering it", async () => {
  const megabyte = Buffer.alloc(2 ** 20, "x");
  const endless = Array.from({ length: 3_000 }, () => megabyte);
  const found = await all(byteLines(toStream([...endless, Buffer.from("\nlast")]), 2 ** 20));
  expect(found.map((line) => line.bytes?.toString() ?? null)).toEqual([null, "last"]);
});

async function* toStream(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}
