/** `conversations.*`: which there are, what stands in them, what stands in a thread. */
import { asFlag, Refusal, requireText } from "./content.ts";
import type { Method } from "./methods.ts";
import { asWire, threadFacts } from "./methods-chat.ts";
import type { Conversation, Json, Message, Workspace } from "./workspace.ts";

const prefix = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

/** `conversations.info`, `open`, `history` and `replies`. */
export function createConversationMethods(workspace: Workspace): Record<string, Method> {
  const { app, team } = workspace;

  /** The scope is the one of the conversation's kind; any of the four where it is not known. */
  const perKind = (verb: string) => (args: Json) => {
    const channel = workspace.conversations.get(String(args.channel));
    return channel ? [`${prefix[channel.kind]}:${verb}`] : Object.values(prefix).map((kind) => `${kind}:${verb}`);
  };

  function within(args: Json): Conversation {
    const channel = knownConversation(workspace, args);
    if (!channel.members.has(app.botUser)) throw new Refusal("not_in_channel");
    return channel;
  }

  /** A message as read: a thread's first one says how many replies there are; metadata only where it is asked for. */
  const read = (args: Json) => (message: Message) => {
    const { metadata, ...rest } = asWire(message);
    const asked = asFlag(args.include_all_metadata) && metadata !== undefined;
    return { ...rest, ...(asked && { metadata }), ...threadFacts(workspace, message) };
  };

  return {
    "conversations.info": {
      scopes: perKind("read"),
      run(args) {
        const { id, name, kind, members, archived } = knownConversation(workspace, args);
        const other = [...members].find((member) => member !== app.botUser);
        return {
          channel: {
            id,
            ...(kind === "im"
              ? { user: other }
              : { name, name_normalized: name, is_member: members.has(app.botUser), num_members: members.size }),
            is_channel: kind === "public",
            is_group: kind === "private",
            is_im: kind === "im",
            is_mpim: kind === "mpim",
            is_private: kind !== "public",
            is_archived: archived,
            context_team_id: team.id,
          },
        };
      },
    },
    "conversations.open": {
      scopes: () => ["im:write"],
      run(args) {
        const users = requireText(args, "users", "users_list_not_supplied").split(",");
        if (users.length > 1) throw new Refusal("missing_scope", [], { needed: "mpim:write" });
        if (!workspace.people.has(users[0]!)) throw new Refusal("user_not_found");
        return { channel: { id: workspace.direct(users[0]!).id } };
      },
    },
    "conversations.history": {
      scopes: perKind("history"),
      run(args) {
        const channel = within(args);
        const fits = inTime(args);
        const top = ({ thread_ts, ts, reply_broadcast }: Message) => !thread_ts || thread_ts === ts || reply_broadcast;
        const list = workspace.all(channel.id).filter((one) => top(one) && !one.ephemeralTo && fits(one.ts));
        return page([...list].reverse().map(read(args)), args);
      },
    },
    "conversations.replies": {
      scopes: perKind("history"),
      run(args) {
        const channel = within(args);
        const first = workspace.find(channel.id, requireText(args, "ts", "thread_not_found"));
        if (!first || first.ephemeralTo) throw new Refusal("thread_not_found");
        const root = first.thread_ts ?? first.ts;
        const fits = inTime(args);
        const list = workspace
          .all(channel.id)
          .filter((one) => one.ts === root || (one.thread_ts === root && !one.ephemeralTo && fits(one.ts)));
        return page(list.map(read(args)), args);
      },
    },
  };
}

/** The conversation that `args[name]` names, if the app may know of it. */
export function knownConversation(workspace: Workspace, args: Json, name = "channel"): Conversation {
  const channel = workspace.conversations.get(requireText(args, name, "channel_not_found"));
  if (!channel || (channel.kind !== "public" && !channel.members.has(workspace.app.botUser)))
    throw new Refusal("channel_not_found");
  return channel;
}

function page(list: readonly Json[], args: Json): Json {
  const limit = Math.min(Number(args.limit ?? 100) || 100, 999);
  const start = args.cursor === undefined || args.cursor === "" ? 0 : Number(args.cursor);
  if (!Number.isInteger(start) || start < 0) throw new Refusal("invalid_cursor");
  const more = list.length > start + limit;
  return {
    messages: list.slice(start, start + limit),
    has_more: more,
    response_metadata: { next_cursor: more ? String(start + limit) : "" },
  };
}

function inTime(args: Json): (ts: string) => boolean {
  const oldest = Number(args.oldest ?? 0);
  const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest);
  if (Number.isNaN(oldest)) throw new Refusal("invalid_ts_oldest");
  if (Number.isNaN(latest)) throw new Refusal("invalid_ts_latest");
  const inclusive = asFlag(args.inclusive) === true;
  return (ts) => {
    const at = Number(ts);
    return (at > oldest || (inclusive && at === oldest)) && (at < latest || (inclusive && at === latest));
  };
}
