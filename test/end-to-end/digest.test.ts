import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, start, temporaryFolder } from "../support/command-line.ts";
import { rss } from "../support/feeds.ts";
import { type Loopback, serveHttp } from "../support/loopback.ts";
import { createSlackDouble, type SlackDouble } from "../support/slack/index.ts";
import { shownOf } from "../support/slack-shown.ts";

const item = (id: string, title: string, text: string, published: Date) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>/a/${id}</link><pubDate>${published.toUTCString()}</pubDate><description>${text}</description></item>`;
const closing = "The harbour authority said on Friday that the north gate will close for five weeks from Monday.";
const older = "The town council met on Thursday evening and put off its vote on the new tram line.";

let folder: ReturnType<typeof temporaryFolder>;
let server: Loopback;
let items: string;
let slack: SlackDouble;
beforeEach(async () => {
  folder = temporaryFolder();
  slack = await createSlackDouble();
  items = "";
  server = await serveHttp((_, response) => {
    response.writeHead(200, { "content-type": "application/rss+xml" }).end(rss(items));
  });
});
afterEach(async () => {
  await server.close();
  await slack.close();
  folder.remove();
});

const oneLine = (text: string) => text.replace(/\s+/g, " ");

describe("a channel's digest", () => {
  it("leads from a feed to a message with its citations in Slack, and says why", { timeout: 60_000 }, async () => {
    const env = {
      FEEDS_PRIVATE_HOSTS: "127.0.0.1",
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      WEB: "off",
    };
    const here = (...argv: string[]) => run(argv, { cwd: folder.path, env });
    const hourAgo = new Date(Date.now() - 3_600_000);
    items = item("1", "Vote put off", older, hourAgo);
    expect(await here("feeds", "add", `${server.origin}/rss`, "--outlet", "The Gazette")).toMatchObject({ code: 0 });
    items += item("2", "North gate closes", closing, hourAgo);
    expect(await here("feeds", "poll", "--all")).toMatchObject({ code: 0, out: "Paper: 1 new item\n" });

    const editor = slack.addPerson("editor");
    const channel = slack.addChannel("desk", { members: [editor] });
    const place = `slack/${slack.team.id}/${channel.id}`;
    const subscribed = await here(
      "digest",
      "subscribe",
      "weekdays at 7.30",
      "--place",
      place,
      "--zone",
      "Europe/Berlin",
    );
    expect(subscribed).toMatchObject({ code: 0, err: "" });
    expect(oneLine(subscribed.out)).toContain("From now on a digest comes here weekdays at 07:30, Europe/Berlin time.");

    const serving = start(["serve"], { cwd: folder.path, env });
    const ended = once(serving, "close");
    try {
      await slack.until(() => slack.socket.connections > 0, "the connection", 20_000);
      const text = (one: Parameters<typeof shownOf>[0]) => oneLine(shownOf(one).text);
      await slack.slash(editor.id, channel.id, "/digest", "subscribe --topics harbour");
      await slack.until(() => slack.messages(channel.id).length === 1, "the reply");
      expect(text(slack.messages(channel.id)[0]!)).toContain("weekdays at 07:30, Europe/Berlin time");

      await slack.slash(editor.id, channel.id, "/digest", "now");
      await slack.until(
        () => slack.messages(channel.id).some(({ ts }) => slack.thread(channel.id, ts).length > 0),
        "it",
      );
      const digest = slack.messages(channel.id).find(({ ts }) => slack.thread(channel.id, ts).length > 0)!;
      expect(text(digest)).toContain("North gate closes");
      expect(text(digest)).toContain("the north gate will close for five weeks");
      expect(text(digest)).not.toContain("tram line");
      expect(slack.thread(channel.id, digest.ts).map(text).join(" ")).toContain(closing);
      expect(shownOf(digest).hazards).toEqual([]);

      await slack.slash(editor.id, channel.id, "/digest", "why");
      await slack.until(() => slack.ephemerals(editor.id).some((one) => text(one).includes("Vote put off")), "why");
      const listed = oneLine((await here("digest", "list")).out);
      expect(listed).toContain(`${place}: weekdays at 07:30`);
      expect(listed).toMatch(/: posted d-[0-9a-f]{12}-now-/);
    } finally {
      serving.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    }
  });

  it("is shown at the command line, with everything that an operator needs to know", { timeout: 60_000 }, async () => {
    const here = (...argv: string[]) => run(argv, { cwd: folder.path, env: {} });
    expect(await here("digest", "subscribe", "25:00", "--place", "slack/T1/C1")).toMatchObject({
      code: 2,
      out: "",
      err: "There is no 25:00 on a clock. Did you mean “daily at 01:00”?\n",
    });
    expect(await here("digest", "subscribe", "daily", "--place", "web/T1/C1")).toMatchObject({
      code: 2,
      err: "No digest can be posted to “web”; it can to slack and discord.\n",
    });
    await here("digest", "subscribe", "0", "8", "*", "*", "1-5", "--place", "slack/T1/C1", "--empty", "nothing");
    const [listed] = (await here("--json", "digest", "list")).out.split("\n").map((line) => line && JSON.parse(line));
    expect(listed).toMatchObject({
      place: { adapter: "slack", workspace: "T1", channel: "C1", thread: null },
      schedule: "by cron 0 8 * * 1-5",
      timeZone: "UTC",
      whenEmpty: "nothing",
      paused: false,
      deliveries: [],
    });
    expect(oneLine((await here("digest", "preview")).out)).toMatch(/^Nothing new (?:has come|came) in/);
    const looked = await here("doctor");
    expect(looked.out).toContain("ok: digests: in 1 channel, 0 paused");
    expect(looked.out).toContain("problem: digests: channels of slack wait for theirs, but slack is not configured");
    expect(await here("digest", "unsubscribe", "--place", "slack/T1/C1")).toMatchObject({ code: 0 });
    expect((await here("--json", "digest", "list")).out).toBe("");
  });
});
