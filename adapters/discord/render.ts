/** A reply part as Discord messages of components v2: pure, split where Discord's limits ask for it and never cut. */
import type { APIMessageTopLevelComponent, APISeparatorComponent, APITextDisplayComponent } from "discord.js";
import { publishedWords } from "../../src/reply/published.ts";
import type { Action, Block, Inline, ReplyPart, Source } from "../../src/reply/reply.ts";
import { splitPart } from "../../src/reply/split.ts";
import { buttonRow, type Owner } from "./buttons.ts";
import { limits } from "./limits.ts";
import { literal, literalLabel, literalLine, mark, masked } from "./markdown.ts";

/** One message: what is posted, edited in or sent in answer to an interaction. */
export interface DiscordMessage {
  readonly flags: number;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: []; readonly replied_user: false };
  /** The numbers of the sources in this message; not sent. */
  readonly sources: readonly number[];
}

/** Where the mark [n] leads when its source has no address: the message with the passage, else null. */
export type MarkLink = (n: number) => string | null;

/** What a rendering needs to know besides the part itself. */
export interface Rendering {
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

/** No previews of what is linked; components instead of content and embeds. */
const suppressEmbeds = 1 << 2;
const componentsV2 = 1 << 15;
const textDisplay = 10;
const separator = 14;

function styled(text: string, style: (Inline & { kind: "text" })["style"]): string {
  if (style === undefined) return literal(text);
  // In code nothing is escaped; what cannot stand in it unescaped is shown as plain text.
  if (style === "code") {
    const line = literalLine(text);
    return line === text && line.trim() !== "" ? `\`${text}\`` : line;
  }
  const fence = style === "strong" ? "**" : "*";
  return literal(text)
    .split("\n")
    .map((line) =>
      line.replace(/^(\s*)([\s\S]*?)(\s*)$/u, (_all, before: string, words: string, after: string) =>
        words === "" ? line : `${before}${fence}${words}${fence}${after}`,
      ),
    )
    .join("\n");
}

function inlineText(inline: Inline, markLink: MarkLink): string {
  switch (inline.kind) {
    case "text":
      return styled(inline.text, inline.style);
    case "link":
      return masked(inline.text, inline.url, limits.label);
    case "cite":
      return mark(inline.n, markLink(inline.n));
  }
}

/** Neighbours of one style become one: two fences that meet would not be read as such. */
function merged(content: readonly Inline[]): readonly Inline[] {
  const kept: Inline[] = [];
  for (const inline of content) {
    const last = kept.at(-1);
    const joins = last?.kind === "text" && inline.kind === "text" && last.style === inline.style;
    if (joins) kept[kept.length - 1] = { ...last, text: last.text + inline.text };
    else kept.push(inline);
  }
  return kept;
}

function contentText(content: readonly Inline[], markLink: MarkLink): string {
  return merged(content)
    .map((inline) => inlineText(inline, markLink))
    .join("")
    .replace(/^\s+|\s+$/gu, "");
}

function oneLine(text: string): string {
  return text.replace(/\n+/g, " ");
}

function blockText(block: Block, markLink: MarkLink): string {
  if (block.kind === "list")
    return block.items
      .map((item) => contentText(item, markLink))
      .filter((item) => item !== "")
      .map((item) => `- ${oneLine(item)}`)
      .join("\n");
  const text = contentText(block.content, markLink);
  if (text === "" || block.kind === "paragraph") return text;
  return block.kind === "heading" ? `### ${oneLine(text)}` : `> ${text.replaceAll("\n", "\n> ")}`;
}

/** What belongs to the line above stands right under it; everything else after a blank line. */
function bodyText(blocks: readonly Block[], markLink: MarkLink): string {
  return blocks.reduce((body, block, index) => {
    const text = blockText(block, markLink);
    if (text === "" || body === "") return body + text;
    const above = blocks[index - 1]?.kind;
    const close = above === "heading" || (above === "paragraph" && (block.kind === "quote" || block.kind === "list"));
    return `${body}${close ? "\n" : "\n\n"}${text}`;
  }, "");
}

function sourceText({ n, label, title, published, url }: Source): string {
  const about = title === label ? null : literalLabel(title, limits.label);
  const date = published === null ? null : literalLabel(publishedWords(published), limits.label);
  const name = url === null ? literalLabel(label, limits.label) : masked(label, url, limits.label);
  return `-# ${[`\\[${n}\\] ${name}`, about, date].filter(Boolean).join(" · ")}`;
}

function display(content: string): APITextDisplayComponent[] {
  return content === "" ? [] : [{ type: textDisplay, content }];
}

function render(part: ReplyPart, rendering: Rendering, linksMarks: boolean): DiscordMessage {
  const urls = new Map(part.sources.map((source) => [source.n, source.url]));
  const listed = rendering.listsSources ? part.sources.filter(({ named }) => !named) : [];
  const listedToo = new Set(listed.map(({ n }) => n));
  const markLink: MarkLink = (n) =>
    linksMarks || !listedToo.has(n) ? (urls.get(n) ?? rendering.passageLink(n)) : null;
  const { offers } = rendering;
  const row =
    offers &&
    buttonRow(
      part.actions.filter(({ kind }) => offers.kinds.includes(kind)),
      offers.owner,
    );
  const body = display(bodyText(part.blocks, markLink));
  const names = display(listed.map(sourceText).join("\n"));
  const line: APISeparatorComponent[] = body.length > 0 && names.length > 0 ? [{ type: separator }] : [];
  return {
    flags: suppressEmbeds | componentsV2,
    components: [...body, ...line, ...names, ...(row ? [row] : [])],
    allowed_mentions: { parse: [], replied_user: false },
    sources: part.sources.map(({ n }) => n),
  };
}

/** How many components there are and how long their texts are together. */
function measured(value: unknown): { readonly components: number; readonly text: number } {
  if (typeof value !== "object" || value === null) return { components: 0, text: 0 };
  const own = Array.isArray(value) ? 0 : "type" in value ? 1 : 0;
  let components = own;
  let text = 0;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === "string" && (name === "content" || name === "label")) text += inner.length;
    const deeper = measured(inner);
    components += deeper.components;
    text += deeper.text;
  }
  return { components, text };
}

function fits(message: DiscordMessage): boolean {
  const { components, text } = measured(message.components);
  return components <= limits.components && text <= limits.text;
}

/** As `render`, with every mark linked where there is room for that; the list of sources links each of them anyway. */
function rendered(part: ReplyPart, rendering: Rendering): DiscordMessage {
  const linked = render(part, rendering, true);
  return fits(linked) || !rendering.listsSources ? linked : render(part, rendering, false);
}

/**
 * The messages of a part, in order, each within Discord's limits and with the citations of its claims; none for a part
 * with nothing to show. Pure: the same part and rendering give the same messages, and the part is split at the same
 * places whether or not `passageLink` knows an address.
 */
export function renderPart(part: ReplyPart, rendering: Rendering): readonly DiscordMessage[] {
  const linksMarks = !rendering.listsSources;
  return splitPart(part, (candidate) => fits(render(candidate, rendering, linksMarks)))
    .map((piece) => rendered(piece, rendering))
    .filter(({ components }) => components.length > 0);
}
