/** The servers, channels, people and messages of the local Discord, with the rules that bind a bot in them. */
import {
  type APIMessage,
  type APIUser,
  ChannelType,
  type MessageFlags,
  MessageType,
  PermissionFlagsBits as Permit,
  type ThreadAutoArchiveDuration,
} from "discord-api-types/v10";
import { Refusal } from "./refusal.ts";

/** A person or bot. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
}

/** A server. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  /** Whether the bot is in it; commands of a person who installed the app work in it all the same. */
  hasApp: boolean;
  /** What the bot may do in it. */
  permissions: bigint;
  readonly owner: string;
  /** What each member may do in it besides what everybody may, the bot apart. */
  readonly members: Map<string, bigint>;
}

/** A channel, a thread or a direct message. */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  name: string;
  readonly guild: string | null;
  /** The channel that a thread stands in. */
  readonly parent: string | null;
  /** Who made the thread; who the bot writes with in a direct message. */
  readonly owner: string | null;
  /** What the bot may not do here though the server lets it. */
  denied: bigint;
  readonly thread: { archived: boolean; locked: boolean; archiveMinutes: ThreadAutoArchiveDuration } | null;
}

/** A message as it stands, and what only this double knows about it. */
export interface Message extends APIMessage {
  /** The only person who sees it. */
  readonly ephemeralTo: string | null;
}

/** Something that a gateway session may be told. */
export interface Happening {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly channel: Channel | null;
  readonly guild: Guild | null;
}

/** The state, with its rules; changes are told through `happened`. */
export interface World {
  readonly application: { readonly id: string; readonly name: string };
  readonly bot: Person;
  readonly people: Map<string, Person>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** Milliseconds since the epoch, by this world's clock. */
  now(): number;
  advance(ms: number): void;
  /** A fresh id, later than every other. */
  snowflake(): string;
  addPerson(name: string, options?: { bot?: boolean; locale?: string }): Person;
  addGuild(name: string, options?: { withApp?: boolean; permissions?: bigint }): Guild;
  addChannel(channel: Partial<Channel> & Pick<Channel, "name" | "type" | "guild">): Channel;
  /** The direct messages between the bot and this person. */
  direct(user: string): Channel;
  removeChannel(id: string): void;
  /** The channel, or a refusal: it must exist and the bot must be able to see it. */
  visible(channel: string): Channel;
  /** Refuses unless the bot may do all of this in the channel. */
  require(channel: Channel, ...permissions: bigint[]): void;
  permissionsIn(channel: Channel): bigint;
  /** Whether the bot is no member here: only the interactions of people who installed it reach the place. */
  isOutside(channel: Channel): boolean;
  messages(channel: string): readonly Message[];
  find(channel: string, id: string): Message | undefined;
  /** The message, or a refusal; nobody but their reader finds ephemeral ones. */
  message(channel: string, id: string): Message;
  post(message: Partial<Message> & Pick<Message, "channel_id" | "author">): Message;
  change(message: Message, change: Partial<Message>): Message;
  erase(message: Message): void;
  happened(event: string, data: object, channel: Channel | null, guild?: Guild | null): void;
}

/** What the bot is given where a test says nothing else: what a newsroom bot's invite asks for. */
export const usualPermissions =
  Permit.ViewChannel |
  Permit.SendMessages |
  Permit.SendMessagesInThreads |
  Permit.CreatePublicThreads |
  Permit.EmbedLinks |
  Permit.ReadMessageHistory;

const discordEpoch = 1_420_070_400_000n;

/** Threads of every kind. */
export const isThread = ({ type }: Pick<Channel, "type">): boolean =>
  type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread;

/** Nobody but the bot in it yet. */
export function createWorld(deps: { happened(happening: Happening): void; changed(): void }): World {
  const start = Date.now();
  const begun = performance.now();
  let skipped = 0;
  let ids = 0n;
  const people = new Map<string, Person>();
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();
  const written = new Map<string, Message[]>();

  const now = () => start + Math.floor(performance.now() - begun) + skipped;
  const snowflake = () => String(((BigInt(now()) - discordEpoch) << 22n) | (++ids & 0x3f_ffffn));
  const all = (channel: string) => written.get(channel) ?? [];

  function addPerson(name: string, { bot = false, locale = "en-US" } = {}): Person {
    const person = { id: snowflake(), name, bot, locale };
    people.set(person.id, person);
    return person;
  }

  const bot = addPerson("Dateline", { bot: true });

  const isOutside = ({ type, guild }: Channel): boolean =>
    guild === null ? type === ChannelType.GroupDM : !guilds.get(guild)!.hasApp;

  function permissionsIn(channel: Channel): bigint {
    const guild = channel.guild === null ? null : guilds.get(channel.guild)!;
    if (isOutside(channel)) return 0n;
    if (!guild) return (1n << 50n) - 1n;
    const parent = channel.parent === null ? 0n : (channels.get(channel.parent)?.denied ?? 0n);
    return guild.permissions & ~channel.denied & ~parent;
  }

  function happened(event: string, data: object, channel: Channel | null, guild: Guild | null = null): void {
    const where = guild ?? (channel?.guild ? guilds.get(channel.guild)! : null);
    deps.happened({ event, data: data as Record<string, unknown>, channel, guild: where });
    deps.changed();
  }

  function find(channel: string, id: string): Message | undefined {
    return all(channel).find((message) => message.id === id);
  }

  return {
    application: { id: bot.id, name: "Dateline" },
    bot,
    people,
    guilds,
    channels,
    now,
    advance(ms) {
      skipped += ms;
    },
    snowflake,
    addPerson,
    addGuild(name, { withApp = true, permissions = usualPermissions } = {}) {
      const guild: Guild = {
        id: snowflake(),
        name,
        owner: addPerson(`owner of ${name}`).id,
        hasApp: withApp,
        permissions,
        members: new Map(),
      };
      guilds.set(guild.id, guild);
      return guild;
    },
    addChannel(given) {
      const channel: Channel = { id: snowflake(), parent: null, owner: null, denied: 0n, thread: null, ...given };
      channels.set(channel.id, channel);
      return channel;
    },
    direct(user) {
      const known = [...channels.values()].find(({ type, owner }) => type === ChannelType.DM && owner === user);
      if (known) return known;
      return this.addChannel({ name: "", type: ChannelType.DM, guild: null, owner: user });
    },
    removeChannel(id) {
      channels.delete(id);
      written.delete(id);
    },
    visible(id) {
      const channel = channels.get(id);
      if (!channel) throw new Refusal("unknownChannel");
      if ((permissionsIn(channel) & Permit.ViewChannel) === 0n) throw new Refusal("missingAccess");
      return channel;
    },
    require(channel, ...permissions) {
      const held = permissionsIn(channel);
      if (permissions.some((one) => (held & one) === 0n)) throw new Refusal("missingPermissions");
    },
    permissionsIn,
    isOutside,
    messages: all,
    find,
    message(channel, id) {
      const message = find(channel, id);
      if (!message || message.ephemeralTo !== null) throw new Refusal("unknownMessage");
      return message;
    },
    post(given) {
      const message: Message = {
        id: snowflake(),
        type: MessageType.Default,
        content: "",
        timestamp: new Date(now()).toISOString(),
        edited_timestamp: null,
        tts: false,
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        attachments: [],
        embeds: [],
        components: [],
        pinned: false,
        flags: 0 as MessageFlags,
        ephemeralTo: null,
        ...given,
      };
      written.set(message.channel_id, [...all(message.channel_id), message]);
      return message;
    },
    change(message, change) {
      const changed = { ...message, ...change };
      written.set(
        message.channel_id,
        all(message.channel_id).map((one) => (one.id === message.id ? changed : one)),
      );
      return changed;
    },
    erase(message) {
      written.set(
        message.channel_id,
        all(message.channel_id).filter(({ id }) => id !== message.id),
      );
    },
    happened,
  };
}

/** A person as Discord's own JSON has them. */
export function userOf({ id, name, bot }: Person): APIUser {
  return { id, username: name, discriminator: "0", global_name: name, avatar: null, bot };
}
