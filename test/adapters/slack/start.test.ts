import { afterEach, describe, expect, it } from "vitest";
import { createSlackAdapter, type SlackOptions } from "../../../adapters/slack/index.ts";
import { systemRuntime } from "../../../src/runtime.ts";
import { createLogLines } from "../../support/log-lines.ts";
import { createScriptedNewsroom, notice } from "../../support/scripted-newsroom.ts";
import { createSlackDouble, type SlackDouble, type SlackDoubleOptions } from "../../support/slack/index.ts";
import { slackOptions } from "../../support/slack-app.ts";
import { freePort, openDesk } from "../../support/slack-desk.ts";

const open: SlackDouble[] = [];

afterEach(async () => {
  for (const slack of open.splice(0)) await slack.close();
});

/** Tries to start and gives what it was refused with, and what the log says. */
async function refused(prepare: (slack: SlackDouble) => Partial<SlackOptions>, double: SlackDoubleOptions = {}) {
  const slack = await createSlackDouble(double);
  open.push(slack);
  const log = createLogLines();
  const adapter = createSlackAdapter(slackOptions(slack, log, prepare(slack)));
  const error: unknown = await adapter.start(createScriptedNewsroom()).then(
    () => null,
    (reason: unknown) => reason,
  );
  await adapter.stop();
  return { error, log };
}

describe("starting", () => {
  it.each<[string, (slack: SlackDouble) => Partial<SlackOptions>, string, RegExp]>([
    [
      "a wrong bot token",
      () => ({ botToken: "xoxb-wrong" }),
      "configuration",
      /does not accept the token.*SLACK_BOT_TOKEN/,
    ],
    [
      "an app token in its place",
      (slack) => ({ botToken: slack.appToken, appToken: slack.botToken }),
      "configuration",
      /wrong kind|SLACK_BOT_TOKEN/,
    ],
    ["no app token", () => ({ appToken: null }), "configuration", /needs SLACK_APP_TOKEN/],
    ["a wrong app token", () => ({ appToken: "xapp-wrong" }), "configuration", /does not accept the token/],
    ["no signing secret", () => ({ mode: "http", signingSecret: null }), "configuration", /needs SLACK_SIGNING_SECRET/],
    [
      "an app that was removed",
      (slack) => {
        slack.installation.revoked = "account_inactive";
        return {};
      },
      "configuration",
      /removed from the workspace/,
    ],
    [
      "an app token without connections:write",
      (slack) => {
        slack.installation.appScopes = new Set();
        return {};
      },
      "configuration",
      /lacks the scope connections:write/,
    ],
    [
      "a Slack that cannot be reached",
      () => ({ clientOptions: { slackApiUrl: "http://127.0.0.1:65533/api/" } }),
      "platform",
      /cannot be reached/,
    ],
  ])("is refused with the cause and the cure: %s", async (_what, prepare, code, sentence) => {
    const { error } = await refused(prepare);
    expect(error).toMatchObject({ name: "NewsroomError", code });
    expect((error as Error).message).toMatch(sentence);
  });

  it("is refused where the port is taken", async () => {
    const port = await freePort();
    const desk = await openDesk({ mode: "http" }, { mode: "http", port });
    const { error } = await refused(() => ({ mode: "http", port, clientOptions: { slackApiUrl: desk.slack.apiUrl } }));
    expect(error).toMatchObject({ code: "configuration", message: expect.stringContaining(String(port)) });
  });

  it("goes on without a scope that only a part needs, and says which is missing", async () => {
    const { error, log } = await refused(() => ({}), { scopes: ["chat:write", "commands", "im:history"] });
    expect(error).toBeNull();
    expect(log.said("warn")).toMatch(/lacks app_mentions:read, assistant:write, channels:history/);
  });
});

describe("stopping", () => {
  it("may be done before anything was started, and twice", async () => {
    const { error } = await refused(() => ({ appToken: null }));
    expect(error).not.toBeNull();
    const desk = await openDesk();
    await Promise.all([desk.app.adapter.stop(), desk.app.adapter.stop()]);
    expect(desk.slack.socket.connections).toBe(0);
    const place = { adapter: "slack", workspace: desk.slack.team.id, channel: desk.channel, thread: null };
    await expect(desk.app.adapter.post(place, notice("late"), { id: "d-1", triedSince: null })).rejects.toMatchObject({
      code: "not-postable",
    });
  });

  it("waits for what is in flight, however long the newsroom takes", async () => {
    const desk = await openDesk({}, { runtime: systemRuntime });
    const release = desk.newsroom.hold();
    await desk.slack.mention(desk.reporter, desk.channel, "What does the cable urge?");
    let stopped = false;
    const stopping = desk.app.adapter.stop().then(() => {
      stopped = true;
    });
    await desk.slack.until(() => desk.slack.socket.connections === 0, "no connection");
    await desk.slack.quiet(50);
    expect(stopped).toBe(false);
    release();
    await stopping;
    const [root] = desk.slack.messages(desk.channel);
    expect(desk.slack.thread(desk.channel, root!.ts)).toHaveLength(2);
  });

  it("leaves no connection behind that was being made meanwhile", async () => {
    const desk = await openDesk();
    const held = Promise.withResolvers<void>();
    desk.slack.faults.next("apps.connections.open", { kind: "held", until: held.promise });
    const again = desk.slack.nextCall("apps.connections.open");
    desk.slack.socket.drop();
    await again;
    const stopped = desk.app.adapter.stop();
    held.resolve();
    await stopped;
    await desk.slack.until(() => desk.slack.socket.connections === 0, "no connection");
    await desk.slack.quiet(100);
    expect(desk.slack.socket.connections).toBe(0);
  });

  it("takes nothing in any more over HTTP", async () => {
    const desk = await openDesk({ mode: "http" });
    await desk.app.adapter.stop();
    const { delivery } = await desk.slack.slash(desk.reporter, desk.channel, "/ask", "late");
    expect(delivery.ack?.acked).toBe(false);
  });
});
