import type { Newsroom } from "../../../src/ports.ts";
import { type AdapterHarness, describeAdapter, type Shown } from "../../contracts/adapter.ts";
import { createDiscordDouble, type Message } from "../../support/discord/index.ts";
import { startDiscordApp } from "../../support/discord-app.ts";
import { registerAll } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";

/** Long enough for a local Discord to say what it has to say. */
const quietMs = 150;

async function open(newsroom: Newsroom): Promise<AdapterHarness> {
  const discord = await createDiscordDouble();
  const guild = discord.addGuild("newsroom");
  const desk = discord.addChannel(guild.id, "desk");
  const ada = discord.addPerson("ada");
  await registerAll(discord, newsroom);
  const { adapter } = await startDiscordApp(discord, newsroom);
  let root: Message | null = null;

  const visibleNow = (): readonly Message[] => [
    ...discord.messages(desk.id).flatMap((message) => [message, ...discord.messages(message.id)]),
    ...discord.ephemerals(ada.id),
  ];
  const own = (message: Message) => message.author.id === discord.bot.id;
  const shown = (): readonly Shown[] => visibleNow().filter(own).map(shownOf);

  async function after(act: () => unknown): Promise<readonly Message[]> {
    const before = new Set(visibleNow().map(({ id }) => id));
    act();
    await discord.quiet(quietMs);
    return visibleNow().filter((message) => !before.has(message.id) && own(message));
  }

  return {
    adapter,
    shown,
    async ask(text) {
      const said = await after(() => discord.mention(ada.id, desk.id, text));
      root = said[0] ?? null;
      return said.map(shownOf);
    },
    followUp: async (text) => (await after(() => discord.say(ada.id, desk.id, text, { replyTo: root! }))).map(shownOf),
    command: async (name) => (await after(() => discord.slash(ada.id, desk.id, name))).map(shownOf),
    async say(text) {
      discord.mention(ada.id, desk.id, text);
      await discord.quiet(50);
    },
    async deliverOwnMessage(text) {
      await adapter.post(
        { adapter: "discord", workspace: guild.id, channel: desk.id, thread: null },
        {
          blocks: [{ kind: "paragraph", content: [{ kind: "text", text: `<@${discord.bot.id}> ${text}` }] }],
          sources: [],
          actions: [],
        },
        { id: "own", triedSince: null },
      );
      await discord.quiet(quietMs);
    },
    place: () => ({ adapter: "discord", workspace: guild.id, channel: desk.id, thread: null }),
    close: () => discord.close(),
  };
}

describeAdapter("Discord", open);
