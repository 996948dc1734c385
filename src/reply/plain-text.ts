/** Renders a reply part as plain text for a terminal or a pipe, within a width, with colour where there is some. */
import { inert, inertLine } from "./inert.ts";
import { publishedWords } from "./published.ts";
import type { Block, Inline, ReplyPart, Source } from "./reply.ts";
import { type Run, wrapRuns } from "./wrap.ts";

/** How kinds of text are set apart; `quoted` is the span of a passage that is cited. */
export interface Theme {
  readonly strong: (text: string) => string;
  readonly emphasis: (text: string) => string;
  readonly quoted: (text: string) => string;
  readonly mark: (text: string) => string;
  readonly faint: (text: string) => string;
}

const asIs = (text: string): string => text;

/** Without colour: the cited span of a passage stands between asterisks. */
export const plainTheme: Theme = {
  strong: asIs,
  emphasis: asIs,
  quoted: (text) => `*${text}*`,
  mark: asIs,
  faint: asIs,
};

const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

/** With the terminal's own sixteen colours, which its owner has chosen to be legible. */
export const colourTheme: Theme = {
  strong: sgr(1, 22),
  emphasis: sgr(3, 23),
  quoted: sgr(1, 22),
  mark: sgr(36, 39),
  faint: sgr(2, 22),
};

/** `width` in columns, at least 20. */
export interface PlainTextOptions {
  readonly width: number;
  readonly theme: Theme;
}

function wrap(runs: readonly Run[], width: number, first: string, others = first): string {
  const lines = wrapRuns(runs, Math.max(20, width) - others.length);
  return lines.map((line, i) => `${i === 0 ? first : others}${line}`.trimEnd()).join("\n");
}

/** Text as it flows: single line breaks and runs of spaces are one space, blank lines a line break. */
function flowing(text: string): string {
  return inert(text)
    .split(/\n\s*\n/u)
    .map((stretch) => stretch.replace(/\s+/gu, " "))
    .join("\n");
}

/** How an inline looks; `strong` says what strong text looks like where it stands. */
function styleOf(inline: Inline, theme: Theme, strong: Theme["strong"]): Theme["strong"] {
  if (inline.kind === "cite") return theme.mark;
  if (inline.kind === "link") return asIs;
  return { strong, emphasis: theme.emphasis, code: asIs, none: asIs }[inline.style ?? "none"];
}

/** Some content as runs, no space doubled where two of them meet and none at the start. */
function runsOf(content: readonly Inline[], theme: Theme, strong = theme.strong): readonly Run[] {
  const runs: Run[] = [];
  let open = true;
  for (const inline of content) {
    const flow = inline.kind === "cite" ? `[${inline.n}]` : flowing(inline.text);
    const text = open ? flow.replace(/^\s+/u, "") : flow;
    if (text === "") continue;
    runs.push({ text, style: styleOf(inline, theme, strong) });
    open = /\s$/u.test(text);
  }
  return runs;
}

/** Addresses stand on lines of their own and are never broken: a broken one does not open. */
function addresses(content: readonly Inline[], indent: string, theme: Theme): readonly string[] {
  return content
    .flatMap((inline) => (inline.kind === "link" ? [address(inline.url, indent, theme)] : []))
    .filter(Boolean);
}

/** Empty unless it is an http or https address. */
function address(url: string, indent: string, theme: Theme): string {
  return /^https?:\/\//i.test(url) ? indent + theme.faint(inertLine(url)) : "";
}

function headingRuns(content: readonly Inline[], theme: Theme): readonly Run[] {
  return runsOf(content, theme, asIs).map(({ text }) => ({ text, style: theme.strong }));
}

function renderBlock(block: Block, { width, theme }: PlainTextOptions): string {
  switch (block.kind) {
    case "heading":
      return wrap(headingRuns(block.content, theme), width, "");
    case "paragraph":
      return [wrap(runsOf(block.content, theme), width, ""), ...addresses(block.content, "  ", theme)].join("\n");
    case "quote":
      return wrap(runsOf(block.content, theme, theme.quoted), width, "  | ");
    case "list":
      return block.items
        .flatMap((item) => [wrap(runsOf(item, theme), width, "  - ", "    "), ...addresses(item, "    ", theme)])
        .join("\n");
  }
}

function renderSource(source: Source, { width, theme }: PlainTextOptions): string {
  const { n, label, title, published, url } = source;
  const details = [label, title === label ? null : title, published === null ? null : publishedWords(published)];
  const named = details.flatMap((one) => (one === null ? [] : [inertLine(one)])).join(", ");
  const mark = `[${n}] `;
  const runs: readonly Run[] = [
    { text: mark.trim(), style: theme.mark },
    { text: ` ${named}`, style: asIs },
  ];
  const shown = wrap(runs, width, "", " ".repeat(mark.length));
  const opens = url === null ? "" : address(url, " ".repeat(mark.length), theme);
  return opens === "" ? shown : `${shown}\n${opens}`;
}

/** Whether a block stands right under the one above it. */
function belongs(block: Block, above: Block | undefined): boolean {
  return above?.kind === "paragraph" && (block.kind === "quote" || block.kind === "list");
}

/**
 * `part` as text that ends without a line break: blocks, then the numbered sources that are not named there, with their addresses. Text of documents
 * is made inert and set within `width` columns; addresses stay whole. Actions are not shown: a terminal has none.
 */
export function renderPlainText(part: ReplyPart, options: PlainTextOptions): string {
  const shown = part.blocks.map((block, i) => {
    const gap = i === 0 ? "" : belongs(block, part.blocks[i - 1]) ? "\n" : "\n\n";
    return gap + renderBlock(block, options);
  });
  const body = shown.join("");
  const listed = part.sources.filter(({ named }) => !named);
  const sources = listed.map((source) => renderSource(source, options)).join("\n");
  return [body, sources].filter((one) => one !== "").join("\n\n");
}
