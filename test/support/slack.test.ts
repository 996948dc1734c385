import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { afterEach, describe, expect, it } from "vitest";
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from "./slack/index.ts";

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function double(options?: SlackDoubleOptions): Promise<SlackDouble> {
  const slack = await createSlackDouble(options);
  open.push(() => slack.close());
  return slack;
}

async function socketApp(slack: SlackDouble): Promise<App> {
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  return app;
}

async function start(app: App, slack: SlackDouble): Promise<void> {
  await app.start();
  open.push(() => app.stop());
  await slack.socket.connected();
}

describe("the real Bolt app over Socket Mode", () => {
  it("acks a command and posts the answer", async () => {
    const slack = await double();
    const app = await socketApp(slack);
    app.command("/ask", async ({ ack, command, client }) => {
      await ack();
      await client.chat.postMessage({ channel: command.channel_id, text: `You asked: ${command.text}` });
    });
    await start(app, slack);
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    const answer = slack.nextMessage();
    const { delivery, shownError } = await slack.slash(ada.id, news.id, "/ask", "who won?");
    expect(shownError).toBeNull();
    expect(delivery.ack!.ms).toBeLessThan(3_000);
    expect((await answer).text).toBe("You asked: who won?");
    expect(slack.messages(news.id)).toHaveLength(1);
  });

  it("tells of a mention twice over, as app_mention and as message, and echoes the app's own reply", async () => {
    const slack = await double();
    const app = await socketApp(slack);
    const heard: string[] = [];
    app.event("app_mention", async ({ event, say }) => {
      heard.push("app_mention");
      await say({ text: "here", thread_ts: event.ts });
    });
    app.message(async ({ message }) => {
      heard.push(`message ${"bot_id" in message ? "bot" : "person"}`);
    });
    await start(app, slack);
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    const { message, deliveries } = await slack.mention(ada.id, news.id, "hello");
    expect(deliveries.map(({ payload }) => (payload.event as { type: string }).type)).toEqual([
      "app_mention",
      "message",
    ]);
    await slack.until(() => slack.thread(news.id, message.ts)[0], "a reply");
    await slack.settled();
    expect(slack.deliveries).toHaveLength(3);
    expect(heard.sort()).toEqual(["app_mention", "message person"]);
  });
});

describe("the real Bolt app over signed HTTP", () => {
  it("answers the challenge, gets a command, and refuses a wrong or an old signature", async () => {
    const slack = await double({ mode: "http" });
    const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
    const app = new App({ token: slack.botToken, receiver, clientOptions: { slackApiUrl: slack.apiUrl } });
    app.command("/ask", async ({ ack }) => ack({ response_type: "ephemeral", text: "on it" }));
    const server = (await receiver.start({ port: 0, host: "127.0.0.1" } as never)) as { address(): { port: number } };
    open.push(() => receiver.stop());
    await slack.http.setRequestUrl(`http://127.0.0.1:${server.address().port}/slack/events`);
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    const { shownError } = await slack.slash(ada.id, news.id, "/ask", "who won?");
    expect(shownError).toBeNull();
    expect(slack.ephemerals(ada.id)[0]!.text).toBe("on it");
    expect((await slack.http.post("{}", "application/json", { signature: "wrong" })).status).toBe(401);
    expect((await slack.http.post("{}", "application/json", { ageMs: 6 * 60_000 })).status).toBe(401);
  });
});
