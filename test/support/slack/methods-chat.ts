/** The `chat.*` methods but streams, and `reactions.add`: what may be posted, where, and changed by whom. */
import { asFlag, type Content, Refusal, readContent, requireText, structured, withIds } from "./content.ts";
import type { Method } from "./methods.ts";
import type { Posting } from "./posting.ts";
import type { Json, Message, Workspace } from "./workspace.ts";

/** The fields of a message as Slack's answers and events carry them. */
export function asWire(message: Message): Json {
  const {
    channel: _channel,
    via: _via,
    unfurl: _unfurl,
    ephemeralTo: _to,
    namesLinked: _named,
    stream,
    ...rest
  } = message;
  return {
    type: "message",
    ...rest,
    ...(stream && { streaming_state: stream.open ? "in_progress" : "completed" }),
    ...(message.reply_broadcast && { subtype: "thread_broadcast" }),
  };
}

/** What a thread's first message says of its replies; nothing where there are none. */
export function threadFacts(workspace: Workspace, message: Message): Json {
  const replies = workspace
    .all(message.channel)
    .filter(({ thread_ts, ts, ephemeralTo }) => thread_ts === message.ts && ts !== message.ts && !ephemeralTo);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map(({ user, bot_id }) => user ?? bot_id ?? ""))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)!.ts,
    is_locked: false,
  };
}

/** The address that opens a message; a reply's names its thread. */
function permalink(workspace: Workspace, message: Message): string {
  const base = `https://${workspace.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace(".", "")}`;
  return message.thread_ts ? `${base}?thread_ts=${message.thread_ts}&cid=${message.channel}` : base;
}

/** What is kept of the content: blocks with the ids that Slack makes up. */
const kept = (content: Content) => ({ ...content, ...(content.blocks && { blocks: withIds(content.blocks) }) });

const identity = ["username", "icon_emoji", "icon_url"];

/** `chat.postMessage`, `postEphemeral`, `update`, `delete`, `getPermalink` and `reactions.add`. */
export function createChatMethods(
  workspace: Workspace,
  posting: Posting,
  scopes: () => ReadonlySet<string>,
): Record<string, Method> {
  const { author } = posting;
  const write = () => ["chat:write"];

  function refuseDisguise(args: Json): void {
    const disguised = identity.some((name) => args[name] !== undefined);
    if (disguised && !scopes().has("chat:write.customize"))
      throw new Refusal("missing_scope", [], { needed: "chat:write.customize", provided: [...scopes()].join(",") });
  }

  const linked = (args: Json) => asFlag(args.link_names) === true || args.parse === "full";

  function post(args: Json, ephemeralTo?: string): Message {
    const channel = posting.target(args, !ephemeralTo);
    refuseDisguise(args);
    if (ephemeralTo && !channel.members.has(ephemeralTo)) throw new Refusal("user_not_in_channel");
    const content = kept(readContent(args));
    const thread_ts = posting.rootOf(channel, args);
    const message = workspace.post({
      channel: channel.id,
      ...author,
      ...content,
      ...(thread_ts && { thread_ts }),
      ...(thread_ts && asFlag(args.reply_broadcast) && { reply_broadcast: true }),
      ...(ephemeralTo && { ephemeralTo }),
      ...(linked(args) && { namesLinked: true }),
      via: ephemeralTo ? "chat.postEphemeral" : "chat.postMessage",
      unfurl: { links: asFlag(args.unfurl_links), media: asFlag(args.unfurl_media) },
    });
    const panel = !ephemeralTo && thread_ts && workspace.threads.get(`${channel.id}:${thread_ts}`);
    if (panel) panel.status = "";
    return message;
  }

  /** `text` without `blocks` takes the blocks away; attachments and metadata stay unless they are given. */
  function edited(message: Message, args: Json): Message {
    const cleared = structured(args, "metadata", "invalid_metadata_format");
    const empty = typeof cleared === "object" && cleared !== null && Object.keys(cleared).length === 0;
    const { metadata: _, ...bare } = args;
    const content = kept(readContent(empty ? bare : args));
    if (
      message.stream &&
      content.blocks?.length &&
      !content.blocks.some(({ type }) => type === "rich_text" || type === "markdown")
    )
      throw new Refusal("block_mismatch");
    const blocks = content.blocks ?? (content.text === "" ? message.blocks : undefined);
    const { blocks: _old, edited: _mark, metadata: before, ...rest } = message;
    const metadata = content.metadata ?? (empty ? undefined : before);
    return {
      ...rest,
      ...content,
      ...(blocks?.length ? { blocks } : { blocks: [] }),
      ...(metadata && { metadata }),
      ...(!blocks?.length && { edited: { user: author.user, ts: workspace.stamp() } }),
      ...(linked(args) && { namesLinked: true }),
    };
  }

  return {
    "chat.postMessage": {
      scopes: write,
      run(args) {
        const message = post(args);
        return { channel: message.channel, ts: message.ts, message: asWire(message) };
      },
    },
    "chat.postEphemeral": {
      scopes: write,
      run(args) {
        const user = requireText(args, "user", "user_not_in_channel");
        return { message_ts: post(args, user).ts };
      },
    },
    "chat.update": {
      scopes: write,
      run(args) {
        const message = posting.own(args, "cant_update_message");
        if (message.stream?.open) throw new Refusal("streaming_state_conflict");
        const changed = workspace.change(message, edited(message, args));
        return { channel: message.channel, ts: message.ts, text: changed.text, message: asWire(changed) };
      },
    },
    "chat.delete": {
      scopes: write,
      run(args) {
        const message = posting.own(args, "cant_delete_message");
        workspace.remove(message);
        return { channel: message.channel, ts: message.ts };
      },
    },
    "chat.getPermalink": {
      scopes: () => [],
      run(args) {
        const channel = posting.target(args);
        const message = workspace.find(channel.id, requireText(args, "message_ts", "message_not_found"));
        if (!message || message.ephemeralTo) throw new Refusal("message_not_found");
        return { channel: channel.id, permalink: permalink(workspace, message) };
      },
    },
    "reactions.add": {
      scopes: () => ["reactions:write"],
      run(args) {
        const channel = posting.target(args);
        const message = workspace.find(channel.id, requireText(args, "timestamp", "no_item_specified"));
        if (!message || message.ephemeralTo) throw new Refusal("message_not_found");
        const name = requireText(args, "name", "invalid_name");
        if (!/^[a-z0-9_'+-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal("invalid_name");
        const reactions = message.reactions ?? [];
        if (reactions.some((one) => one.name === name && one.users.includes(author.user)))
          throw new Refusal("already_reacted");
        workspace.change(message, { reactions: [...reactions, { name, users: [author.user] }] }, true);
        return {};
      },
    },
  };
}
