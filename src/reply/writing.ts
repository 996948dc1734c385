/** The pieces that replies are written with. */
import type { Block, Inline, Reply } from "./reply.ts";

/** Plain words. */
export const text = (value: string): Inline => ({ kind: "text", text: value });

/** Words that stand out. */
export const strong = (value: string): Inline => ({ kind: "text", text: value, style: "strong" });

/** What is typed as it stands. */
export const code = (value: string): Inline => ({ kind: "text", text: value, style: "code" });

/** Words that lead to an address. */
export const link = (shown: string, url: string): Inline => ({ kind: "link", text: shown, url });

/** Inlines one after the other as a paragraph. */
export const paragraph = (...content: readonly Inline[]): Block => ({ kind: "paragraph", content });

/** A reply of one message without sources. */
export function plainReply(...blocks: readonly Block[]): Reply {
  return { main: { blocks, sources: [], actions: [] }, thread: [], answer: null };
}
