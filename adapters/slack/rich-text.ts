/**
 * Inline text as rich text. Slack does not read markup inside rich text: words are shown as they are, so quotations stay
 * exact, and neither a mention nor a link nor formatting of a stranger's comes to life.
 */

import type { RichTextBlock, RichTextElement, RichTextSection } from "@slack/types";
import { pieces } from "../../src/platform/shorten.ts";
import { inert } from "../../src/reply/inert.ts";
import type { Block, Inline } from "../../src/reply/reply.ts";
import { limits } from "./limits.ts";
import { safeUrl } from "./mrkdwn.ts";

/** Where the mark [n] leads: the source's address, else the message with the passage, else null. */
export type MarkLink = (n: number) => string | null;

const styles = { strong: { bold: true }, emphasis: { italic: true }, code: { code: true } } as const;

/** Parts text at what looks like Slack's control sequences, so that no reader of the payload can take it for one. */
const controlSequence = /(?<=<)(?=[!@#]|https?:|mailto:|tel:)/i;

function textElements(text: string, style?: keyof typeof styles): RichTextElement[] {
  return inert(text)
    .split(controlSequence)
    .flatMap((stretch) => pieces(stretch, limits.text))
    .map((piece) => ({ type: "text", text: piece, ...(style ? { style: styles[style] } : {}) }));
}

function elements(inline: Inline, markLink: MarkLink, bold: boolean): RichTextElement[] {
  const style = bold ? { style: styles.strong } : {};
  switch (inline.kind) {
    case "text":
      return textElements(inline.text, inline.style ?? (bold ? "strong" : undefined));
    case "link": {
      const url = safeUrl(inline.url);
      return url === null ? textElements(inline.text) : [{ type: "link", url, text: inert(inline.text), ...style }];
    }
    case "cite": {
      const url = safeUrl(markLink(inline.n));
      const text = `[${inline.n}]`;
      return [url === null ? { type: "text", text, ...style } : { type: "link", url, text, ...style }];
    }
  }
}

function section(content: readonly Inline[], markLink: MarkLink, bold = false): RichTextSection {
  return { type: "rich_text_section", elements: content.flatMap((inline) => elements(inline, markLink, bold)) };
}

/** One block of a reply as one rich text block; null when there is nothing to show. */
export function richText(block: Block, markLink: MarkLink): RichTextBlock | null {
  const parts = block.kind === "list" ? block.items : [block.content];
  const sections = parts.map((content) => section(content, markLink, block.kind === "heading"));
  const filled = sections.filter(({ elements }) => elements.length > 0);
  if (filled.length === 0) return null;
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return { type: "rich_text", elements: filled };
    case "quote":
      return { type: "rich_text", elements: filled.map((part) => ({ ...part, type: "rich_text_quote" as const })) };
    case "list":
      return { type: "rich_text", elements: [{ type: "rich_text_list", style: "bullet", elements: filled }] };
  }
}
