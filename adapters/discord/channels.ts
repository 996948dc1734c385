/** What is known of the places where people write: from discord.js's cache, or asked of Discord. */
import { type APIChannel, type Client, Routes } from "discord.js";
import { isThread } from "./receive.ts";
import type { Rest } from "./rest.ts";

/** A place in Discord's terms. */
export interface Spot {
  readonly guild: string | null;
  /** The channel, or a thread's parent: what `collections` are allowed to. */
  readonly channel: string;
  /** The thread, or null. */
  readonly thread: string | null;
  /** Where messages go: the thread, else the channel. */
  readonly into: string;
  /** Whether a thread can begin under a message here. */
  readonly threads: boolean;
}

export interface Channels {
  /** Rejects when Discord does not say what this channel is: then nothing may be answered from it. */
  spot(id: string, guild: string | null): Promise<Spot>;
  /** The kind of a channel by Discord's number, or null where that is not known without asking. */
  type(id: string): number | null;
  /** The role that Discord made for Dateline in a server, or null. */
  ownRole(guild: string): string | null;
  /** Whether Dateline is a member of this server. */
  isMember(guild: string): boolean;
}

/** Text and announcement channels: threads begin under their messages, and nowhere else. */
const withThreads = [0, 5];

/** A spot out of what Discord tells of a channel. */
export function spotOf(id: string, guild: string | null, type: number | null, parent: string | null): Spot {
  const thread = isThread(type) ? id : null;
  return {
    guild,
    channel: thread === null || parent === null ? id : parent,
    thread,
    into: id,
    threads: guild !== null && type !== null && withThreads.includes(type),
  };
}

/** `client` is asked anew each time: connecting again may have made another one. */
export function createChannels(client: () => Client | null, rest: Rest, userId: () => string): Channels {
  const cached = (id: string) => client()?.channels.cache.get(id);

  return {
    type: (id) => cached(id)?.type ?? null,
    isMember: (guild) => client()?.guilds.cache.has(guild) ?? false,
    ownRole: (guild) =>
      client()
        ?.guilds.cache.get(guild)
        ?.roles.cache.find((role) => role.tags?.botId === userId())?.id ?? null,
    async spot(id, guild) {
      if (guild === null) return spotOf(id, null, null, null);
      const known = cached(id);
      if (known) return spotOf(id, guild, known.type, "parentId" in known ? known.parentId : null);
      const asked = await rest.call<APIChannel>((api) => api.get(Routes.channel(id)));
      const parent = "parent_id" in asked ? (asked.parent_id ?? null) : null;
      return spotOf(id, guild, asked.type, parent);
    },
  };
}
