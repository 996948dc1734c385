/** What each request of the bot does in the world and what it is answered. */
import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as Permit } from "discord-api-types/v10";
import { type Json, records } from "./components.ts";
import { applicationFlags, type Gateway } from "./gateway.ts";
import { isEmpty, messageComplaints } from "./message-limits.ts";
import { Refusal, refuseForm } from "./refusal.ts";
import type { RouteName } from "./requests.ts";
import { contentOf, type Tokens } from "./tokens.ts";
import { channelOf, guildOf, memberOf, messageEventOf, messageOf } from "./told.ts";
import { type Channel, isThread, type Message, userOf, type World } from "./world.ts";

/** A request on its way to its answer. */
export interface Asked {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
}

/** Answers a request; undefined becomes 204. */
export type AnswerRequest = (asked: Asked) => unknown;

/** A registered command, as Discord gives it back. */
export type RegisteredCommand = Json & { readonly id: string; readonly name: string; readonly guild_id?: string };

export interface AnswersDeps {
  readonly world: World;
  readonly tokens: Tokens;
  readonly gateway: Gateway;
  /** Registered commands by server; those for everywhere under the empty name. */
  readonly commands: Map<string, readonly RegisteredCommand[]>;
  /** How long a nonce holds. */
  readonly nonceMs: number;
  /** People whom the bot cannot write to. */
  readonly refusesDirect: ReadonlySet<string>;
}

/** One answer for every request that is known. */
export function createAnswers(deps: AnswersDeps): Readonly<Record<RouteName, AnswerRequest>> {
  const { world, tokens, gateway, commands } = deps;
  const posted = new Map<string, Message>();

  const told = (message: Message) => messageOf(message, world);

  function announce(event: string, message: Message, more: object = {}): void {
    const channel = world.channels.get(message.channel_id)!;
    world.happened(event, { ...messageEventOf(message, world), ...more }, channel);
  }

  function refuseUnlessWritable(channel: Channel): void {
    if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildCategory)
      throw new Refusal("wrongChannelType");
    if (channel.type === ChannelType.DM && deps.refusesDirect.has(channel.owner!))
      throw new Refusal("cannotMessageUser");
    world.require(channel, isThread(channel) ? Permit.SendMessagesInThreads : Permit.SendMessages);
    if (channel.thread?.locked) throw new Refusal("threadLocked");
    if (channel.thread?.archived) {
      channel.thread.archived = false;
      world.happened("THREAD_UPDATE", channelOf(channel, world), channel);
    }
  }

  /** The message that this one replies to, or a refusal. */
  function referred(channel: Channel, reference: Json | undefined): Message | null {
    if (!reference) return null;
    if ((world.permissionsIn(channel) & Permit.ReadMessageHistory) === 0n) throw new Refusal("noHistory");
    const found = world.find(channel.id, String(reference.message_id));
    if (!found && reference.fail_if_not_exists !== false)
      refuseForm([{ path: "message_reference", code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" }]);
    return found ?? null;
  }

  function postMessage({ path, body }: Asked) {
    const channel = world.visible(path.channel!);
    refuseUnlessWritable(channel);
    if (records(body.embeds).length > 0) world.require(channel, Permit.EmbedLinks);
    if (isEmpty(body)) throw new Refusal("empty");
    const nonce = body.nonce === undefined ? null : `${channel.id}:${body.nonce}`;
    const before = nonce === null ? undefined : posted.get(nonce);
    const isSame = before !== undefined && world.now() - Date.parse(before.timestamp) < deps.nonceMs;
    if (body.enforce_nonce === true && isSame) return { ...told(before), nonce: body.nonce };
    const reference = body.message_reference as Json | undefined;
    const original = referred(channel, reference);
    const message = world.post({
      ...contentOf(body),
      channel_id: channel.id,
      author: userOf(world.bot),
      application_id: world.application.id,
      ...(original
        ? {
            type: MessageType.Reply,
            message_reference: { channel_id: channel.id, message_id: original.id },
            referenced_message: original,
          }
        : {}),
    });
    if (nonce !== null) posted.set(nonce, message);
    announce("MESSAGE_CREATE", message, { nonce: body.nonce });
    return { ...told(message), nonce: body.nonce };
  }

  function editMessage({ path, body }: Asked) {
    const channel = world.visible(path.channel!);
    const message = world.message(channel.id, path.message!);
    if (message.author.id !== world.bot.id) throw new Refusal("notAuthor");
    if (channel.thread?.archived) throw new Refusal("archived");
    refuseForm(messageComplaints(body, "edit", message));
    const flags =
      body.flags === undefined
        ? message.flags
        : ((message.flags ?? 0) & ~MessageFlags.SuppressEmbeds) | Number(body.flags);
    const after = { ...message, ...contentOf(body) };
    if (isEmpty(after as unknown as Json)) throw new Refusal("empty");
    const changed = world.change(message, {
      ...contentOf(body),
      ...(flags === undefined ? {} : { flags }),
      edited_timestamp: new Date(world.now()).toISOString(),
    });
    announce("MESSAGE_UPDATE", changed);
    return told(changed);
  }

  function eraseMessage(channel: Channel, message: Message): void {
    if (message.author.id !== world.bot.id) world.require(channel, Permit.ManageMessages);
    if (channel.thread?.archived) throw new Refusal("archived");
    world.erase(message);
    const { id, channel_id } = message;
    world.happened("MESSAGE_DELETE", { id, channel_id, guild_id: channel.guild ?? undefined }, channel);
  }

  function beginThread(channel: Channel, body: Json, from: Message | null) {
    if (channel.guild === null || isThread(channel)) throw new Refusal("wrongChannelType");
    world.require(channel, Permit.CreatePublicThreads);
    if (from && world.channels.has(from.id)) throw new Refusal("threadExists");
    const thread = world.addChannel({
      id: from?.id ?? world.snowflake(),
      type: ChannelType.PublicThread,
      name: String(body.name),
      guild: channel.guild,
      parent: channel.id,
      owner: world.bot.id,
      thread: {
        archived: false,
        locked: false,
        archiveMinutes: (body.auto_archive_duration as 1440 | undefined) ?? 1440,
      },
    });
    if (from) {
      const marked = world.change(from, { flags: (from.flags ?? 0) | MessageFlags.HasThread });
      announce("MESSAGE_UPDATE", marked);
    }
    const data = channelOf(thread, world);
    world.happened("THREAD_CREATE", { ...data, newly_created: true }, thread);
    return data;
  }

  function listMessages({ path, query }: Asked) {
    const channel = world.visible(path.channel!);
    const limit = Number(query.get("limit") ?? 50);
    if (!(limit >= 1 && limit <= 100))
      refuseForm([{ path: "limit", code: "NUMBER_TYPE_MAX", message: "int value should be between 1 and 100." }]);
    if ((world.permissionsIn(channel) & Permit.ReadMessageHistory) === 0n) return [];
    const [after, before] = [query.get("after"), query.get("before")].map((id) => (id === null ? null : BigInt(id)));
    const standing = world
      .messages(channel.id)
      .filter(({ ephemeralTo }) => ephemeralTo === null)
      .filter(({ id }) => (after == null || BigInt(id) > after) && (before == null || BigInt(id) < before));
    // `after` gives the oldest of what came later, everything else the newest; the newest first in either case.
    const page = after == null ? standing.slice(-limit) : standing.slice(0, limit);
    return page.reverse().map(told);
  }

  function putCommands({ path, body }: Asked) {
    if (path.application !== world.application.id) throw new Refusal("unknownApplication");
    if (path.guild !== undefined && !world.guilds.has(path.guild)) throw new Refusal("missingAccess");
    const before = commands.get(path.guild ?? "") ?? [];
    const registered = records(body).map((command) => ({
      type: 1,
      default_member_permissions: null,
      nsfw: false,
      ...(path.guild === undefined
        ? { contexts: null, integration_types: [0], dm_permission: true }
        : { guild_id: path.guild }),
      name_localizations: null,
      description_localizations: null,
      ...command,
      id: before.find(({ name }) => name === command.name)?.id ?? world.snowflake(),
      application_id: world.application.id,
      version: world.snowflake(),
    })) as unknown as readonly RegisteredCommand[];
    commands.set(path.guild ?? "", registered);
    return registered;
  }

  function listCommands({ path, query }: Asked) {
    if (path.application !== world.application.id) throw new Refusal("unknownApplication");
    const all = commands.get(path.guild ?? "") ?? [];
    if (query.get("with_localizations") === "true") return all;
    return all.map(({ name_localizations: _, description_localizations: __, ...bare }) => bare);
  }

  return {
    gateway: () => ({
      url: gateway.url(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
    }),
    me: () => ({ ...userOf(world.bot), verified: true, flags: 0 }),
    application: () => ({
      id: world.application.id,
      name: world.application.name,
      icon: null,
      description: "",
      summary: "",
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: "00",
      team: null,
      flags: applicationFlags(gateway.privileged),
      integration_types_config: { "0": {}, "1": {} },
      bot: userOf(world.bot),
    }),
    user({ path }) {
      const person = world.people.get(path.user!);
      if (!person) throw new Refusal("unknownUser");
      return userOf(person);
    },
    direct({ body }) {
      const user = String(body.recipient_id);
      if (!world.people.has(user)) throw new Refusal("unknownUser");
      return channelOf(world.direct(user), world);
    },
    guild({ path }) {
      const guild = world.guilds.get(path.guild!);
      if (!guild) throw new Refusal("unknownGuild");
      if (!guild.hasApp) throw new Refusal("missingAccess");
      return guildOf(guild, world);
    },
    guildMember({ path }) {
      const guild = world.guilds.get(path.guild!);
      const person = world.people.get(path.user!);
      if (!guild?.hasApp) throw new Refusal("missingAccess");
      if (!person) throw new Refusal("unknownMember");
      return memberOf(person, guild);
    },
    channel: ({ path }) => channelOf(world.visible(path.channel!), world),
    editChannel({ path, body }) {
      const channel = world.visible(path.channel!);
      if (!isThread(channel)) world.require(channel, Permit.ManageChannels);
      else if (channel.owner !== world.bot.id) world.require(channel, Permit.ManageThreads);
      if (typeof body.name === "string") channel.name = body.name;
      if (channel.thread && typeof body.archived === "boolean") channel.thread.archived = body.archived;
      if (channel.thread && typeof body.locked === "boolean") {
        world.require(channel, Permit.ManageThreads);
        channel.thread.locked = body.locked;
      }
      world.happened(isThread(channel) ? "THREAD_UPDATE" : "CHANNEL_UPDATE", channelOf(channel, world), channel);
      return channelOf(channel, world);
    },
    deleteChannel({ path }) {
      const channel = world.visible(path.channel!);
      world.require(channel, isThread(channel) ? Permit.ManageThreads : Permit.ManageChannels);
      const data = channelOf(channel, world);
      world.removeChannel(channel.id);
      world.happened(isThread(channel) ? "THREAD_DELETE" : "CHANNEL_DELETE", data, channel);
      return data;
    },
    messages: listMessages,
    message({ path }) {
      const channel = world.visible(path.channel!);
      world.require(channel, Permit.ReadMessageHistory);
      return told(world.message(channel.id, path.message!));
    },
    postMessage,
    editMessage,
    deleteMessage({ path }) {
      const channel = world.visible(path.channel!);
      eraseMessage(channel, world.message(channel.id, path.message!));
    },
    bulkDelete({ path, body }) {
      const channel = world.visible(path.channel!);
      world.require(channel, Permit.ManageMessages);
      for (const id of (body.messages as readonly string[] | undefined) ?? []) {
        const message = world.find(channel.id, id);
        if (message) eraseMessage(channel, message);
      }
    },
    typing({ path }) {
      const channel = world.visible(path.channel!);
      world.require(channel, isThread(channel) ? Permit.SendMessagesInThreads : Permit.SendMessages);
    },
    threadOfMessage({ path, body }) {
      const channel = world.visible(path.channel!);
      return beginThread(channel, body, world.message(channel.id, path.message!));
    },
    thread({ path, body }) {
      return beginThread(world.visible(path.channel!), body, null);
    },
    joinThread({ path }) {
      if (!isThread(world.visible(path.channel!))) throw new Refusal("wrongChannelType");
    },
    commands: listCommands,
    putCommands,
    callback({ path, query, body }) {
      const message = tokens.callback(path.interaction!, path.token!, body);
      if (query.get("with_response") !== "true") return undefined;
      const interaction = { id: path.interaction, type: 2, response_message_id: message?.id };
      return { interaction, resource: { type: body.type, ...(message ? { message: told(message) } : {}) } };
    },
    followup: ({ path, body }) => told(tokens.followup(path.token!, body)),
    followupMessage: ({ path }) => told(tokens.find(path.token!, path.message!)),
    editFollowup({ path, body }) {
      const before = tokens.find(path.token!, path.message!);
      refuseForm(messageComplaints(body, "edit", before));
      if (isEmpty({ ...before, ...contentOf(body) } as unknown as Json)) throw new Refusal("empty");
      return told(tokens.edit(path.token!, path.message!, body));
    },
    deleteFollowup: ({ path }) => tokens.erase(path.token!, path.message!),
  };
}
