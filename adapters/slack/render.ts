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
}

/** Nothing to link to and nothing to press: passages, notices, previews. */
export const plainRendering: Rendering = { passageLink: () => null, offers: null };

function inlineText(inline: Inline): string {
  return inline.kind === "cite" ? `[${inline.n}]` : literal(inline.text);
}

function blockText(block: Block): string {
  if (block.kind === "list") return block.items.map((item) => `• ${item.map(inlineText).join("")}`).join("\n");
  return block.content.map(inlineText).join("");
}

function sourceElement(source: Source, passageLink: MarkLink): MrkdwnElement {
  const mark = link(source.url ?? passageLink(source.n), `[${source.n}] ${source.label}`, 200);
  const title = source.title === source.label ? null : literalLabel(source.title, 200);
  const published = source.published === null ? null : literalLabel(publishedWords(source.published), 40);
  return { type: "mrkdwn", text: [mark, title, published].filter(Boolean).join(" · "), verbatim: true };
}

function sourceBlocks(sources: readonly Source[], passageLink: MarkLink): ContextBlock[] {
  const elements = sources.map((source) => sourceElement(source, passageLink));
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
  const sources = part.sources.map((source) => `[${source.n}] ${literalLabel(source.label, 200)}`).join(" · ");
  return {
    text: [...part.blocks.map(blockText), sources].filter(Boolean).join("\n\n") || "Dateline",
    blocks: [...body, ...sourceBlocks(part.sources, rendering.passageLink), ...offered],
    sources: part.sources.map(({ n }) => n),
  };
}

/** Stands for the address of a message that is not posted yet, so that adding it later changes no split. */
const unknownAddress = `https://slack.invalid/${"p".repeat(180)}`;

function fits(message: SlackMessage): boolean {
  return message.blocks.length <= limits.blocks && JSON.stringify(message.blocks).length <= limits.message;
}

/**
 * The messages of a part, in order, each within Slack's limits and with the citations of its claims; none for a part
 * with nothing to show. Pure: the same part and rendering give the same messages, and the part is split at the same
 * places whether or not `passageLink` knows an address.
 */
export function renderPart(part: ReplyPart, rendering: Rendering): readonly SlackMessage[] {
  const measured = { ...rendering, passageLink: () => unknownAddress };
  return splitPart(part, (candidate) => fits(render(candidate, measured)))
    .map((piece) => render(piece, rendering))
    .filter(({ blocks }) => blocks.length > 0);
}
