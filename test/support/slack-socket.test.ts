import { Assistant } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { openSlack, startSocketApp } from "./slack/fixture.ts";
import type { Json, SlackDouble } from "./slack/index.ts";

/** A reporter and a channel that the app is in. */
function newsroom(slack: SlackDouble) {
  const ada = slack.addPerson("ada");
  return { ada, news: slack.addChannel("news", { members: [ada] }) };
}

describe("the real Bolt app over Socket Mode", () => {
  it("acks a command and posts the answer", async () => {
    const slack = await openSlack();
    await startSocketApp(slack, (app) => {
      app.command("/ask", async ({ ack, command, client }) => {
        await ack();
        await client.chat.postMessage({ channel: command.channel_id, text: `You asked: ${command.text}` });
      });
    });
    const { ada, news } = newsroom(slack);
    const answer = slack.nextMessage();
    const { delivery, shownError } = await slack.slash(ada.id, news.id, "/ask", "who won & why?");
    expect(shownError).toBeNull();
    expect(delivery.ack).toMatchObject({ acked: true });
    expect(delivery.ack!.ms).toBeLessThan(3_000);
    expect((await answer).text).toBe("You asked: who won &amp; why?");
    expect(slack.messages(news.id)).toHaveLength(1);
  });

  it("hears of a mention twice over and of the app's own reply, which Bolt drops, and of another bot's, which it does not", async () => {
    const slack = await openSlack();
    const heard: string[] = [];
    await startSocketApp(slack, (app) => {
      app.event("app_mention", async ({ event, say }) => {
        heard.push("mention");
        await say({ text: "here", thread_ts: event.ts });
      });
      app.message(async ({ message }) => {
        heard.push("bot_id" in message && message.bot_id ? "bot" : "person");
      });
    });
    const { ada, news } = newsroom(slack);
    const { message, deliveries } = await slack.mention(ada.id, news.id, "hello");
    const types = deliveries.map(({ payload }) => (payload.event as Json).type);
    expect(types).toEqual(["app_mention", "message"]);
    await slack.until(() => slack.thread(news.id, message.ts)[0], "a reply");
    await slack.settled();
    const echo = slack.deliveries.at(-1)!.payload.event as Json;
    expect(echo).toMatchObject({ type: "message", bot_id: slack.app.botId, user: slack.app.botUser, text: "here" });
    await slack.otherBot(news.id, "beep");
    expect(heard.sort()).toEqual(["bot", "mention", "person"]);
  });

  it("sends no event about a channel that the app is not in, nor one that it does not subscribe to, nor without the scope", async () => {
    const slack = await openSlack({
      events: ["message.channels", "message.im"],
      scopes: ["channels:history", "chat:write"],
    });
    await startSocketApp(slack, () => {});
    const ada = slack.addPerson("ada");
    const elsewhere = slack.addChannel("elsewhere", { members: [ada], withApp: false });
    const news = slack.addChannel("news", { members: [ada] });
    expect((await slack.mention(ada.id, elsewhere.id, "hello")).deliveries).toEqual([]);
    const here = await slack.mention(ada.id, news.id, "hello");
    expect(here.deliveries.map(({ payload }) => (payload.event as Json).type)).toEqual(["message"]);
    expect((await slack.dm(ada.id, "hello")).deliveries).toEqual([]);
  });

  it("takes five answers by response_url within thirty minutes, to the asker or to all", async () => {
    const slack = await openSlack();
    const statuses: (number | "ok")[] = [];
    await startSocketApp(slack, (app) => {
      app.command("/ask", async ({ ack, respond, command }) => {
        await ack();
        if (command.text === "late") slack.advance(31 * 60_000);
        for (let turn = 0; turn < 6; turn += 1)
          await respond({ text: `answer ${turn}`, response_type: turn === 0 ? "in_channel" : "ephemeral" }).then(
            () => statuses.push("ok"),
            (error: { statusCode?: number }) => statuses.push(error.statusCode ?? 0),
          );
      });
    });
    const ada = slack.addPerson("ada");
    const elsewhere = slack.addChannel("elsewhere", { members: [ada], withApp: false });
    await slack.slash(ada.id, elsewhere.id, "/ask", "now");
    await slack.until(() => statuses.length === 6, "six attempts");
    expect(statuses).toEqual(["ok", "ok", "ok", "ok", "ok", 404]);
    expect(slack.messages(elsewhere.id).map(({ text }) => text)).toEqual(["answer 0"]);
    expect(slack.messages(elsewhere.id)[0]).toMatchObject({ subtype: "bot_message", bot_id: slack.app.botId });
    expect(slack.ephemerals(ada.id).map(({ text }) => text)).toEqual([1, 2, 3, 4].map((turn) => `answer ${turn}`));
    statuses.length = 0;
    await slack.slash(ada.id, elsewhere.id, "/ask", "late");
    await slack.until(() => statuses.length === 6, "six more attempts");
    expect(new Set(statuses)).toEqual(new Set([404]));
  });

  it("shows the person an error where a command is not acked", async () => {
    const slack = await openSlack({ ackWindowMs: 150 });
    await startSocketApp(slack, (app) => app.command("/ask", async () => {}));
    const { ada, news } = newsroom(slack);
    const { shownError, delivery } = await slack.slash(ada.id, news.id, "/ask");
    expect(delivery.ack).toMatchObject({ acked: false, error: "operation_timeout" });
    expect(shownError).toContain("operation_timeout");
    await expect(slack.slash(ada.id, news.id, "/unknown").then((used) => used.shownError)).resolves.toContain(
      "timeout",
    );
  });

  it("posts what an ack carries, and shows an error where it is malformed", async () => {
    const slack = await openSlack();
    await startSocketApp(slack, (app) => {
      app.command("/ask", async ({ ack, command }) =>
        command.text === "bad" ? ack({ response_type: "everybody" as never, text: "no" }) : ack("one moment"),
      );
    });
    const { ada, news } = newsroom(slack);
    await slack.slash(ada.id, news.id, "/ask");
    expect(slack.ephemerals(ada.id)[0]).toMatchObject({ text: "one moment", via: "ack", channel: news.id });
    expect((await slack.slash(ada.id, news.id, "/ask", "bad")).shownError).toContain("invalid_response_type");
  });

  it("delivers a press on a button, on feedback buttons and on an ephemeral message's button", async () => {
    const slack = await openSlack();
    const pressed: unknown[] = [];
    const { client } = await startSocketApp(slack, (app) => {
      app.action(/.*/, async ({ ack, action, respond, body }) => {
        await ack();
        pressed.push({ ...action, ephemeral: "container" in body && (body.container as Json).is_ephemeral });
        if (action.type === "button") await respond({ delete_original: true });
      });
    });
    const { ada, news } = newsroom(slack);
    const button = { type: "button", action_id: "gone", value: "a-1", text: { type: "plain_text", text: "Delete" } };
    const half = (value: string) => ({ text: { type: "plain_text", text: value }, value });
    const feedback = {
      type: "feedback_buttons",
      action_id: "rate",
      positive_button: half("good"),
      negative_button: half("bad"),
    };
    const blocks = [
      { type: "actions", block_id: "row", elements: [button] },
      { type: "context_actions", elements: [feedback] },
    ];
    await client.chat.postMessage({ channel: news.id, text: "answer", blocks: blocks as never });
    const [message] = slack.messages(news.id);
    await slack.press(ada.id, message!, "rate", "negative");
    await slack.press(ada.id, message!, "gone");
    await slack.until(() => slack.messages(news.id).length === 0, "the deletion");
    await client.chat.postEphemeral({
      channel: news.id,
      user: ada.id,
      text: "only you",
      blocks: blocks.slice(0, 1) as never,
    });
    await slack.press(ada.id, slack.ephemerals(ada.id)[0]!, "gone");
    await slack.until(() => slack.ephemerals(ada.id).length === 0, "the deletion");
    expect(pressed).toMatchObject([
      { type: "feedback_buttons", action_id: "rate", value: "bad", ephemeral: false },
      { type: "button", action_id: "gone", value: "a-1", block_id: "row", ephemeral: false },
      { type: "button", action_id: "gone", ephemeral: true },
    ]);
  });

  it("shows App Home, takes a press in it, and a message shortcut with a modal", async () => {
    const slack = await openSlack();
    const used: string[] = [];
    const button = { type: "button", action_id: "more", text: { type: "plain_text", text: "More" } } as const;
    await startSocketApp(slack, (app) => {
      app.event("app_home_opened", async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: "home", blocks: [{ type: "actions", elements: [button] }] },
        });
      });
      app.action("more", async ({ ack }) => {
        await ack();
        used.push("more");
      });
      app.shortcut("verify", async ({ ack, shortcut, client }) => {
        await ack();
        const title = { type: "plain_text", text: "Verify" } as const;
        await client.views.open({
          trigger_id: shortcut.trigger_id,
          view: { type: "modal", callback_id: "v", title, blocks: [] },
        });
        used.push(shortcut.type);
      });
      app.view("v", async ({ ack }) => {
        await ack();
        used.push("submitted");
      });
    });
    const { ada, news } = newsroom(slack);
    await slack.openHome(ada.id);
    await slack.until(() => slack.home(ada.id), "App Home");
    await slack.pressHome(ada.id, "more");
    const { message } = await slack.say(ada.id, news.id, "“a quotation”");
    await slack.shortcut(ada.id, message, "verify");
    await slack.until(() => slack.modals(ada.id).length === 1, "a modal");
    await slack.submit(ada.id);
    expect(used).toEqual(["more", "message_action", "submitted"]);
  });

  it("opens the assistant panel with greeting, prompts, title and status, and streams an answer", async () => {
    const slack = await openSlack();
    await startSocketApp(slack, (app) => {
      app.assistant(
        new Assistant({
          threadStarted: async ({ say, setSuggestedPrompts, setTitle }) => {
            await say("Ask me.");
            await setTitle("Questions");
            await setSuggestedPrompts({ prompts: [{ title: "Sources", message: "What is in the corpus?" }] });
          },
          userMessage: async ({ setStatus, sayStream }) => {
            await setStatus("searching");
            const stream = sayStream({ buffer_size: 1 });
            await stream.append({ markdown_text: "**Three** " });
            await stream.append({ markdown_text: "people." });
            await stream.stop();
          },
        }),
      );
    });
    const ada = slack.addPerson("ada");
    const { channel, thread } = await slack.openAssistant(ada.id);
    await slack.until(() => slack.panel(channel, thread)?.prompts.length, "suggested prompts");
    expect(slack.panel(channel, thread)).toMatchObject({ title: "Questions" });
    expect(slack.thread(channel, thread).map(({ text }) => text)).toEqual(["Ask me."]);
    await slack.dm(ada.id, "who won?", { thread });
    const answer = await slack.until(
      () => slack.thread(channel, thread).find(({ stream }) => stream?.open === false),
      "a streamed answer",
    );
    expect(answer.text).toBe("**Three** people.");
    expect(slack.calls.some(({ method }) => method === "assistant.threads.setStatus")).toBe(true);
    expect(slack.panel(channel, thread)!.status).toBe("");
  });
});
