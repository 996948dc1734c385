import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { clientOf, openSlack, startHttpApp, startSocketApp } from "./slack/fixture.ts";

describe("deliveries that go wrong", () => {
  it("delivers one event twice with the same id where told to, and Bolt hears it twice", async () => {
    const slack = await openSlack({ events: ["app_mention"] });
    const heard: string[] = [];
    await startSocketApp(slack, (app) => {
      app.event(
        "app_mention",
        async ({ body, context }) => void heard.push(`${body.event_id} ${context.retryNum ?? 0}`),
      );
    });
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    slack.faults.deliverTwice();
    const { deliveries } = await slack.mention(ada.id, news.id, "hello");
    const again = await slack.redeliver(deliveries[0]!);
    expect(new Set([...deliveries, again].map(({ eventId }) => eventId)).size).toBe(1);
    const id = deliveries[0]!.eventId;
    expect(heard.sort()).toEqual([`${id} 0`, `${id} 1`, `${id} 1`]);
  });

  it.each(["warning", "refresh_requested"] as const)(
    "keeps an event through a disconnect frame (%s)",
    async (reason) => {
      const slack = await openSlack({ events: ["app_mention"] });
      const heard: string[] = [];
      await startSocketApp(slack, (app) => {
        app.event("app_mention", async ({ event }) => void heard.push(event.text));
      });
      const ada = slack.addPerson("ada");
      const news = slack.addChannel("news", { members: [ada] });
      slack.socket.disconnect(reason);
      await slack.until(() => slack.socket.connections === 0, "the end of the connection");
      const { deliveries } = await slack.mention(ada.id, news.id, "hello");
      expect(deliveries.at(-1)!.ack?.acked).toBe(true);
      expect(slack.socket.greeted).toBe(2);
      expect(heard).toHaveLength(1);
    },
  );

  it("sends an event again where the connection is lost before the ack, but not a command", async () => {
    const slack = await openSlack({ events: ["app_mention"], deadlineMs: 10_000 });
    const retries: unknown[] = [];
    await startSocketApp(slack, (app) => {
      app.use(async ({ next }) => {
        if (slack.deliveries.length === 1) slack.socket.drop();
        await next();
      });
      app.event("app_mention", async ({ context }) => void retries.push(context.retryNum));
    });
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    const { deliveries } = await slack.mention(ada.id, news.id, "hello");
    expect(deliveries.map(({ ack }) => ack?.error)).toEqual(["connection_closed", null]);
    expect(deliveries[1]).toMatchObject({ attempt: 1, reason: "connection_failed" });
    slack.socket.drop();
    await slack.until(() => slack.socket.connections === 0, "the loss");
    expect((await slack.slash(ada.id, news.id, "/ask")).shownError).toContain("dispatch_failed");
    expect(retries.at(-1)).toBe(1);
  });

  it("serves several connections in turn", async () => {
    const slack = await openSlack({ events: ["app_mention"] });
    const heard: number[] = [];
    for (const index of [0, 1])
      await startSocketApp(slack, (app) => {
        app.event("app_mention", async () => void heard.push(index));
      });
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    for (let turn = 0; turn < 4; turn += 1) await slack.mention(ada.id, news.id, `hello ${turn}`);
    expect(heard.sort()).toEqual([0, 0, 1, 1]);
    expect(slack.socket.strayAcks).toEqual([]);
  });

  it("refuses a socket whose address is not fresh", async () => {
    const slack = await openSlack();
    const client = clientOf(slack);
    const { url } = await client.apps.connections.open({ token: slack.appToken });
    const opened = await new Promise<boolean>((resolve) => {
      const socket = new WebSocket(url!.replace(/ticket=[^&]+/, "ticket=guessed"));
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
    expect(opened).toBe(false);
  });
});

describe("the real Bolt app over signed HTTP", () => {
  it("gets commands, events and presses, and answers the challenge", async () => {
    const slack = await openSlack({ mode: "http" });
    await startHttpApp(slack, (app) => {
      app.command("/ask", async ({ ack }) => ack({ response_type: "ephemeral", text: "on it" }));
      app.event("app_mention", async ({ event, say, context }) => {
        await say({ text: `heard ${context.retryNum ?? 0}`, thread_ts: event.ts });
      });
      app.action("go", async ({ ack, respond }) => {
        await ack();
        await respond({ text: "gone", replace_original: true });
      });
    });
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    expect((await slack.slash(ada.id, news.id, "/ask", "who & what?")).shownError).toBeNull();
    expect(slack.ephemerals(ada.id)[0]!.text).toBe("on it");
    const { message, deliveries } = await slack.mention(ada.id, news.id, "hello");
    expect(deliveries[0]!.ack).toMatchObject({ acked: true, status: 200 });
    await slack.redeliver(deliveries[0]!, "http_timeout");
    await slack.until(() => slack.thread(news.id, message.ts).length === 2, "two replies");
    expect(slack.thread(news.id, message.ts).map(({ text }) => text)).toEqual(["heard 0", "heard 1"]);
    const client = clientOf(slack);
    const button = { type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } } as const;
    await client.chat.postMessage({ channel: news.id, text: "x", blocks: [{ type: "actions", elements: [button] }] });
    const posted = slack.messages(news.id).at(-1)!;
    await slack.press(ada.id, posted, "go");
    expect(
      (await slack.until(() => slack.messages(news.id).find(({ text }) => text === "gone"), "the change")).ts,
    ).toBe(posted.ts);
  });

  it("refuses a signature that is wrong, missing or six minutes old", async () => {
    const slack = await openSlack({ mode: "http" });
    await startHttpApp(slack, () => {});
    const body = JSON.stringify({ type: "url_verification", challenge: "x" });
    const statuses = await Promise.all(
      [{}, { signature: "wrong" }, { signature: "missing" }, { ageMs: 6 * 60_000 }].map((signing) =>
        slack.http.post(body, "application/json", signing as never).then(({ status }) => status),
      ),
    );
    expect(statuses).toEqual([200, 401, 401, 401]);
  });

  it("serves replicas in turn", async () => {
    const slack = await openSlack({ mode: "http", events: ["app_mention"] });
    const heard: number[] = [];
    const urls: string[] = [];
    for (const replica of [0, 1])
      urls.push(
        await startHttpApp(slack, (app) => {
          app.event("app_mention", async () => void heard.push(replica));
        }),
      );
    await slack.http.setRequestUrl(...urls);
    const ada = slack.addPerson("ada");
    const news = slack.addChannel("news", { members: [ada] });
    for (let turn = 0; turn < 4; turn += 1) await slack.mention(ada.id, news.id, `hello ${turn}`);
    expect(heard.sort()).toEqual([0, 0, 1, 1]);
  });

  it("does not accept a request URL that does not give the challenge back", async () => {
    const slack = await openSlack({ mode: "http" });
    await expect(slack.http.setRequestUrl(slack.apiUrl)).rejects.toThrow("challenge");
  });

  it("sends an event that is not acked in time once more, and says why", async () => {
    const slack = await openSlack({ mode: "http", ackWindowMs: 100, events: ["app_mention"] });
    const retries: unknown[] = [];
    const silent = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8"));
      if (body.type === "url_verification") return void response.end(body.challenge);
      retries.push([request.headers["x-slack-retry-num"], request.headers["x-slack-retry-reason"]]);
      if (retries.length > 2) response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    try {
      await slack.http.setRequestUrl(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/slack/events`);
      const ada = slack.addPerson("ada");
      const news = slack.addChannel("news", { members: [ada] });
      const { deliveries } = await slack.mention(ada.id, news.id, "hello");
      expect(deliveries.map(({ ack }) => ack?.error)).toEqual(["operation_timeout", "operation_timeout"]);
      expect(deliveries[0]!.ack!.ms).toBeGreaterThanOrEqual(95);
      await slack.mention(ada.id, news.id, "again");
      expect(retries).toEqual([
        [undefined, undefined],
        ["1", "http_timeout"],
        [undefined, undefined],
        ["1", "http_error"],
      ]);
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });
});
