import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { clientOf, openSlack, startSocketApp } from "./slack/fixture.ts";
import { createSlackDouble } from "./slack/index.ts";

describe("faults on demand", () => {
  it("answers 429 with a time to wait, which the client keeps, or without one, at which it gives up", async () => {
    const slack = await openSlack();
    const news = slack.addChannel("news");
    const client = clientOf(slack, { retryConfig: { retries: 1, minTimeout: 1 } });
    slack.faults.next("chat.postMessage", { kind: "rate-limited", retryAfterSeconds: 1 });
    await client.chat.postMessage({ channel: news.id, text: "a" });
    const [first, second] = slack.calls;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(990);
    slack.faults.next("*", { kind: "rate-limited" });
    await expect(client.chat.postMessage({ channel: news.id, text: "b" })).rejects.toThrow("valid timeout");
    expect(slack.messages(news.id)).toHaveLength(1);
  });

  it("answers 500, cuts the connection, or refuses, and keeps nothing", async () => {
    const slack = await openSlack();
    const news = slack.addChannel("news");
    const post = () => clientOf(slack).chat.postMessage({ channel: news.id, text: "a" });
    slack.faults.next("chat.postMessage", { kind: "status", status: 500 });
    await expect(post()).rejects.toMatchObject({ code: "slack_webapi_http_error", statusCode: 500 });
    slack.faults.next("chat.postMessage", { kind: "dropped" });
    await expect(post()).rejects.toMatchObject({ code: "slack_webapi_request_error" });
    slack.faults.next("chat.postMessage", { kind: "error", error: "missing_scope", needed: "chat:write" });
    await expect(post()).rejects.toMatchObject({ data: { error: "missing_scope", needed: "chat:write" } });
    slack.faults.next("chat.postMessage", { kind: "status", status: 503 });
    slack.faults.clear();
    await post();
    expect(slack.messages(news.id)).toHaveLength(1);
  });

  it("loses an answer after it kept the message: a client that tries again posts it twice", async () => {
    const slack = await openSlack();
    const news = slack.addChannel("news");
    slack.faults.next("chat.postMessage", { kind: "lost-answer" });
    const client = clientOf(slack, { retryConfig: { retries: 1, minTimeout: 1 } });
    await client.chat.postMessage({ channel: news.id, text: "a" });
    expect(slack.messages(news.id)).toHaveLength(2);
    slack.faults.next("chat.postMessage", { kind: "lost-answer" });
    await expect(clientOf(slack).chat.postMessage({ channel: news.id, text: "b" })).rejects.toThrow();
    expect(slack.messages(news.id)).toHaveLength(3);
  });

  it("never answers until the client gives up, or only when it is let to", async () => {
    const slack = await openSlack();
    const news = slack.addChannel("news");
    slack.faults.next("chat.postMessage", { kind: "hang" });
    const impatient = clientOf(slack, { timeout: 50 });
    await expect(impatient.chat.postMessage({ channel: news.id, text: "a" })).rejects.toThrow();
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    slack.faults.next("chat.postMessage", { kind: "held", until });
    const called = slack.nextCall("chat.postMessage");
    const posting = clientOf(slack).chat.postMessage({ channel: news.id, text: "b" });
    await called;
    expect(slack.messages(news.id)).toEqual([]);
    release();
    await posting;
    expect(slack.messages(news.id).map(({ text }) => text)).toEqual(["b"]);
  });

  it("allows one message a second in a conversation where told to", async () => {
    const slack = await openSlack({ postsPerSecond: 1 });
    const [news, sport] = [slack.addChannel("news"), slack.addChannel("sport")];
    const client = clientOf(slack, { rejectRateLimitedCalls: true });
    await client.chat.postMessage({ channel: news.id, text: "a" });
    await client.chat.postMessage({ channel: sport.id, text: "a" });
    await expect(client.chat.postMessage({ channel: news.id, text: "b" })).rejects.toMatchObject({ retryAfter: 1 });
    slack.advance(1_001);
    await client.chat.postMessage({ channel: news.id, text: "c" });
    expect(slack.messages(news.id).map(({ text }) => text)).toEqual(["a", "c"]);
  });

  it("fails a response_url too", async () => {
    const slack = await openSlack();
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    let failed: unknown;
    await startSocketApp(slack, (app) => {
      app.command("/ask", async ({ ack, respond }) => {
        await ack();
        failed = await respond("answer").catch((error: unknown) => error);
      });
    });
    slack.faults.next("response_url", { kind: "lost-answer" });
    await slack.slash(ada.id, news.id, "/ask");
    await slack.until(() => failed, "the failure");
    expect(slack.ephemerals(ada.id)).toHaveLength(1);
  });

  it("tells an app that it was taken out and refuses its token", async () => {
    const slack = await openSlack();
    const heard: string[] = [];
    const app = await startSocketApp(slack, (one) => {
      one.event("app_uninstalled", async () => void heard.push("uninstalled"));
      one.event("tokens_revoked", async () => void heard.push("revoked"));
    });
    await slack.uninstall();
    await expect(app.client.auth.test()).rejects.toMatchObject({ data: { error: "account_inactive" } });
    expect(heard.sort()).toEqual(["revoked", "uninstalled"]);
  });

  it("keeps a socket's TCP connection open after the close handshake where told to, as Slack does", async () => {
    const slack = await openSlack();
    slack.socket.linger();
    const url = await clientOf(slack).apps.connections.open({ token: slack.appToken });
    const socket = new WebSocket(url.url!);
    await new Promise((resolve) => socket.once("open", resolve));
    socket.close(1000);
    await slack.until(() => slack.socket.connections === 0, "the handshake");
    await slack.quiet(50);
    expect(socket.readyState).toBe(WebSocket.CLOSING);
    socket.terminate();
  });
});

describe("the double itself", () => {
  it("waits with a deadline, and stops every wait when it is closed", async () => {
    const slack = await createSlackDouble();
    await expect(slack.until(() => false, "what never comes", 20)).rejects.toThrow("what never comes");
    await slack.quiet(20);
    const waits = [
      slack.until(() => false, "it"),
      slack.nextCall("chat.postMessage"),
      slack.nextMessage(),
      slack.quiet(60_000),
    ];
    const ends = Promise.allSettled(waits);
    await slack.close();
    expect((await ends).map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  });

  it("listens on this machine only and leaves no server, socket or timer behind", async () => {
    const count = () => {
      const kinds = process.getActiveResourcesInfo();
      return ["TCPServerWrap", "Timeout"].map((kind) => kinds.filter((one) => one === kind).length);
    };
    const before = count();
    const slack = await createSlackDouble();
    expect(new URL(slack.apiUrl).hostname).toBe("127.0.0.1");
    const news = slack.addChannel("news");
    slack.faults.next("chat.postMessage", { kind: "hang" });
    const hung = fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.botToken}` },
    });
    const ended = expect(hung).rejects.toThrow();
    const ada = slack.addPerson("ada");
    const writing = slack.say(ada.id, slack.addChannel("sport", { members: [ada] }).id, "nobody hears this");
    await slack.until(() => slack.calls.length === 1, "the call");
    await slack.close();
    await ended;
    expect((await writing).deliveries[0]!.ack?.acked).toBe(false);
    expect(slack.messages(news.id)).toEqual([]);
    await expect(fetch(slack.apiUrl)).rejects.toThrow();
    count().forEach((left, kind) => {
      expect(left).toBeLessThanOrEqual(before[kind]!);
    });
  });
});
