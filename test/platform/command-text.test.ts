import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommand, readOptions } from "../../src/platform/command-text.ts";
import type { CommandSpec, OptionSpec } from "../../src/ports.ts";

const options: readonly OptionSpec[] = [
  { name: "when", help: "", required: false, kind: "text" },
  { name: "topics", help: "", required: false, kind: "text" },
  { name: "quiet", help: "", required: false, kind: "flag" },
];
const entry = { help: "", who: "everyone", private: false, options: [], subcommands: [], example: "" } as const;
const digest: CommandSpec = {
  ...entry,
  name: "digest",
  subcommands: [
    { ...entry, name: "subscribe", options },
    { ...entry, name: "list" },
  ],
};

describe("options in a command's text", () => {
  it.each([
    "--topics=ports daily at 08:00",
    "daily at 08:00 —topics ports",
    "daily topics: ports at 08:00",
    'daily at topics:"ports" 08:00',
    "daily at 08:00 topics=“ports”",
  ])("are read by name, with a space, = or :, quoted or not: %s", (typed) => {
    expect(readOptions(options, typed)).toEqual({ when: "daily at 08:00", topics: "ports" });
  });

  it("go on after a comma", () => {
    expect(readOptions(options, "topics: ports, energy, trade daily")).toEqual({
      topics: "ports, energy, trade",
      when: "daily",
    });
  });

  it("know a flag by its name alone", () => {
    expect(readOptions(options, "--quiet daily")).toEqual({ quiet: "true", when: "daily" });
    expect(readOptions(options, "quiet daily")).toEqual({ when: "quiet daily" });
  });

  it("take a single quoted word without its marks, and leave the marks inside a text", () => {
    expect(readOptions(options, "“0 7 * * *”")).toEqual({ when: "0 7 * * *" });
    expect(readOptions(options, "what is “mass migration”?")).toEqual({ when: "what is “mass migration”?" });
  });

  it("keep names that nobody knows as words", () => {
    expect(readOptions(options, "daily --loud note:this")).toEqual({ when: "daily --loud note:this" });
  });

  it("fill what is required in order, the last taking what is left", () => {
    const needed = options.slice(0, 2).map((option) => ({ ...option, required: true }));
    expect(readOptions(needed, "a b c")).toEqual({ when: "a", topics: "b c" });
  });

  it("never fail, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab -—“"”=:,\n', "--topics", "--quiet", "topics:") }),
        (typed) => {
          for (const value of Object.values(readOptions(options, typed))) expect(typeof value).toBe("string");
        },
      ),
    );
  });
});

describe("a command with subcommands", () => {
  it("is read with the first word as its subcommand, however it is written", () => {
    expect(readCommand(digest, "Subscribe daily")).toEqual({
      name: "digest",
      subcommand: "subscribe",
      options: { when: "daily" },
    });
    expect(readCommand(digest, " list ")).toEqual({ name: "digest", subcommand: "list", options: {} });
  });

  it("keeps a word that is none of them, for the core to explain", () => {
    expect(readCommand(digest, "dance now")).toEqual({ name: "digest", subcommand: "dance", options: {} });
    expect(readCommand(digest, "")).toEqual({ name: "digest", subcommand: null, options: {} });
  });
});
