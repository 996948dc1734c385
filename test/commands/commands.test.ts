import { describe, expect, it } from "vitest";
import type { CommandSpec } from "../../src/ports.ts";
import { plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { sourceDocument } from "../support/documents.ts";
import { harbourReports } from "../support/harbour-reports.ts";
import { type NewsroomUnderTest, newsroomOver, plainInquiry } from "../support/newsroom.ts";

async function run(opened: NewsroomUnderTest, name: string, collections: readonly string[] = ["main"]): Promise<Reply> {
  return opened.newsroom.run({ name, subcommand: null, options: {} }, { ...plainInquiry, text: "", collections });
}

const shown = ({ main }: Reply): string => renderPlainText(main, { width: 200, theme: plainTheme });

async function table(): Promise<readonly CommandSpec[]> {
  return (await newsroomOver([])).newsroom.commands;
}

describe("the command table", () => {
  it("gives each command a name of its own, a help, an example that begins with it, and options with help", async () => {
    const commands = await table();
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    for (const { name, help, example, options } of commands) {
      expect(help).toMatch(/^\S.*\.$/);
      expect(example.split(" ")[0]).toBe(name);
      for (const option of options) expect(option.help).toMatch(/\.$/);
    }
  });

  it("has nothing that does not run", async () => {
    const opened = await newsroomOver(harbourReports);
    for (const { name, options } of opened.newsroom.commands) {
      const needed = options.filter(({ required }) => required);
      const given = Object.fromEntries(needed.map((option) => [option.name, "What did the memo say?"]));
      const reply = await opened.newsroom.run(
        { name, subcommand: null, options: given },
        { ...plainInquiry, text: "" },
      );
      expect(reply.main.blocks.length).toBeGreaterThan(0);
    }
  });
});

describe("help", () => {
  it("lists every command with what it does, and how to ask", async () => {
    const text = shown(await run(await newsroomOver([]), "help"));
    for (const { name, help } of await table()) expect(text).toContain(`${name}: ${help}`);
    expect(text).toContain("What did the minister say about the harbour?");
    expect(text).toContain("Not in the corpus");
  });
});

describe("sources", () => {
  it("says how much there is, from whom and how fresh, each document by name", async () => {
    const opened = await newsroomOver([...harbourReports, sourceDocument("plain.txt", "Ships left.")]);
    const text = shown(await run(opened, "sources"));
    expect(text).toContain("3 documents, 12 passages, in the collection main.");
    expect(text).toContain("Published from 5 March 2026 to 6 March 2026.");
    const one = await newsroomOver(harbourReports.slice(0, 1));
    expect(shown(await run(one, "sources"))).toMatch(/Published on [56] March 2026\./);
    expect(text).toMatch(/Ports told to watch their gates, Gazette, 5 March 2026 \(gazette-[0-9a-f]{10}\)/);
    expect(text).toMatch(/Title of plain\.txt \(plain-[0-9a-f]{10}\)/);
  });

  it("links each document that has an address", async () => {
    const opened = await newsroomOver([sourceDocument("a", "Ships left.", { url: "https://gazette.example/a" })]);
    const { main } = await run(opened, "sources");
    expect(JSON.stringify(main)).toContain('"url":"https://gazette.example/a"');
  });

  it("says which document carries the text of another", async () => {
    const text = harbourReports[0]!.text;
    const opened = await newsroomOver([sourceDocument("a", text), sourceDocument("b", `${text} It rained.`)]);
    expect(shown(await run(opened, "sources"))).toContain("carries the same text as another");
  });

  it("counts by outlet where there are many, the largest first", async () => {
    const documents = Array.from({ length: 30 }, (_, n) =>
      sourceDocument(`${n}`, `Ship number ${n} left.`, { outlet: n < 20 ? "Gazette" : n < 29 ? "Courier" : null }),
    );
    const text = shown(await run(await newsroomOver(documents), "sources"));
    expect(text).toContain("30 documents, 30 passages");
    expect(text).toContain("None of them prints its date.");
    const [gazette, courier, none] = [
      "Gazette: 20 documents",
      "Courier: 9 documents",
      "outlet not given: 1 document",
    ].map((line) => text.indexOf(line));
    expect(gazette).toBeGreaterThan(0);
    expect(courier).toBeGreaterThan(gazette!);
    expect(none).toBeGreaterThan(courier!);
  });

  it("says how many outlets are left out of a long list", async () => {
    const documents = Array.from({ length: 25 }, (_, n) =>
      sourceDocument(`${n}`, `Ship ${n} left.`, { outlet: `O${n}` }),
    );
    expect(shown(await run(await newsroomOver(documents), "sources"))).toContain("And 5 more outlets.");
  });

  it("counts more documents than fit on one page of the store", async () => {
    const documents = Array.from({ length: 1201 }, (_, n) => sourceDocument(`${n}`, `Ship ${n} left.`));
    expect(shown(await run(await newsroomOver(documents), "sources"))).toContain("1,201 documents, 1,201 passages");
  });

  it("shows nothing of a collection that the place may not see", async () => {
    const opened = await newsroomOver([
      sourceDocument("a", "Ships left."),
      sourceDocument("b", "Spies left.", { collection: "investigations" }),
    ]);
    const text = shown(await run(opened, "sources"));
    expect(text).toContain("1 document, 1 passage");
    expect(text).not.toContain("Title of b");
    expect(shown(await run(opened, "sources", ["main", "investigations"]))).toContain(
      "in the collections investigations, main",
    );
  });

  it("says how to fill an empty corpus", async () => {
    expect(shown(await run(await newsroomOver([]), "sources"))).toContain("The corpus is empty here.");
  });
});
