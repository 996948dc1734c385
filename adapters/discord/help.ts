/** How to use Dateline in Discord, added to the core's own help; a new command of the core's table is there by itself. */
import type { CommandSpec } from "../../src/ports.ts";
import type { Block, Inline, ReplyPart } from "../../src/reply/reply.ts";
import { code, text } from "../../src/reply/writing.ts";

/** The core's help with the ways to ask in Discord. `hearsThreads`: whether the words of unmentioned messages reach us. */
export function helpPart(core: ReplyPart, commands: readonly CommandSpec[], hearsThreads: boolean): ReplyPart {
  const ways: readonly (readonly Inline[])[] = [
    [text("Mention me in a channel, write to me directly, or reply to one of my answers.")],
    [
      text(
        hearsThreads
          ? "In the thread under an answer you can ask on without a mention."
          : "In the thread under an answer, mention me to ask on: without a mention I am not shown what is written here.",
      ),
    ],
    [code("/ask"), text(" with "), code("private"), text(" shows the answer only to you, until you share it.")],
    [...commands.flatMap(({ name }, index) => [...(index === 0 ? [] : [text(" ")]), code(`/${name}`)])],
  ];
  const blocks: readonly Block[] = [
    { kind: "heading", content: [text("In Discord")] },
    { kind: "list", items: ways },
  ];
  return { ...core, blocks: [...core.blocks, ...blocks] };
}
