import { describe, expect, it } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";

const read = (...argv: string[]) => readArguments(argv, 80);
const nothing = { data: null, json: false, corpus: null };
const plainAsk = { claims: undefined, collections: null, timing: false, follow: false, passages: false };

describe("the argument list", () => {
  it("asks a question, in one word or several", () => {
    expect(read("ask", "What did it say?")).toEqual({
      command: { name: "ask", question: "What did it say?", options: plainAsk },
      ...nothing,
    });
    expect(read("ask", "What", "did", "it", "say?")).toMatchObject({ command: { question: "What did it say?" } });
    expect(read("ask")).toMatchObject({ command: { name: "ask", question: null } });
    expect(read("ask", "")).toMatchObject({ command: { name: "ask", question: "" } });
  });

  it("takes the options of all commands before and after the command", () => {
    const expected = { data: "/d", json: true, corpus: null };
    expect(read("--json", "--data", "/d", "ask", "x")).toMatchObject(expected);
    expect(read("ask", "--json", "x", "--data=/d")).toMatchObject(expected);
  });

  it("takes what asking takes", () => {
    expect(read("ask", "--claims", "5", "--timing", "--follow", "--passages", "--collections", "a, b,a")).toMatchObject(
      {
        command: { options: { claims: 5, timing: true, follow: true, passages: true, collections: ["a", "b"] } },
      },
    );
  });

  it("keeps a question that looks like an option, after --", () => {
    expect(read("ask", "--", "--json", "means what?")).toMatchObject({
      command: { question: "--json means what?" },
      json: false,
    });
  });

  it("knows every command", () => {
    expect(read("ingest", "a", "b", "--collection", "legal")).toMatchObject({
      command: { name: "ingest", paths: ["a", "b"], collection: "legal" },
    });
    expect(read("ingest", "a")).toMatchObject({ command: { collection: null } });
    expect(read("forget", "d-1")).toMatchObject({ command: { name: "forget", id: "d-1" } });
    expect(read("eval", "q.json", "--misses", "--claims", "1")).toMatchObject({
      command: { name: "eval", file: "q.json", misses: true, claims: 1 },
    });
    expect(read("collections", "allow", "slack", "T1", "C1", "--collections", "main,legal")).toMatchObject({
      command: {
        name: "allow",
        place: { adapter: "slack", workspace: "T1", channel: "C1" },
        collections: ["main", "legal"],
      },
    });
    expect(read("collections", "allow", "slack", "T1", "--collections", "main")).toMatchObject({
      command: { place: { channel: null } },
    });
    for (const name of ["sources", "collections", "doctor", "serve"])
      expect(read(name)).toMatchObject({ command: { name } });
    expect(read("collections", "list")).toMatchObject({ command: { name: "collections" } });
  });

  it("knows what is done with feeds", () => {
    const asked = (...argv: string[]) => read("feeds", ...argv);
    const is = (what: object) => ({ command: { name: "feeds", asked: what } });
    expect(asked()).toMatchObject(is({ what: "list" }));
    expect(asked("list")).toMatchObject(is({ what: "list" }));
    expect(asked("test", "www.example.org")).toMatchObject(is({ what: "test", address: "www.example.org" }));
    expect(asked("add", "a.example", "--article", "--outlet", "A", "--collection", "legal")).toMatchObject(
      is({ what: "add", address: "a.example", collection: "legal", article: true, outlet: "A" }),
    );
    expect(asked("add", "a.example")).toMatchObject(is({ collection: undefined, article: false, outlet: null }));
    for (const what of ["remove", "pause", "resume"]) expect(asked(what, "x")).toMatchObject(is({ what, feed: "x" }));
    expect(asked("import", "a.opml")).toMatchObject(is({ what: "import", file: "a.opml" }));
    expect(asked("export")).toMatchObject(is({ what: "export", file: null }));
    expect(asked("export", "a.opml")).toMatchObject(is({ what: "export", file: "a.opml" }));
    expect(asked("poll", "--all")).toMatchObject(is({ what: "poll", all: true }));
  });

  it("serves where no command is named", () => {
    expect(read()).toEqual({ command: { name: "serve" }, ...nothing });
    expect(read("--data", "/d")).toMatchObject({ command: { name: "serve" }, data: "/d" });
  });

  it("shows help when it is asked to, as wide as there is room", () => {
    for (const argv of [
      ["--help"],
      ["help"],
      ["ask", "--help"],
      ["help", "ingest"],
      ["collections", "allow", "--help"],
    ]) {
      const shown = read(...argv);
      expect(shown, argv.join(" ")).toMatchObject({ wanted: true, text: expect.stringContaining("Usage: dateline") });
    }
    const narrow = readArguments(["ask", "--help"], 50) as { text: string };
    // The usage line is never broken.
    for (const line of narrow.text.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(50);
  });

  it.each([
    [["frobnicate"], "unknown command 'frobnicate'"],
    [["aks", "x"], "Did you mean ask?"],
    [["ask", "--frob", "x"], "unknown option '--frob'"],
    [["ask", "--claims", "0", "x"], "whole number from 1 to 20"],
    [["ask", "--claims", "1e1", "x"], "whole number from 1 to 20"],
    [["ask", "--claims", "21", "x"], "whole number from 1 to 20"],
    [["ask", "--claims"], "argument missing"],
    [["ask", "--collections", "a,,b", "x"], "collection’s name"],
    [["ask", "--collections", "../x", "x"], "collection’s name"],
    [["ask", "--json", "--passages", "x"], "--passages has no effect"],
    [["ask", "--follow", "x"], "--follow is for questions on standard input"],
    [["ingest"], "missing required argument 'path'"],
    [["ingest", "a", "--corpus", "b"], "--corpus has no effect on ingest"],
    [["ask", "x", "--corpus", "a", "--data", "b"], "--data has no effect"],
    [["forget"], "missing required argument 'id'"],
    [["forget", "a", "b"], "too many arguments"],
    [["collections", "allow", "slack", "T1"], "required option '--collections"],
    [["feeds", "frob"], "unknown command 'frob'"],
    [["digest", "subscibe", "daily"], "unknown command 'subscibe'"],
    [["collections", "alow", "slack"], "unknown command 'alow'"],
    [["discord"], "Usage: dateline discord"],
    [["feeds", "add"], "missing required argument 'address'"],
    [["feeds", "add", "a.example", "--collection", "../x"], "collection’s name"],
    [["feeds", "export", "--json"], "--json has no effect on feeds export"],
    [["feeds", "--corpus", "x"], "--corpus has no effect on feeds"],
    [["serve", "now"], "too many arguments"],
  ])("explains %j", (argv, sentence) => {
    expect(read(...argv)).toMatchObject({ wanted: false, text: expect.stringContaining(sentence) });
  });
});
