/**
 * What the adapter needs of Discord, and what for: nothing that is not used.
 * https://discord.com/developers/docs/events/gateway#list-of-intents, …/topics/permissions
 */

/** Intents that every app may have, as bits of `identify`. */
const openIntents = {
  /** Channels and threads: where a message stands decides what may be answered there. */
  guilds: 1 << 0,
  /** Mentions and replies in a server. */
  guildMessages: 1 << 9,
  /** Direct messages to the bot. */
  directMessages: 1 << 12,
} as const;

/** Privileged: the words of messages that do not mention the bot, for follow-ups in an answer's thread. */
const messageContent = 1 << 15;

/** The intents to identify with, as bits. */
export function intents(withContent: boolean): number {
  const open = Object.values(openIntents).reduce((bits, bit) => bits | bit, 0);
  return withContent ? open | messageContent : open;
}

/** The permissions that are used, each with its name as Discord shows it. */
export const permissions = {
  viewChannel: { bit: 1n << 10n, name: "View Channels" },
  sendMessages: { bit: 1n << 11n, name: "Send Messages" },
  /** Replying to a message, and finding a message again that Discord did not confirm. */
  readHistory: { bit: 1n << 16n, name: "Read Message History" },
  createThreads: { bit: 1n << 35n, name: "Create Public Threads" },
  sendInThreads: { bit: 1n << 38n, name: "Send Messages in Threads" },
} as const;

const administrator = 1n << 3n;
const manageChannels = 1n << 4n;
const manageServer = 1n << 5n;

/** Whether a bitfield, as Discord writes it, has any of these permissions; an administrator has all. */
function hasAny(bitfield: string, bits: bigint): boolean {
  return (BigInt(bitfield) & (bits | administrator)) !== 0n;
}

/** Whether somebody with these permissions manages the server or the channel. */
export function manages(bitfield: string): boolean {
  return hasAny(bitfield, manageChannels | manageServer);
}

/** Whether an app with these permissions can post in a channel, or in a thread. */
export function mayPost(bitfield: string, inThread: boolean): boolean {
  const posting = inThread ? permissions.sendInThreads : permissions.sendMessages;
  return hasAny(bitfield, permissions.viewChannel.bit) && hasAny(bitfield, posting.bit);
}

/** The addresses at which somebody adds the app to a server, or to themselves. */
export function inviteLinks(applicationId: string): { readonly server: string; readonly person: string } {
  const bits = Object.values(permissions).reduce((all, { bit }) => all | bit, 0n);
  const base = `https://discord.com/oauth2/authorize?client_id=${applicationId}`;
  return {
    server: `${base}&integration_type=0&scope=bot+applications.commands&permissions=${bits}`,
    person: `${base}&integration_type=1&scope=applications.commands`,
  };
}
