import { describe, expect, it } from "vitest";
import { readLine } from "../../../adapters/terminal/receive.ts";
import type { CommandSpec } from "../../../src/ports.ts";

const commands: readonly CommandSpec[] = [
  {
    name: "sources",
    help: "What there is",
    who: "everyone",
    private: false,
    options: [],
    subcommands: [],
    example: "sources",
  },
  {
    name: "verify",
    help: "Is it exact?",
    who: "everyone",
    private: false,
    subcommands: [],
    example: "verify mass migration",
    options: [
      { name: "quote", help: "the words", required: true, kind: "text" },
      { name: "outlet", help: "only this one", required: false, kind: "text" },
      { name: "order", help: "which first", required: false, kind: "choice", choices: ["oldest", "newest"] },
      { name: "all", help: "every one", required: false, kind: "flag" },
    ],
  },
];
const read = (line: string) => readLine(line, commands);

describe("a line at the prompt", () => {
  it.each(["", "   ", "\t"])("is nothing when it is blank: %j", (line) => {
    expect(read(line)).toEqual({ kind: "nothing" });
  });

  it("is a question when it does not begin with a slash", () => {
    expect(read("  What does it say about 1/2?  ")).toEqual({ kind: "question", text: "What does it say about 1/2?" });
  });

  it.each(["help", "new", "passages", "quit"])("is a word to the prompt: /%s", (word) => {
    expect(read(`/${word} `)).toEqual({ kind: word });
  });

  it("sets the number of claims, and takes no other", () => {
    expect(read("/claims 5")).toEqual({ kind: "claims", count: 5 });
    for (const line of ["/claims", "/claims 0", "/claims 21", "/claims 2.5", "/claims -1", "/claims five"]) {
      expect(read(line), line).toMatchObject({ kind: "mistake" });
    }
  });

  it("runs what the core lists, with its options by name and the rest as its text", () => {
    expect(read("/sources")).toEqual({ kind: "command", command: { name: "sources", subcommand: null, options: {} } });
    expect(read("/verify --all mass   migration outlet=Times order=newest")).toEqual({
      kind: "command",
      command: {
        name: "verify",
        subcommand: null,
        options: { all: "true", outlet: "Times", order: "newest", quote: "mass migration" },
      },
    });
    expect(read("/verify a=b is kept as words")).toMatchObject({
      command: { options: { quote: "a=b is kept as words" } },
    });
  });

  it("hands a command on as it was typed: the core knows what it lacks", () => {
    expect(read("/verify")).toMatchObject({ kind: "command", command: { name: "verify", options: {} } });
  });

  it("explains that there is no such command", () => {
    expect(read("/frobnicate")).toMatchObject({ kind: "mistake", sentence: expect.stringContaining("no /frobnicate") });
  });

  it("takes no option from an object's own names", () => {
    expect(read("/verify __proto__=1 constructor=2")).toMatchObject({
      command: { options: { quote: "__proto__=1 constructor=2" } },
    });
  });
});
