/** What Discord would be sent for a reply, made without Discord: for showing how an answer looks there. */
import type { ReplyPart } from "../../src/reply/reply.ts";
import { type DiscordMessage, passageRendering, plainRendering, type Rendering, renderPart } from "./render.ts";

type Sent = Omit<DiscordMessage, "sources">;

/** Stands for who asked and for the delivery, which only a real channel knows. */
const owner = { asker: "0", delivery: "preview" };
const answerRendering: Rendering = { ...plainRendering, offers: { kinds: ["delete", "feedback"], owner } };

function sent(part: ReplyPart, rendering: Rendering): readonly Sent[] {
  return renderPart(part, rendering).map(({ sources: _kept, ...message }) => message);
}

/**
 * The messages of an answer in a channel, and of the thread under it, with the buttons that it has there. Marks whose
 * source has no address are not linked: the messages that they would lead to are not posted.
 */
export function previewReply({ main, thread }: { readonly main: ReplyPart; readonly thread: readonly ReplyPart[] }): {
  readonly main: readonly Sent[];
  readonly thread: readonly Sent[];
} {
  return { main: sent(main, answerRendering), thread: thread.flatMap((part) => sent(part, passageRendering)) };
}
