import { existsSync } from "node:fs";
import { type APIMessage, ChannelType, InteractionResponseType, InteractionType } from "discord-api-types/v10";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answered } from "../../support/answers.ts";
import { buttonsOf } from "../../support/discord/index.ts";
import { openApiComplaints, openApiFile } from "../../support/discord/openapi.ts";
import { createTwin, type Twin } from "../../support/discord/twin.ts";
import { type DiscordApp, startDiscordApp } from "../../support/discord-app.ts";
import { askSpec, registerAll } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";
import { createScriptedNewsroom, notice, type ScriptedNewsroom } from "../../support/scripted-newsroom.ts";

const question = "What does the cable urge?";
let twin: Twin;
let newsroom: ScriptedNewsroom;
let app: DiscordApp;
let reporter: string;
let channel: string;

beforeEach(async () => {
  twin = await createTwin(["desk"], ["reporter"]);
  const scripted = createScriptedNewsroom();
  newsroom = { ...scripted, commands: [askSpec, ...scripted.commands], complete: async () => ["Harbour Post"] };
  newsroom.script(() => answered());
  await registerAll(twin, newsroom);
  app = await startDiscordApp(twin, newsroom);
  reporter = (await twin.discord.getFirstNonBotUserId())!;
  const found = await twin.discord.prisma.channel.findFirstOrThrow({ where: { type: ChannelType.GuildText } });
  channel = found.id;
});

afterEach(async () => {
  await app.adapter.stop();
  await twin.close();
});

const text = (message: APIMessage) => shownOf(message).text;

/** Waits until `check` gives something; the twin tells nobody when it changes. */
function until<T>(check: () => Promise<T | null | undefined>): Promise<T> {
  return expect
    .poll(async () => (await check()) ?? null, { timeout: 5_000, interval: 20 })
    .not.toBeNull()
    .then(async () => (await check())!);
}

it("asks, opens the thread, follows up in it, completes and presses, at a Discord that others wrote", async () => {
  const desk = twin.discord.channel(channel);
  const ada = desk.user(reporter);

  const { id: typing } = await twin.discord.simulateInteraction({
    type: InteractionType.ApplicationCommandAutocomplete,
    channelId: channel,
    userId: reporter,
    data: {
      id: "1",
      name: "ask",
      type: 1,
      options: [{ name: "outlet", type: 3, value: "har", focused: true }],
    },
  });
  const offered = await desk.waitForInteractionAck({ interactionId: typing });
  expect(JSON.parse((offered as unknown as { readonly data: string }).data)).toEqual({
    choices: [{ name: "Harbour Post", value: "Harbour Post" }],
  });

  const { id: asked } = await ada.runSlashCommand({
    name: "ask",
    options: [{ name: "question", type: 3, value: question }],
  });
  const ack = await desk.waitForInteractionAck({ interactionId: asked });
  expect(ack.type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
  const answer = await desk.waitForBotReply();
  expect(text(answer)).toContain("The cable urges vigilance.");
  expect(shownOf(answer).hazards).toEqual([]);

  const thread = await desk.waitForThread();
  expect(thread.name).toBe(question);
  const inside = twin.discord.thread(thread.id);
  // The twin shows the thread's beginning inside the thread as well.
  const saying = async (words: string) =>
    (await inside.getMessages()).filter((message) => text(message).includes(words));
  await until(async () => (await saying("quotation number 1"))[0]);

  await inside.user(reporter).sendMessage({ content: "And in Canada?" });
  await until(async () => (await saying("The cable urges vigilance."))[1]);
  expect(newsroom.asked.map((inquiry) => inquiry.text)).toEqual([question, "And in Canada?"]);
  expect(newsroom.asked[1]!.follows).toBe("a-0000000000000001");

  const customId = (label: string) => buttonsOf(answer).find((button) => button.label === label)!.customId!;
  const { id: judged } = await ada.clickButton({ messageId: answer.id, customId: customId("Good answer") });
  await desk.waitForInteractionAck({ interactionId: judged });
  await until(async () =>
    (await desk.getMessages()).find((message) => text(message).includes("Noted as a good answer")),
  );

  await ada.clickButton({ messageId: answer.id, customId: customId("Delete") });
  await until(async () => !(await desk.getMessages()).some(({ id }) => id === answer.id) || null);

  // Nothing was refused, by the strict front or by the twin, but for what the twin does not know.
  const refused = twin.calls.filter(({ status }) => status >= 400);
  expect(refused.filter(({ route, answer: said }) => route !== "commands" && !said.includes("10008"))).toEqual([]);
  if (existsSync(openApiFile))
    expect(twin.calls.flatMap((call) => openApiComplaints({ ...call, body: call.body as never }))).toEqual([]);
  expect(app.log.said("error")).toBe("");
});

it("posts a digest and its thread, part by part, also where a thread has an id of its own", async () => {
  const guild = (await twin.discord.prisma.channel.findFirstOrThrow({ where: { id: channel } })).guildId!;
  const place = { adapter: "discord", workspace: guild, channel, thread: null };
  const posted = await app.adapter.post(place, notice("The digest of today."), { id: "d-1-0", triedSince: null });
  for (const number of [1, 2])
    await app.adapter.post(posted.thread, notice(`Source ${number}.`), { id: `d-1-${number}`, triedSince: null });
  const thread = await twin.discord.channel(channel).waitForThread();
  const inside = (await twin.discord.thread(thread.id).getMessages()).map(text);
  expect(inside.filter((said) => said.startsWith("Source"))).toEqual(["Source 1.", "Source 2."]);
  expect(app.log.said("error")).toBe("");
});

it("refuses what Discord refuses, which the twin alone would take", async () => {
  const send = (body: object) =>
    fetch(`${twin.apiUrl}/v10/channels/${channel}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${twin.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ allowed_mentions: { parse: [] }, ...body }),
    }).then(({ status }) => status);
  expect(await send({ content: "x".repeat(2_001) })).toBe(400);
  expect(await send({ content: "" })).toBe(400);
  expect(await send({ content: "x" })).toBe(200);
});

it("listens on loopback only", async () => {
  const { server } = twin.discord as unknown as { server: { httpServer: { address(): { address: string } } } };
  expect(server.httpServer.address().address).toBe("127.0.0.1");
});
