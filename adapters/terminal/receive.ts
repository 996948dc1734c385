/** Reads a line that was typed at the prompt: a question, a command of the core, or a word to the prompt itself. */
import { readCommand } from "../../src/platform/command-text.ts";
import type { Command, CommandSpec } from "../../src/ports.ts";

/** What a line asks for. */
export type Intent =
  | { readonly kind: "nothing" | "help" | "quit" | "new" | "passages" }
  | { readonly kind: "question"; readonly text: string }
  | { readonly kind: "claims"; readonly count: number }
  | { readonly kind: "command"; readonly command: Command }
  /** The line cannot be understood; `sentence` says why. */
  | { readonly kind: "mistake"; readonly sentence: string };

/** The prompt's own words; commands of the core with the same name stay behind them. */
export const promptWords = [
  { name: "help", help: "What can be typed here" },
  { name: "passages", help: "The cited passages of the last answer, each in its place" },
  { name: "claims N", help: "Show up to N claims an answer" },
  { name: "new", help: "Begin anew: the next question follows nothing" },
  { name: "quit", help: "Leave (so do Ctrl-C and Ctrl-D)" },
] as const;

/** Most claims that an answer can be asked to show. */
const mostClaims = 20;

function claimsIntent(rest: string): Intent {
  const count = Number(rest);
  if (/^\d{1,3}$/.test(rest) && count >= 1 && count <= mostClaims) return { kind: "claims", count };
  return { kind: "mistake", sentence: `Say how many, from 1 to ${mostClaims}: /claims 5` };
}

/** What `line` asks for; `commands` is the core's own table. A line that begins with / is never a question. */
export function readLine(line: string, commands: readonly CommandSpec[]): Intent {
  const text = line.trim();
  if (text === "") return { kind: "nothing" };
  if (!text.startsWith("/")) return { kind: "question", text };
  const [word = "", ...others] = text.slice(1).split(/\s+/);
  const rest = others.join(" ");
  switch (word) {
    case "help":
    case "new":
    case "passages":
    case "quit":
      return { kind: word };
    case "claims":
      return claimsIntent(rest);
  }
  const spec = commands.find((one) => one.name === word);
  if (spec) return { kind: "command", command: readCommand(spec, rest) };
  return { kind: "mistake", sentence: `There is no /${word}. /help lists what there is.` };
}
