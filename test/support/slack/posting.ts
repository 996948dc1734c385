/** Where the app may write: which conversation an argument means, which thread, whose message. */
import { Refusal, requireText } from "./content.ts";
import type { Conversation, Json, Message, Workspace } from "./workspace.ts";

/** The checks that every posting method shares; each throws a `Refusal`. */
export interface Posting {
  /** The conversation to write in, by id or, for a person, their direct message. */
  target(args: Json, post?: boolean): Conversation;
  /** The first message of the thread that `thread_ts` names, be it by the root or by a reply. */
  rootOf(channel: Conversation, args: Json): string | undefined;
  /** A message of the app's own, by `channel` and `ts`. */
  own(args: Json, foreign: string): Message;
  /** Whose it is, on every message of the app. */
  readonly author: { readonly user: string; readonly bot_id: string; readonly app_id: string };
}

/** What an app manifest switches on. */
export interface Features {
  /** Whether the app's manifest switches on the Messages tab, the Home tab and the assistant panel. */
  readonly messagesTab: boolean;
  readonly homeTab: boolean;
  readonly assistant: boolean;
}

/** The checks, by what the app is in and may do now. */
export function createPosting(workspace: Workspace, scopes: () => ReadonlySet<string>, features: Features): Posting {
  const { app } = workspace;

  function target(args: Json, post = false): Conversation {
    const name = requireText(args, "channel", "channel_not_found");
    const channel = workspace.people.has(name) ? workspace.direct(name) : workspace.conversations.get(name);
    if (!channel) throw new Refusal("channel_not_found");
    const inside = channel.members.has(app.botUser);
    if (channel.kind !== "public" && !inside) throw new Refusal("channel_not_found");
    const open = post && scopes().has("chat:write.public");
    if (!inside && !open) throw new Refusal("not_in_channel");
    if (channel.archived) throw new Refusal("is_archived");
    if (channel.kind === "im" && !features.messagesTab) throw new Refusal("messages_tab_disabled");
    return channel;
  }

  return {
    target,
    author: { user: app.botUser, bot_id: app.botId, app_id: app.id },
    rootOf(channel, args) {
      const ts = args.thread_ts;
      if (ts === undefined || ts === "") return undefined;
      const parent = typeof ts === "string" ? workspace.find(channel.id, ts) : undefined;
      if (!parent) throw new Refusal("thread_not_found");
      if (parent.ephemeralTo) throw new Refusal("cannot_reply_to_message");
      return parent.thread_ts ?? parent.ts;
    },
    own(args, foreign) {
      const channel = target(args);
      const message = workspace.find(channel.id, requireText(args, "ts", "message_not_found"));
      if (!message || message.ephemeralTo || message.subtype === "tombstone") throw new Refusal("message_not_found");
      if (message.bot_id !== app.botId) throw new Refusal(foreign);
      return message;
    },
  };
}
