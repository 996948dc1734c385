/** Slack: wires the real Bolt to the newsroom. What is said comes in by receive.ts and goes out by render.ts. */
import { App, Assistant, webApi } from "@slack/bolt";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createMemory } from "../../src/platform/memory.ts";
import { createWork } from "../../src/platform/work.ts";
import type { Adapter, AdapterState, Delivery, Newsroom, Place, Posted } from "../../src/ports.ts";
import type { ReplyPart } from "../../src/reply/reply.ts";
import type { Runtime } from "../../src/runtime.ts";
import { createBoltLogger } from "./bolt-logger.ts";
import { type Connection, createHttpConnection, createSocketConnection } from "./connection.ts";
import { introduce } from "./introduce.ts";
import { createListeners, type Listeners } from "./listeners.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createWeb } from "./web.ts";

export interface SlackOptions {
  /** xoxb-… */
  readonly botToken: string;
  /** xapp-…; needed in socket mode. */
  readonly appToken: string | null;
  /** Needed in http mode. */
  readonly signingSecret: string | null;
  readonly mode: "socket" | "http";
  /** Where to listen in http mode. */
  readonly host: string;
  readonly port: number;
  readonly state: AdapterState;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** For tests: where Slack is (`slackApiUrl`), and how long a call may take (`timeout`). */
  readonly clientOptions?: Pick<webApi.WebClientOptions, "slackApiUrl" | "timeout">;
}

/** How many questions are searched for at once: with one, acks go out between any two. */
const searching = 1;
const callTimeoutMs = 10_000;
const drainMs = 25_000;

function connectionOf(options: SlackOptions, clientOptions: webApi.WebClientOptions): Connection {
  const deps = { clientOptions, runtime: options.runtime, logger: options.logger };
  if (options.mode === "socket") {
    if (options.appToken) return createSocketConnection(options.appToken, deps);
    throw new NewsroomError(
      "configuration",
      "Slack’s socket mode needs SLACK_APP_TOKEN (xapp-…): make one under “Basic Information”, “App-Level Tokens”, with the scope connections:write.",
    );
  }
  if (options.signingSecret) return createHttpConnection(options.signingSecret, options, deps);
  throw new NewsroomError(
    "configuration",
    "Slack’s http mode needs SLACK_SIGNING_SECRET: copy it from “Basic Information”, “App Credentials”.",
  );
}

/**
 * Makes the Slack adapter; nothing is sent before `start`. `start` rejects with `configuration` where the operator has to
 * act (tokens, scopes, a port in use) and with `platform` where Slack cannot be reached.
 */
export function createSlackAdapter(options: SlackOptions): Adapter {
  const { runtime, logger } = options;
  const clientOptions: webApi.WebClientOptions = {
    timeout: callTimeoutMs,
    ...options.clientOptions,
    // Repeating and waiting are decided in web.ts: a post whose answer was lost must not be repeated blindly.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createBoltLogger(logger),
  };
  const work = createWork(searching, logger);
  let running: { readonly connection: Connection; readonly outbox: Outbox } | null = null;
  let stopped: Promise<void> | null = null;

  async function start(newsroom: Newsroom): Promise<void> {
    const connection = connectionOf(options, clientOptions);
    const web = createWeb(new webApi.WebClient(options.botToken, clientOptions), runtime, logger);
    const self = await introduce(web, logger);
    const memory = createMemory(options.state, logger);
    const outbox = createOutbox(web, memory, runtime, logger);
    const app = new App({
      receiver: connection.receiver,
      // Known already: Bolt would ask Slack again, and while Slack does not answer nothing would be acked.
      authorize: async () => ({ ...self.authorization, botToken: options.botToken }),
      logger: createBoltLogger(logger),
      clientOptions: { ...clientOptions },
      convoStore: false,
    });
    listen(app, createListeners({ newsroom, web, outbox, memory, work, runtime, logger, self }));
    await connection.open();
    running = { connection, outbox };
    logger.info("Slack is connected", { workspace: self.workspace, mode: options.mode });
  }

  function listen(app: App, listeners: Listeners): void {
    app.command(/.*/, listeners.command);
    app.action(/.*/, listeners.action);
    app.event("message", listeners.message);
    app.event("app_mention", listeners.message);
    app.event("app_home_opened", listeners.home);
    app.assistant(
      new Assistant({
        threadStarted: listeners.panelOpened,
        // What is open beside the panel does not change what the corpus says.
        threadContextChanged: async () => undefined,
        userMessage: listeners.message,
      }),
    );
    app.error(async (error) => logger.error("What Slack sent could not be handled", { error }));
  }

  async function stop(): Promise<void> {
    const open = running;
    running = null;
    await open?.connection.close();
    const inTime = new AbortController();
    const late = runtime.sleep(drainMs, inTime.signal).then(
      () => logger.warn("Stopped with answers still on their way to Slack"),
      () => undefined,
    );
    await Promise.race([work.drained(), late]);
    inTime.abort();
  }

  return {
    name: "slack",
    start,
    async post(place: Place, part: ReplyPart, delivery: Delivery): Promise<Posted> {
      if (!running || place.adapter !== "slack" || place.channel === null)
        throw new NewsroomError(
          "not-postable",
          "Slack can post only in a conversation of its own, while it is connected.",
        );
      const { channel, thread } = place;
      const id = await running.outbox.deliver({ channel, thread }, part, delivery);
      if (id === null) throw new NewsroomError("not-postable", "There is nothing in this to post.");
      return { id, thread: { ...place, thread: thread ?? id } };
    },
    stop: () => (stopped ??= stop()),
  };
}
