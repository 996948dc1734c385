import type { APIApplicationCommand } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { inviteLinks, permissions } from "../../../adapters/discord/access.ts";
import { locales, localisedHelp, localisedName } from "../../../adapters/discord/localised.ts";
import { sentences } from "../../../adapters/discord/localised-sentences.ts";
import { type CommandBody, commandBodies, differences } from "../../../adapters/discord/register.ts";
import { openNewsroom } from "../../../src/open-newsroom.ts";
import type { CommandSpec } from "../../../src/ports.ts";
import { temporaryFolder } from "../../support/command-line.ts";
import { commandComplaints } from "../../support/discord/command-limits.ts";
import { createTestRuntime } from "../../support/runtime.ts";

/** The whole table, as `npm start` has it. */
async function table(): Promise<readonly CommandSpec[]> {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const opened = await openNewsroom(folder.path, { runtime: createTestRuntime(), publicUrl: null });
  onTestFinished(() => opened.close());
  return opened.newsroom.commands;
}

const global = { kind: "global" } as const;

/** As Discord gives a command back: with ids, with nulls and defaults spelt out, names in another order. */
function stored(command: CommandBody, index: number): APIApplicationCommand {
  const { description, name, ...rest } = command;
  return {
    id: String(index),
    application_id: "1",
    version: "2",
    default_member_permissions: null,
    nsfw: false,
    ...rest,
    description,
    name,
  } as unknown as APIApplicationCommand;
}

describe("the commands that are registered", () => {
  it("are the whole table, within everything that Discord accepts", async () => {
    const specs = await table();
    const bodies = commandBodies(specs);
    expect(bodies.map(({ name }) => name)).toEqual(specs.map(({ name }) => name));
    for (const body of bodies)
      expect(commandComplaints(body as unknown as Record<string, unknown>), body.name).toEqual([]);
  });

  it("are named and described in every language", async () => {
    const specs = await table();
    const entries = specs.flatMap((spec) => [spec, ...spec.subcommands]);
    const named = entries.flatMap((entry) => [entry, ...entry.options]);
    for (const { name, help } of named) {
      expect(Object.keys(localisedName(name) ?? {}), `the name ${name}`).toEqual([...locales]);
      expect(Object.keys(localisedHelp(help) ?? {}), help).toEqual([...locales]);
    }
  });

  it("ask for a question, and offer outlets, privacy and nothing else", async () => {
    const ask = commandBodies(await table()).find(({ name }) => name === "ask");
    expect(ask?.options).toMatchObject([
      { name: "question", type: 3, required: true },
      { name: "outlet", type: 3, required: false, autocomplete: true },
      { name: "private", type: 5, required: false },
    ]);
  });

  it("can be installed by people where everybody may run them, and change servers only as their member", async () => {
    const bodies = new Map(commandBodies(await table()).map((body) => [body.name, body]));
    expect(bodies.get("ask")).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
    expect(bodies.get("feeds")).toMatchObject({ integration_types: [0], contexts: [0] });
  });

  it("have what is required first", () => {
    const option = (name: string, required: boolean) => ({ name, help: "Helps.", required, kind: "text" as const });
    const [body] = commandBodies([
      {
        name: "x",
        help: "Helps.",
        who: "everyone",
        private: false,
        options: [option("a", false), option("b", true), option("c", false)],
        subcommands: [],
        example: "x",
      },
    ]);
    expect(body?.options?.map(({ name }) => name)).toEqual(["b", "a", "c"]);
  });
});

describe("what is registered", () => {
  it("is the same when Discord has added ids and defaults", async () => {
    const wanted = commandBodies(await table());
    expect(differences(wanted, wanted.map(stored), global)).toEqual([]);
  });

  it("is the same in one server without where it can be used", async () => {
    const wanted = commandBodies(await table());
    const there = wanted.map((body, index) => ({
      ...stored(body, index),
      contexts: null,
      integration_types: undefined,
    }));
    expect(differences(wanted, there as unknown as APIApplicationCommand[], { kind: "guild", guild: "3" })).toEqual([]);
    expect(differences(wanted, there as unknown as APIApplicationCommand[], global)).toHaveLength(wanted.length);
  });

  it("differs by what is missing, older, or there no more", async () => {
    const wanted = commandBodies(await table());
    const there = wanted.map(stored);
    const older = { ...there[0]!, description: "Something else." };
    const left = { ...there[1]!, name: "weather" };
    expect(differences(wanted, [older, left, ...there.slice(2)], global)).toEqual([
      `/${wanted[1]!.name} is missing`,
      `/${wanted[0]!.name} is an older one`,
      "/weather is there no more",
    ]);
  });

  it("differs by a translation and by a choice", async () => {
    const wanted = commandBodies(await table());
    const there = wanted.map(stored);
    const translated = { ...there[0]!, name_localizations: { ...there[0]!.name_localizations, de: "anders" } };
    expect(differences(wanted, [translated, ...there.slice(1)], global)).toEqual([
      `/${wanted[0]!.name} is an older one`,
    ]);
  });
});

describe("translations", () => {
  it("leave no two commands, subcommands or options of one list with one name", async () => {
    const lists = commandBodies(await table());
    const named = (
      list: readonly { readonly name: string; readonly name_localizations?: object | null | undefined }[],
    ) => locales.map((locale) => list.map((one) => ({ [locale]: one.name, ...one.name_localizations })[locale]));
    const inner = lists.flatMap(({ options = [] }) => [
      options,
      ...options.map((one) => ("options" in one ? (one.options ?? []) : [])),
    ]);
    for (const list of [lists, ...inner])
      for (const names of named(list)) expect(new Set(names).size, names.join(", ")).toBe(names.length);
  });

  it("fit as they are: none needs cutting", () => {
    for (const row of sentences) for (const text of row) expect(text.length, text).toBeLessThanOrEqual(100);
  });
});

describe("the invite links", () => {
  it("ask for the permissions that are used, and no others", () => {
    const { server, person } = inviteLinks("42");
    const bits = BigInt(new URL(server).searchParams.get("permissions")!);
    expect(bits).toBe(Object.values(permissions).reduce((all, { bit }) => all | bit, 0n));
    expect(new URL(server).searchParams.get("scope")).toBe("bot applications.commands");
    expect(new URL(person).searchParams.get("scope")).toBe("applications.commands");
    expect(new URL(person).searchParams.has("permissions")).toBe(false);
  });
});
