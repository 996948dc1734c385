import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Shown } from "../contracts/adapter.ts";
import { describeInBrowser } from "../support/browser.ts";
import { run, start, temporaryFolder } from "../support/command-line.ts";
import { createDiscordDouble, type DiscordDouble } from "../support/discord/index.ts";
import { shownOf as shownInDiscord } from "../support/discord-shown.ts";
import { createSlackDouble, fromManifest, type SlackDouble } from "../support/slack/index.ts";
import { freePort } from "../support/slack-desk.ts";
import { shownOf } from "../support/slack-shown.ts";

const root = join(import.meta.dirname, "..", "..");
const question = "What did the cable say about religious freedom?";
const data = temporaryFolder();
let slack: SlackDouble;
let discord: DiscordDouble;
let serving: ChildProcess;
let publicUrl: string;
let reporter: string;
let channel: string;

describeInBrowser("a link in chat, with PUBLIC_URL set", (visit) => {
  beforeAll(async () => {
    const manifest = JSON.parse(await readFile(join(root, "adapters", "slack", "manifest.json"), "utf8"));
    slack = await createSlackDouble({ ...fromManifest(manifest), mode: "socket" });
    reporter = slack.addPerson("reporter").id;
    channel = slack.addChannel("desk", { members: [{ id: reporter, name: "reporter", isBot: false }] }).id;
    discord = await createDiscordDouble();
    const port = await freePort();
    publicUrl = `http://127.0.0.1:${port}`;
    serving = start(["serve"], { cwd: data.path, env: environment(port) });
    serving.stdout!.resume();
    await said(/Serving (?=.*slack)(?=.*discord)(?=.*web)/);
  });

  afterAll(async () => {
    serving.kill("SIGTERM");
    const [code] = await once(serving, "exit");
    await slack.close();
    await discord.close();
    data.remove();
    expect(code).toBe(0);
  });

  /** Resolves once the log holds it; rejects when the process ends before. */
  function said(words: RegExp): Promise<void> {
    let log = "";
    return new Promise((resolve, reject) => {
      serving.once("exit", () => reject(new Error(log)));
      serving.stderr!.on("data", (chunk) => {
        log += String(chunk);
        if (words.test(log)) resolve();
      });
    });
  }

  function environment(port: number): Readonly<Record<string, string>> {
    return {
      DATELINE_DATA: data.path,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      WEB_PORT: String(port),
      DISCORD_TOKEN: discord.botToken,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl.replace(/\/$/, ""),
    };
  }

  /** Opens the link and gives the words that are marked there, once they are inside the window. */
  async function followed(link: string): Promise<string> {
    const { page, requested } = await visit();
    await page.goto(link);
    const box = (await page.locator("#cited").boundingBox())!;
    const { height } = page.viewportSize()!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    expect(requested.every((url) => url.startsWith(publicUrl))).toBe(true);
    return (await page.textContent("#cited"))!;
  }

  /** Opens every link to these pages, and finds what is marked there among what was said. */
  async function followAll(said: readonly Shown[]): Promise<void> {
    const links = said.flatMap(({ links }) => links).filter((link) => link.includes("/documents/"));
    expect(links.length).toBeGreaterThan(0);
    const text = said
      .map((shown) => shown.text)
      .join("\n")
      .replace(/\s+/g, " ");
    for (const link of new Set(links)) {
      expect(link).toMatch(new RegExp(`^${publicUrl}/documents/[^?]+\\?revision=1&start=\\d+&end=\\d+#cited$`));
      const marked = await followed(link);
      expect(marked.length).toBeGreaterThan(20);
      expect(text).toContain(marked.replace(/\s+/g, " "));
    }
  }

  it("leads from a Slack payload to the marked words", async () => {
    const answering = slack.nextMessage();
    await slack.slash(reporter, channel, "/ask", question);
    const { channel: where, ts } = await answering;
    await slack.quiet(200);
    const messages = [slack.find(where, ts)!, ...slack.thread(where, ts)];
    await followAll(messages.map(shownOf));
  });

  it("leads from a Discord payload to the marked words", async () => {
    const guild = discord.addGuild("newsroom");
    const desk = discord.addChannel(guild.id, "desk");
    const ada = discord.addPerson("ada");
    discord.mention(ada.id, desk.id, question);
    await discord.nextMessage(({ author }) => author.id === discord.bot.id);
    await discord.quiet(500);
    const messages = discord.messages(desk.id).flatMap((message) => [message, ...discord.messages(message.id)]);
    await followAll(messages.filter(({ author }) => author.id === discord.bot.id).map(shownInDiscord));
  });

  it("leads from the terminal to the marked words", async () => {
    const own = temporaryFolder();
    const { out } = await run(["ask", question], { cwd: own.path, env: { PUBLIC_URL: publicUrl } });
    own.remove();
    const [link] = /http:\/\/127\S+#cited/.exec(out)!;
    expect(await followed(link)).toContain("We urge vigilance in protecting religious freedom");
  });
});
