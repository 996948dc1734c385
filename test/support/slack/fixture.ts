/** Starts doubles and real Bolt apps for a test and ends them after it, newest first. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { afterEach } from "vitest";
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from "./index.ts";

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

/** A Bolt app in Socket Mode, connected; `listen` registers what it does before it starts. */
export async function startSocketApp(slack: SlackDouble, listen: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    clientPingTimeout: 500,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  listen(app);
  const before = slack.socket.connections;
  await app.start();
  open.push(() => app.stop());
  await slack.socket.connected(before + 1);
  return app;
}

/** A Bolt app that listens for signed requests, its address known to the double. */
export async function startHttpApp(slack: SlackDouble, listen: (app: App) => void): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const app = new App({ token: slack.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  listen(app);
  const server = (await receiver.start({ port: 0, host: "127.0.0.1" } as unknown as number)) as Server;
  open.push(() => receiver.stop());
  await slack.http.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return app;
}
