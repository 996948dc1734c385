import { GatewayCloseCodes, GatewayIntentBits as Intent } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { createDiscordAdapter } from "../../../adapters/discord/index.ts";
import { systemRuntime } from "../../../src/runtime.ts";
import { createAdapterState } from "../../support/adapter-state.ts";
import { createDiscordDouble, type DiscordDouble, type Message } from "../../support/discord/index.ts";
import { startDiscordApp } from "../../support/discord-app.ts";
import { type DiscordDesk, openDesk } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";
import { createLogLines } from "../../support/log-lines.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";

const quietMs = 120;
const question = "What does the cable urge?";

function answers({ discord, channel }: DiscordDesk): readonly Message[] {
  return discord.messages(channel).filter(({ author }) => author.id === discord.bot.id);
}

describe("a connection that breaks", () => {
  it.each([
    ["is cut", (discord: DiscordDouble) => discord.gateway.drop()],
    ["is to be made anew", (discord: DiscordDouble) => discord.gateway.reconnect()],
    ["is closed by the gateway", (discord: DiscordDouble) => discord.gateway.closeWith(GatewayCloseCodes.UnknownError)],
  ])("is resumed when it %s, and what was missed is answered once", async (_, happen) => {
    const desk = await openDesk();
    const { discord } = desk;
    // While the first attempts fail, somebody asks.
    happen(discord);
    discord.mention(desk.reporter, desk.channel, question);
    await discord.until(() => discord.gateway.counts.resumed === 1, "a resumed session", 8_000);
    await discord.until(() => answers(desk).length === 1, "an answer");
    await discord.quiet(quietMs);
    expect(answers(desk)).toHaveLength(1);
    expect(desk.newsroom.asked).toHaveLength(1);
    expect(discord.gateway.counts.identified).toBe(1);
    // And it goes on.
    discord.mention(desk.reporter, desk.channel, question);
    await discord.until(() => answers(desk).length === 2, "another answer");
  });

  it("is noticed when it is dead but open, and what was missed is answered", async () => {
    const discord = await createDiscordDouble();
    discord.gateway.heartbeatMs = 100;
    const guild = discord.addGuild("newsroom");
    const channel = discord.addChannel(guild.id, "desk");
    const ada = discord.addPerson("ada");
    const newsroom = createScriptedNewsroom();
    const { adapter } = await startDiscordApp(discord, newsroom);
    discord.gateway.freeze();
    discord.mention(ada.id, channel.id, question);
    await discord.until(() => discord.gateway.counts.resumed === 1, "a resumed session", 8_000);
    await discord.until(() => newsroom.asked.length === 1, "the question");
    await adapter.stop();
    await discord.close();
  });

  it("is resumed when the session stands, and begins anew when it does not", async () => {
    const desk = await openDesk();
    const { discord } = desk;
    discord.gateway.invalidate(true);
    await discord.until(() => discord.gateway.counts.resumed === 1, "a resumed session", 10_000);
    await discord.quiet(quietMs);
    discord.gateway.invalidate(false);
    await discord.until(() => discord.gateway.counts.identified === 2, "a new session", 15_000);
    await discord.quiet(quietMs);
    discord.mention(desk.reporter, desk.channel, question);
    await discord.until(() => answers(desk).length === 1, "an answer");
    expect(discord.gateway.counts.resumed).toBe(1);
  });
});

describe("what the operator has to know", () => {
  it("asks for the intents it uses and no others", async () => {
    const { discord } = await openDesk();
    expect(discord.gateway.intents).toBe(
      Intent.Guilds | Intent.GuildMessages | Intent.DirectMessages | Intent.MessageContent,
    );
  });

  it("names cause and cure of a wrong token, before and at the gateway", async () => {
    const discord = await createDiscordDouble();
    const wrong = { apiUrl: discord.apiUrl, botToken: "wrong.token.here" };
    const cure = /Reset Token.*DISCORD_TOKEN/;
    await expect(startDiscordApp(wrong, createScriptedNewsroom())).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringMatching(cure),
    });
    discord.gateway.refusals.push(GatewayCloseCodes.AuthenticationFailed);
    await expect(startDiscordApp(discord, createScriptedNewsroom())).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringMatching(cure),
    });
    await discord.close();
  });

  it("says so when a token is taken back while it runs", async () => {
    const desk = await openDesk();
    desk.discord.gateway.closeWith(GatewayCloseCodes.AuthenticationFailed);
    await desk.discord.until(() => desk.app.log.said("error").includes("Reset Token"), "the sentence");
  });

  it("is started all the same without the intent for messages, hears what mentions it, and says what it does not hear", async () => {
    const discord = await createDiscordDouble();
    discord.gateway.privileged = 0;
    const guild = discord.addGuild("newsroom");
    const channel = discord.addChannel(guild.id, "desk");
    const ada = discord.addPerson("ada");
    const newsroom = createScriptedNewsroom();
    const { adapter, log } = await startDiscordApp(discord, newsroom);
    expect(log.said("warn")).toMatch(/Message Content.*Developer Portal/);
    const answer = discord.nextMessage();
    discord.mention(ada.id, channel.id, question);
    const root = await answer;
    discord.say(ada.id, channel.id, "Not for it.");
    discord.say(ada.id, channel.id, "And in Canada?", { replyTo: root });
    discord.dm(ada.id, "And in private?");
    await discord.until(() => newsroom.asked.length === 3, "three questions");
    await discord.quiet(quietMs);
    expect(newsroom.asked.map(({ text }) => text).toSorted()).toEqual(["And in Canada?", "And in private?", question]);
    await adapter.stop();
    await discord.close();
  });

  it("cannot be reached: that is said with what to do, and nothing hangs", async () => {
    const nobody = { apiUrl: "http://127.0.0.1:9/api", botToken: "local.discord.double" };
    const runtime = {
      ...systemRuntime,
      sleep: (ms: number, signal?: AbortSignal) => systemRuntime.sleep(ms / 100, signal),
    };
    await expect(startDiscordApp(nobody, createScriptedNewsroom(), { runtime })).rejects.toMatchObject({
      code: "platform",
      message: expect.stringContaining("cannot be reached"),
    });
  });

  it("is connected all the same when Discord is away for a moment while it starts", async () => {
    const discord = await createDiscordDouble();
    discord.faults.next("gateway", { kind: "status", status: 503 });
    discord.faults.next("gateway", { kind: "dropped" });
    const sleep = (ms: number, signal?: AbortSignal) => systemRuntime.sleep(ms / 100, signal);
    const { adapter, log } = await startDiscordApp(discord, createScriptedNewsroom(), {
      runtime: { ...systemRuntime, sleep },
    });
    expect(discord.gateway.ready).toBe(true);
    expect(log.said("warn")).toContain("Discord does not answer; connecting again");
    await adapter.stop();
    await discord.close();
  });

  it("says that it was thrown out of a server", async () => {
    const desk = await openDesk();
    desk.discord.kick(desk.guild);
    await desk.discord.until(() => desk.app.log.said("warn").includes("removed from a server"), "the sentence");
  });

  it("says at start which commands are not registered, and how to register them", async () => {
    const discord = await createDiscordDouble();
    const { adapter, log } = await startDiscordApp(discord, createScriptedNewsroom());
    await discord.until(() => log.said("warn").includes("/sources is missing"), "the sentence");
    expect(log.said("warn")).toContain("discord register");
    expect(log.said("info")).toContain("Discord is connected");
    expect(discord.commands()).toEqual([]);
    await adapter.stop();
    await discord.close();
  });
});

describe("a stop", () => {
  it("answers what is in flight, then leaves, and hears nothing more", async () => {
    const desk = await openDesk();
    const release = desk.newsroom.hold();
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.until(() => asked.answer, "a deferral");
    const stopped = desk.app.adapter.stop();
    desk.discord.mention(desk.colleague, desk.channel, "Too late?");
    release();
    await stopped;
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    expect(desk.newsroom.asked).toHaveLength(1);
    await desk.discord.until(() => !desk.discord.gateway.ready, "a goodbye");
  });

  it("while it is still connecting leaves nothing behind", async () => {
    const discord = await createDiscordDouble();
    const { promise, resolve } = Promise.withResolvers<void>();
    discord.faults.next("gateway", { kind: "held", until: promise });
    const { logger } = createLogLines();
    const adapter = createDiscordAdapter({
      token: discord.botToken,
      apiUrl: discord.apiUrl,
      state: createAdapterState(),
      runtime: systemRuntime,
      logger,
    });
    const starting = adapter.start(createScriptedNewsroom()).catch((error: unknown) => error);
    await discord.until(() => discord.calls.length > 0, "the first request");
    const stopping = adapter.stop();
    resolve();
    await stopping;
    await starting;
    await discord.until(() => !discord.gateway.ready, "a goodbye");
    await discord.close();
  });
});
