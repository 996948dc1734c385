/** The way in: discord.js's gateway client, opened with what Discord allows, kept open, and explained when it ends. */
import {
  Client,
  Events,
  GatewayDispatchEvents,
  type GatewayInteractionCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  Options,
  type RESTOptions,
} from "discord.js";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Runtime } from "../../src/runtime.ts";
import { intents, inviteLinks } from "./access.ts";
import { closed, explained, failureOf } from "./failures.ts";
import type { Self } from "./receive.ts";

/** What is done with what comes in; must not throw. */
export interface Hearers {
  /** A session begins; with the ids of the servers that Dateline is in. */
  ready(self: Self, guilds: readonly string[]): void;
  message(event: GatewayMessageCreateDispatchData): void;
  interaction(event: GatewayInteractionCreateDispatchData): void;
}

export interface Connection {
  /** Known from the first event on. */
  self(): Self;
  /** The client in use, for its cache; null before and after. */
  client(): Client | null;
  /** Whether Discord gives us the words of messages that do not mention Dateline. */
  hearsContent(): boolean;
  /** Resolves when events come in; rejects with `configuration` or `platform`. */
  open(hearers: Hearers): Promise<void>;
  /** Takes in nothing more. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly token: string;
  readonly rest: Partial<RESTOptions>;
  readonly runtime: Runtime;
  readonly logger: Logger;
}

const disallowedIntents = 4014;
/** discord.js goes on trying by itself when the gateway is away; so long is waited for before that is said. */
const patienceMs = 20_000;
/** The pauses between attempts to log in. */
const betweenLoginsMs = [500, 2_000, 5_000];
/** How long a stop waits for a connection that is being made. */
const leavingMs = 3_000;

/** Messages are read once and not kept; channels, threads and our own role are what is looked up. */
const kept = { ...Options.DefaultMakeCacheSettings, MessageManager: 0, PresenceManager: 0, ReactionManager: 0 };

const withoutContent =
  "Discord does not give Dateline the Message Content intent, so in threads it hears only messages that mention it or reply to it. To change that: Developer Portal, “Bot”, “Message Content Intent”, then start again.";

export function createConnection({ token, rest, runtime, logger }: ConnectionOptions): Connection {
  let client: Client | null = null;
  let self: Self | null = null;
  let hearsContent = true;
  let closing = false;
  /** Whether it was said that the connection is lost: discord.js tries again twice a second, and says each. */
  let away = false;
  /** Settles when the client has come in, or could not. */
  let loggingIn: Promise<void> = Promise.resolve();

  function listen(made: Client, hearers: Hearers, ended: (code: number) => void): void {
    made.ws.on(GatewayDispatchEvents.Ready, (event: GatewayReadyDispatchData) => {
      away = false;
      self = { userId: event.user.id, applicationId: event.application.id };
      hearers.ready(
        self,
        event.guilds.map(({ id }) => id),
      );
    });
    made.ws.on(GatewayDispatchEvents.MessageCreate, (event: GatewayMessageCreateDispatchData) => {
      if (!closing) hearers.message(event);
    });
    made.ws.on(GatewayDispatchEvents.InteractionCreate, (event: GatewayInteractionCreateDispatchData) => {
      if (!closing) hearers.interaction(event);
    });
    made.on(Events.ShardDisconnect, ({ code }) => ended(code));
    made.on(Events.ShardReconnecting, () => {
      if (!closing && !away) logger.warn("The connection to Discord is lost; connecting again");
      away = true;
    });
    made.on(Events.ShardResume, (_shard, replayed) => {
      away = false;
      logger.info("Connected to Discord again; what was missed is worked on", { replayed });
    });
    made.on(Events.ShardError, (error) =>
      logger[away ? "debug" : "warn"](`The connection to Discord failed: ${error.message}`, { error }),
    );
    made.on(Events.Error, (error) => logger.error("What Discord sent could not be taken in", { error }));
    made.on(Events.Warn, (said) => logger.warn(said));
    made.on(Events.GuildDelete, ({ id }) => {
      const invite = self ? inviteLinks(self.applicationId).server : "the invite link";
      logger.warn(`Dateline was removed from a server and answers there no more. To add it again, open: ${invite}`, {
        guild: id,
      });
    });
  }

  /** Logs in once; `over` gets the code when Discord ends the connection for good afterwards. */
  async function logIn(hearers: Hearers, over: (code: number) => void): Promise<void> {
    const made = new Client({ intents: intents(hearsContent), rest, makeCache: Options.cacheWithLimits(kept) });
    let code: number | null = null;
    let inside = false;
    listen(made, hearers, (given) => {
      code = given;
      if (inside && !closing) over(given);
    });
    client = made;
    const inTime = new AbortController();
    const late = runtime.sleep(patienceMs, inTime.signal).then(
      () => logger.warn("Discord's gateway does not answer; Dateline goes on trying"),
      () => undefined,
    );
    const loggedIn = made.login(token).then(
      () => undefined,
      (error: unknown) => {
        throw code === null ? explained(error) : new Ended(code, error);
      },
    );
    loggingIn = loggedIn.catch((error: unknown) => {
      // Nobody waits for it any more; what Discord ended for good is said where that is heard.
      if (inside && !closing && !(error instanceof Ended))
        logger.error(`Discord could not be connected to: ${explained(error).message}`, { error });
    });
    try {
      await Promise.race([loggedIn, late]);
      inside = true;
    } finally {
      inTime.abort();
    }
  }

  /** Logs in; where Discord is away for a moment, which must not leave it out for good, a few times. */
  async function logInPatiently(hearers: Hearers): Promise<void> {
    for (const pauseMs of betweenLoginsMs) {
      try {
        return await logIn(hearers, (code) => void lost(code, hearers));
      } catch (error) {
        const cause = error instanceof NewsroomError ? error.cause : error;
        const passing = ["unsure", "unreached", "rate-limited"].includes(failureOf(cause).kind);
        if (error instanceof Ended || !passing || closing) throw error;
        logger.warn("Discord does not answer; connecting again", { error });
        await runtime.sleep(pauseMs);
      }
    }
    await logIn(hearers, (code) => void lost(code, hearers));
  }

  async function open(hearers: Hearers): Promise<void> {
    try {
      await logInPatiently(hearers);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      if (error.closeCode !== disallowedIntents || !hearsContent) throw closed(error.closeCode);
      hearsContent = false;
      logger.warn(withoutContent);
      await open(hearers);
    }
  }

  /** Discord ended a connection that stood, for good. */
  async function lost(code: number, hearers: Hearers): Promise<void> {
    const { message } = closed(code);
    if (code !== disallowedIntents || !hearsContent) {
      logger.error(`Discord ended the connection: ${message}`, { code });
      return;
    }
    hearsContent = false;
    logger.warn(withoutContent);
    try {
      await client?.destroy();
      await open(hearers);
    } catch (error) {
      const said = error instanceof NewsroomError ? error.message : "something unforeseen happened";
      logger.error(`Discord could not be connected to again: ${said}`, { error });
    }
  }

  return {
    self() {
      if (self) return self;
      throw new NewsroomError("internal", "Discord has not said yet who Dateline is.");
    },
    client: () => client,
    hearsContent: () => hearsContent,
    open,
    async close() {
      closing = true;
      // discord.js forgets to leave when it is told to before it has arrived.
      const inTime = new AbortController();
      const late = runtime.sleep(leavingMs, inTime.signal).catch(() => undefined);
      await Promise.race([loggingIn, late]);
      inTime.abort();
      await client?.destroy();
    },
  };
}

/** The gateway hung up for good while we logged in. */
class Ended extends Error {
  readonly closeCode: number;

  constructor(code: number, cause: unknown) {
    super(`closed with ${code}`, { cause });
    this.closeCode = code;
  }
}
