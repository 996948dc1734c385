/** Discord: wires the real discord.js to the newsroom. What is said comes in by receive.ts and goes out by render.ts. */
import { REST } from "discord.js";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createMemory } from "../../src/platform/memory.ts";
import { createWork } from "../../src/platform/work.ts";
import type { Adapter, AdapterState, Delivery, Newsroom, Place, Posted } from "../../src/ports.ts";
import type { ReplyPart } from "../../src/reply/reply.ts";
import type { Runtime } from "../../src/runtime.ts";
import { inviteLinks } from "./access.ts";
import { createChannels } from "./channels.ts";
import { createConnection } from "./connection.ts";
import { createConversations } from "./conversations.ts";
import { createDesk } from "./desk.ts";
import { createListeners } from "./listeners.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPressHandler } from "./presses.ts";
import { checkRegistration } from "./registrar.ts";
import { createRest, restOptions } from "./rest.ts";

export interface DiscordOptions {
  /** The bot's token. */
  readonly token: string;
  /** Where Discord's REST API is, without a version and a slash at its end; null for Discord itself. */
  readonly apiUrl: string | null;
  readonly state: AdapterState;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** For tests: how long a call may take. */
  readonly timeoutMs?: number;
}

/** How many questions are searched for at once: with one, acknowledgements go out between any two. */
const searching = 1;
const drainMs = 25_000;

/**
 * Makes the Discord adapter; nothing is sent before `start`. `start` rejects with `configuration` where the operator has
 * to act (the token) and with `platform` where Discord cannot be reached.
 */
export function createDiscordAdapter(options: DiscordOptions): Adapter {
  const { runtime, logger, state } = options;
  const work = createWork(searching, logger);
  const client = new REST(restOptions(options)).setToken(options.token);
  const connection = createConnection({ token: options.token, rest: restOptions(options), runtime, logger });
  const rest = createRest(client, () => connection.self().userId, runtime, logger);
  let running: Outbox | null = null;
  let stopped: Promise<void> | null = null;

  async function start(newsroom: Newsroom): Promise<void> {
    const memory = createMemory(state, logger);
    const conversations = createConversations(memory, state, logger);
    const channels = createChannels(connection.client, rest, () => connection.self().userId);
    const hearsThreads = connection.hearsContent;
    const outbox = createOutbox({ rest, memory, conversations, logger, hearsThreads });
    const desk = createDesk({ newsroom, outbox, memory, conversations, work, logger, hearsThreads });
    const handlePress = createPressHandler({ newsroom, desk, outbox, memory, logger });
    const { self } = connection;
    const listeners = createListeners({
      newsroom,
      rest,
      channels,
      conversations,
      memory,
      desk,
      handlePress,
      work,
      logger,
      self,
    });
    let greeted = false;
    await connection.open({
      ...listeners,
      ready({ applicationId }, guilds) {
        logger.info("Discord is connected", { application: applicationId, invite: inviteLinks(applicationId).server });
        if (greeted) logger.warn("Discord began a new session; what was said in between is not answered");
        else work.begin(() => checkRegistration(rest, applicationId, newsroom.commands, guilds, logger));
        greeted = true;
      },
    });
    running = outbox;
  }

  async function stop(): Promise<void> {
    running = null;
    await connection.close();
    const inTime = new AbortController();
    const late = runtime.sleep(drainMs, inTime.signal).then(
      () => logger.warn("Stopped with answers still on their way to Discord"),
      () => undefined,
    );
    await Promise.race([work.drained(), late]);
    inTime.abort();
  }

  return {
    name: "discord",
    start,
    async post(place: Place, part: ReplyPart, delivery: Delivery): Promise<Posted> {
      if (!running || place.adapter !== "discord" || place.channel === null)
        throw new NewsroomError(
          "not-postable",
          "Discord can post only in a channel of its own, while it is connected.",
        );
      const id = await running.deliver(place, part, delivery);
      if (id === null) throw new NewsroomError("not-postable", "There is nothing in this to post.");
      return { id, thread: { ...place, thread: place.thread ?? id } };
    },
    stop: () => (stopped ??= stop()),
  };
}
