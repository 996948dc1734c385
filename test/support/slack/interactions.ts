/** Commands, buttons, shortcuts and modals: what a person uses of the app, and what they see where it does not ack. */
import { Refusal } from "./content.ts";
import type { Courier, Delivery } from "./delivery.ts";
import type { Installation } from "./installation.ts";
import { fromMessage, interaction, slashCommand, typed } from "./payloads.ts";
import type { ResponseTarget, ResponseUrls } from "./response-urls.ts";
import type { Triggers } from "./triggers.ts";
import type { Json, Message, Workspace } from "./workspace.ts";

/** A command or an interaction: what was sent, and whether the person saw an error because no ack came. */
interface Used {
  readonly delivery: Delivery;
  /** What Slack shows when the app did not ack in time. */
  readonly shownError: string | null;
}

/** Each resolves with the ack, or without one when the window is over. */
export interface Interactions {
  /** Types a command, `/ask` and its text; `channel` may be a direct message. */
  slash(user: string, channel: string, command: string, text?: string): Promise<Used>;
  /** Presses the element with this `action_id` in a message that the person sees; `choice` for feedback buttons and menus. */
  press(user: string, message: Message, actionId: string, choice?: string): Promise<Used>;
  /** The same, in the person's App Home. */
  pressHome(user: string, actionId: string, choice?: string): Promise<Used>;
  /** Picks a message shortcut from a message's menu. */
  shortcut(user: string, message: Message, callbackId: string): Promise<Used>;
  /** Submits the newest modal that the person sees. */
  submit(user: string, values?: Json): Promise<Used>;
}

/** What interactions are made of. */
export interface InteractionDeps {
  readonly workspace: Workspace;
  readonly courier: Courier;
  readonly responseUrls: ResponseUrls;
  readonly triggers: Triggers;
  readonly installation: Installation;
  /** The commands and message shortcuts that the app registered; null for any. */
  readonly commands: ReadonlySet<string> | null;
  readonly shortcuts: ReadonlySet<string> | null;
  /** Where `ResponseUrls` are reached. */
  origin(): string;
}

const errors: Readonly<Record<string, string>> = {
  operation_timeout: "failed with the error “operation_timeout”",
  dispatch_failed: "failed with the error “dispatch_failed”",
};

/** The interactions of everybody in the workspace. */
export function createInteractions(deps: InteractionDeps): Interactions {
  const { workspace, courier, responseUrls, triggers } = deps;
  const urlFor = (target: ResponseTarget) => `${deps.origin()}${responseUrls.issue(target)}`;

  async function use(type: Delivery["type"], payload: Json, target: ResponseTarget | null): Promise<Used> {
    const delivery = await courier.deliver({ type, payload, attempt: 0 });
    const ack = delivery.ack;
    if (!ack?.acked)
      return { delivery, shownError: errors[ack?.error ?? ""] ?? "failed because the app did not respond" };
    const body = typeof ack.body === "string" ? { text: ack.body } : (ack.body as Json | null);
    const carries = body && (body.text !== undefined || body.blocks !== undefined || body.attachments !== undefined);
    if (type !== "slash_commands" || !target || !carries) return { delivery, shownError: null };
    try {
      responseUrls.answer(target, body, "ack");
      return { delivery, shownError: null };
    } catch (error) {
      if (error instanceof Refusal) return { delivery, shownError: `failed with the error “${error.error}”` };
      throw error;
    }
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
    const response_url = target && urlFor(target);
    const payload = interaction(workspace, workspace.person(user), {
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
      const where = workspace.inside(user, channel);
      if (deps.commands && !deps.commands.has(command))
        throw new Error(`${command} is not a valid command: the app does not register it`);
      if (!deps.installation.scopes.has("commands"))
        throw new Error(`${command} is not a valid command: the app lacks the scope commands`);
      const target = { channel, user, original: null };
      const payload = slashCommand(workspace, workspace.person(user), where, {
        command,
        text: typed(text.trim()),
        response_url: urlFor(target),
        trigger_id: triggers.issue(user),
      });
      return use("slash_commands", payload, target);
    },
    async press(user, message, actionId, choice) {
      const where = workspace.inside(user, message.channel);
      const now = workspace.find(message.channel, message.ts);
      if (!now || (now.ephemeralTo && now.ephemeralTo !== user))
        throw new Error("the message is not there for this person");
      const original = { channel: now.channel, ts: now.ts };
      const target = { channel: where.id, user, original };
      return press(user, now.blocks ?? [], actionId, choice, fromMessage(where, now), target);
    },
    async pressHome(user, actionId, choice) {
      const view = workspace.homes.get(user);
      if (!view) throw new Error(`${user} has no App Home yet`);
      const rest = { container: { type: "view", view_id: view.id }, view };
      return press(user, view.blocks as Json[], actionId, choice, rest, null);
    },
    async shortcut(user, message, callbackId) {
      if (deps.shortcuts && !deps.shortcuts.has(callbackId))
        throw new Error(`the app registers no shortcut ${callbackId}`);
      const where = workspace.inside(user, message.channel);
      const target = { channel: where.id, user, original: null };
      const { message: shown, channel } = fromMessage(where, message);
      const payload = interaction(workspace, workspace.person(user), {
        type: "message_action",
        action_ts: workspace.stamp(),
        callback_id: callbackId,
        trigger_id: triggers.issue(user),
        response_url: urlFor(target),
        message_ts: message.ts,
        channel,
        message: shown,
      });
      return use("interactive", payload, null);
    },
    async submit(user, values = {}) {
      const view = workspace.modals.get(user)?.at(-1);
      if (!view) throw new Error(`${user} sees no modal`);
      const payload = interaction(workspace, workspace.person(user), {
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
