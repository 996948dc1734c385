/** A Slack message as a person sees it, and everything in it that could act on them. */
import type { Shown } from "../contracts/adapter.ts";
import { effectsOf, type Json, type Message, visible } from "./slack/index.ts";

interface Element extends Json {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
  readonly elements?: readonly Element[];
}

/** Rich text as it is read: nothing in it is markup. Buttons are not part of what is said. */
function richText(element: Element): string {
  if (element.type === "link") return element.text ?? element.url ?? "";
  if (element.type === "text") return element.text ?? "";
  return (element.elements ?? []).map(richText).join(element.type === "rich_text_list" ? "\n" : "");
}

function blockText(block: Json): string {
  if (block.type === "rich_text") return richText(block as Element);
  if (block.type === "context")
    return (block.elements as readonly Element[]).map(({ text }) => visible(text ?? "").text).join("\n");
  return "";
}

/** Pings, hidden characters, formatting that a stranger could have put into mrkdwn, previews that were not turned off. */
function hazards(message: Message): readonly string[] {
  const { pings, hidden, unfurls } = effectsOf(message);
  const mrkdwn = (message.blocks ?? []).flatMap((block) =>
    block.type === "context" ? (block.elements as readonly Element[]) : [],
  );
  return [
    ...pings.map((ping) => `pings ${ping}`),
    ...hidden.map((character) => `hides ${JSON.stringify(character)}`),
    ...mrkdwn.filter(({ text = "" }) => /[*_~`]/.test(text.replace(/<[^<>|]+\|/g, "<"))).map(() => "formats"),
    ...mrkdwn.filter(({ verbatim }) => verbatim !== true).map(() => "is not verbatim"),
    ...(unfurls ? ["unfurls"] : []),
  ];
}

/** The message as its reader has it. The double has refused whatever breaks Slack's limits, so nothing shown does. */
export function shownOf(message: Message): Shown {
  const blocks = message.blocks ?? [];
  const text = blocks.map(blockText).filter(Boolean).join("\n");
  return {
    text,
    marks: [...text.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)),
    links: effectsOf(message).links.map(({ url }) => url),
    hazards: hazards(message),
    overLimit: blocks.length === 0 ? "no blocks" : null,
  };
}
