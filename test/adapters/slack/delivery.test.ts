import { describe, expect, it } from "vitest";
import { notice } from "../../support/scripted-newsroom.ts";
import type { Fault } from "../../support/slack/faults.ts";
import { answered, citation, openDesk, type SlackDesk } from "../../support/slack-desk.ts";

const claim = "The cable urges vigilance.";
const question = "What does the cable urge?";

/** Every copy of the answer that anybody sees. */
function copies({ slack, channel, reporter }: SlackDesk): number {
  const seen = [
    ...slack.messages(channel).flatMap((message) => [message, ...slack.thread(channel, message.ts)]),
    ...slack.ephemerals(reporter),
  ];
  return seen.filter(({ bot_id, text }) => bot_id === slack.app.botId && text.includes(claim)).length;
}

describe("acks", () => {
  it.each(["socket", "http"] as const)("go out over %s while the answer is still being looked for", async (mode) => {
    const desk = await openDesk({ mode });
    const release = desk.newsroom.hold();
    const command = await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    const mention = await desk.slack.mention(desk.reporter, desk.channel, question);
    for (const { ack } of [command.delivery, ...mention.deliveries]) {
      expect(ack?.acked).toBe(true);
      expect(ack?.ms).toBeLessThan(1_000);
    }
    expect(command.shownError).toBeNull();
    expect(copies(desk)).toBe(0);
    release();
    await desk.slack.until(() => copies(desk) === 2, "two answers");
  });

  it("go out for buttons and commands that nobody knows", async () => {
    const desk = await openDesk();
    const { delivery } = await desk.slack.slash(desk.reporter, desk.channel, "/unheard", "of");
    expect(delivery.ack?.acked).toBe(true);
    await desk.slack.until(() => desk.slack.ephemerals(desk.reporter)[0], "help");
    expect(desk.newsroom.ran.map(({ name }) => name)).toEqual(["help"]);
  });
});

describe("what Slack sends twice", () => {
  it("is answered once when it is delivered twice at once", async () => {
    const desk = await openDesk();
    // Of a mention Slack tells twice, as a mention and as a message; here it delivers each of them twice.
    desk.slack.faults.deliverTwice(2);
    const { deliveries } = await desk.slack.mention(desk.reporter, desk.channel, question);
    expect(deliveries).toHaveLength(4);
    await desk.slack.quiet(200);
    expect(copies(desk)).toBe(1);
    expect(desk.newsroom.asked).toHaveLength(1);
  });

  it.each(["socket", "http"] as const)("is answered once over %s when it comes again after a restart", async (mode) => {
    const desk = await openDesk({ mode });
    const { deliveries } = await desk.slack.dm(desk.reporter, question);
    await desk.slack.quiet(200);
    await desk.restart();
    for (const delivery of deliveries) await desk.slack.redeliver(delivery);
    await desk.slack.quiet(200);
    expect(desk.newsroom.asked).toHaveLength(1);
  });

  it("is answered once when a command's envelope comes again", async () => {
    const desk = await openDesk();
    const { delivery } = await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.redeliver(delivery);
    await desk.slack.quiet(200);
    expect(copies(desk)).toBe(1);
  });

  it("is answered once by two replicas on one store", async () => {
    const desk = await openDesk();
    const other = await openDesk({}, { state: desk.state, clientOptions: { slackApiUrl: desk.slack.apiUrl } });
    const { deliveries } = await desk.slack.mention(desk.reporter, desk.channel, question);
    for (const delivery of deliveries) await desk.slack.redeliver(delivery);
    await desk.slack.quiet(200);
    expect(desk.newsroom.asked.length + other.newsroom.asked.length).toBe(1);
  });
});

describe("a post whose answer is lost", () => {
  it.each<Fault>([
    { kind: "lost-answer" },
    { kind: "dropped" },
    { kind: "status", status: 500 },
    { kind: "status", status: 503 },
    { kind: "hang" },
    { kind: "error", error: "internal_error" },
  ])("is looked for before it is tried again: $kind", async (fault) => {
    const desk = await openDesk({}, {});
    desk.slack.faults.next("chat.postMessage", fault);
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.until(() => copies(desk) > 0, "an answer");
    await desk.slack.until(
      () => desk.slack.messages(desk.channel).some(({ ts }) => desk.slack.thread(desk.channel, ts).length > 0),
      "its thread",
    );
    await desk.slack.quiet(300);
    expect(copies(desk)).toBe(1);
    expect(desk.slack.thread(desk.channel, desk.slack.messages(desk.channel)[0]!.ts)).toHaveLength(1);
    expect(desk.slack.calls.map(({ method }) => method)).toContain("conversations.history");
  });

  it("is not repeated when the history cannot be read, and the log says so", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("chat.postMessage", { kind: "lost-answer" });
    desk.slack.faults.next("conversations.history", {
      kind: "error",
      error: "missing_scope",
      needed: "channels:history",
    });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.until(() => desk.slack.ephemerals(desk.reporter)[0], "a word to the person");
    await desk.slack.quiet(300);
    expect(copies(desk)).toBe(1);
    expect(desk.app.log.said("error")).toContain("Delivery uncertain");
    expect(desk.slack.ephemerals(desk.reporter)[0]!.text).toContain("It may be there; it is not posted again.");
  });

  it("is found in a thread too", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => answered([citation(1, { url: null }), citation(2)]));
    desk.slack.faults.next("chat.postMessage", { kind: "held", until: Promise.resolve() });
    desk.slack.faults.next("chat.postMessage", { kind: "lost-answer" });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.nextCall("chat.update");
    await desk.slack.quiet(200);
    const [answer] = desk.slack.messages(desk.channel);
    expect(desk.slack.thread(desk.channel, answer!.ts)).toHaveLength(1);
  });
});

describe("a delivery", () => {
  const digest = notice("The digest of today.");

  it("that is repeated after a restart is found instead of posted again", async () => {
    const desk = await openDesk();
    const place = { adapter: "slack", workspace: desk.slack.team.id, channel: desk.channel, thread: null };
    const since = desk.slack.now();
    const first = await desk.app.adapter.post(place, digest, { id: "s1/2026-11-21/0", triedSince: null });
    expect(first.thread).toEqual({ ...place, thread: first.id });
    for (let other = 0; other < 250; other += 1) await desk.slack.otherBot(desk.channel, `Noise ${other}.`);
    const { adapter } = await desk.restart();
    const again = await adapter.post(place, digest, { id: "s1/2026-11-21/0", triedSince: since });
    expect(again).toEqual(first);
    const next = await adapter.post(place, digest, { id: "s1/2026-11-22/0", triedSince: since });
    expect(next.id).not.toBe(first.id);
    const inThread = await adapter.post(first.thread, digest, { id: "s1/2026-11-21/1", triedSince: since });
    expect(inThread.thread).toEqual(first.thread);
    expect(desk.slack.thread(desk.channel, first.id)).toHaveLength(1);
  });

  it("that is repeated is uncertain, and not posted, where the channel cannot be read", async () => {
    const desk = await openDesk();
    const place = { adapter: "slack", workspace: desk.slack.team.id, channel: desk.channel, thread: null };
    for (let tries = 0; tries < 3; tries += 1)
      desk.slack.faults.next("conversations.history", { kind: "status", status: 500 });
    await expect(desk.app.adapter.post(place, digest, { id: "d", triedSince: desk.slack.now() })).rejects.toMatchObject(
      { code: "uncertain" },
    );
    expect(desk.slack.messages(desk.channel)).toEqual([]);
  });
});

describe("pauses that Slack asks for", () => {
  it("are kept, with Retry-After and without", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("chat.postMessage", { kind: "rate-limited", retryAfterSeconds: 7 });
    desk.slack.faults.next("chat.postMessage", { kind: "rate-limited" });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.until(() => copies(desk) === 1, "the answer");
    expect(desk.waits.slice(0, 2)).toEqual([7_000, 5_000]);
  });

  it("are told to the person when they are too long", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("chat.postMessage", { kind: "rate-limited", retryAfterSeconds: 600 });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    const [told] = await desk.slack.until(() => {
      const list = desk.slack.ephemerals(desk.reporter);
      return list.length > 0 ? list : null;
    }, "a word to the person");
    expect(told!.text).toContain("a pause of 600 seconds");
    expect(copies(desk)).toBe(0);
  });

  it("are kept on a response_url", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("response_url", { kind: "rate-limited", retryAfterSeconds: 3 });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", `--private ${question}`);
    await desk.slack.until(() => copies(desk) === 1, "the answer");
    expect(desk.waits).toContain(3_000);
  });

  it("lose nothing when a channel takes one message a second", async () => {
    const desk = await openDesk({ postsPerSecond: 2, deadlineMs: 20_000 });
    for (let asked = 0; asked < 3; asked += 1) await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.until(
      () =>
        desk.slack.messages(desk.channel).filter(({ ts }) => desk.slack.thread(desk.channel, ts).length === 1)
          .length === 3,
      "three answers with their threads",
    );
    expect(copies(desk)).toBe(3);
  });
});

describe("a response_url that does not answer", () => {
  it("is not tried twice", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("response_url", { kind: "lost-answer" });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", `--private ${question}`);
    await desk.slack.until(() => desk.app.log.said("error").includes("Delivery uncertain"), "the log");
    await desk.slack.quiet(200);
    expect(copies(desk)).toBe(1);
  });
});

describe("the connection", () => {
  it.each(["warning", "refresh_requested"] as const)(
    "comes back at once after a disconnect frame: %s",
    async (reason) => {
      const desk = await openDesk();
      const started = performance.now();
      desk.slack.socket.disconnect(reason);
      await desk.slack.until(
        () => desk.slack.socket.greeted === 2 && desk.slack.socket.connections === 1,
        "a new connection",
      );
      expect(performance.now() - started).toBeLessThan(1_000);
      await desk.slack.mention(desk.reporter, desk.channel, question);
      await desk.slack.until(() => copies(desk) === 1, "the answer");
    },
  );

  it("comes back after being cut, and answers what was asked meanwhile", async () => {
    const desk = await openDesk();
    desk.slack.socket.drop();
    await desk.slack.dm(desk.reporter, question);
    await desk.slack.until(() => desk.newsroom.asked.length === 1, "the question");
  });

  it("survives that Slack refuses it for a while, and says why", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" }, 2);
    desk.slack.faults.next("apps.connections.open", { kind: "status", status: 500 });
    desk.slack.faults.next("apps.connections.open", { kind: "rate-limited", retryAfterSeconds: 30 });
    desk.slack.socket.drop();
    await desk.slack.until(() => desk.slack.socket.greeted === 2, "a new connection", 10_000);
    expect(desk.app.log.said("warn")).toContain("Slack does not accept the token. Check SLACK_BOT_TOKEN");
    expect(desk.waits).toContain(30_000);
  });
});

describe("over signed HTTP", () => {
  it("answers, and refuses what is signed wrongly, long ago or not at all", async () => {
    const desk = await openDesk({ mode: "http" });
    await desk.slack.mention(desk.reporter, desk.channel, question);
    await desk.slack.until(() => copies(desk) === 1, "the answer");
    const body = JSON.stringify({
      type: "event_callback",
      event: { type: "app_mention", text: "x", user: "U1", channel: "C1", ts: "1.1" },
    });
    for (const signing of [{ signature: "wrong" }, { signature: "missing" }, { ageMs: 6 * 60_000 }] as const) {
      const ack = await desk.slack.http.post(body, "application/json", signing);
      expect(ack.status).toBe(401);
    }
    expect(desk.newsroom.asked).toHaveLength(1);
  });
});
