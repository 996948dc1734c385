/** The Home tab: what the corpus holds, and how to ask. */
import type { HomeView, KnownBlock } from "@slack/types";
import type { ReplyPart } from "../../src/reply/reply.ts";
import { limits } from "./limits.ts";
import { plainRendering, renderPart } from "./render.ts";

function titled(title: string, part: ReplyPart): KnownBlock[] {
  const header: KnownBlock = { type: "header", text: { type: "plain_text", text: title, emoji: false } };
  return [header, ...renderPart(part, plainRendering).flatMap(({ blocks }) => blocks)];
}

/** The view of these parts; pure. The help comes first, so that a long list of sources never pushes it out. */
export function homeView(sources: ReplyPart, help: ReplyPart): HomeView {
  const blocks = [
    ...titled("How to ask", help),
    { type: "divider" as const },
    ...titled("What the corpus holds", sources),
  ];
  return { type: "home", blocks: blocks.slice(0, limits.homeBlocks) };
}
