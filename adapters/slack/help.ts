/** How to use Dateline in Slack, added to the core's own help; a new command of the core's table is there by itself. */
import type { CommandSpec } from "../../src/ports.ts";
import type { Block, Inline, ReplyPart } from "../../src/reply/reply.ts";
import { code, text } from "../../src/reply/writing.ts";

/** Slack has a command of this name, so it is only found under `/dateline`. */
const takenBySlack = ["help"];

/** The commands of the core's table that Slack registers under their own names, as `/name`. */
export function slashCommands(commands: readonly CommandSpec[]): readonly CommandSpec[] {
  return commands.filter(({ name }) => !takenBySlack.includes(name));
}

/** The core's help with the ways to ask in Slack. */
export function helpPart(core: ReplyPart, commands: readonly CommandSpec[]): ReplyPart {
  const ways: readonly (readonly Inline[])[] = [
    [text("Mention me in a channel, or write to me directly.")],
    [text("In the thread under an answer you can ask on without a mention.")],
    [code("/ask --private …"), text(" shows the answer only to you, until you share it.")],
    ...slashCommands(commands).map(({ example }) => [code(`/${example}`)]),
    [code("/dateline help")],
  ];
  const blocks: readonly Block[] = [
    { kind: "heading", content: [text("In Slack")] },
    { kind: "list", items: ways },
  ];
  return { ...core, blocks: [...core.blocks, ...blocks] };
}
