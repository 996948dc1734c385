/** What Slack sends to an app, field by field, as its reference shows it. */
import { asWire, threadFacts } from "./methods-chat.ts";
import type { Conversation, Happening, Json, Message, Person, Workspace } from "./workspace.ts";

let numbered = 0;
const unique = (prefix: string) => `${prefix}${(++numbered).toString(36).toUpperCase().padStart(9, "0")}`;

/** The wrapper of the Events API; each call is an event of its own. */
export function eventCallback(workspace: Workspace, event: Json): Json {
  const { team, app } = workspace;
  return {
    token: "verification",
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: "event_callback",
    event_id: unique("Ev"),
    event_time: Math.floor(workspace.now() / 1_000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: unique("4-ctx"),
  };
}

const channelType = { public: "channel", private: "group", im: "im", mpim: "mpim" } as const;

/** A `message` event: plain for a new message, `message_changed` and `message_deleted` for the others. */
export function messageEvent(workspace: Workspace, channel: Conversation, happening: Happening): Json {
  const { message } = happening;
  const where = { channel: channel.id, channel_type: channelType[channel.kind] };
  if (happening.kind === "posted") {
    const root = message.reply_broadcast && message.thread_ts && workspace.find(channel.id, message.thread_ts);
    return {
      ...wire(workspace, message),
      ...where,
      event_ts: message.ts,
      ...(root && { root: { ...wire(workspace, root), ...threadFacts(workspace, root) } }),
    };
  }
  const ts = workspace.stamp();
  const common = { type: "message", hidden: true, ts, event_ts: ts, ...where };
  if (happening.kind === "changed")
    return {
      ...common,
      subtype: "message_changed",
      message: wire(workspace, message),
      previous_message: wire(workspace, happening.previous),
    };
  return {
    ...common,
    subtype: "message_deleted",
    deleted_ts: message.ts,
    previous_message: wire(workspace, message),
    ...(message.thread_ts && { thread_ts: message.thread_ts }),
  };
}

function wire(workspace: Workspace, message: Message): Json {
  const root = message.thread_ts && workspace.find(message.channel, message.thread_ts);
  return {
    ...asWire(message),
    team: workspace.team.id,
    ...(message.bot_id && {
      bot_profile: {
        id: message.bot_id,
        deleted: false,
        updated: 1_600_000_000,
        icons: { image_36: "", image_48: "", image_72: "" },
        name: message.bot_id === workspace.app.botId ? workspace.app.name : "another app",
        app_id: message.app_id ?? "",
        team_id: workspace.team.id,
      },
    }),
    ...(!message.bot_id && { client_msg_id: unique("msg") }),
    ...(typeof root === "object" && root.user && { parent_user_id: root.user }),
  };
}

/** An `app_mention` event about a message. */
export function appMention(workspace: Workspace, message: Message): Json {
  return { ...wire(workspace, message), type: "app_mention", channel: message.channel, event_ts: message.ts };
}

const names = { public: null, private: "privategroup", im: "directmessage", mpim: "mpdm" } as const;

/** A command's payload; `rest` holds what the person typed and where to answer. */
export function slashCommand(workspace: Workspace, person: Person, channel: Conversation, rest: Json): Json {
  return {
    token: "verification",
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: names[channel.kind] ?? channel.name,
    user_id: person.id,
    user_name: person.name,
    api_app_id: workspace.app.id,
    is_enterprise_install: "false",
    ...rest,
  };
}

/** What every interaction carries. */
export function interaction(workspace: Workspace, person: Person, rest: Json): Json {
  const { team, app } = workspace;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
    api_app_id: app.id,
    token: "verification",
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    ...rest,
  };
}

/** The part of a `block_actions` payload that says which message it was; an ephemeral one is not repeated. */
export function fromMessage(channel: Conversation, message: Message): Json {
  const container = {
    type: "message",
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: message.ephemeralTo !== undefined,
    ...(message.thread_ts && { thread_ts: message.thread_ts }),
  };
  const about = { id: channel.id, name: names[channel.kind] ?? channel.name };
  return {
    container,
    channel: about,
    ...(!message.ephemeralTo && { message: asWire(message) }),
    state: { values: {} },
  };
}

/** What a person types as Slack passes it on: its three signs escaped, but not the mentions. */
export const typed = (text: string) =>
  text
    .split(/(<[@#!][^<>]*>)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("");
