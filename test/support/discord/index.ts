/** A strict Discord on this machine: the real discord.js talks to it, and it refuses what Discord refuses. */
import { createServer } from "node:http";
import { ChannelType, type ThreadAutoArchiveDuration } from "discord-api-types/v10";
import { createSignals, type Signals } from "../slack/signals.ts";
import { createAnswers, type RegisteredCommand } from "./answers.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { createPeople, type People } from "./people.ts";
import type { RouteName } from "./requests.ts";
import { type Call, createRest } from "./rest.ts";
import { createTokens, type Interaction } from "./tokens.ts";
import { channelOf, guildCreateOf } from "./told.ts";
import { type Channel, createWorld, type Guild, type Message, type Person, usualPermissions } from "./world.ts";

/** How the local Discord is set up. */
export interface DiscordDoubleOptions {
  /** How long Discord waits for the answer to an interaction; 3,000 ms unless said. */
  readonly ackWindowMs?: number;
  /** How long a nonce holds; 5 minutes unless said. */
  readonly nonceMs?: number;
  /** How long `until` and the `next…` promises wait; 5,000 ms unless said. */
  readonly deadlineMs?: number;
}

/** The local Discord as a test drives and reads it. */
export interface DiscordDouble extends People {
  /** For the client's option `rest.api`, and for DISCORD_API_URL. */
  readonly apiUrl: string;
  /** What the bot logs in with; change it and the one before is wrong. */
  botToken: string;
  readonly application: { readonly id: string };
  /** The bot's own person. */
  readonly bot: Person;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Every request that the bot made, in order. */
  readonly calls: readonly Call[];
  /** Everything that people did by commands and components. */
  readonly interactions: readonly Interaction[];
  /** Registered commands: of a server, or those for everywhere. */
  commands(guild?: string): readonly RegisteredCommand[];

  addPerson(name: string, options?: { bot?: boolean; locale?: string }): Person;
  /** Gives somebody permissions of their own in a server. */
  empower(user: string, guild: string, permissions: bigint): void;
  /** A server that the bot is in, unless `withApp` is false; `permissions` are the bot's. */
  addGuild(name: string, options?: { withApp?: boolean; permissions?: bigint }): Guild;
  /** A text channel unless said; `deny` takes permissions from the bot. */
  addChannel(guild: string, name: string, options?: { type?: ChannelType; deny?: bigint }): Channel;
  /** A thread that somebody else began. */
  addThread(channel: string, name: string, owner: string): Channel;
  direct(user: string): Channel;
  /** A conversation between people, which the bot is not in; somebody who installed it can still run its commands there. */
  addConversation(name: string, owner: string): Channel;
  deny(channel: string, permissions: bigint): void;
  archive(thread: string, options?: { locked?: boolean }): void;
  removeChannel(channel: string): void;
  /** The bot is thrown out of the server. */
  kick(guild: string): void;
  /** The bot can no longer write to this person. */
  refuseDirect(user: string): void;

  /** What stands in the channel or thread for everybody, oldest first. */
  messages(channel: string): readonly Message[];
  /** What only this person sees. */
  ephemerals(user: string, channel?: string): readonly Message[];
  /** The thread that was begun from a message, if any. */
  threadOf(message: Message): Channel | undefined;
  /** The message as it is now; undefined once it is deleted. */
  find(channel: string, id: string): Message | undefined;
  channel(id: string): Channel | undefined;

  until: Signals["until"];
  quiet: Signals["quiet"];
  /** The next request of this name from now on that fits, once it is answered. */
  nextCall(route: RouteName, fits?: (call: Call) => boolean, deadlineMs?: number): Promise<Call>;
  /** The next message of the bot from now on that fits and is no longer "thinking", ephemeral ones included. */
  nextMessage(fits?: (message: Message) => boolean, deadlineMs?: number): Promise<Message>;
  /** Milliseconds since the epoch by this Discord's clock; `advance` ages interactions, tokens and nonces. */
  now(): number;
  advance(ms: number): void;
  /** Ends every connection and every wait. */
  close(): Promise<void>;
}

const loading = 128;

/** Listens on 127.0.0.1, any free port; `close` ends it. */
export async function createDiscordDouble(options: DiscordDoubleOptions = {}): Promise<DiscordDouble> {
  const signals = createSignals(options.deadlineMs ?? 5_000);
  const faults = createFaults();
  const commands = new Map<string, readonly RegisteredCommand[]>();
  const refusesDirect = new Set<string>();
  const state = { token: "local.discord.double" };
  const world = createWorld({
    happened: (happening) => {
      // What only this double knows of is not told.
      if (happening.event !== "EPHEMERAL" && happening.event !== "INTERACTION_ANSWERED") gateway.dispatch(happening);
    },
    changed: signals.changed,
  });
  const tokens = createTokens(world, options.ackWindowMs ?? 3_000);
  const server = createServer();
  const gateway = createGateway(server, world, { token: () => state.token, changed: signals.changed });
  const rest = createRest({
    server,
    answers: createAnswers({
      world,
      tokens,
      gateway,
      commands,
      nonceMs: options.nonceMs ?? 5 * 60_000,
      refusesDirect,
    }),
    faults,
    token: () => state.token,
    now: world.now,
    changed: signals.changed,
  });
  await rest.listen();

  const everywhere = () => [...world.channels.keys()].flatMap((id) => world.messages(id));

  function told(event: string, channel: Channel): void {
    world.happened(event, channelOf(channel, world), channel);
  }

  return {
    ...createPeople({ world, tokens, commands }),
    get apiUrl() {
      return rest.url;
    },
    get botToken() {
      return state.token;
    },
    set botToken(token) {
      state.token = token;
    },
    application: world.application,
    bot: world.bot,
    gateway,
    faults,
    calls: rest.calls,
    interactions: tokens.all,
    commands: (guild = "") => commands.get(guild) ?? [],
    addPerson: world.addPerson,
    empower(user, guild, permissions) {
      world.guilds.get(guild)!.members.set(user, permissions);
      world.happened("GUILD_UPDATE", guildCreateOf(world.guilds.get(guild)!, world), null, world.guilds.get(guild)!);
    },
    addGuild(name, { withApp = true, permissions = usualPermissions } = {}) {
      const guild = world.addGuild(name, { withApp, permissions });
      if (withApp) world.happened("GUILD_CREATE", guildCreateOf(guild, world), null, guild);
      return guild;
    },
    addChannel(guild, name, { type = ChannelType.GuildText, deny = 0n } = {}) {
      const channel = world.addChannel({ guild, name, type, denied: deny });
      told("CHANNEL_CREATE", channel);
      return channel;
    },
    addThread(channel, name, owner) {
      const parent = world.channels.get(channel)!;
      const archiveMinutes: ThreadAutoArchiveDuration = 1440;
      const thread = { archived: false, locked: false, archiveMinutes };
      const made = world.addChannel({
        guild: parent.guild,
        name,
        type: ChannelType.PublicThread,
        parent: channel,
        owner,
        thread,
      });
      told("THREAD_CREATE", made);
      return made;
    },
    direct: (user) => world.direct(user),
    addConversation: (name, owner) => world.addChannel({ name, type: ChannelType.GroupDM, guild: null, owner }),
    deny(id, permissions) {
      const channel = world.channels.get(id)!;
      channel.denied |= permissions;
      told("CHANNEL_UPDATE", channel);
    },
    archive(id, { locked = false } = {}) {
      const { thread } = world.channels.get(id)!;
      Object.assign(thread!, { archived: true, locked });
      told("THREAD_UPDATE", world.channels.get(id)!);
    },
    removeChannel(id) {
      const channel = world.channels.get(id)!;
      const data = channelOf(channel, world);
      world.removeChannel(id);
      world.happened(channel.thread ? "THREAD_DELETE" : "CHANNEL_DELETE", data, channel);
    },
    kick(id) {
      const guild = world.guilds.get(id)!;
      guild.hasApp = false;
      world.happened("GUILD_DELETE", { id }, null, guild);
    },
    refuseDirect(user) {
      refusesDirect.add(user);
    },
    messages: (channel) => world.messages(channel).filter(({ ephemeralTo }) => ephemeralTo === null),
    ephemerals: (user, channel) =>
      everywhere().filter(
        ({ ephemeralTo, channel_id }) => ephemeralTo === user && (channel === undefined || channel === channel_id),
      ),
    threadOf(message) {
      const thread = world.channels.get(message.id);
      return thread?.parent === message.channel_id ? thread : undefined;
    },
    find: world.find,
    channel: (id) => world.channels.get(id),
    until: signals.until,
    quiet: signals.quiet,
    nextCall(route, fits = () => true, deadlineMs) {
      const seen = rest.calls.length;
      return signals.until(
        () => rest.calls.slice(seen).find((call) => call.route === route && call.answer !== null && fits(call)),
        `a request ${route}`,
        deadlineMs,
      );
    },
    nextMessage(fits = () => true, deadlineMs) {
      const isDone = (message: Message) => message.author.id === world.bot.id && ((message.flags ?? 0) & loading) === 0;
      const seen = new Set(
        everywhere()
          .filter(isDone)
          .map(({ id }) => id),
      );
      return signals.until(
        () => everywhere().find((message) => !seen.has(message.id) && isDone(message) && fits(message)),
        "a message of the bot",
        deadlineMs,
      );
    },
    now: world.now,
    advance: world.advance,
    async close() {
      signals.close();
      await gateway.close();
      await rest.close();
    },
  };
}

export { buttonsOf } from "./people.ts";
export type { Call } from "./rest.ts";
export type { Interaction } from "./tokens.ts";
export type { Channel, Guild, Message, Person } from "./world.ts";
