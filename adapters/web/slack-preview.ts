/** Draws Slack's payloads as Slack shows them: the blocks that our messages are made of, read from what would be sent. */
import type {
  ActionsBlock,
  ContextActionsBlock,
  ContextBlock,
  KnownBlock,
  RichTextBlock,
  RichTextElement,
} from "@slack/types";
import { html, type Markup, openable, prose } from "./markup.ts";
import type { Payloads } from "./preview.ts";

interface Message {
  readonly blocks?: readonly KnownBlock[];
}

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]!);
}

function anchor(url: string, label: Markup | string): Markup {
  const address = openable(url);
  return address === null ? html`${label}` : html`<a href="${address}" rel="noopener noreferrer">${label}</a>`;
}

/** mrkdwn as far as our messages use it: links, and everything else as text. */
function mrkdwn(text: string): readonly Markup[] {
  return text.split(/(<[^<>|]+\|[^<>]*>)/).map((piece) => {
    const found = /^<([^<>|]+)\|([^<>]*)>$/.exec(piece);
    if (!found) return html`${prose(unescaped(piece))}`;
    return anchor(unescaped(found[1]!), prose(unescaped(found[2]!)));
  });
}

function richElement(element: RichTextElement): Markup {
  if (element.type !== "text" && element.type !== "link") return html``;
  const text = prose(element.text ?? "");
  const style = element.style ?? {};
  const shown = style.code ? html`<code>${text}</code>` : html`${text}`;
  const slanted = style.italic ? html`<i>${shown}</i>` : shown;
  const heavy = style.bold ? html`<b>${slanted}</b>` : slanted;
  return element.type === "link" ? anchor(element.url, heavy) : heavy;
}

function richPart(part: RichTextBlock["elements"][number]): Markup {
  switch (part.type) {
    case "rich_text_section":
      return html`<p>${part.elements.map(richElement)}</p>`;
    case "rich_text_quote":
      return html`<blockquote>${part.elements.map(richElement)}</blockquote>`;
    case "rich_text_preformatted":
      return html`<pre>${part.elements.map(richElement)}</pre>`;
    case "rich_text_list":
      return html`<ul>${part.elements.map((item) => html`<li>${item.elements.map(richElement)}</li>`)}</ul>`;
  }
}

function context({ elements }: ContextBlock): Markup {
  return html`<p class="context">${elements.map((element) => ("text" in element ? html`<span>${mrkdwn(element.text)}</span>` : ""))}</p>`;
}

/** Buttons are shown, not pressed: here they are words in a box. */
function actions({ elements }: ActionsBlock | ContextActionsBlock): Markup {
  const labels = elements.flatMap((element) => {
    if (element.type === "feedback_buttons") return ["👍", "👎"];
    return "text" in element && element.text ? [element.text.text] : [];
  });
  return html`<p class="buttons">${labels.map((label) => html`<span class="button">${prose(label)}</span>`)}</p>`;
}

function blockMarkup(block: KnownBlock): Markup | readonly Markup[] {
  switch (block.type) {
    case "rich_text":
      return block.elements.map(richPart);
    case "context":
      return context(block);
    case "actions":
    case "context_actions":
      return actions(block);
    case "section":
      return html`<p>${block.text ? mrkdwn(block.text.text) : ""}</p>`;
    default:
      return html``;
  }
}

function messageMarkup(message: unknown): Markup {
  const { blocks = [] } = message as Message;
  return html`<div class="message"><span class="avatar" aria-hidden="true">D</span><div class="content"><p class="who"><b>Dateline</b> <span class="app">APP</span></p>${blocks.map(blockMarkup)}</div></div>`;
}

/** The messages of an answer and of its thread, drawn to look like Slack. */
export function drawSlack({ main, thread }: Payloads): Markup {
  return html`<div class="drawn slack" role="group" aria-label="In Slack">${main.map(messageMarkup)}${
    thread.length === 0
      ? ""
      : html`<div class="thread"><p class="replies">${thread.length} ${thread.length === 1 ? "reply" : "replies"} in the thread</p>${thread.map(messageMarkup)}</div>`
  }</div>`;
}
