/** What a person typed after a command's name, read as its subcommand and options. */
import type { Command, CommandSpec, OptionSpec } from "../ports.ts";

interface Word {
  /** As it was typed, with the white space before it. */
  readonly raw: string;
  /** Without the marks around it. */
  readonly text: string;
  /** Written in quotation marks: never a name. */
  readonly quoted: boolean;
}

const word = /(?<name>(?:--|[–—―])?[a-z][\w-]*[=:])?(?:"(?<straight>[^"]*)"|“(?<curly>[^”]*)”)|(?<plain>\S+)/giu;
/** `--name`, `--name=value`, `name=value`, `name:value`; phones and Macs make one dash of two. */
const named = /^(?:(?:--|[–—―])([a-z][\w-]*)(?:[=:](.*))?|([a-z][\w-]*)[=:](.*))$/isu;

function words(text: string): readonly Word[] {
  return [...text.matchAll(word)].map(({ 0: matched, index, groups = {} }) => {
    const { name = "", straight, curly, plain } = groups;
    const raw = `${/\s$/u.test(text.slice(0, index)) ? " " : ""}${matched}`;
    return { raw, text: `${name}${straight ?? curly ?? plain ?? ""}`, quoted: plain === undefined && name === "" };
  });
}

/** The words of one value: what follows in the queue, and what follows a comma at its end ("ports, energy"). */
function valueFrom(first: string, queue: Word[]): string {
  const parts = [first === "" ? (queue.shift()?.text ?? "") : first];
  while (parts.at(-1)!.endsWith(",") && queue.length > 0) parts.push(queue.shift()!.text);
  return parts.join(" ");
}

/**
 * Reads options out of what a person typed. Names that the command does not have stay part of the text; a flag is
 * "true"; what is not named fills the remaining options in their order, the last one that is required, or else the
 * first, taking all that is left.
 */
export function readOptions(specs: readonly OptionSpec[], text: string): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  const rest: Word[] = [];
  const queue = [...words(text)];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [, dashed, afterDashed, bare, afterBare] = (next.quoted ? null : named.exec(next.text)) ?? [];
    const name = (dashed ?? bare)?.toLowerCase();
    const spec = specs.find((candidate) => candidate.name === name);
    if (!spec) rest.push(next);
    else if (spec.kind === "flag") options[spec.name] = (afterDashed ?? afterBare) || "true";
    else options[spec.name] = valueFrom(afterDashed ?? afterBare ?? "", queue);
  }
  const open = specs.filter((spec) => spec.kind !== "flag" && !(spec.name in options));
  const last = Math.max(
    0,
    open.findLastIndex((spec) => spec.required),
  );
  for (const [index, spec] of open.slice(0, last + 1).entries()) {
    const taken = index === last ? rest.splice(0) : rest.splice(0, 1);
    // A single word in quotation marks is what they hold; among others they belong to the text.
    const [only] = taken;
    if (only)
      options[spec.name] =
        taken.length === 1
          ? only.text
          : taken
              .map(({ raw }) => raw)
              .join("")
              .trim();
  }
  return options;
}

/** The command that `text` after its name asks for; the core says what is wrong with it, if anything is. */
export function readCommand(spec: CommandSpec, text: string): Command {
  if (spec.subcommands.length === 0)
    return { name: spec.name, subcommand: null, options: readOptions(spec.options, text) };
  const [, first = "", rest = ""] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const found = spec.subcommands.find(({ name }) => name === first.toLowerCase());
  if (!found) return { name: spec.name, subcommand: first === "" ? null : first, options: {} };
  return { name: spec.name, subcommand: found.name, options: readOptions(found.options, rest) };
}
