import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SourceDocument, Span } from "../../../src/corpus/document.ts";
import { cutPassages } from "../../../src/corpus/passages.ts";
import { readDocuments } from "../../../src/corpus/read/read-documents.ts";
import { NewsroomError } from "../../../src/errors.ts";

const seeds = [1, 2, 3];
const filesForSeed = 250;

/** Mulberry32: small, seeded, good enough to mutate with. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const paragraph =
  "LINDVIK — The harbour authority will close the “northern” pier from March, after Dr. Dahl's divers found that worms had eaten through a third of the piles: 1,200 of 3,600. 👩‍👩‍👧‍👦 é";
const originals: readonly (readonly [string, string])[] = [
  [
    "md",
    `---\ntitle: "Pier: closed"\npublished: 2025-11-26\nurl: https://example.com/a\n---\n\n# Pier\n\n${paragraph}\n\n- one\n- two\n\n> ${paragraph}\n`,
  ],
  ["txt", `Pier closes\r\n\r\n${paragraph}\r\nADVERTISEMENT\r\nRead more: Mayor quits\r\n${paragraph}\r\n`],
  ["jsonl", `${JSON.stringify({ id: 1, title: "Pier", text: paragraph, date: "Nov. 26, 2025" })}\n`.repeat(3)],
  [
    "html",
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pier</title><script type="application/ld+json">{"@type":"NewsArticle","@context":"https://schema.org"}</script></head><body><article><h1>Pier</h1><p>${paragraph}</p><ul><li>a</li></ul><p>${paragraph}</p></article></body></html>`,
  ],
];
const splinters = [
  "\0",
  "\ufeff",
  "\ufffe",
  "---\n",
  "\n---\n",
  "\r",
  "\u2028",
  "“",
  "”",
  '"',
  "<p",
  "<![CDATA[",
  "<!--",
  "</",
  "&#xD800;",
  "&lol;",
  "<script>",
  "{",
  "}",
  "[",
  "\\ud800",
  "\\u0000",
  "&a *a",
  "!!js/function ",
  "__proto__: ",
  '"__proto__":{},',
  "https://",
  "a@b.c ",
  " | ",
  "\u202e",
  "e\u0301\u0301\u0301",
  "語。",
  "\n\n\n",
  "- ",
  "# ",
  "=".repeat(50),
  "x".repeat(5_000),
  "<div>".repeat(300),
  "[".repeat(2_000),
];

function mutate(original: string, next: () => number): Buffer {
  let bytes = Buffer.from(original);
  const pick = (below: number): number => Math.floor(next() * below);
  for (let times = 1 + pick(6); times > 0; times--) {
    const at = pick(bytes.length + 1);
    const to = Math.min(bytes.length, at + pick(60));
    const kind = pick(6);
    const insert =
      kind === 0
        ? Buffer.of(pick(256))
        : kind === 1
          ? Buffer.from(splinters[pick(splinters.length)]!)
          : kind === 2
            ? bytes.subarray(at, to)
            : Buffer.alloc(0);
    const drop = kind >= 3 ? to - at : 0;
    bytes =
      kind === 5 && next() < 0.2
        ? bytes.subarray(0, at)
        : Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + drop)]);
  }
  return next() < 0.05 ? Buffer.from(bytes.toString("latin1"), "utf16le") : bytes;
}

function checkSpans(spans: readonly Span[], text: string, what: string): void {
  let at = 0;
  for (const { start, end } of spans) {
    expect(start, what).toBeGreaterThanOrEqual(at);
    expect(end, what).toBeGreaterThan(start);
    at = end;
  }
  expect(at, what).toBeLessThanOrEqual(text.length);
}

function check(document: SourceDocument): void {
  const { text, excluded, meta, key } = document;
  expect(text.isWellFormed(), key).toBe(true);
  expect(text.trim(), key).not.toBe("");
  expect(meta.title, key).not.toBe("");
  for (const value of Object.values(meta))
    if (value !== null) expect(value.isWellFormed() && !/[\n\r\0]/.test(value), key).toBe(true);
  if (meta.url !== null) expect(meta.url, key).toMatch(/^https?:\/\//);
  if (meta.published !== null)
    expect(meta.published, key).toMatch(/^\d{4}(-\d{2}(-\d{2}(T[\d:]+(Z|[+-]\d{2}:\d{2})?)?)?)?$/);
  checkSpans(excluded, text, key);
  const passages = cutPassages(text, excluded);
  checkSpans(passages, text, key);
  for (const passage of passages)
    expect(
      excluded.some((span) => span.start < passage.end && passage.start < span.end),
      key,
    ).toBe(false);
}

describe("mutated documents", () => {
  it.each(seeds)("are read or refused by name, never a crash or a wrong span (seed %i)", async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), "dateline-fuzz-"));
    try {
      const next = random(seed);
      for (let number = 0; number < filesForSeed; number++) {
        const [extension, original] = originals[number % originals.length]!;
        await writeFile(join(folder, `${String(number).padStart(4, "0")}.${extension}`), mutate(original, next));
      }
      const seen = new Set<string>();
      let read = 0;
      for await (const event of readDocuments([folder], { collection: "main", root: folder })) {
        if (event.kind === "document") {
          check(event.document);
          read++;
          seen.add(event.document.key.slice(0, 4));
        } else {
          expect(event.error).toBeInstanceOf(NewsroomError);
          expect(event.error.message).toContain(folder);
          seen.add(event.source.slice(folder.length + 1, folder.length + 5));
        }
      }
      expect(read).toBeGreaterThan(filesForSeed / 3);
      expect(seen.size).toBeGreaterThan(filesForSeed * 0.7);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
