/** People, servers, channels and messages as Discord tells of them. */
import { ChannelType } from "discord-api-types/v10";
import { type Channel, type Guild, isThread, type Message, type Person, userOf, type World } from "./world.ts";

type Told = Readonly<Record<string, unknown>>;

/** A member, the bot included; each has a role of their own, with what they may do besides what everybody may. */
export function memberOf(person: Person, guild: Guild, permissions?: bigint): Told {
  const base = {
    user: userOf(person),
    nick: null,
    avatar: null,
    roles: guild.members.has(person.id) ? [person.id] : [],
    joined_at: "2026-01-05T12:00:00.000Z",
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
  return permissions === undefined ? base : { ...base, permissions: String(permissions) };
}

/** A channel, a thread or a direct message. */
export function channelOf(channel: Channel, world: World): Told {
  const last = world.messages(channel.id).findLast(({ ephemeralTo }) => ephemeralTo === null)?.id ?? null;
  const base = { id: channel.id, type: channel.type, last_message_id: last, flags: 0 };
  if (channel.type === ChannelType.GroupDM)
    return { ...base, name: channel.name, recipients: [], owner_id: channel.owner };
  if (channel.type === ChannelType.DM) return { ...base, recipients: [userOf(world.people.get(channel.owner!)!)] };
  const inGuild = { ...base, name: channel.name, guild_id: channel.guild, parent_id: channel.parent };
  if (!isThread(channel)) {
    const deny = { id: world.bot.id, type: 1, allow: "0", deny: String(channel.denied) };
    const permission_overwrites = channel.denied === 0n ? [] : [deny];
    return { ...inGuild, position: 0, permission_overwrites, nsfw: false, topic: null, rate_limit_per_user: 0 };
  }
  return {
    ...inGuild,
    owner_id: channel.owner,
    message_count: world.messages(channel.id).length,
    member_count: 1,
    total_message_sent: world.messages(channel.id).length,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: channel.thread!.archived,
      locked: channel.thread!.locked,
      auto_archive_duration: channel.thread!.archiveMinutes,
      archive_timestamp: "2026-01-05T12:00:00.000Z",
      create_timestamp: "2026-01-05T12:00:00.000Z",
    },
    member: { id: channel.id, user_id: world.bot.id, join_timestamp: "2026-01-05T12:00:00.000Z", flags: 0 },
  };
}

/** A message as the bot reads it: its nonce is not kept, what only the double knows stays here. */
export function messageOf(message: Message, world: World): Told {
  const { ephemeralTo: _, nonce: __, ...told } = message;
  const thread = world.channels.get(message.id);
  return thread && thread.parent === message.channel_id ? { ...told, thread: channelOf(thread, world) } : told;
}

/** A message as a gateway session is told of it. */
export function messageEventOf(message: Message, world: World): Told {
  const channel = world.channels.get(message.channel_id)!;
  const inGuild = channel.guild === null ? {} : { guild_id: channel.guild };
  return { ...messageOf(message, world), channel_type: channel.type, ...inGuild };
}

/** A server as `GET /guilds/{id}` has it; everybody's permissions are those that the bot was given. */
export function guildOf(guild: Guild, world: World): Told {
  const role = (id: string, name: string, permissions: bigint) => ({
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  });
  const roles = [...guild.members].map(([id, permissions]) => role(id, `role of ${id}`, permissions));
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.owner,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: [role(guild.id, "@everyone", guild.permissions), ...roles],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    preferred_locale: "en-US",
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    region: "",
    hub_type: null,
    incidents_data: null,
    max_members: 500_000,
    member_count: world.people.size,
  };
}

/** A server as a gateway session is told of it when it connects or when the bot joins. */
export function guildCreateOf(guild: Guild, world: World): Told {
  const channels = [...world.channels.values()].filter((channel) => channel.guild === guild.id);
  return {
    ...guildOf(guild, world),
    joined_at: "2026-01-05T12:00:00.000Z",
    large: false,
    unavailable: false,
    members: [memberOf(world.bot, guild)],
    channels: channels.filter((channel) => !isThread(channel)).map((channel) => channelOf(channel, world)),
    threads: channels
      .filter((channel) => isThread(channel) && !channel.thread!.archived)
      .map((channel) => channelOf(channel, world)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
