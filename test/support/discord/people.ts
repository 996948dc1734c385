/** What people do in the local Discord: write, reply, run commands, type, press, and leave. */
import {
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  ApplicationCommandOptionType as Kind,
  MessageType,
  PermissionFlagsBits as Permit,
} from "discord-api-types/v10";
import type { RegisteredCommand } from "./answers.ts";
import { type Json, records } from "./components.ts";
import type { Interaction, Tokens } from "./tokens.ts";
import { channelOf, memberOf, messageEventOf, messageOf } from "./told.ts";
import { type Channel, type Message, userOf, type World } from "./world.ts";

/** What people do. Each resolves as soon as it has been sent to the bot. */
export interface People {
  /** Writes; `<@id>` of the bot in the text mentions it, a reply does too unless `ping` is false. */
  say(user: string, channel: string, text: string, options?: { replyTo?: Message; ping?: boolean }): Message;
  /** Writes with a mention of the bot in front. */
  mention(user: string, channel: string, text: string): Message;
  dm(user: string, text: string): Message;
  edit(message: Message, text: string): void;
  erase(message: Message): void;
  /** Runs a registered command: `"ask"`, or `"feeds add"`. Options are by name. */
  slash(
    user: string,
    channel: string,
    command: string,
    options?: Readonly<Record<string, string | boolean>>,
  ): Interaction;
  /** Types in an option that completes; what was offered is in `choices`. */
  type(user: string, channel: string, command: string, option: string, typed: string): Interaction;
  /** Presses a button of a message as it stands now; refuses one that is not there. */
  press(user: string, message: Message, customId: string): Interaction;
}

export interface PeopleDeps {
  readonly world: World;
  readonly tokens: Tokens;
  readonly commands: ReadonlyMap<string, readonly RegisteredCommand[]>;
}

/** Everything that may stand in a component's tree. */
function within(component: Json): readonly Json[] {
  const accessory = component.accessory ? [component.accessory as Json] : [];
  return [component, ...records(component.components).flatMap(within), ...accessory];
}

/** The buttons of a message, links included, in their order. */
export function buttonsOf(
  message: Pick<Message, "components">,
): readonly { readonly label: string; readonly customId: string | null; readonly url: string | null }[] {
  return records(message.components)
    .flatMap(within)
    .filter(({ type }) => type === ComponentType.Button)
    .map(({ label, custom_id, url }) => ({
      label: String(label ?? ""),
      customId: typeof custom_id === "string" ? custom_id : null,
      url: typeof url === "string" ? url : null,
    }));
}

/** Where an interaction happens, in Discord's terms. */
function contextOf({ type, guild }: Channel): InteractionContextType {
  if (guild !== null) return InteractionContextType.Guild;
  return type === ChannelType.DM ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel;
}

export function createPeople({ world, tokens, commands }: PeopleDeps): People {
  function announce(event: string, message: Message): void {
    const channel = world.channels.get(message.channel_id)!;
    const guild = channel.guild === null ? null : world.guilds.get(channel.guild)!;
    const author = world.people.get(message.author.id)!;
    const { user: _, ...member } = guild ? memberOf(author, guild) : { user: null };
    world.happened(event, { ...messageEventOf(message, world), ...(guild ? { member } : {}) }, channel);
  }

  function mentionsIn(text: string): readonly string[] {
    return [...text.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id!);
  }

  function write(user: string, channel: Channel, text: string, replyTo: Message | null, ping: boolean): Message {
    const ids = new Set([...mentionsIn(text), ...(replyTo && ping ? [replyTo.author.id] : [])]);
    const mentioned = [...ids].flatMap((id) => world.people.get(id) ?? []);
    if (channel.thread?.archived) channel.thread.archived = false;
    const message = world.post({
      channel_id: channel.id,
      author: userOf(world.people.get(user)!),
      content: text,
      mentions: mentioned.map(userOf),
      ...(replyTo
        ? {
            type: MessageType.Reply,
            message_reference: {
              channel_id: channel.id,
              message_id: replyTo.id,
              guild_id: channel.guild ?? undefined!,
            },
            referenced_message: replyTo,
          }
        : {}),
    });
    announce("MESSAGE_CREATE", message);
    return message;
  }

  /** A channel that exists, whatever the bot may see of it. */
  function channelNamed(id: string): Channel {
    const channel = world.channels.get(id);
    if (!channel) throw new Error(`nobody can write in ${id}`);
    return channel;
  }

  function interact(
    type: InteractionType,
    user: string,
    channel: Channel,
    data: Json,
    source: Message | null,
  ): Interaction {
    const guild = channel.guild === null ? null : world.guilds.get(channel.guild)!;
    const person = world.people.get(user)!;
    const everybody = Permit.ViewChannel | Permit.SendMessages | Permit.ReadMessageHistory;
    const member = guild ? memberOf(person, guild, everybody | (guild.members.get(user) ?? 0n)) : null;
    const isOutside = world.isOutside(channel);
    const [id, token] = [world.snowflake(), `token-${world.snowflake()}`];
    const payload = {
      id,
      application_id: world.application.id,
      type,
      token,
      version: 1,
      data,
      channel_id: channel.id,
      channel: channelOf(channel, world),
      ...(guild ? { guild_id: guild.id, guild: { id: guild.id, locale: "en-US", features: [] }, member } : {}),
      ...(guild ? { guild_locale: "en-US" } : { user: userOf(person) }),
      app_permissions: String(isOutside ? everybody : world.permissionsIn(channel)),
      locale: person.locale,
      entitlements: [],
      authorizing_integration_owners: isOutside ? { "1": user } : { "0": guild?.id ?? "0" },
      context: contextOf(channel),
      attachment_size_limit: 10_485_760,
      ...(source ? { message: messageOf(source, world) } : {}),
    };
    const one = tokens.issue({ id, token, type, channel, user, payload, source });
    world.happened("INTERACTION_CREATE", payload, channel);
    return one;
  }

  function registered(name: string, channel: Channel, type: ApplicationCommandType): RegisteredCommand {
    const here = [...(commands.get(channel.guild ?? "-") ?? []), ...(commands.get("") ?? [])];
    const found = here.find((command) => command.name === name && command.type === type);
    if (!found) throw new Error(`no command ${name} is registered here`);
    const context = contextOf(channel);
    const contexts = found.contexts as readonly number[] | null | undefined;
    if (found.guild_id === undefined && contexts && !contexts.includes(context))
      throw new Error(`the command ${name} is not offered here`);
    return found;
  }

  /** The data of a command's interaction: its options as Discord sends them, refused where they are not registered. */
  function commandData(channel: Channel, command: string, options: Json, focused: string | null): Json {
    const [name, ...steps] = command.split(" ");
    const spec = registered(name!, channel, ApplicationCommandType.ChatInput);
    const filled = (known: readonly Json[], rest: readonly string[]): readonly Json[] => {
      const [step, ...deeper] = rest;
      if (step !== undefined) {
        const inner = known.find((option) => option.name === step);
        if (!inner) throw new Error(`no subcommand ${step}`);
        return [{ name: step, type: inner.type, options: filled(records(inner.options), deeper) }];
      }
      for (const given of Object.keys(options))
        if (!known.some((option) => option.name === given)) throw new Error(`no option ${given}`);
      for (const { name: wanted, required } of known)
        if (required === true && focused === null && !(String(wanted) in options))
          throw new Error(`${wanted} is required`);
      return known
        .filter((option) => String(option.name) in options)
        .map((option) => {
          const value = options[String(option.name)];
          const text = option.type === Kind.Boolean ? value === true || value === "true" : value;
          const choices = records(option.choices);
          if (choices.length > 0 && !choices.some((choice) => choice.value === text))
            throw new Error(`${text} is no choice`);
          return {
            name: option.name,
            type: option.type,
            value: text,
            ...(option.name === focused ? { focused: true } : {}),
          };
        });
    };
    const given = filled(records(spec.options), steps);
    return { id: spec.id, name: spec.name, type: 1, ...(given.length > 0 ? { options: given } : {}) };
  }

  return {
    say(user, channel, text, { replyTo, ping = true } = {}) {
      return write(user, channelNamed(channel), text, replyTo ?? null, ping);
    },
    mention(user, channel, text) {
      return write(user, channelNamed(channel), `<@${world.bot.id}> ${text}`, null, false);
    },
    dm(user, text) {
      return write(user, world.direct(user), text, null, false);
    },
    edit(message, text) {
      announce(
        "MESSAGE_UPDATE",
        world.change(message, { content: text, edited_timestamp: new Date(world.now()).toISOString() }),
      );
    },
    erase(message) {
      const channel = world.channels.get(message.channel_id)!;
      world.erase(message);
      const { id, channel_id } = message;
      world.happened("MESSAGE_DELETE", { id, channel_id, guild_id: channel.guild ?? undefined }, channel);
    },
    slash(user, channel, command, options = {}) {
      const where = channelNamed(channel);
      return interact(
        InteractionType.ApplicationCommand,
        user,
        where,
        commandData(where, command, options, null),
        null,
      );
    },
    type(user, channel, command, option, typed) {
      const where = channelNamed(channel);
      const data = commandData(where, command, { [option]: typed }, option);
      return interact(InteractionType.ApplicationCommandAutocomplete, user, where, data, null);
    },
    press(user, message, customId) {
      const now = world.find(message.channel_id, message.id);
      if (!now) throw new Error("the message is gone");
      if (now.ephemeralTo !== null && now.ephemeralTo !== user) throw new Error("they do not see it");
      const button = records(now.components)
        .flatMap(within)
        .find((one) => one.custom_id === customId);
      if (!button || button.disabled === true) throw new Error(`no button ${customId} to press`);
      const data = { component_type: button.type, custom_id: customId, id: button.id ?? 1 };
      return interact(InteractionType.MessageComponent, user, channelNamed(now.channel_id), data, now);
    },
  };
}
