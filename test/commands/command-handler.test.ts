import { describe, expect, it } from "vitest";
import { checkCommand } from "../../src/commands/command-handler.ts";
import type { CommandSpec, Standing } from "../../src/ports.ts";

const entry = { help: "Does it.", private: false, options: [], example: "feeds add https://news.example" } as const;
const feeds: CommandSpec = {
  ...entry,
  name: "feeds",
  who: "everyone",
  subcommands: [
    { ...entry, name: "list", who: "everyone" },
    {
      ...entry,
      name: "add",
      who: "managers",
      options: [
        { name: "address", help: "Where it is.", required: true, kind: "text" },
        { name: "article", help: "Pages too.", required: false, kind: "choice", choices: ["yes", "no"] },
      ],
    },
    { ...entry, name: "pause", who: "members" },
  ],
};
const check = (subcommand: string | null, options: Record<string, string> = {}, standing: Standing = "manager") => {
  checkCommand(feeds, { name: "feeds", subcommand, options }, { standing });
};
const sentence = (act: () => void): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a command, before it runs", () => {
  it("passes with what it needs", () => {
    check("list");
    check("add", { address: "https://news.example", article: "no" });
  });

  it("needs one of its subcommands", () => {
    for (const name of [null, "dance", "toString"]) expect(sentence(() => check(name))).toMatch(/has list, add, pause/);
  });

  it("needs its required options, one of the choices, and nothing that it does not know", () => {
    for (const address of [undefined, "", "  "])
      expect(sentence(() => check("add", address === undefined ? {} : { address }))).toMatch(/needs “address”: Where/);
    expect(sentence(() => check("add", { address: "x", article: "maybe" }))).toBe("“article” is one of yes, no.");
    expect(sentence(() => check("add", { address: "x", colour: "red" }))).toMatch(
      /no option “colour”.*address, article/,
    );
  });

  it("needs the standing that its entry asks for, at least", () => {
    const may = (subcommand: string, standing: Standing) =>
      sentence(() => check(subcommand, { ...(subcommand === "add" ? { address: "x" } : {}) }, standing)) === "";
    expect((["guest", "member", "manager"] as const).map((standing) => may("list", standing))).toEqual([
      true,
      true,
      true,
    ]);
    expect((["guest", "member", "manager"] as const).map((standing) => may("pause", standing))).toEqual([
      false,
      true,
      true,
    ]);
    expect((["guest", "member", "manager"] as const).map((standing) => may("add", standing))).toEqual([
      false,
      false,
      true,
    ]);
  });
});
