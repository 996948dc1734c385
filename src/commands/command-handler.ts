/** What a command is to the core: its entry in the table, and what it does. */
import { NewsroomError } from "../errors.ts";
import type { Command, CommandSpec, Inquiry, OptionSpec, Standing, SubcommandSpec } from "../ports.ts";
import type { Reply } from "../reply/reply.ts";

/** One command. `run` gets a command that `checkCommand` has let through. */
export interface CommandHandler {
  readonly spec: CommandSpec;
  run(command: Command, inquiry: Inquiry, signal?: AbortSignal): Promise<Reply>;
  /** What an option that `completes` may hold, best first. */
  complete?(option: string, prefix: string, inquiry: Inquiry): Promise<readonly string[]>;
}

/** An operator stands outside of every workspace: at the command line or the terminal's prompt. */
export function isOperator({ place, standing }: Inquiry): boolean {
  return standing === "manager" && (place === null || (place.workspace === null && place.channel === null));
}

const ranks: Readonly<Record<Standing | SubcommandSpec["who"], number>> = {
  guest: 0,
  everyone: 0,
  member: 1,
  members: 1,
  manager: 2,
  managers: 2,
};

const needs = {
  everyone: "",
  members: "Only full members of this workspace or server may do that here.",
  managers: "Only somebody who manages this workspace, server or channel may do that here.",
} as const;

function listed(names: readonly string[]): string {
  return names.join(", ");
}

/** The entry that a command runs: the subcommand named, or the command itself where it has none; throws `usage`. */
function entryOf(spec: CommandSpec, command: Command): SubcommandSpec {
  if (spec.subcommands.length === 0) return spec;
  const found = spec.subcommands.find(({ name }) => name === command.subcommand);
  if (found) return found;
  const examples = spec.subcommands.slice(0, 3).map(({ example }) => `“${example}”`);
  throw new NewsroomError(
    "usage",
    `Say what to do: ${spec.name} has ${listed(spec.subcommands.map(({ name }) => name))}. For example: ${listed(examples)}.`,
  );
}

function fault(entry: SubcommandSpec, option: OptionSpec, value: string | undefined): string | null {
  if (value === undefined || value.trim() === "") {
    return option.required ? `That needs “${option.name}”: ${option.help} For example: ${entry.example}` : null;
  }
  if (!option.choices || option.choices.includes(value)) return null;
  return `“${option.name}” is one of ${listed(option.choices)}.`;
}

/** Throws `usage` when a command names no entry of `spec`, lacks or misuses an option, or the asker may not run it. */
export function checkCommand(spec: CommandSpec, command: Command, { standing }: Pick<Inquiry, "standing">): void {
  const entry = entryOf(spec, command);
  if (ranks[standing] < ranks[entry.who]) throw new NewsroomError("usage", needs[entry.who]);
  for (const option of entry.options) {
    const wrong = fault(entry, option, command.options[option.name]);
    if (wrong) throw new NewsroomError("usage", wrong);
  }
  const unknown = Object.keys(command.options).find((name) => entry.options.every((option) => option.name !== name));
  if (unknown !== undefined) {
    const known = entry.options.map(({ name }) => name);
    throw new NewsroomError(
      "usage",
      `There is no option “${unknown}” here${known.length === 0 ? "" : `; there is ${listed(known)}`}.`,
    );
  }
}
