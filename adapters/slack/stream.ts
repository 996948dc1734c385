/** Streams an answer into a thread block by block where the workspace allows it, and posts it whole where not. */
import type { KnownBlock } from "@slack/types";
import type { Logger } from "../../src/logger.ts";
import { refusal } from "./failures.ts";
import type { PostMain } from "./outbox.ts";
import type { SlackMessage } from "./render.ts";
import { type Destination, type Label, labelled, noPreviews, type Web } from "./web.ts";

/** A way to post the main part of an answer to this person in this thread. */
export type Streamer = (to: Destination, asker: string) => PostMain;

/** Refusals that say something about this message or moment, not about streaming. */
const passing = ["message_not_found", "thread_not_found", "channel_not_found", "is_archived", "not_in_channel"];

/** Blocks as a piece of a stream. */
function chunk(blocks: KnownBlock[]): { readonly type: "blocks"; readonly blocks: KnownBlock[] } {
  return { type: "blocks", blocks };
}

export function createStreamer(web: Web, workspace: string, logger: Logger): Streamer {
  let allowed = true;

  /** Opens an empty stream; null where streaming is not possible. An unsure start is left empty and not repeated. */
  async function open(to: Destination, asker: string): Promise<string | null> {
    if (!allowed || to.thread === null) return null;
    try {
      const started = await web.client.chat.startStream({
        channel: to.channel,
        thread_ts: to.thread,
        recipient_user_id: asker,
        recipient_team_id: workspace,
        // Not among this method's documented arguments; where Slack minds, the answer is posted whole.
        ...noPreviews,
      });
      return started.ts ?? null;
    } catch (error) {
      const code = refusal(error);
      if (code !== null && !passing.includes(code)) {
        allowed = false;
        logger.info("This workspace does not stream answers; they are posted whole", { code });
      } else logger.warn("A stream could not be opened; the answer is posted whole", { error });
      return null;
    }
  }

  /** Writes the message block by block. Where that breaks off, the message is put in its place in one piece. */
  async function write(channel: string, ts: string, message: SlackMessage, label: Label): Promise<void> {
    try {
      for (const block of message.blocks) await web.client.chat.appendStream({ channel, ts, chunks: [chunk([block])] });
      await web.client.chat.stopStream({ channel, ts, metadata: labelled(label) });
    } catch (error) {
      logger.warn("A stream broke off; the answer is completed in one piece", { channel, ts, error });
      // Slack ends no stream that is empty; whatever stands twice in it now is replaced at once.
      const all = [chunk(message.blocks)];
      await web
        .call((client) => client.chat.stopStream({ channel, ts, chunks: all }))
        .catch((stuck: unknown) => {
          logger.warn("A stream could not be ended", { channel, ts, error: stuck });
        });
      await web.update(channel, ts, message, label);
    }
  }

  return (to, asker) => async (messages, delivery) => {
    const posted: string[] = [];
    for (const [piece, message] of messages.entries()) {
      const ts = await open(to, asker);
      if (ts !== null) await write(to.channel, ts, message, { delivery, piece });
      posted.push(ts ?? (await web.post(to, message, { delivery, piece })));
    }
    return posted;
  };
}
