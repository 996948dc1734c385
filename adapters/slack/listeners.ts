/** What happens on each thing that Slack sends: ack first, then once and only once, then the work, apart from the ack. */
import type {
  AllMiddlewareArgs,
  AssistantThreadStartedMiddleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
} from "@slack/bolt";
import type { Logger } from "../../src/logger.ts";
import type { Memory } from "../../src/platform/memory.ts";
import type { Work } from "../../src/platform/work.ts";
import type { Newsroom, Place } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import { pressed } from "./buttons.ts";
import { createDesk, helpCommand } from "./desk.ts";
import { helpPart } from "./help.ts";
import { homeView } from "./home.ts";
import type { Outbox } from "./outbox.ts";
import { createPanel } from "./panel.ts";
import { createPeople } from "./people.ts";
import { createPressHandler, type Press } from "./presses.ts";
import { type Heard, heardCommand, heardMessage, type MessageLike, type Self } from "./receive.ts";
import { createRespond, type Respond } from "./respond.ts";
import { createStreamer } from "./stream.ts";
import type { Web } from "./web.ts";

export interface ListenerDeps {
  readonly newsroom: Newsroom;
  readonly web: Web;
  readonly outbox: Outbox;
  readonly memory: Memory;
  readonly work: Work;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly self: Self;
}

type Event = Pick<SlackEventMiddlewareArgs, "body" | "payload"> & Pick<AllMiddlewareArgs, "context">;

export interface Listeners {
  command(args: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void>;
  action(args: SlackActionMiddlewareArgs & AllMiddlewareArgs): Promise<void>;
  /** Messages and mentions; Bolt has acked them already, as all events. */
  message(args: Event): Promise<void>;
  home(args: Event): Promise<void>;
  panelOpened: AssistantThreadStartedMiddleware;
}

export function createListeners(deps: ListenerDeps): Listeners {
  const { newsroom, web, outbox, memory, work, runtime, logger, self } = deps;
  const desk = createDesk({ newsroom, outbox, memory, people: createPeople(web, runtime), work, runtime, logger });
  const panel = createPanel({
    newsroom,
    desk,
    outbox,
    web,
    logger,
    streamer: createStreamer(web, self.workspace, logger),
  });
  const handlePress = createPressHandler({ newsroom, desk, outbox, memory, logger });
  const respondTo = (url: string): Respond => createRespond(url, globalThis.fetch, runtime, logger);

  /** Acks whatever happens; a lost connection is Slack's to notice, the question is answered all the same. */
  async function acked(ack: () => Promise<unknown>): Promise<void> {
    try {
      await ack();
    } catch (error) {
      logger.warn("An ack did not reach Slack", { error });
    }
  }

  /** Begins the work on what Slack sent unless it was seen before under this name. */
  function once(name: string, task: () => Promise<void>): void {
    work.begin(async () => {
      if (await memory.first(name)) await task();
    });
  }

  async function isOurs({ place: { channel, thread }, text }: Heard): Promise<boolean> {
    return channel !== null && thread !== null && memory.hears(channel, thread, text);
  }

  async function publishHome(user: string): Promise<void> {
    const place: Place = { adapter: "slack", workspace: self.workspace, channel: null, thread: null };
    const sources = await desk.run({ name: "sources", subcommand: null, options: {} }, place, user);
    const help = await desk.run(helpCommand, place, user);
    const view = homeView(sources.main, helpPart(help.main, newsroom.commands));
    await web.call((client) => client.views.publish({ user_id: user, view }));
  }

  return {
    async command({ ack, command, context }) {
      await acked(() => ack());
      // An envelope that is delivered again carries the same trigger.
      once(`command:${command.trigger_id || context.envelopeId}`, () =>
        desk.order(heardCommand(command, newsroom.commands, self), respondTo(command.response_url)),
      );
    },

    async action({ ack, body, action, context }) {
      await acked(() => ack());
      const press = pressOf(body, action, self.workspace);
      const url = "response_url" in body ? body.response_url : undefined;
      const trigger = "trigger_id" in body ? body.trigger_id : null;
      if (press && url) once(`action:${trigger || context.envelopeId}`, () => handlePress(press, respondTo(url)));
    },

    async message({ payload }) {
      const event = payload as unknown as MessageLike;
      const heard = heardMessage(event, self);
      if (heard === null) return;
      work.begin(async () => {
        if (heard.uncalled && !(await isOurs(heard))) return;
        // The message itself is its name: one event has it in every delivery, and so have the two events that Slack
        // sends of a mention.
        if (!(await memory.first(`message:${event.channel}:${event.ts}`))) return;
        if (heard.direct && heard.under !== null) await panel.asked(heard);
        else await desk.message(heard);
      });
    },

    async home({ body, payload }) {
      const { user, tab } = payload as { user?: string; tab?: string };
      if (tab === "home" && user) once(`event:${body.event_id}`, () => publishHome(user));
    },

    async panelOpened({ body, payload }) {
      const { channel_id, thread_ts, user_id } = payload.assistant_thread;
      const place = { adapter: "slack", workspace: self.workspace, channel: channel_id, thread: thread_ts };
      once(`event:${body.event_id}`, () => panel.opened(place, user_id));
    },
  };
}

type ActionBody = SlackActionMiddlewareArgs["body"];
type Action = SlackActionMiddlewareArgs["action"];

/** A press on a button of ours, or null for anything else that can be pressed. */
function pressOf(body: ActionBody, action: Action, workspace: string): Press | null {
  if (body.type !== "block_actions" || !("action_id" in action) || !body.channel) return null;
  const carried = "value" in action && typeof action.value === "string" ? action.value : undefined;
  const found = pressed(action.action_id, carried);
  const { message, container } = body;
  const isEphemeral = container.type === "message" && container.is_ephemeral === true;
  return (
    found && {
      pressed: found,
      user: body.user.id,
      workspace,
      channel: body.channel.id,
      message: message && !isEphemeral ? { ts: message.ts, thread: message.thread_ts ?? null } : null,
    }
  );
}
