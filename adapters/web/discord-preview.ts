/** Draws Discord's payloads as Discord shows them: components and their markdown, read from what would be sent. */
import type { APIMessageTopLevelComponent } from "discord.js";
import { html, type Markup, openable, prose } from "./markup.ts";
import type { Payloads } from "./preview.ts";

interface Message {
  readonly components?: readonly APIMessageTopLevelComponent[];
}

/** What our messages use of Discord's markdown, in the order in which it is looked for. */
const inlinePattern =
  /\\([^\p{L}\p{N}\s])|\[((?:\\.|\[\d+\]|[^[\]\\])*)\]\(<([^>\s]+)>\)|\*\*((?:\\.|[^*\\]|\*(?!\*))+)\*\*|\*((?:\\.|[^*\\])+)\*|`([^`]+)`/gsu;

function inlineMarkup(text: string): readonly Markup[] {
  const shown: Markup[] = [];
  let from = 0;
  for (const found of text.matchAll(inlinePattern)) {
    const [whole, plain, label, address, bold, italic, code] = found;
    shown.push(html`${prose(text.slice(from, found.index))}`);
    from = found.index + whole.length;
    const url = address === undefined ? null : openable(address);
    if (plain !== undefined) shown.push(html`${plain}`);
    else if (label !== undefined)
      shown.push(
        url === null
          ? html`${inlineMarkup(label)}`
          : html`<a href="${url}" rel="noopener noreferrer">${inlineMarkup(label)}</a>`,
      );
    else if (bold !== undefined) shown.push(html`<b>${inlineMarkup(bold)}</b>`);
    else if (italic !== undefined) shown.push(html`<i>${inlineMarkup(italic)}</i>`);
    else shown.push(html`<code>${prose(code ?? "")}</code>`);
  }
  shown.push(html`${prose(text.slice(from))}`);
  return shown;
}

/** Kinds of lines by how they begin; lines of one kind that follow each other belong together. */
const lineKinds = [
  { kind: "heading", sign: "### " },
  { kind: "quote", sign: "> " },
  { kind: "item", sign: "- " },
  { kind: "small", sign: "-# " },
] as const;

type LineKind = (typeof lineKinds)[number]["kind"] | "text";

function groupMarkup(kind: LineKind, lines: readonly string[]): Markup {
  switch (kind) {
    case "heading":
      return html`<p><b>${lines.map(inlineMarkup)}</b></p>`;
    case "quote":
      return html`<blockquote>${inlineMarkup(lines.join("\n"))}</blockquote>`;
    case "item":
      return html`<ul>${lines.map((one) => html`<li>${inlineMarkup(one)}</li>`)}</ul>`;
    case "small":
      return html`<p class="context">${lines.map((one) => html`<span>${inlineMarkup(one)}</span>`)}</p>`;
    case "text":
      return html`<p>${inlineMarkup(lines.join("\n"))}</p>`;
  }
}

function markdown(content: string): readonly Markup[] {
  const groups: { readonly kind: LineKind; readonly lines: string[] }[] = [];
  let open = false;
  for (const text of content.split("\n")) {
    const { kind, sign } = lineKinds.find((one) => text.startsWith(one.sign)) ?? ({ kind: "text", sign: "" } as const);
    const last = groups.at(-1);
    if (text === "") open = false;
    else if (open && last?.kind === kind) last.lines.push(text.slice(sign.length));
    else {
      groups.push({ kind, lines: [text.slice(sign.length)] });
      open = true;
    }
  }
  return groups.map(({ kind, lines }) => groupMarkup(kind, lines));
}

/** Component types by their numbers. */
const types = { row: 1, text: 10, separator: 14, container: 17 } as const;

function componentMarkup(component: APIMessageTopLevelComponent): Markup | readonly Markup[] {
  switch (component.type) {
    case types.text:
      return markdown(component.content);
    case types.separator:
      return html`<hr>`;
    case types.container:
      return component.components.map((inner) => html`${componentMarkup(inner)}`);
    case types.row:
      return html`<p class="buttons">${component.components.map((button) =>
        "label" in button && button.label ? html`<span class="button">${prose(button.label)}</span>` : "",
      )}</p>`;
    default:
      return html``;
  }
}

function messageMarkup(message: unknown): Markup {
  const { components = [] } = message as Message;
  return html`<div class="message"><span class="avatar" aria-hidden="true">D</span><div class="content"><p class="who"><b>Dateline</b> <span class="app">APP</span></p>${components.map(componentMarkup)}</div></div>`;
}

/** The messages of an answer and of its thread, drawn to look like Discord. */
export function drawDiscord({ main, thread }: Payloads): Markup {
  return html`<div class="drawn discord" role="group" aria-label="In Discord">${main.map(messageMarkup)}${
    thread.length === 0
      ? ""
      : html`<div class="thread"><p class="replies">Thread: ${thread.length} ${thread.length === 1 ? "message" : "messages"}</p>${thread.map(messageMarkup)}</div>`
  }</div>`;
}
