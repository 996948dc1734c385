/** What a person in the workspace can do: type a command, mention, write, press, open; each reaches the app as Slack sends it. */
import { Refusal } from "./content.ts";
import type { Courier, Delivery } from "./delivery.ts";
import { fromMessage, interaction, slashCommand } from "./payloads.ts";
import type { Triggers } from "./triggers.ts";
import type { Installation, ResponseTarget, WebApi } from "./web-api.ts";
import type { Conversation, Json, Message, Person, Workspace } from "./workspace.ts";

/** A message that somebody wrote, and the events that told the app of it. */
interface Sent {
  readonly message: Message;
  readonly deliveries: readonly Delivery[];
}

/** A command or an interaction: what was sent, and whether the person saw an error because no ack came. */
interface Used {
  readonly delivery: Delivery;
  /** What Slack shows when the app did not ack in time. */
  readonly shownError: string | null;
}

interface Written {
  /** The `ts` of the thread's first message. */
  readonly thread?: string | undefined;
  /** Whether a reply is shown in the channel too. */
  readonly broadcast?: boolean;
}

export interface People {
  /** Types a command, `/ask` and its text; `channel` may be a direct message. */
  slash(user: string, channel: string, command: string, text?: string): Promise<Used>;
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
  /** Presses the element with this `action_id` in a message that the person sees; `choice` for feedback buttons and menus. */
  press(user: string, message: Message, actionId: string, choice?: string): Promise<Used>;
  /** The same, in the person's App Home. */
  pressHome(user: string, actionId: string, choice?: string): Promise<Used>;
  openHome(user: string, tab?: "home" | "messages"): Promise<readonly Delivery[]>;
  /** Opens the assistant panel beside `beside`; resolves with the thread that it starts. */
  openAssistant(
    user: string,
    beside?: string,
  ): Promise<{ channel: string; thread: string; deliveries: readonly Delivery[] }>;
  /** Picks a message shortcut from a message's menu. */
  shortcut(user: string, message: Message, callbackId: string): Promise<Used>;
  /** Takes the app out of the workspace: its token is dead, and it is told so. */
  uninstall(): Promise<readonly Delivery[]>;
  /** Submits the newest modal that the person sees. */
  submit(user: string, values?: Json): Promise<Used>;
}

export interface PeopleDeps {
  readonly workspace: Workspace;
  readonly courier: Courier;
  readonly api: WebApi;
  readonly triggers: Triggers;
  /** The commands that the app registered; any other is answered by Slack itself. */
  readonly commands: ReadonlySet<string> | null;
  readonly shortcuts: ReadonlySet<string> | null;
  readonly installation: Installation;
  /** The deliveries about a message just posted, changed or removed. */
  toldOf(message: Message): Promise<readonly Delivery[]>;
}

const typed = (text: string) =>
  text
    .split(/(<[@#!][^<>]*>)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("");

const errors: Readonly<Record<string, string>> = {
  operation_timeout: "failed with the error “operation_timeout”",
  dispatch_failed: "failed with the error “dispatch_failed”",
};

export function createPeople(deps: PeopleDeps): People {
  const { workspace, courier, api, triggers } = deps;

  function person(user: string): Person {
    const known = workspace.people.get(user);
    if (!known) throw new Error(`nobody here is called ${user}: use slack.addPerson(name)`);
    return known;
  }

  function conversation(channel: string): Conversation {
    const known = workspace.conversations.get(channel);
    if (!known) throw new Error(`there is no conversation ${channel}: use slack.addChannel(name)`);
    return known;
  }

  function inside(user: string, channel: string): Conversation {
    const known = conversation(channel);
    if (!known.members.has(user)) throw new Error(`${user} is not in ${known.name}`);
    return known;
  }

  async function use(type: Delivery["type"], payload: Json, target: ResponseTarget | null): Promise<Used> {
    const delivery = await courier.deliver({ type, payload, attempt: 0 });
    const ack = delivery.ack;
    if (!ack?.acked)
      return { delivery, shownError: errors[ack?.error ?? ""] ?? "failed because the app did not respond" };
    const body = typeof ack.body === "string" ? { text: ack.body } : (ack.body as Json | null);
    const carries = body && (body.text !== undefined || body.blocks !== undefined || body.attachments !== undefined);
    if (type !== "slash_commands" || !target || !carries) return { delivery, shownError: null };
    try {
      api.answer(target, body, "ack");
      return { delivery, shownError: null };
    } catch (error) {
      if (error instanceof Refusal) return { delivery, shownError: `failed with the error “${error.error}”` };
      throw error;
    }
  }

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
    conversation(channel).members.add(user);
    const text = `<@${user}> has joined the channel`;
    const message = workspace.post({ channel, subtype: "channel_join", user, text, via: "user" });
    return { message, deliveries: await deps.toldOf(message) };
  }

  async function press(
    user: string,
    holder: readonly Json[],
    actionId: string,
    choice: string | undefined,
    rest: Json,
    target: ResponseTarget | null,
  ) {
    const found = holder
      .flatMap((block) =>
        [...((block.elements as Json[]) ?? []), block.accessory as Json].map((element) => ({ block, element })),
      )
      .find(({ element }) => element?.action_id === actionId);
    if (!found) throw new Error(`nothing there has the action_id ${actionId}`);
    const { block, element } = found;
    const action = {
      ...chosen(element, choice),
      action_id: actionId,
      block_id: block.block_id,
      type: element.type,
      action_ts: workspace.stamp(),
    };
    const response_url = target && api.issueResponseUrl(target);
    const payload = interaction(workspace, person(user), {
      type: "block_actions",
      trigger_id: triggers.issue(user),
      ...rest,
      ...(response_url && { response_url }),
      actions: [action],
    });
    return use("interactive", payload, target);
  }

  return {
    async slash(user, channel, command, text = "") {
      const where = inside(user, channel);
      if (deps.commands && !deps.commands.has(command))
        throw new Error(`${command} is not a valid command: the app does not register it`);
      if (!deps.installation.scopes.has("commands"))
        throw new Error(`${command} is not a valid command: the app lacks the scope commands`);
      const target = { channel, user, original: null };
      const payload = slashCommand(workspace, person(user), where, {
        command,
        text: typed(text.trim()),
        response_url: api.issueResponseUrl(target),
        trigger_id: triggers.issue(user),
      });
      return use("slash_commands", payload, target);
    },
    say: (user, channel, text, where) => write(user, inside(user, channel), text, where),
    mention: (user, channel, text, where) =>
      write(user, inside(user, channel), `<@${workspace.app.botUser}> ${text}`, where),
    dm: (user, text, where) => write(person(user).id, workspace.direct(user), text, where),
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
    join: (user, channel) => enter(person(user).id, channel),
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
    async press(user, message, actionId, choice) {
      const where = inside(user, message.channel);
      const now = workspace.find(message.channel, message.ts);
      if (!now || (now.ephemeralTo && now.ephemeralTo !== user))
        throw new Error("the message is not there for this person");
      const original = { channel: now.channel, ts: now.ts };
      const target = { channel: where.id, user, original, ...(now.thread_ts && { thread_ts: now.thread_ts }) };
      return press(user, now.blocks ?? [], actionId, choice, fromMessage(where, now), target);
    },
    async pressHome(user, actionId, choice) {
      const view = workspace.homes.get(user);
      if (!view) throw new Error(`${user} has no App Home yet`);
      const rest = { container: { type: "view", view_id: view.id }, view };
      return press(user, view.blocks as Json[], actionId, choice, rest, null);
    },
    async openHome(user, tab = "home") {
      const channel = workspace.direct(person(user).id).id;
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
      const channel = workspace.direct(person(user).id);
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
    async shortcut(user, message, callbackId) {
      if (deps.shortcuts && !deps.shortcuts.has(callbackId))
        throw new Error(`the app registers no shortcut ${callbackId}`);
      const where = inside(user, message.channel);
      const target = { channel: where.id, user, original: null };
      const { message: shown, channel } = fromMessage(where, message);
      const payload = interaction(workspace, person(user), {
        type: "message_action",
        action_ts: workspace.stamp(),
        callback_id: callbackId,
        trigger_id: triggers.issue(user),
        response_url: api.issueResponseUrl(target),
        message_ts: message.ts,
        channel,
        message: shown,
      });
      return use("interactive", payload, null);
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
    async submit(user, values = {}) {
      const view = workspace.modals.get(user)?.at(-1);
      if (!view) throw new Error(`${user} sees no modal`);
      const payload = interaction(workspace, person(user), {
        type: "view_submission",
        trigger_id: triggers.issue(user),
        view: { ...view, state: { values } },
        response_urls: [],
      });
      return use("interactive", payload, null);
    },
  };
}

/** The part of an action that depends on the kind of element. */
function chosen(element: Json, choice: string | undefined): Json {
  if (element.type === "feedback_buttons") {
    const buttons = [element.positive_button, element.negative_button] as Json[];
    const button = buttons.find(({ value }) => value === choice) ?? (choice === "negative" ? buttons[1] : buttons[0]);
    return { value: button!.value, text: button!.text };
  }
  if (Array.isArray(element.options)) {
    const option = (element.options as Json[]).find(({ value }) => value === choice) ?? element.options[0];
    return { selected_option: option };
  }
  const { text, value, url, icon } = element;
  return {
    ...(text !== undefined && { text }),
    ...(value !== undefined && { value }),
    ...(url !== undefined && { url }),
    ...(icon !== undefined && { icon }),
  };
}
