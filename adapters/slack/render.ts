/** A reply part as Slack messages: pure, typed as KnownBlock, split where Slack's limits ask for it and never cut. */
import type { ContextBlock, KnownBlock, MrkdwnElement } from "@slack/types";
import { publishedWords } from "../../src/reply/published.ts";
import type { Action, Block, Inline, ReplyPart, Source } from "../../src/reply/reply.ts";
import { splitPart } from "../../src/reply/split.ts";
import { buttons, type Owner } from "./buttons.ts";
import { limits } from "./limits.ts";
import { link, literal, literalLabel } from "./mrkdwn.ts";
import { type MarkLink, richText } from "./rich-text.ts";

/** One message: `text` is what notifications and screen readers get, `blocks` what is seen. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
  /** The numbers of the sources in this message. */
  readonly sources: readonly number[];
}

/** What a rendering needs to know besides the part itself. */
export interface Rendering {
  /** Where the mark of a source without an address leads: the message where its passage stands. */
  readonly passageLink: MarkLink;
  /** What can be offered here, and to whom the answer belongs; null for what is no answer. */
  readonly offers: { readonly kinds: readonly Action["kind"][]; readonly owner: Owner } | null;
  /** Whether the sources are listed at the end; passages name their own. */
  readonly listsSources: boolean;
}

/** Nothing to press: notices, previews. */
export const plainRendering: Rendering = { passageLink: () => null, offers: null, listsSources: true };

/** What stands in the thread, each passage under the name of its source. */
export const passageRendering: Rendering = { ...plainRendering, listsSources: false };

function inlineText(inline: Inline): string {
  return inline.kind === "cite" ? `[${inline.n}]` : literal(inline.text);
}

function blockText(block: Block): string {
  if (block.kind === "list") return block.items.map((item) => `• ${item.map(inlineText).join("")}`).join("\n");
  return block.content.map(inlineText).join("");
}

function sourceElement({ n, label, title, published, url }: Source): MrkdwnElement {
  const name = `[${n}] ${label}`;
  // An address counts here as text; a long one is left to the mark, where it does not.
  const mark =
    (url?.length ?? 0) > limits.contextUrl ? literalLabel(name, limits.label) : link(url, name, limits.label);
  const about = title === label ? null : literalLabel(title, limits.label);
  const date = published === null ? null : literalLabel(publishedWords(published), limits.label);
  return { type: "mrkdwn", text: [mark, about, date].filter(Boolean).join(" · "), verbatim: true };
}

function sourceBlocks(sources: readonly Source[]): ContextBlock[] {
  const elements = sources.map(sourceElement);
  const blocks: ContextBlock[] = [];
  for (let at = 0; at < elements.length; at += limits.contextElements)
    blocks.push({ type: "context", elements: elements.slice(at, at + limits.contextElements) });
  return blocks;
}

function render(part: ReplyPart, rendering: Rendering): SlackMessage {
  const urls = new Map(part.sources.map((source) => [source.n, source.url]));
  const markLink: MarkLink = (n) => urls.get(n) ?? rendering.passageLink(n);
  const { offers } = rendering;
  const offered = offers
    ? buttons(
        part.actions.filter(({ kind }) => offers.kinds.includes(kind)),
        offers.owner,
      )
    : [];
  const body = part.blocks.map((block) => richText(block, markLink)).filter((block) => block !== null);
  const listed = rendering.listsSources ? part.sources.filter(({ named }) => !named) : [];
  const names = listed.map((source) => `[${source.n}] ${literalLabel(source.label, limits.label)}`).join(" · ");
  return {
    text: [...part.blocks.map(blockText), names].filter(Boolean).join("\n\n") || "Dateline",
    blocks: [...body, ...sourceBlocks(listed), ...offered],
    sources: part.sources.map(({ n }) => n),
  };
}

/** What a value adds to a message: its texts, and something for each container. Addresses behind text do not count. */
function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, inner) => sum + weight(inner), 0);
  if (typeof value !== "object" || value === null) return 0;
  const own = "text" in value && typeof value.text === "string" ? value.text.length : 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + weight(inner), own + limits.container);
}

function fits(message: SlackMessage): boolean {
  return message.blocks.length <= limits.blocks && weight(message.blocks) <= limits.message;
}

/**
 * The messages of a part, in order, each within Slack's limits and with the citations of its claims; none for a part
 * with nothing to show. Pure: the same part and rendering give the same messages, and the part is split at the same
 * places whether or not `passageLink` knows an address.
 */
export function renderPart(part: ReplyPart, rendering: Rendering): readonly SlackMessage[] {
  return splitPart(part, (candidate) => fits(render(candidate, rendering)))
    .map((piece) => render(piece, rendering))
    .filter(({ blocks }) => blocks.length > 0);
}
