/** `ask`: a question as a command, with what it may be narrowed to. */
import type { CommandSpec, CorpusCounts, Inquiry } from "../ports.ts";
import type { Reply } from "../reply/reply.ts";
import type { CommandHandler } from "./command-handler.ts";

const spec: CommandSpec = {
  name: "ask",
  help: "Answers from the newsroom's corpus, with a citation for every claim.",
  who: "everyone",
  private: false,
  options: [
    { name: "question", help: "What you want to know.", required: true, kind: "text" },
    { name: "outlet", help: "Only what this outlet published.", required: false, kind: "text", completes: true },
  ],
  subcommands: [],
  example: "ask What did the report say about the harbour?",
};

export interface AskDeps {
  ask(inquiry: Inquiry, signal?: AbortSignal): Promise<Reply>;
  counts(inquiry: Inquiry): Promise<CorpusCounts>;
  suggestions(inquiry: Inquiry): Promise<readonly string[]>;
}

/** Makes `ask`. Its question completes to questions that the corpus answers, its outlet to those of the corpus. */
export function createAskCommand({ ask, counts, suggestions }: AskDeps): CommandHandler {
  async function candidates(option: string, inquiry: Inquiry): Promise<readonly string[]> {
    if (option === "question") return suggestions(inquiry);
    if (option !== "outlet") return [];
    return (await counts(inquiry)).outlets.flatMap(({ outlet }) => (outlet === null ? [] : [outlet]));
  }
  return {
    spec,
    run(command, inquiry, signal) {
      const { question = inquiry.text, outlet } = command.options;
      return ask({ ...inquiry, text: question, ...(outlet === undefined ? {} : { outlet }) }, signal);
    },
    async complete(option, prefix, inquiry) {
      const typed = prefix.trim().toLowerCase();
      const found = await candidates(option, inquiry);
      const begins = found.filter((one) => one.toLowerCase().startsWith(typed));
      if (option === "question") return begins;
      return [...begins, ...found.filter((one) => !begins.includes(one) && one.toLowerCase().includes(typed))];
    },
  };
}
