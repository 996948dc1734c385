/** What people in the workspace write and open; each reaches the app as Slack sends it. */
import type { Courier, Delivery } from "./delivery.ts";
import type { Installation } from "./installation.ts";
import { typed } from "./payloads.ts";
import type { Conversation, Message, Workspace } from "./workspace.ts";

/** A message that somebody wrote, and the events that told the app of it. */
interface Sent {
  readonly message: Message;
  readonly deliveries: readonly Delivery[];
}

interface Written {
  /** The `ts` of the thread's first message. */
  readonly thread?: string | undefined;
  /** Whether a reply is shown in the channel too. */
  readonly broadcast?: boolean;
}

/** Each resolves when the app has acked, or when the window is over. */
export interface People {
  /** Writes `text` in a channel as it stands; `<@U…>` in it is a mention, everything else is escaped as Slack escapes it. */
  say(user: string, channel: string, text: string, where?: Written): Promise<Sent>;
  /** Writes `@app text`. */
  mention(user: string, channel: string, text: string, where?: Written): Promise<Sent>;
  /** Writes to the app directly. */
  dm(user: string, text: string, where?: Written): Promise<Sent>;
  edit(message: Message, text: string): Promise<Sent>;
  erase(message: Message): Promise<readonly Delivery[]>;
  /** Comes into a channel, or brings the app in: Slack posts a message of the subtype `channel_join` in their name. */
  join(user: string, channel: string): Promise<Sent>;
  invite(channel: string): Promise<Sent>;
  /** Another app's message, with `bot_id` and without a person. */
  otherBot(channel: string, text: string, where?: Written): Promise<Sent>;
  openHome(user: string, tab?: "home" | "messages"): Promise<readonly Delivery[]>;
  /** Opens the assistant panel beside `beside`; resolves with the thread that it starts. */
  openAssistant(
    user: string,
    beside?: string,
  ): Promise<{ channel: string; thread: string; deliveries: readonly Delivery[] }>;
  /** Takes the app out of the workspace: its token is dead, and it is told so. */
  uninstall(): Promise<readonly Delivery[]>;
}

/** What people act on. */
export interface PeopleDeps {
  readonly workspace: Workspace;
  readonly courier: Courier;
  readonly installation: Installation;
  /** The deliveries about a message just posted, changed or removed. */
  toldOf(message: Message): Promise<readonly Delivery[]>;
}

/** Everybody in the workspace; a test names who acts. */
export function createPeople(deps: PeopleDeps): People {
  const { workspace, courier } = deps;

  async function write(user: string, channel: Conversation, text: string, where: Written = {}): Promise<Sent> {
    const written = typed(text);
    const message = workspace.post({
      channel: channel.id,
      user,
      text: written,
      blocks: [
        {
          type: "rich_text",
          block_id: "typed",
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: written }] }],
        },
      ],
      ...(where.thread && { thread_ts: where.thread }),
      ...(where.thread && where.broadcast && { reply_broadcast: true }),
      via: "user",
    });
    return { message, deliveries: await deps.toldOf(message) };
  }

  async function enter(user: string, channel: string): Promise<Sent> {
    workspace.conversation(channel).members.add(user);
    const text = `<@${user}> has joined the channel`;
    const message = workspace.post({ channel, subtype: "channel_join", user, text, via: "user" });
    return { message, deliveries: await deps.toldOf(message) };
  }

  return {
    say: (user, channel, text, where) => write(user, workspace.inside(user, channel), text, where),
    mention: (user, channel, text, where) =>
      write(user, workspace.inside(user, channel), `<@${workspace.app.botUser}> ${text}`, where),
    dm: (user, text, where) => write(workspace.person(user).id, workspace.direct(user), text, where),
    async edit(message, text) {
      const changed = workspace.change(message, {
        text: typed(text),
        edited: { user: message.user ?? "", ts: workspace.stamp() },
      });
      return { message: changed, deliveries: await deps.toldOf(changed) };
    },
    async erase(message) {
      workspace.remove(message);
      return deps.toldOf(message);
    },
    join: (user, channel) => enter(workspace.person(user).id, channel),
    invite: (channel) => enter(workspace.app.botUser, channel),
    async otherBot(channel, text, where = {}) {
      const message = workspace.post({
        channel,
        subtype: "bot_message",
        bot_id: "B0000OTHER",
        app_id: "A0000OTHER",
        text,
        ...(where.thread && { thread_ts: where.thread }),
        via: "user",
      });
      return { message, deliveries: await deps.toldOf(message) };
    },
    async openHome(user, tab = "home") {
      const channel = workspace.direct(workspace.person(user).id).id;
      const view = workspace.homes.get(user);
      const event = {
        type: "app_home_opened",
        user,
        channel,
        tab,
        event_ts: workspace.stamp(),
        ...(view && tab === "home" && { view }),
      };
      return courier.event("app_home_opened", event);
    },
    async openAssistant(user, beside) {
      const channel = workspace.direct(workspace.person(user).id);
      const { botUser, botId, id } = workspace.app;
      const root = workspace.post({
        channel: channel.id,
        subtype: "assistant_app_thread",
        user: botUser,
        bot_id: botId,
        app_id: id,
        text: "New Assistant Thread",
        via: "user",
      });
      const context = beside ? { channel_id: beside, team_id: workspace.team.id, enterprise_id: null } : {};
      const assistant_thread = { user_id: user, context, channel_id: channel.id, thread_ts: root.ts };
      const event = { type: "assistant_thread_started", assistant_thread, event_ts: workspace.stamp() };
      const deliveries = [...(await deps.toldOf(root)), ...(await courier.event("assistant_thread_started", event))];
      return { channel: channel.id, thread: root.ts, deliveries };
    },
    async uninstall() {
      deps.installation.revoked = "account_inactive";
      const tokens = {
        type: "tokens_revoked",
        tokens: { oauth: [], bot: [workspace.app.botUser] },
        event_ts: workspace.stamp(),
      };
      const gone = { type: "app_uninstalled", event_ts: workspace.stamp() };
      return (
        await Promise.all([courier.event("tokens_revoked", tokens), courier.event("app_uninstalled", gone)])
      ).flat();
    },
  };
}
