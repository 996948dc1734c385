/** Calls to Discord's REST API: what is safe to repeat is repeated, and a message is never posted twice. */
import { createHash } from "node:crypto";
import { type APIChannel, type APIMessage, type REST, type RESTOptions, Routes } from "discord.js";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Runtime } from "../../src/runtime.ts";
import { codes, explained, type Failure, failureOf, refusal } from "./failures.ts";
import { limits } from "./limits.ts";
import type { DiscordMessage } from "./render.ts";

/** Where a message goes. */
export interface Destination {
  /** A channel, a thread or a direct conversation. */
  readonly channel: string;
  /** The message that it answers, or null. */
  readonly replyTo: string | null;
}

/** What makes a message the same message on every attempt. */
export interface Label {
  /** One for everything that belongs to one answer. */
  readonly delivery: string;
  /** Counts the messages of a delivery. */
  readonly piece: number;
}

/** Discord's REST API as this adapter uses it. */
export interface Rest {
  /** Makes a call that does no harm when it is made twice; repeats it after lost answers. */
  call<T>(make: (rest: REST) => Promise<unknown>): Promise<T>;
  /** Makes a call once. Rejects as discord.js does. */
  once(make: (rest: REST) => Promise<unknown>): Promise<unknown>;
  /**
   * Posts a message once and resolves with its id: every attempt carries the same nonce. Rejects with `uncertain` when
   * nobody can tell whether the message is there.
   */
  post(to: Destination, message: DiscordMessage, label: Label): Promise<string>;
  /** Gives a message of ours another content; its label stays with it. */
  edit(channel: string, id: string, message: DiscordMessage, label: Label): Promise<void>;
  /** Deletes a message of ours; one that is gone already counts as deleted. */
  remove(channel: string, id: string): Promise<void>;
  /** Begins the thread under a message, or finds the one that is there; resolves with its id. */
  thread(channel: string, message: string, name: string): Promise<string>;
  /** The ids of our messages of a delivery among the latest in a channel, by their numbers. */
  find(channel: string, delivery: string, pieces: number): Promise<ReadonlyMap<number, string>>;
  /** As `find`, among everything since a time (milliseconds since the epoch). Rejects with `uncertain` when it cannot see all of that. */
  findSince(channel: string, delivery: string, pieces: number, since: number): Promise<ReadonlyMap<number, string>>;
}

const tries = 3;
const betweenTriesMs = 500;
const pageLength = 100;
const mostPages = 50;
/** Clocks differ; what stands a little earlier does no harm. */
const clockSlackMs = 300_000;
const discordEpochMs = 1_420_070_400_000;
/** How long a thread is listed after the last message in it, in minutes: a day. */
const archiveMinutes = 1_440;

function digestOf({ delivery, piece }: Label): Buffer {
  return createHash("sha256").update(`${delivery}:${piece}`).digest();
}

/** The nonce of a message: Discord posts one nonce once within some minutes. */
export function nonceOf(label: Label): string {
  return digestOf(label).toString("base64url").slice(0, limits.nonce);
}

/**
 * The number that the first component of a message carries. Unlike the nonce it stands in the channel's history, so a
 * message is found again long after; among our own messages of some hours nothing else has the same one of 2³¹.
 */
export function componentIdOf(label: Label): number {
  return digestOf(label).readUInt32BE(20) & 0x7fff_ffff || 1;
}

/** The id that Discord would give a message at this time: ids are ordered by time. */
function idAt(ms: number): string {
  return String(BigInt(Math.max(0, ms - discordEpochMs)) << 22n);
}

/** The message as it is sent, its first component marked with the label. */
export function bodyOf({ sources: _sources, components: [first, ...rest], ...message }: DiscordMessage, label: Label) {
  return { ...message, components: first ? [{ ...first, id: componentIdOf(label) }, ...rest] : [] };
}

/** Where Discord is, and for tests how long a call may take. */
export interface Reaching {
  /** The REST API's address without a version and a slash at its end; null for Discord itself. */
  readonly apiUrl: string | null;
  readonly timeoutMs?: number;
}

const callTimeoutMs = 10_000;
/** A pause longer than this is told instead of waited for. */
const longestPauseMs = 60_000;

/** What discord.js's REST clients are made with, ours and the gateway's. */
export function restOptions({ apiUrl, timeoutMs }: Reaching): Partial<RESTOptions> {
  return {
    version: "10",
    ...(apiUrl === null ? {} : { api: apiUrl }),
    timeout: timeoutMs ?? callTimeoutMs,
    // Repeating is decided here: some calls must not be made twice.
    retries: 0,
    // Without a time discord.js would ask again at once, without end.
    rejectOnRateLimit: ({ retryAfter, sublimitTimeout }) => {
      const pauseMs = Math.max(retryAfter, sublimitTimeout);
      return pauseMs <= 0 || pauseMs > longestPauseMs;
    },
  };
}

/** How long to wait before trying again, in milliseconds; null when that is of no use, or too long. */
function pauseAfter(failure: Failure): number | null {
  if (failure.kind === "refused") return null;
  if (failure.kind !== "rate-limited") return betweenTriesMs;
  return failure.afterMs > longestPauseMs ? null : failure.afterMs;
}

/** `client` must not retry by itself: `retries: 0`. `self` is our own user's id. */
export function createRest(client: REST, self: () => string, runtime: Runtime, logger: Logger): Rest {
  async function call<T>(make: (rest: REST) => Promise<unknown>): Promise<T> {
    for (let left = tries; ; ) {
      try {
        return (await make(client)) as T;
      } catch (error) {
        left -= 1;
        const pauseMs = pauseAfter(failureOf(error));
        if (left === 0 || pauseMs === null) throw explained(error);
        logger.warn("Discord did not answer; trying again", { error });
        await runtime.sleep(pauseMs);
      }
    }
  }

  function pagesOf(channel: string, query: Readonly<Record<string, string>>): Promise<readonly APIMessage[]> {
    const params = new URLSearchParams({ limit: String(pageLength), ...query });
    return call((rest) => rest.get(Routes.channelMessages(channel), { query: params }));
  }

  /** Which pieces of a delivery these messages are. */
  function recognised(messages: readonly APIMessage[], delivery: string, pieces: number): Map<number, string> {
    const wanted = new Map(Array.from({ length: pieces }, (_, piece) => [componentIdOf({ delivery, piece }), piece]));
    const found = new Map<number, string>();
    for (const { id, author, components } of messages) {
      const piece = wanted.get(components?.[0]?.id ?? 0);
      if (author.id === self() && piece !== undefined) found.set(piece, id);
    }
    return found;
  }

  function uncertain(channel: string, delivery: string, cause: unknown): NewsroomError {
    logger.error("Delivery uncertain: Discord did not say whether the message was posted, so it is not repeated", {
      channel,
      delivery,
      error: cause,
    });
    return new NewsroomError(
      "uncertain",
      "Discord did not confirm the message. It may be there; it is not posted again.",
      { cause },
    );
  }

  async function find(channel: string, delivery: string, pieces: number) {
    return recognised(await pagesOf(channel, {}), delivery, pieces);
  }

  async function findSince(channel: string, delivery: string, pieces: number, since: number) {
    const found = new Map<number, string>();
    let after = idAt(since - clockSlackMs);
    for (let page = 0; page < mostPages; page += 1) {
      const messages = await pagesOf(channel, { after }).catch((cause: unknown) => {
        if (refusal(cause) === codes.unknownChannel) throw cause;
        throw uncertain(channel, delivery, cause);
      });
      for (const [piece, id] of recognised(messages, delivery, pieces)) found.set(piece, id);
      if (messages.length < pageLength) return found;
      after = messages.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after);
    }
    throw uncertain(channel, delivery, null);
  }

  /** Whether the message is there after all; throws `uncertain` when that cannot be seen. */
  async function seen(channel: string, label: Label, cause: unknown): Promise<string | undefined> {
    try {
      return (await find(channel, label.delivery, label.piece + 1)).get(label.piece);
    } catch (error) {
      logger.warn("Discord did not let the channel be seen", { channel, error });
      throw uncertain(channel, label.delivery, cause);
    }
  }

  async function post({ channel, replyTo }: Destination, message: DiscordMessage, label: Label): Promise<string> {
    const reference = replyTo === null ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
    const body = { ...bodyOf(message, label), ...reference, nonce: nonceOf(label), enforce_nonce: true };
    for (let left = tries; ; ) {
      try {
        const posted = (await client.post(Routes.channelMessages(channel), { body })) as APIMessage;
        return posted.id;
      } catch (error) {
        left -= 1;
        const failure = failureOf(error);
        const pauseMs = pauseAfter(failure);
        if (pauseMs === null) throw explained(error);
        logger.warn("Discord did not confirm a message", { channel, ...label, error });
        await runtime.sleep(pauseMs);
        if (left > 0) continue;
        const there = failure.kind === "unsure" ? await seen(channel, label, error) : undefined;
        if (there) return there;
        throw explained(error);
      }
    }
  }

  /** Deletes a message; from a thread that is archived, after opening it again. */
  async function removeOpen(channel: string, id: string): Promise<void> {
    const remove = () => call((rest) => rest.delete(Routes.channelMessage(channel, id)));
    try {
      await remove();
    } catch (error) {
      if (refusal(error) !== codes.threadArchived) throw error;
      await call((rest) => rest.patch(Routes.channel(channel), { body: { archived: false } }));
      await remove();
    }
  }

  return {
    call,
    once: (make) => make(client),
    post,
    find,
    findSince,
    async edit(channel, id, message, label) {
      await call((rest) => rest.patch(Routes.channelMessage(channel, id), { body: bodyOf(message, label) }));
    },
    async remove(channel, id) {
      try {
        await removeOpen(channel, id);
      } catch (error) {
        if (refusal(error) !== codes.unknownMessage) throw error;
      }
    },
    async thread(channel, message, name) {
      try {
        const body = { name, auto_archive_duration: archiveMinutes };
        const made = await call<APIChannel>((rest) => rest.post(Routes.threads(channel, message), { body }));
        return made.id;
      } catch (error) {
        if (refusal(error) !== codes.threadExists) throw error;
        const root = await call<APIMessage>((rest) => rest.get(Routes.channelMessage(channel, message)));
        return root.thread?.id ?? message;
      }
    },
  };
}
