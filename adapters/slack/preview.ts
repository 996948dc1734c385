/** What Slack would be sent for a reply, made without Slack: for showing how an answer looks there. */
import type { ReplyPart } from "../../src/reply/reply.ts";
import { passageRendering, plainRendering, type Rendering, renderPart, type SlackMessage } from "./render.ts";

type Sent = Omit<SlackMessage, "sources">;

/** Stands for who asked and for the delivery, which only a real channel knows. */
const owner = { asker: "U00000000", delivery: "preview" };
const answerRendering: Rendering = { ...plainRendering, offers: { kinds: ["delete", "feedback"], owner } };

function sent(part: ReplyPart, rendering: Rendering): readonly Sent[] {
  return renderPart(part, rendering).map(({ text, blocks }) => ({ text, blocks }));
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
