import { PermissionFlagsBits as Permit } from "discord-api-types/v10";
import { describe, expect, it, onTestFinished } from "vitest";
import { NewsroomError } from "../../../src/errors.ts";
import type { CommandSpec, Inquiry, SubcommandSpec } from "../../../src/ports.ts";
import { answered, citation } from "../../support/answers.ts";
import { createDiscordDouble, type DiscordDouble, type Message } from "../../support/discord/index.ts";
import { buttonsOf } from "../../support/discord/people.ts";
import { startDiscordApp } from "../../support/discord-app.ts";
import { askSpec, type DiscordDesk, openDesk, registerAll } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";

const quietMs = 120;
const question = "What does the cable urge?";

function said(discord: DiscordDouble, channel: string): readonly Message[] {
  return discord.messages(channel).filter(({ author }) => author.id === discord.bot.id);
}

const texts = (messages: readonly Message[]) => messages.map((message) => shownOf(message).text).join("\n");
const answerNumber = (n: number) => answered([citation(1)], { id: `a-000000000000000${n}` });

/** Says something and waits until Dateline has dealt with it; resolves with what was asked of the newsroom last. */
async function settled(desk: DiscordDesk, act: () => unknown): Promise<Inquiry> {
  act();
  await desk.discord.quiet(quietMs);
  return desk.newsroom.asked.at(-1)!;
}

describe("a conversation", () => {
  it("in an answer's thread begins with that answer, and is the channel's by what it may see", async () => {
    const desk = await openDesk();
    await settled(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const thread = desk.discord.threadOf(said(desk.discord, desk.channel)[0]!)!;
    const asked = await settled(desk, () => desk.discord.say(desk.reporter, thread.id, "And in Canada?"));
    expect(asked).toMatchObject({ text: "And in Canada?", follows: "a-0000000000000001" });
    expect(asked.place).toEqual({
      adapter: "discord",
      workspace: desk.guild,
      channel: desk.channel,
      thread: thread.id,
    });
  });

  it("goes on under the answer that somebody replies to, and stays there", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => answerNumber(1));
    await settled(desk, () => desk.discord.dm(desk.reporter, question));
    const direct = desk.discord.direct(desk.reporter).id;
    const first = said(desk.discord, direct)[0]!;
    desk.newsroom.script(() => answerNumber(2));
    await settled(desk, () => desk.discord.dm(desk.reporter, "Who won the cup?"));
    const reply = await settled(desk, () =>
      desk.discord.say(desk.reporter, direct, "And in Canada?", { replyTo: first, ping: false }),
    );
    expect(reply.follows).toBe("a-0000000000000001");
    const next = await settled(desk, () => desk.discord.dm(desk.reporter, "And in France?"));
    expect(next.place).toEqual(reply.place);
  });

  it("in a channel needs no mention where an answer is replied to", async () => {
    const desk = await openDesk();
    await settled(desk, () => desk.discord.mention(desk.reporter, desk.channel, question));
    const answer = said(desk.discord, desk.channel)[0]!;
    const asked = await settled(desk, () =>
      desk.discord.say(desk.colleague, desk.channel, "And in Canada?", { replyTo: answer, ping: false }),
    );
    expect(asked).toMatchObject({ text: "And in Canada?", follows: "a-0000000000000001" });
  });

  it("that is asked in private goes on from the thread and leaves no trace in it", async () => {
    const desk = await openDesk();
    await settled(desk, () => desk.discord.mention(desk.reporter, desk.channel, question));
    const thread = desk.discord.threadOf(said(desk.discord, desk.channel)[0]!)!;
    await settled(desk, () => desk.discord.say(desk.reporter, thread.id, "And in Canada?"));
    const before = said(desk.discord, thread.id).length;
    const asked = await settled(desk, () =>
      desk.discord.slash(desk.reporter, thread.id, "ask", { question: "And in France?", private: true }),
    );
    expect(asked).toMatchObject({ follows: "a-0000000000000001", place: { channel: desk.channel, thread: null } });
    expect(said(desk.discord, thread.id)).toHaveLength(before);
    expect(texts(desk.discord.ephemerals(desk.reporter))).toContain("The cable urges vigilance.");
  });

  it("keeps out of other people's threads unless it is called", async () => {
    const desk = await openDesk();
    const thread = desk.discord.addThread(desk.channel, "lunch", desk.colleague);
    desk.discord.say(desk.colleague, thread.id, "Pizza?");
    desk.discord.mention(desk.colleague, thread.id, question);
    await desk.discord.quiet(quietMs);
    desk.discord.say(desk.colleague, thread.id, "Or pasta?");
    await desk.discord.quiet(quietMs);
    expect(desk.newsroom.asked.map(({ text }) => text)).toEqual([question]);
  });
});

describe("a mistake", () => {
  it("is told to whoever made it, and to nobody else", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      throw new NewsroomError("bad-question", "There is no word in that question.");
    });
    desk.discord.slash(desk.reporter, desk.channel, "ask", { question: "???" });
    await desk.discord.quiet(quietMs);
    expect(said(desk.discord, desk.channel)).toEqual([]);
    expect(texts(desk.discord.ephemerals(desk.reporter))).toBe("There is no word in that question.");
    expect(desk.app.log.said("error")).toBe("");
  });

  it("in a message is answered there, where the person waits", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      throw new NewsroomError("bad-question", "There is no word in that question.");
    });
    desk.discord.mention(desk.reporter, desk.channel, "???");
    await desk.discord.quiet(quietMs);
    expect(texts(said(desk.discord, desk.channel))).toBe("There is no word in that question.");
  });
});

const sub = (name: string, who: SubcommandSpec["who"], isPrivate: boolean): SubcommandSpec => ({
  name,
  help: "Does something.",
  who,
  private: isPrivate,
  options: [],
  example: `feeds ${name}`,
});
const feeds: CommandSpec = {
  ...sub("feeds", "everyone", true),
  subcommands: [sub("list", "everyone", true), sub("add", "managers", false), sub("test", "members", true)],
};

/** A server whose newsroom has a command with rights; what it is run with is kept. */
async function openFeeds() {
  const discord = await createDiscordDouble();
  onTestFinished(() => discord.close());
  const ran: Inquiry[] = [];
  const scripted = createScriptedNewsroom();
  const newsroom = {
    ...scripted,
    commands: [feeds],
    run: async (command: Parameters<typeof scripted.run>[0], inquiry: Inquiry) => {
      ran.push(inquiry);
      return scripted.run(command, inquiry);
    },
  };
  const guild = discord.addGuild("newsroom").id;
  const channel = discord.addChannel(guild, "desk").id;
  const reporter = discord.addPerson("reporter").id;
  await registerAll(discord, newsroom);
  const app = await startDiscordApp(discord, newsroom);
  onTestFinished(() => app.adapter.stop());
  return { discord, guild, channel, reporter, ran };
}

describe("a command with rights", () => {
  it.each(["add", "test"])("is refused to who does not manage the place, with what it takes: %s", async (name) => {
    const { discord, channel, reporter, ran } = await openFeeds();
    discord.slash(reporter, channel, `feeds ${name}`);
    await discord.quiet(quietMs);
    expect(ran).toEqual([]);
    expect(texts(discord.ephemerals(reporter))).toContain("“Manage Server” or “Manage Channels”");
    expect(said(discord, channel)).toEqual([]);
  });

  it.each([Permit.ManageChannels, Permit.ManageGuild, Permit.Administrator])(
    "runs for who manages the place: %s",
    async (permission) => {
      const { discord, guild, channel, reporter, ran } = await openFeeds();
      discord.empower(reporter, guild, permission);
      discord.slash(reporter, channel, "feeds add");
      await discord.quiet(quietMs);
      expect(ran).toMatchObject([{ standing: "manager", place: { workspace: guild, channel, thread: null } }]);
      expect(texts(said(discord, channel))).toBe("Ran feeds.");
    },
  );

  it("answers the asker alone where the table says so", async () => {
    const { discord, channel, reporter, ran } = await openFeeds();
    discord.slash(reporter, channel, "feeds list");
    await discord.quiet(quietMs);
    expect(ran).toMatchObject([{ standing: "guest" }]);
    expect(texts(discord.ephemerals(reporter))).toBe("Ran feeds.");
    expect(said(discord, channel)).toEqual([]);
  });

  it("says where Dateline cannot post what it was set to post", async () => {
    const { discord, guild, channel, reporter } = await openFeeds();
    discord.empower(reporter, guild, Permit.ManageChannels);
    discord.deny(channel, Permit.SendMessages);
    discord.slash(reporter, channel, "feeds add");
    await discord.quiet(quietMs);
    expect(texts(said(discord, channel))).toMatch(/Ran feeds\.\n+I cannot post in this channel/);
  });
});

describe("a private answer", () => {
  it("is not shared once what it rests on was taken out of the corpus", async () => {
    const discord = await createDiscordDouble();
    onTestFinished(() => discord.close());
    const scripted = createScriptedNewsroom();
    scripted.script(() => answered());
    const read = { ...scripted.read, answer: async () => null };
    const newsroom = { ...scripted, commands: [askSpec], read };
    const channel = discord.addChannel(discord.addGuild("newsroom").id, "desk").id;
    const reporter = discord.addPerson("reporter").id;
    await registerAll(discord, newsroom);
    const app = await startDiscordApp(discord, newsroom);
    onTestFinished(() => app.adapter.stop());
    discord.slash(reporter, channel, "ask", { question, private: true });
    await discord.quiet(quietMs);
    const answer = discord.ephemerals(reporter)[0]!;
    discord.press(reporter, answer, buttonsOf(answer).find(({ label }) => label.startsWith("Share"))!.customId!);
    await discord.quiet(quietMs);
    expect(said(discord, channel)).toEqual([]);
    expect(texts(discord.ephemerals(reporter))).toContain("cannot be shared any more");
  });
});

describe("an answer that is too long for where Dateline is no member", () => {
  it("is not told in part", async () => {
    const desk = await openDesk();
    const long = Array.from({ length: 40 }, (_, i) => `c${i} ${"word ".repeat(190)}.`);
    desk.newsroom.script(() => ({
      ...answered(),
      main: {
        blocks: long.map((text) => ({ kind: "paragraph" as const, content: [{ kind: "text" as const, text }] })),
        sources: [],
        actions: [],
      },
    }));
    const outside = desk.discord.addGuild("outside", { withApp: false });
    const hall = desk.discord.addChannel(outside.id, "hall");
    desk.discord.slash(desk.reporter, hall.id, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(said(desk.discord, hall.id)).toEqual([]);
    expect(texts(desk.discord.ephemerals(desk.reporter, hall.id))).toContain("Ask me in a direct message");
  });
});

describe("deleting an answer", () => {
  it("opens its thread again where that was archived meanwhile", async () => {
    const desk = await openDesk();
    await settled(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const answer = said(desk.discord, desk.channel)[0]!;
    const thread = desk.discord.threadOf(answer)!;
    desk.discord.archive(thread.id);
    desk.discord.faults.next("deleteMessage", { kind: "refusal", status: 400, code: 50_083, message: "Archived" });
    const button = buttonsOf(answer).find(({ label }) => label === "Delete")!;
    desk.discord.press(desk.reporter, answer, button.customId!);
    await desk.discord.quiet(quietMs);
    expect(said(desk.discord, desk.channel)).toEqual([]);
    expect(said(desk.discord, thread.id)).toEqual([]);
  });

  it("while its passages are being posted leaves none of them", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      const reply = answered([citation(1)]);
      return { ...reply, thread: [reply.thread[0]!, reply.thread[0]!, reply.thread[0]!] };
    });
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const passage = desk.discord.nextCall("postMessage");
    desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await passage;
    desk.discord.faults.next("postMessage", { kind: "held", until });
    const answer = said(desk.discord, desk.channel)[0]!;
    const thread = desk.discord.threadOf(answer)!;
    const button = buttonsOf(answer).find(({ label }) => label === "Delete")!;
    desk.discord.press(desk.reporter, answer, button.customId!);
    await desk.discord.until(() => said(desk.discord, desk.channel).length === 0, "the answer to be gone");
    release();
    await desk.discord.quiet(quietMs);
    expect(said(desk.discord, thread.id)).toEqual([]);
    expect(desk.discord.channel(thread.id)).toMatchObject({ name: "Answer deleted" });
  });

  it("closes its thread under another name, and leaves what others wrote", async () => {
    const desk = await openDesk();
    await settled(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const answer = said(desk.discord, desk.channel)[0]!;
    const thread = desk.discord.threadOf(answer)!;
    desk.discord.say(desk.colleague, thread.id, `<@${desk.reporter}> look at this`);
    const button = buttonsOf(answer).find(({ label }) => label === "Delete")!;
    desk.discord.press(desk.reporter, answer, button.customId!);
    await desk.discord.quiet(quietMs);
    expect(said(desk.discord, desk.channel)).toEqual([]);
    expect(said(desk.discord, thread.id)).toEqual([]);
    expect(desk.discord.messages(thread.id)).toHaveLength(1);
    expect(desk.discord.channel(thread.id)).toMatchObject({ name: "Answer deleted", thread: { archived: true } });
  });
});
