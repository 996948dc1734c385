/** The commands as Discord registers them: made from the core's table, put there on request, and compared at start. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { shorten } from "../../src/platform/shorten.ts";
import type { CommandSpec, OptionSpec, SubcommandSpec } from "../../src/ports.ts";
import { inertLine } from "../../src/reply/inert.ts";
import { limits } from "./limits.ts";
import { localisedHelp, localisedName } from "./localised.ts";
import { privateOption } from "./receive.ts";
import type { Rest } from "./rest.ts";

/** A command as it is registered. */
export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Kinds of options by Discord's numbers. */
const kinds = { subcommand: 1, text: 3, flag: 5 } as const;
const chatInput = 1;
/** Where a command can be used: servers, direct messages with the bot, conversations between people. */
const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] };
/** What changes a place is for servers that the app is a member of. */
const serversOnly = { integration_types: [0], contexts: [0] };

/** The option that `/ask` has here and not in the core: elsewhere it is a flag, or there is no need for it. */
const privately: OptionSpec = {
  name: privateOption,
  help: "Show the answer only to me, until I share it.",
  required: false,
  kind: "flag",
};

function named({ name, help }: { readonly name: string; readonly help: string }) {
  return {
    name,
    name_localizations: localisedName(name),
    description: shorten(inertLine(help), limits.description),
    description_localizations: localisedHelp(help),
  };
}

function optionBody(spec: OptionSpec): APIApplicationCommandBasicOption {
  const { kind, required, choices, completes } = spec;
  if (kind === "flag") return { type: kinds.flag, ...named(spec), required };
  if (completes === true) return { type: kinds.text, ...named(spec), required, autocomplete: true };
  const offered = kind === "choice" ? { choices: (choices ?? []).map((value) => ({ name: value, value })) } : {};
  return { type: kinds.text, ...named(spec), required, ...offered };
}

/** Discord wants what is required first. */
function optionBodies(options: readonly OptionSpec[]): APIApplicationCommandBasicOption[] {
  return options.toSorted((one, other) => Number(other.required) - Number(one.required)).map(optionBody);
}

function subcommandBody(spec: SubcommandSpec): APIApplicationCommandSubcommandOption {
  return { type: kinds.subcommand, ...named(spec), options: optionBodies(spec.options) };
}

function commandBody(spec: CommandSpec): CommandBody {
  const own = spec.name === "ask" ? [...spec.options, privately] : spec.options;
  const open = [spec, ...spec.subcommands].every(({ who }) => who === "everyone");
  const options: APIApplicationCommandOption[] =
    spec.subcommands.length > 0 ? spec.subcommands.map(subcommandBody) : optionBodies(own);
  return { type: chatInput, ...named(spec), options, ...(open ? everywhere : serversOnly) };
}

/**
 * Every command of the table, each with its subcommands and options, names and descriptions in the languages that there
 * are. What everybody may run is installable to people as well as to servers.
 */
export function commandBodies(specs: readonly CommandSpec[]): readonly CommandBody[] {
  return specs.map(commandBody);
}

/** Where commands are registered: everywhere, or in one server for trying. */
export type Scope = { readonly kind: "global" } | { readonly kind: "guild"; readonly guild: string };

/** What a value holds when everything that means nothing to Discord is left out, in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const simple = canonical(inner);
    const isEmpty = typeof simple === "object" && simple !== null && Object.keys(simple).length === 0;
    return simple === null || simple === undefined || simple === false || isEmpty ? [] : [[name, simple] as const];
  });
  return Object.fromEntries(kept.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function compared(command: CommandBody | APIApplicationCommand, scope: Scope): string {
  const { name, name_localizations, description, description_localizations, options } = command;
  const { integration_types, contexts } = command;
  const where =
    scope.kind === "global" ? { integration_types: integration_types?.toSorted(), contexts: contexts?.toSorted() } : {};
  const words = { name, name_localizations, description, description_localizations };
  return JSON.stringify(canonical({ ...words, options, ...where }));
}

/** How what is registered differs from what should be, a sentence each; empty when it does not. */
export function differences(
  wanted: readonly CommandBody[],
  registered: readonly APIApplicationCommand[],
  scope: Scope,
): readonly string[] {
  const there = new Map(registered.filter(({ type }) => type === chatInput).map((command) => [command.name, command]));
  const missing = wanted.filter(({ name }) => !there.has(name)).map(({ name }) => `/${name} is missing`);
  const other = wanted.flatMap((command) => {
    const found = there.get(command.name);
    return found && compared(found, scope) !== compared(command, scope) ? [`/${command.name} is an older one`] : [];
  });
  const names = new Set(wanted.map(({ name }) => name));
  const left = [...there.keys()].filter((name) => !names.has(name)).map((name) => `/${name} is there no more`);
  return [...missing, ...other, ...left];
}

function routeOf(applicationId: string, scope: Scope) {
  return scope.kind === "global"
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, scope.guild);
}

/** What is registered now. */
export function registeredCommands(
  rest: Rest,
  applicationId: string,
  scope: Scope,
): Promise<readonly APIApplicationCommand[]> {
  const query = new URLSearchParams({ with_localizations: "true" });
  return rest.call((api) => api.get(routeOf(applicationId, scope), { query }));
}

/** Replaces what is registered by `commands`. */
export async function registerCommands(
  rest: Rest,
  applicationId: string,
  scope: Scope,
  commands: readonly CommandBody[],
): Promise<void> {
  const body =
    scope.kind === "global"
      ? commands
      : commands.map(({ integration_types: _types, contexts: _contexts, ...command }) => command);
  await rest.call((api) => api.put(routeOf(applicationId, scope), { body }));
}
