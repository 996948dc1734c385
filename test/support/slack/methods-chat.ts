/** The `chat.*` methods, `reactions.add` among them: what may be posted, where, and changed by whom. */
import {
  asFlag,
  Refusal,
  readBlocks,
  readContent,
  readMetadata,
  readShape,
  requireText,
  structured,
  withIds,
} from "./content.ts";
import type { Method } from "./methods.ts";
import type { Conversation, Json, Message, Workspace } from "./workspace.ts";

/** The fields of a message as Slack's answers and events carry them. */
export function asWire(message: Message): Json {
  const { channel: _channel, via: _via, unfurl: _unfurl, ephemeralTo: _to, streaming, ...rest } = message;
  return {
    type: "message",
    ...rest,
    ...(streaming !== undefined && { streaming_state: streaming ? "in_progress" : "completed" }),
  };
}

export function createChatMethods(workspace: Workspace, scopes: () => ReadonlySet<string>): Record<string, Method> {
  const { app } = workspace;
  const lastPost = new Map<string, number>();

  /** The conversation to write in, by id or, for a person, their direct message. */
  function target(args: Json, post: boolean): Conversation {
    const name = requireText(args, "channel", "channel_not_found");
    if (workspace.people.has(name)) return workspace.direct(name);
    const channel = workspace.conversations.get(name);
    if (!channel) throw new Refusal("channel_not_found");
    const inside = channel.members.has(app.botUser);
    if (channel.kind === "private" && !inside) throw new Refusal("channel_not_found");
    const open = post && channel.kind === "public" && scopes().has("chat:write.public");
    if (!inside && !open) throw new Refusal("not_in_channel");
    if (channel.archived) throw new Refusal("is_archived");
    return channel;
  }

  function rootOf(channel: Conversation, args: Json): string | undefined {
    const ts = args.thread_ts;
    if (ts === undefined || ts === "") return undefined;
    const parent = typeof ts === "string" ? workspace.find(channel.id, ts) : undefined;
    if (!parent || parent.ephemeralTo) throw new Refusal("thread_not_found");
    return parent.thread_ts ?? parent.ts;
  }

  function own(args: Json, missing: string, foreign: string): Message {
    const channel = target(args, false);
    const message = workspace.find(channel.id, requireText(args, "ts", missing));
    if (!message || message.ephemeralTo) throw new Refusal(missing);
    if (message.bot_id !== app.botId) throw new Refusal(foreign);
    return message;
  }

  function streamed(args: Json): string {
    const chunks = structured(args, "chunks", "invalid_chunks") as Json[] | undefined;
    if (chunks !== undefined) readShape("chunks", chunks, "invalid_chunks");
    const text = typeof args.markdown_text === "string" ? args.markdown_text : "";
    const all = text + (chunks ?? []).map((chunk) => (chunk.type === "markdown_text" ? chunk.text : "")).join("");
    if (all.length > 12_000) throw new Refusal("msg_too_long");
    return all;
  }

  function openStream(args: Json): Message {
    const message = own(args, "message_not_found", "message_not_owned_by_app");
    if (!message.streaming) throw new Refusal("message_not_in_streaming_state");
    return message;
  }

  const author = { user: app.botUser, bot_id: app.botId, app_id: app.id };
  const write = () => ["chat:write"];

  return {
    "chat.postMessage": {
      scopes: write,
      run(args) {
        const channel = target(args, true);
        const content = readContent(args);
        const thread_ts = rootOf(channel, args);
        if (
          (args.username !== undefined || args.icon_emoji !== undefined || args.icon_url !== undefined) &&
          !scopes().has("chat:write.customize")
        )
          throw new Refusal("missing_scope", [], { needed: "chat:write.customize", provided: [...scopes()].join(",") });
        lastPost.set(channel.id, workspace.now());
        const message = workspace.post({
          channel: channel.id,
          ...author,
          ...content,
          ...(content.blocks && { blocks: withIds(content.blocks) }),
          ...(thread_ts && { thread_ts }),
          ...(asFlag(args.reply_broadcast) && { reply_broadcast: true }),
          via: "chat.postMessage",
          unfurl: { links: asFlag(args.unfurl_links), media: asFlag(args.unfurl_media) },
        });
        return { channel: channel.id, ts: message.ts, message: asWire(message) };
      },
    },
    "chat.postEphemeral": {
      scopes: write,
      run(args) {
        const user = requireText(args, "user");
        if (!workspace.people.has(user)) throw new Refusal("user_not_found");
        const channel = target(args, false);
        if (!channel.members.has(user)) throw new Refusal("user_not_in_channel");
        const content = readContent(args);
        const thread_ts = rootOf(channel, args);
        const message = workspace.post({
          channel: channel.id,
          ...author,
          ...content,
          ...(content.blocks && { blocks: withIds(content.blocks) }),
          ...(thread_ts && { thread_ts }),
          ephemeralTo: user,
          via: "chat.postEphemeral",
        });
        return { message_ts: message.ts };
      },
    },
    "chat.update": {
      scopes: write,
      run(args) {
        const message = own(args, "message_not_found", "cant_update_message");
        if (message.streaming) throw new Refusal("streaming_state_conflict");
        const content = readContent(args);
        const changed = workspace.change(message, {
          ...content,
          ...(content.blocks && { blocks: withIds(content.blocks) }),
          edited: { user: app.botUser, ts: workspace.stamp() },
        });
        return { channel: message.channel, ts: message.ts, text: changed.text, message: asWire(changed) };
      },
    },
    "chat.delete": {
      scopes: write,
      run(args) {
        const message = own(args, "message_not_found", "cant_delete_message");
        workspace.remove(message);
        return { channel: message.channel, ts: message.ts };
      },
    },
    "chat.getPermalink": {
      scopes: () => [],
      run(args) {
        const channel = target(args, false);
        const message = workspace.find(channel.id, requireText(args, "message_ts", "message_not_found"));
        if (!message || message.ephemeralTo) throw new Refusal("message_not_found");
        return { channel: channel.id, permalink: permalink(workspace, message) };
      },
    },
    "chat.startStream": {
      scopes: write,
      run(args) {
        const channel = target(args, false);
        requireText(args, "thread_ts", "invalid_thread_ts");
        const thread_ts = rootOf(channel, args)!;
        if (channel.kind !== "im") {
          requireText(args, "recipient_user_id", "missing_recipient_user_id");
          requireText(args, "recipient_team_id", "missing_recipient_team_id");
        }
        const message = workspace.post({
          channel: channel.id,
          ...author,
          text: streamed(args),
          thread_ts,
          streaming: true,
          via: "chat.startStream",
        });
        return { channel: channel.id, ts: message.ts };
      },
    },
    "chat.appendStream": {
      scopes: write,
      run(args) {
        const message = openStream(args);
        const more = streamed(args);
        if (more === "" && args.chunks === undefined) throw new Refusal("no_text");
        workspace.change(message, { text: message.text + more }, true);
        return { channel: message.channel, ts: message.ts };
      },
    },
    "chat.stopStream": {
      scopes: write,
      run(args) {
        const message = openStream(args);
        const blocks = readBlocks(args, "message");
        const metadata = readMetadata(args);
        const changed = workspace.change(message, {
          text: message.text + streamed(args),
          streaming: false,
          ...(blocks && { blocks: withIds(blocks) }),
          ...(metadata && { metadata }),
        });
        return { channel: message.channel, ts: message.ts, message: asWire(changed) };
      },
    },
    "reactions.add": {
      scopes: () => ["reactions:write"],
      run(args) {
        const channel = target(args, false);
        const message = workspace.find(channel.id, requireText(args, "timestamp", "no_item_specified"));
        if (!message) throw new Refusal("message_not_found");
        const name = requireText(args, "name", "invalid_name");
        const reactions = message.reactions ?? [];
        if (reactions.some((one) => one.name === name && one.users.includes(app.botUser)))
          throw new Refusal("already_reacted");
        workspace.change(message, { reactions: [...reactions, { name, users: [app.botUser] }] }, true);
        return {};
      },
    },
  };
}

/** The address that opens a message; a reply's names its thread. */
export function permalink(workspace: Workspace, message: Message): string {
  const base = `https://${workspace.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace(".", "")}`;
  return message.thread_ts ? `${base}?thread_ts=${message.thread_ts}&cid=${message.channel}` : base;
}
