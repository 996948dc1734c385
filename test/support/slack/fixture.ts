/** Starts doubles and real Bolt apps for a test and ends them after it, newest first. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from "@slack/bolt";
import { afterEach } from "vitest";
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from "./index.ts";

/** The libraries say on the console what the tests provoke; here it is of no use. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A double that is closed when the test ends. */
export async function openSlack(options?: SlackDoubleOptions): Promise<SlackDouble> {
  const slack = await createSlackDouble(options);
  open.push(() => slack.close());
  return slack;
}

/** The real Web API client with the app's bot token; it does not try again unless told to. */
export function clientOf(slack: SlackDouble, options: webApi.WebClientOptions = {}): webApi.WebClient {
  const base = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent };
  return new webApi.WebClient(slack.botToken, { ...base, ...options });
}

/** A Bolt app in Socket Mode, connected; `listen` registers what it does before it starts. */
export async function startSocketApp(slack: SlackDouble, listen: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    clientPingTimeout: 500,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.botToken, receiver, logger: silent, clientOptions });
  listen(app);
  const before = slack.socket.connections;
  await app.start();
  open.push(() => app.stop());
  await slack.socket.connected(before + 1);
  return app;
}

/** A Bolt app that listens for signed requests, its address known to the double; resolves with that address. */
export async function startHttpApp(slack: SlackDouble, listen: (app: App) => void): Promise<string> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: silent });
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const app = new App({ token: slack.botToken, receiver, logger: silent, clientOptions });
  listen(app);
  const server = (await receiver.start({ port: 0, host: "127.0.0.1" } as unknown as number)) as Server;
  open.push(() => receiver.stop());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  await slack.http.setRequestUrl(url);
  return url;
}
