/** Calls to Slack's Web API: pauses are kept, what is safe to repeat is repeated, and a post is never made twice blindly. */
import type { webApi } from "@slack/bolt";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createLanes } from "../../src/platform/lanes.ts";
import type { Runtime } from "../../src/runtime.ts";
import { explained, failureOf, refusal } from "./failures.ts";
import type { SlackMessage } from "./render.ts";

/** Where a message goes. */
export interface Destination {
  readonly channel: string;
  /** The thread's root, or null for the conversation itself. */
  readonly thread: string | null;
}

/** What a message carries unseen, so that it is found again: in the history after a lost answer, and to delete it. */
export interface Label {
  /** One for everything that belongs to one answer. */
  readonly delivery: string;
  /** Counts the messages of a delivery. */
  readonly piece: number;
}

/** Slack's Web API as this adapter uses it. */
export interface Web {
  readonly client: webApi.WebClient;
  /** Makes a call that does no harm when it is made twice; repeats it after pauses and lost answers. */
  call<T>(make: (client: webApi.WebClient) => Promise<T>): Promise<T>;
  /**
   * Posts a message once and resolves with its ts. After a lost answer it looks into the conversation before it tries
   * again. Rejects with `uncertain` when nobody can tell whether the message is there: it is then not repeated.
   */
  post(to: Destination, message: SlackMessage, label: Label): Promise<string>;
  /** Gives a message of ours another content; its label stays with it. */
  update(channel: string, ts: string, message: SlackMessage, label: Label): Promise<void>;
  /** Deletes a message of ours; one that is gone already counts as deleted. */
  remove(channel: string, ts: string): Promise<void>;
  /** The ts of each message of a delivery in a thread or, without one, among the latest of a conversation. */
  find(to: Destination, delivery: string): Promise<ReadonlyMap<number, string>>;
  /**
   * The ts of each message of a delivery among everything since a time (milliseconds since the epoch). Rejects with
   * `uncertain` when Slack does not let all of that be seen.
   */
  findSince(to: Destination, delivery: string, since: number): Promise<ReadonlyMap<number, string>>;
}

/** The `event_type` of the metadata on every message of ours. */
const eventType = "dateline_delivery";

/** Slack fetches nothing that a message links to. */
export const noPreviews = { unfurl_links: false, unfurl_media: false } as const;

/** A pause longer than this in all is told instead of waited for. */
const longestPauseMs = 120_000;
const tries = 3;
const betweenTriesMs = 500;
const longestThreadPages = 10;
/** 10,000 messages since a delivery was begun. */
const mostPagesSince = 50;
const clockSlackMs = 300_000;

/** The metadata that carries a label. */
export function labelled(label: Label) {
  return { event_type: eventType, event_payload: { delivery: label.delivery, piece: label.piece } };
}

/** Runs `attempt` until it gives a value, keeping the pauses that Slack asks for; `attempt` decides about everything else. */
async function keepingPauses<T>(runtime: Runtime, logger: Logger, attempt: () => Promise<T>): Promise<T> {
  for (let paused = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== "rate-limited" || paused + failure.afterMs > longestPauseMs) throw error;
      logger.warn("Slack asks for a pause", { ms: failure.afterMs });
      paused += failure.afterMs;
      await runtime.sleep(failure.afterMs);
    }
  }
}

/** `client` must neither retry nor wait by itself: `retryConfig: { retries: 0 }`, `rejectRateLimitedCalls: true`. */
export function createWeb(client: webApi.WebClient, runtime: Runtime, logger: Logger): Web {
  const lanes = createLanes();

  async function call<T>(make: (client: webApi.WebClient) => Promise<T>): Promise<T> {
    for (let left = tries; ; ) {
      try {
        return await keepingPauses(runtime, logger, () => make(client));
      } catch (error) {
        left -= 1;
        const { kind } = failureOf(error);
        if (left === 0 || (kind !== "unsure" && kind !== "unreached")) throw explained(error);
        logger.warn("Slack did not answer; trying again", { error });
        await runtime.sleep(betweenTriesMs);
      }
    }
  }

  /** Looks through a thread, or through a conversation's messages since a time; `complete` when it saw them all. */
  async function look({ channel, thread }: Destination, delivery: string, oldest: string | null, mostPages: number) {
    const found = new Map<number, string>();
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = { channel, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
      const { messages = [], response_metadata } = thread
        ? await call((web) => web.conversations.replies({ ...page, ts: thread }))
        : await call((web) => web.conversations.history({ ...page, ...(oldest === null ? {} : { oldest }) }));
      for (const { metadata, ts } of messages) {
        const payload = metadata?.event_payload as { delivery?: unknown; piece?: unknown } | undefined;
        if (ts && payload?.delivery === delivery) found.set(Number(payload.piece), ts);
      }
      cursor = response_metadata?.next_cursor;
      if (!cursor) return { found, complete: true };
    }
    return { found, complete: false };
  }

  async function find(to: Destination, delivery: string): Promise<ReadonlyMap<number, string>> {
    return (await look(to, delivery, null, to.thread ? longestThreadPages : 1)).found;
  }

  function uncertain(to: Destination, delivery: string, cause: unknown): NewsroomError {
    logger.error("Delivery uncertain: Slack did not say whether the message was posted, so it is not repeated", {
      ...to,
      delivery,
      error: cause,
    });
    return new NewsroomError(
      "uncertain",
      "Slack did not confirm the message. It may be there; it is not posted again.",
      { cause },
    );
  }

  /** Whether the message is there after all; throws `uncertain` when that cannot be seen. */
  async function seen(to: Destination, label: Label, cause: unknown): Promise<string | undefined> {
    try {
      return (await find(to, label.delivery)).get(label.piece);
    } catch (error) {
      logger.warn("Slack did not let the conversation be seen", { ...to, error });
      throw uncertain(to, label.delivery, cause);
    }
  }

  async function findSince(to: Destination, delivery: string, since: number): Promise<ReadonlyMap<number, string>> {
    // Clocks differ; what stands a little earlier does no harm.
    const oldest = String((since - clockSlackMs) / 1_000);
    const { found, complete } = await look(to, delivery, oldest, mostPagesSince).catch((cause: unknown) => {
      throw uncertain(to, delivery, cause);
    });
    if (!complete) throw uncertain(to, delivery, null);
    return found;
  }

  async function send(to: Destination, message: SlackMessage, label: Label): Promise<string> {
    const posted = await client.chat.postMessage({
      channel: to.channel,
      ...(to.thread ? { thread_ts: to.thread } : {}),
      text: message.text,
      blocks: message.blocks,
      ...noPreviews,
      metadata: labelled(label),
    });
    return posted.ts!;
  }

  async function postOnce(to: Destination, message: SlackMessage, label: Label): Promise<string> {
    for (let left = tries; ; ) {
      try {
        return await keepingPauses(runtime, logger, () => send(to, message, label));
      } catch (error) {
        left -= 1;
        const failure = failureOf(error);
        if (failure.kind === "refused" || failure.kind === "rate-limited") throw explained(error);
        logger.warn("Slack did not confirm a message; looking for it", { ...to, ...label, error });
        await runtime.sleep(betweenTriesMs);
        const there = failure.kind === "unsure" ? await seen(to, label, error) : undefined;
        if (there) return there;
        if (left === 0) throw explained(error);
      }
    }
  }

  return {
    client,
    call,
    find,
    findSince,
    async update(channel, ts, { text, blocks }, label) {
      await call((web) => web.chat.update({ channel, ts, text, blocks, metadata: labelled(label) }));
    },
    async remove(channel, ts) {
      try {
        await call((web) => web.chat.delete({ channel, ts }));
      } catch (error) {
        if (refusal(error) !== "message_not_found") throw error;
      }
    },
    post: (to, message, label) => lanes.run(to.channel, () => postOnce(to, message, label)),
  };
}
