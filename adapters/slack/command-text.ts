/** The text after a slash command as the options of the command: `--name value`, and the rest in the options' order. */
import type { OptionSpec } from "../../src/ports.ts";

interface Word {
  readonly text: string;
  /** Written in quotation marks: never a name. */
  readonly quoted: boolean;
}

const word = /(?<name>(?:--|[–—―])[a-z][\w-]*=)?(?:"(?<straight>[^"]*)"|“(?<curly>[^”]*)”)|(?<plain>\S+)/giu;
/** Phones and Macs make one dash of two. */
const named = /^(?:--|[–—―])([a-z][\w-]*)(?:=(.*))?$/isu;

function words(text: string): readonly Word[] {
  return [...text.matchAll(word)].map(({ groups = {} }) => {
    const { name = "", straight, curly, plain } = groups;
    return { text: `${name}${straight ?? curly ?? plain ?? ""}`, quoted: plain === undefined && name === "" };
  });
}

/**
 * Reads options out of what a person typed. Names that the command does not have stay part of the text; a flag is
 * "true"; what is not named fills the remaining options in their order, the last one taking all that is left.
 */
export function readOptions(specs: readonly OptionSpec[], text: string): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  const rest: string[] = [];
  const queue = [...words(text)];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [, name, value] = (next.quoted ? null : named.exec(next.text)) ?? [];
    const spec = specs.find((candidate) => candidate.name === name?.toLowerCase());
    if (!spec) rest.push(next.text);
    else if (spec.kind === "flag") options[spec.name] = value ?? "true";
    else options[spec.name] = value ?? queue.shift()?.text ?? "";
  }
  const open = specs.filter((spec) => spec.kind !== "flag" && !(spec.name in options));
  open.forEach((spec, index) => {
    const taken = index === open.length - 1 ? rest.splice(0) : rest.splice(0, 1);
    if (taken.length > 0) options[spec.name] = taken.join(" ");
  });
  return options;
}
