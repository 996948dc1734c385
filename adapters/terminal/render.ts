/** Sets replies, help and errors as text for a terminal. */
import type { CommandSpec } from "../../src/ports.ts";
import { type PlainTextOptions, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Block, Reply, ReplyPart } from "../../src/reply/reply.ts";
import { strong, text } from "../../src/reply/writing.ts";
import { promptWords } from "./receive.ts";

function partOf(blocks: readonly Block[]): ReplyPart {
  return { blocks, sources: [], actions: [] };
}

/** The answer itself: claims and sources, or the decline. */
export function renderAnswer(reply: Reply, options: PlainTextOptions): string {
  return renderPlainText(reply.main, options);
}

/** Every cited passage in its place; a sentence where the last reply has none. */
export function renderPassages(reply: Reply | null, options: PlainTextOptions): string {
  if (!reply || reply.thread.length === 0)
    return renderNotice("There is no answer yet whose passages could be shown.", options);
  return reply.thread.map((part) => renderPlainText({ ...part, sources: [] }, options)).join("\n\n");
}

/** A sentence of ours. */
export function renderNotice(sentence: string, options: PlainTextOptions): string {
  return renderPlainText(partOf([{ kind: "paragraph", content: [text(sentence)] }]), options);
}

/** What is said before the first prompt. */
export function renderGreeting(options: PlainTextOptions): string {
  return renderNotice(
    "Ask a question; a follow-up may leave out what is clear. /help lists what else there is.",
    options,
  );
}

/** What can be typed: the core's commands but for asking, which needs none, then the prompt's own words. */
export function renderHelp(commands: readonly CommandSpec[], options: PlainTextOptions): string {
  const own = new Set(["ask", ...promptWords.map(({ name }) => name.split(" ")[0])]);
  const others = commands.filter(({ name }) => !own.has(name)).map(({ example, help }) => ({ name: example, help }));
  const rows = [...others, ...promptWords];
  const items = rows.map(({ name, help }) => [strong(`/${name}`), text(` – ${help}`)]);
  const intro = [
    text("Type a question and press Enter. A question after an answer keeps its context: “and what about Canada?”"),
  ];
  return renderPlainText(
    partOf([
      { kind: "paragraph", content: intro },
      { kind: "list", items },
    ]),
    options,
  );
}
