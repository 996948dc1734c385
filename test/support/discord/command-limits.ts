/** What commands and their choices must keep to that the types do not say. */
import { ApplicationCommandOptionType as Kind } from "discord-api-types/v10";
import { count, type Json, length, records } from "./components.ts";
import type { Complaint } from "./refusal.ts";

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const wrong = (path: string, code: string, message: string): Complaint => ({ path, code, message });

function nameComplaints(name: unknown, path: string): readonly Complaint[] {
  const fits = typeof name === "string" && slashName.test(name) && name === name.toLowerCase();
  return fits ? [] : [wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")];
}

function localised(values: unknown, path: string, check: (value: unknown, path: string) => readonly Complaint[]) {
  return Object.entries((values ?? {}) as Json).flatMap(([locale, value]) =>
    value === null ? [] : check(value, `${path}.${locale}`),
  );
}

function naming(one: Json, path: string): readonly Complaint[] {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  return [
    ...nameComplaints(one.name, at("name")),
    ...localised(one.name_localizations, at("name_localizations"), nameComplaints),
    ...length(one.description, at("description"), 1, 100),
    ...localised(one.description_localizations, at("description_localizations"), (text, where) =>
      length(text, where, 1, 100),
    ),
  ];
}

/** Everything wrong in a list of choices, of an option or of an autocomplete answer. */
export function choiceComplaints(choices: unknown, path: string): readonly Complaint[] {
  return [
    ...count(choices, path, 0, 25),
    ...records(choices).flatMap((choice, index) => [
      ...length(choice.name, `${path}.${index}.name`, 1, 100),
      ...length(choice.value, `${path}.${index}.value`, 1, 100),
      ...localised(choice.name_localizations, `${path}.${index}.name_localizations`, (name, at) =>
        length(name, at, 1, 100),
      ),
    ]),
  ];
}

const nesting = (type: unknown) => type === Kind.Subcommand || type === Kind.SubcommandGroup;

function optionComplaints(options: unknown, path: string, depth: number): readonly Complaint[] {
  const all = records(options);
  const names = all.map(({ name }) => name);
  const late = all.findIndex(
    ({ required }, index) => required === true && all.slice(0, index).some((earlier) => earlier.required !== true),
  );
  const mixed = all.some(({ type }) => nesting(type)) && all.some(({ type }) => !nesting(type));
  return [
    ...count(options, path, 0, 25),
    ...all.flatMap((option, index) => {
      const at = `${path}.${index}`;
      const tooDeep =
        (option.type === Kind.SubcommandGroup && depth > 0) || (option.type === Kind.Subcommand && depth > 1);
      return [
        ...naming(option, at),
        ...choiceComplaints(option.choices, `${at}.choices`),
        ...(option.autocomplete === true && option.choices !== undefined
          ? [wrong(`${at}.autocomplete`, "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES", "Not beside choices")]
          : []),
        ...(tooDeep ? [wrong(`${at}.type`, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Too deep")] : []),
        ...(nesting(option.type) ? optionComplaints(option.options, `${at}.options`, depth + 1) : []),
      ];
    }),
    ...(new Set(names).size < names.length
      ? [wrong(path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")]
      : []),
    ...(late < 0
      ? []
      : [
          wrong(
            `${path}.${late}`,
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options",
          ),
        ]),
    ...(mixed
      ? [wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and other options cannot be mixed")]
      : []),
  ];
}

/** Every character that counts towards the 8,000 of a command: of each text the longest localisation. */
function commandLength(one: Json): number {
  const longest = (plain: unknown, more: unknown) =>
    Math.max(
      String(plain ?? "").length,
      ...Object.values((more ?? {}) as Json).map((text) => String(text ?? "").length),
    );
  const choices = records(one.choices).reduce(
    (sum, { name, value }) => sum + String(name).length + String(value).length,
    0,
  );
  return (
    longest(one.name, one.name_localizations) +
    longest(one.description, one.description_localizations) +
    choices +
    records(one.options).reduce((sum, option) => sum + commandLength(option), 0)
  );
}

/** Everything wrong in one command. */
export function commandComplaints(command: Json): readonly Complaint[] {
  if (command.type !== undefined && command.type !== 1) return length(command.name, "name", 1, 32);
  return [
    ...naming(command, ""),
    ...optionComplaints(command.options, "options", 0),
    ...(commandLength(command) > 8_000
      ? [wrong("", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")]
      : []),
  ];
}
