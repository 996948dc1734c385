/** What `digest` takes on the command line: the same subcommands and options as everywhere, and the place they are for. */
import { type Command, InvalidArgumentError } from "commander";
import { digestSpec } from "../commands/digest-table.ts";
import type { Place, SubcommandSpec } from "../ports.ts";

/** What is asked of `digest`. */
export interface DigestAsked {
  readonly subcommand: string;
  readonly options: Readonly<Record<string, string>>;
  readonly place: Place | null;
  /** The platform whose messages are shown instead of text, or null. */
  readonly as: string | null;
}

/** Subcommands that need no place. */
const placeless = new Set(["list", "preview", "why"]);

function readPlace(value: string): Place {
  const [adapter, workspace, channel, ...more] = value.split("/");
  if (adapter && workspace && channel && more.length === 0) return { adapter, workspace, channel, thread: null };
  throw new InvalidArgumentError("It is adapter/workspace/channel, such as slack/T0123456/C0123456.");
}

function summaryOf({ help }: SubcommandSpec): string {
  return `${help[0]!.toLowerCase()}${help.slice(1).replace(/\.$/, "")}`;
}

/** Adds `digest` and its subcommands, as the command table has them. */
export function addDigest(program: Command, choose: (asked: DigestAsked) => void): void {
  const digest = program
    .command("digest")
    .summary("subscribe channels to a regular digest; list, preview, post, pause, explain")
    .action(() => choose({ subcommand: "list", options: {}, place: null, as: null }));
  for (const spec of digestSpec.subcommands) addSubcommand(digest, spec, choose);
}

function addSubcommand(digest: Command, spec: SubcommandSpec, choose: (asked: DigestAsked) => void): void {
  const [first, ...rest] = spec.options;
  const command = digest.command(spec.name, { isDefault: spec.name === "list" }).summary(summaryOf(spec));
  const place = "<adapter/workspace/channel>";
  const forPlace = "the channel, such as slack/T0123456/C0123456";
  if (placeless.has(spec.name)) command.option(`--place ${place}`, forPlace, readPlace);
  else command.requiredOption(`--place ${place}`, forPlace, readPlace);
  if (first) command.argument(`[${first.name}...]`, first.help);
  for (const { name, help, choices } of rest) {
    const choice = choices ? ` (${choices.join(" or ")})` : "";
    command.option(`--${name} <${name}>`, `${help}${choice}`);
  }
  if (spec.name === "preview")
    command.option("--as <platform>", "show the messages that slack or discord would be sent, as JSON");
  command.action((...given: unknown[]) => {
    const words = first ? (given[0] as readonly string[]) : [];
    const {
      place: named = null,
      as = null,
      ...options
    } = command.opts<{ place?: Place; as?: string } & Record<string, string>>();
    const said = first && words.length > 0 ? { [first.name]: words.join(" ") } : {};
    choose({ subcommand: spec.name, options: { ...said, ...options }, place: named, as });
  });
}
