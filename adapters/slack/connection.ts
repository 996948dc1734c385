/** The two ways in: a socket that we open and keep open, or signed HTTP requests. */
import { HTTPReceiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Runtime } from "../../src/runtime.ts";
import { createBoltLogger } from "./bolt-logger.ts";
import { explained, failureOf } from "./failures.ts";

/** Where Slack's requests arrive, whichever kind. */
export interface Connection {
  /** For Bolt's App. */
  readonly receiver: SocketModeReceiver | HTTPReceiver;
  /** Resolves when Slack can reach us; rejects with `configuration` or `platform`. */
  open(): Promise<void>;
  /** Takes in nothing more. */
  close(): Promise<void>;
}

export interface ConnectionDeps {
  readonly clientOptions: webApi.WebClientOptions;
  readonly runtime: Runtime;
  readonly logger: Logger;
}

/** How long a connection must have lasted for the next one to be tried at once. */
const steadyMs = 10_000;
const longestWaitMs = 30_000;
const goodbyeMs = 2_000;

/**
 * Socket mode. @slack/socket-mode reconnects by itself, but only after a pause, and when Slack refuses meanwhile its
 * rejection reaches nobody and ends the process; so reconnecting is done here.
 */
export function createSocketConnection(appToken: string, deps: ConnectionDeps): Connection {
  const { runtime, logger } = deps;
  const stopping = new AbortController();
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(logger),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...deps.clientOptions } },
    customPropertiesExtractor: ({ envelope_id }: { envelope_id?: string }) => ({ envelopeId: envelope_id }),
    processEventErrorHandler: async ({ error }) => {
      logger.error("What Slack sent could not be taken in", { error });
      return false;
    },
  });
  const { client } = receiver;
  let kept: Promise<void> = Promise.resolve();

  function waitMs(failures: number, error: unknown): number {
    const failure = failureOf(error);
    if (failure.kind === "rate-limited") return failure.afterMs;
    return failures === 0 ? 0 : Math.min(longestWaitMs, 250 * 2 ** failures);
  }

  /** Connects anew after each loss until stopped; says once that Slack is away and once that it is back. */
  async function keepOpen(firstLoss: Promise<unknown>): Promise<void> {
    let lost = firstLoss;
    let openedAt = runtime.monotonic();
    for (let failures = 0; ; ) {
      await lost;
      if (runtime.monotonic() - openedAt > steadyMs) failures = 0;
      while (!stopping.signal.aborted) {
        const next = connect();
        try {
          await next.opened;
          logger.info("Connected to Slack again");
          openedAt = runtime.monotonic();
          lost = next.lost;
          break;
        } catch (error) {
          failures += 1;
          const said = explained(error);
          logger.warn(`No connection to Slack: ${said.message}`, { failures, error });
          await pause(waitMs(failures, error));
        }
      }
      if (stopping.signal.aborted) return;
      failures += 1;
    }
  }

  async function pause(ms: number): Promise<void> {
    try {
      await runtime.sleep(ms, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    }
  }

  /** Ends the connection; does not wait long for Slack to end it too. */
  async function goodbye(): Promise<void> {
    const ended = new AbortController();
    const late = runtime.sleep(goodbyeMs, ended.signal).catch((error: unknown) => {
      if (!ended.signal.aborted) throw error;
    });
    await Promise.race([client.disconnect(), late]);
    ended.abort();
  }

  function connect(): { readonly opened: Promise<unknown>; readonly lost: Promise<unknown> } {
    const lost = new Promise((resolve) => {
      client.once("disconnected", resolve);
    });
    return { lost, opened: client.start() };
  }

  return {
    receiver,
    async open() {
      const first = connect();
      try {
        await first.opened;
      } catch (error) {
        throw explained(error);
      }
      kept = keepOpen(first.lost);
    },
    async close() {
      stopping.abort();
      await goodbye();
      await kept;
      // A connection that was being made meanwhile is up by now.
      await goodbye();
    },
  };
}

/** Signed HTTP at `/slack/events`; a wrong or old signature is a 401. */
export function createHttpConnection(
  signingSecret: string,
  address: { readonly host: string; readonly port: number },
  deps: ConnectionDeps,
): Connection {
  const receiver = new HTTPReceiver({ signingSecret, logger: createBoltLogger(deps.logger) });
  let open = false;
  return {
    receiver,
    async open() {
      try {
        await receiver.start({ host: address.host, port: address.port });
      } catch (error) {
        throw new NewsroomError(
          "configuration",
          `Cannot listen on ${address.host}:${address.port} for Slack. Set HOST and PORT to an address that is free.`,
          { cause: error },
        );
      }
      open = true;
      deps.logger.info(`Listening for Slack on http://${address.host}:${address.port}/slack/events`);
    },
    async close() {
      if (open) await receiver.stop();
      open = false;
    },
  };
}
