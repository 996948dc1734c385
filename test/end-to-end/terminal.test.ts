import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { temporaryFolder } from "../support/command-line.ts";
import { sitDown } from "../support/typist.ts";

const folder = temporaryFolder();
let opened: OpenNewsroom;

beforeEach(async () => {
  opened = await openNewsroom(join(folder.path, "data"), { runtime: systemRuntime, publicUrl: "https://desk.example" });
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

describe("a reporter at the terminal, over the starter corpus,", () => {
  it("asks, follows up in the same context, reads the passages and leaves", async () => {
    const typist = await sitDown(opened.newsroom, { width: 100 });
    const answer = await typist.type("What did the cable say about religious freedom?");
    expect(answer).toMatch(/religious\s+freedom/);
    expect(answer).toContain("[1]");
    expect(answer).toMatch(/https:\/\/desk\.example\/documents\/[\w-]+\?revision=1&start=\d+&end=\d+#cited/);

    const passages = await typist.type("/passages");
    expect(passages).toMatch(/^\[1\] .*open at these words/m);
    expect(passages.match(/\*/g)!.length).toBeGreaterThanOrEqual(2);

    await typist.type("And what does it say about crimes?");
    const place = {
      adapter: "terminal",
      workspace: null,
      channel: null,
      thread: "00000000-0000-4000-8000-000000000001",
    };
    expect((await opened.newsroom.context(place))?.speaker).toMatch(/cable/i);

    expect(await typist.type("/sources")).toContain("5 documents");
    expect(await typist.type("Who won the football cup in 1966?")).toContain("Not in the corpus.");
    typist.dash("/quit");
    await typist.left;
  });

  it("gets every cited quotation as the exact slice of the stored text", async () => {
    const typist = await sitDown(opened.newsroom);
    await typist.type("What did the cable say about religious freedom?");
    const context = await opened.newsroom.context({
      adapter: "terminal",
      workspace: null,
      channel: null,
      thread: "00000000-0000-4000-8000-000000000001",
    });
    const answer = await opened.newsroom.read.answer(context!.answerId!);
    expect(answer!.citations.length).toBeGreaterThan(0);
    for (const { document, revision, quote, start, end } of answer!.citations) {
      const stored = await opened.store.document(document, revision);
      expect(stored!.text.slice(start, end)).toBe(quote);
    }
  });
});
