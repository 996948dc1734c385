/** Parts of replies made into the part that fits a place: with the question above, or with the passages beside the claims. */
import type { Block, Inline, Reply, ReplyPart } from "../reply/reply.ts";

const empty: ReplyPart = { blocks: [], sources: [], actions: [] };

/** A part that says one thing. */
export function notice(...content: readonly Inline[]): ReplyPart {
  return { ...empty, blocks: [{ kind: "paragraph", content }] };
}

/** A part that says one sentence. */
export function saying(sentence: string): ReplyPart {
  return notice({ kind: "text", text: sentence });
}

/** The part under the question it answers: what is typed after a slash command is seen by nobody else. */
export function underQuestion(question: string, part: ReplyPart): ReplyPart {
  const heading: Block = { kind: "heading", content: [{ kind: "text", text: question }] };
  return { ...part, blocks: [heading, ...part.blocks] };
}

/** A part followed by a sentence. */
export function followedBy(part: ReplyPart, ...content: readonly Inline[]): ReplyPart {
  return { ...part, blocks: [...part.blocks, { kind: "paragraph", content }] };
}

/**
 * The reply as one part for a place without a thread: where a source has no address to open, the passages that would
 * have stood in the thread follow the claims.
 */
export function withoutThread(reply: Reply): ReplyPart {
  const needed = reply.thread.filter((part) => part.sources.some(({ url }) => url === null));
  const known = new Set(reply.main.sources.map(({ n }) => n));
  const added = needed.flatMap((part) => part.sources).filter(({ n }) => !known.has(n));
  return {
    ...reply.main,
    blocks: [...reply.main.blocks, ...needed.flatMap((part) => part.blocks)],
    sources: [...reply.main.sources, ...added],
  };
}
