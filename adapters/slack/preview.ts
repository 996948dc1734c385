/** What Slack would be sent for a reply, made without Slack: for showing how an answer looks there. */
import type { Reply } from "../../src/reply/reply.ts";
import { passageRendering, plainRendering, renderPart, type SlackMessage } from "./render.ts";

/** Stands for who asked and for the delivery, which only a real channel knows. */
const owner = { asker: "U00000000", delivery: "preview" };

/**
 * The messages of an answer in a channel, and of the thread under it, with the buttons that it has there. Marks whose
 * source has no address are not linked: the messages that they would lead to are not posted.
 */
export function previewReply({ main, thread }: Reply): {
  readonly main: readonly SlackMessage[];
  readonly thread: readonly SlackMessage[];
} {
  return {
    main: renderPart(main, { ...plainRendering, offers: { kinds: ["delete", "feedback"], owner } }),
    thread: thread.flatMap((part) => renderPart(part, passageRendering)),
  };
}
