/** `help`: how to ask, and every command with what it does. */
import type { CommandSpec, SubcommandSpec } from "../ports.ts";
import type { Block, Inline } from "../reply/reply.ts";
import { strong, text } from "../reply/writing.ts";
import type { CommandHandler } from "./command-handler.ts";

const spec: CommandSpec = {
  name: "help",
  help: "Says what can be asked, and how.",
  who: "everyone",
  private: true,
  options: [],
  subcommands: [],
  example: "help",
};

const asking = [
  "Name whose words you want: “What did the minister say about the harbour?”",
  "Ask for one thing: who, when, where, how many, why.",
  "Go on in the thread: “And what does it say about the costs?”",
  "“Not in the corpus” means just that; the nearest passages are shown, and they are not an answer.",
] as const;

function entry({ name, help }: SubcommandSpec): readonly Inline[] {
  return [strong(name), text(`: ${help}`)];
}

/** Makes `help` over the other commands of the table. */
export function createHelpCommand(others: readonly CommandSpec[]): CommandHandler {
  const blocks: readonly Block[] = [
    {
      kind: "paragraph",
      content: [
        text(
          "Ask a question in plain words, and the answer comes from this newsroom's own documents: word for word, with a citation for every claim.",
        ),
      ],
    },
    { kind: "list", items: asking.map((line) => [text(line)]) },
    { kind: "list", items: [...others, spec].map(entry) },
  ];
  return { spec, run: async () => ({ main: { blocks, sources: [], actions: [] }, thread: [], answer: null }) };
}
