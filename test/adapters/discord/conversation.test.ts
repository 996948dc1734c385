import { PermissionFlagsBits as Permit } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { answered, citation } from "../../support/answers.ts";
import { buttonsOf, type Message } from "../../support/discord/index.ts";
import { type DiscordDesk, openDesk } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";
import { notice } from "../../support/scripted-newsroom.ts";

const quietMs = 100;
const question = "What does the cable urge?";
const noAddress = () => answered([citation(1, { url: null })]);

const text = (message: Message) => shownOf(message).text;

/** Acts, and gives Dateline's new messages in a channel once nothing more comes. */
async function saidAfter(
  { discord, channel }: DiscordDesk,
  act: () => unknown,
  where = channel,
): Promise<readonly Message[]> {
  const own = () => discord.messages(where).filter(({ author }) => author.id === discord.bot.id);
  const before = new Set(own().map(({ id }) => id));
  act();
  await discord.quiet(quietMs);
  return own().filter(({ id }) => !before.has(id));
}

function press({ discord }: DiscordDesk, who: string, message: Message, label: string): void {
  const button = buttonsOf(message).find((one) => one.label.includes(label));
  if (!button?.customId) throw new Error(`no button ${label}`);
  discord.press(who, message, button.customId);
}

describe("a question", () => {
  it("is answered as a reply, its passages in a thread of its name, one message a claim, the quoted words in bold", async () => {
    const desk = await openDesk();
    desk.newsroom.script(noAddress);
    const asked = desk.discord.mention(desk.reporter, desk.channel, question);
    const [answer, ...more] = await saidAfter(desk, () => undefined);
    expect(more).toEqual([]);
    expect(answer!.message_reference?.message_id).toBe(asked.id);
    expect(answer!.mentions).toEqual([]);
    const thread = desk.discord.threadOf(answer!)!;
    expect(thread.name).toBe(question);
    const [passage] = desk.discord.messages(thread.id);
    expect(JSON.stringify(passage!.components)).toContain("**quotation number 1**");
    // Where there is no address, the mark leads to the passage.
    expect(shownOf(desk.discord.find(desk.channel, answer!.id)!).links).toContain(
      `https://discord.com/channels/${desk.guild}/${thread.id}/${passage!.id}`,
    );
  });

  it("tells the core where it was asked: the server, the channel above a thread, the thread", async () => {
    const desk = await openDesk();
    const [answer] = await saidAfter(desk, () => desk.discord.mention(desk.reporter, desk.channel, question));
    await saidAfter(desk, () => desk.discord.say(desk.reporter, answer!.id, "And in Canada?"), answer!.id);
    const { guild: workspace, channel } = desk;
    expect(desk.newsroom.asked[0]!.place).toEqual({ adapter: "discord", workspace, channel, thread: null });
    expect(desk.newsroom.asked[1]!.place).toEqual({ adapter: "discord", workspace, channel, thread: answer!.id });
    expect(desk.newsroom.asked[1]!.follows).toBe("a-0000000000000001");
  });

  it("begins under a digest with a question, and with nothing else that is said there", async () => {
    const desk = await openDesk();
    const place = { adapter: "discord", workspace: desk.guild, channel: desk.channel, thread: null };
    const digest = await desk.app.adapter.post(place, notice("The digest."), { id: "d-1", triedSince: null });
    await desk.app.adapter.post(digest.thread, notice("A passage."), { id: "d-1-t0", triedSince: null });
    await desk.restart();
    await saidAfter(desk, () => desk.discord.say(desk.reporter, digest.id, "I take the ferry."), digest.id);
    const [answer] = await saidAfter(
      desk,
      () => desk.discord.say(desk.reporter, digest.id, "Which ferry sank?"),
      digest.id,
    );
    expect(text(answer!)).toContain("The cable urges vigilance.");
    expect(desk.newsroom.asked).toMatchObject([{ text: "Which ferry sank?", place: digest.thread, follows: null }]);
  });

  it("goes on in its thread, by a reply and in a direct message, after a restart too", async () => {
    const desk = await openDesk();
    const [answer] = await saidAfter(desk, () => desk.discord.mention(desk.reporter, desk.channel, question));
    const direct = desk.discord.direct(desk.reporter).id;
    const [told] = await saidAfter(desk, () => desk.discord.dm(desk.reporter, question), direct);
    expect(text(told!)).toContain("The cable urges vigilance.");
    await desk.restart();
    await saidAfter(desk, () => desk.discord.say(desk.colleague, answer!.id, "In the thread?"), answer!.id);
    await saidAfter(desk, () =>
      desk.discord.say(desk.colleague, desk.channel, "By a reply?", { replyTo: answer!, ping: false }),
    );
    await saidAfter(desk, () => desk.discord.dm(desk.reporter, "Directly?"), direct);
    const later = desk.newsroom.asked.slice(2);
    expect(later.map((inquiry) => inquiry.text)).toEqual(["In the thread?", "By a reply?", "Directly?"]);
    expect(later.slice(0, 2).map(({ follows }) => follows)).toEqual(["a-0000000000000001", "a-0000000000000001"]);
    // A direct conversation is one thread to the core.
    expect(later[2]!.place).toEqual(desk.newsroom.asked[1]!.place);
    expect(later[2]!.place!.thread).not.toBeNull();
  });

  it("is not what others say to each other, what bots say, or what it says itself", async () => {
    const desk = await openDesk();
    const bot = desk.discord.addPerson("other bot", { bot: true }).id;
    const theirs = desk.discord.addThread(desk.channel, "lunch", desk.reporter).id;
    const [answer] = await saidAfter(desk, () => desk.discord.mention(desk.reporter, desk.channel, question));
    const before = desk.discord.calls.length;
    desk.discord.say(desk.reporter, desk.channel, "What does the cable urge?");
    desk.discord.say(desk.reporter, theirs, "What does the cable urge?");
    desk.discord.mention(bot, desk.channel, question);
    desk.discord.say(bot, answer!.id, question);
    desk.discord.say(desk.reporter, answer!.id, `<@${desk.colleague}> what do you think?`);
    const lunch = desk.discord.say(desk.colleague, desk.channel, "Lunch?");
    desk.discord.say(desk.reporter, desk.channel, "Yes!", { replyTo: lunch });
    desk.discord.edit(lunch, `<@${desk.discord.bot.id}> lunch?`);
    await desk.discord.quiet(quietMs);
    expect(desk.newsroom.asked).toHaveLength(1);
    expect(desk.discord.calls.length).toBe(before);
  });

  it("is asked by somebody who may do what Discord says they may", async () => {
    const desk = await openDesk();
    desk.discord.empower(desk.colleague, desk.guild, Permit.ManageGuild);
    const standings: unknown[] = [];
    const { run } = desk.newsroom;
    Object.assign(desk.newsroom, {
      run: (...given: Parameters<typeof run>) => {
        standings.push(given[1].standing);
        return run(...given);
      },
    });
    for (const person of [desk.reporter, desk.colleague])
      await saidAfter(desk, () => desk.discord.slash(person, desk.channel, "sources"));
    expect(standings).toEqual(["guest", "manager"]);
  });
});

describe("buttons", () => {
  it("share a private answer once, for everybody, however often they are pressed and after a restart", async () => {
    const desk = await openDesk();
    expect(
      await saidAfter(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question, private: true })),
    ).toEqual([]);
    const [hidden] = desk.discord.ephemerals(desk.reporter);
    expect(text(hidden!)).toContain("The cable urges vigilance.");
    await desk.restart();
    const shared = await saidAfter(desk, () => {
      press(desk, desk.reporter, hidden!, "Share");
      press(desk, desk.reporter, hidden!, "Share");
    });
    expect(shared.map(text).filter((one) => one.includes("The cable urges vigilance."))).toHaveLength(1);
    expect(desk.discord.threadOf(shared[0]!)).toBeDefined();
    expect(desk.discord.ephemerals(desk.reporter).map(text).join("\n")).not.toContain("The cable urges vigilance.");
  });

  it("delete an answer with its passages, for who asked and nobody else", async () => {
    const desk = await openDesk();
    const [answer] = await saidAfter(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const [passage] = desk.discord.messages(answer!.id);
    press(desk, desk.colleague, answer!, "Delete");
    await desk.discord.quiet(quietMs);
    expect(desk.discord.ephemerals(desk.colleague).map(text)).toEqual([
      expect.stringContaining("Only the person who asked"),
    ]);
    expect(desk.discord.find(desk.channel, answer!.id)).toBeDefined();
    await desk.restart();
    press(desk, desk.reporter, answer!, "Delete");
    await desk.discord.quiet(quietMs);
    expect(desk.discord.find(desk.channel, answer!.id)).toBeUndefined();
    expect(desk.discord.find(answer!.id, passage!.id)).toBeUndefined();
    await saidAfter(desk, () => desk.discord.say(desk.colleague, answer!.id, "Still there?"), answer!.id);
    expect(desk.newsroom.asked).toHaveLength(1);
  });

  it("take feedback from anybody, and thank them alone", async () => {
    const desk = await openDesk();
    const verdicts: unknown[] = [];
    Object.assign(desk.newsroom, { feedback: async (given: unknown) => void verdicts.push(given) });
    const [answer] = await saidAfter(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const shown = await saidAfter(desk, () => press(desk, desk.colleague, answer!, "Bad answer"));
    expect(verdicts).toEqual([{ answerId: "a-0000000000000001", asker: desk.colleague, verdict: "bad" }]);
    expect(shown).toEqual([]);
    expect(desk.discord.ephemerals(desk.colleague).map(text)).toEqual(["Thank you. Noted as a bad answer."]);
  });

  it("whose insides were made up by others do nothing", async () => {
    const desk = await openDesk();
    const [answer] = await saidAfter(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    const forged = { ...answer!.components![2]!, components: [] };
    expect(forged).toBeDefined();
    const row = (custom_id: string) => ({ type: 1, components: [{ type: 2, style: 2, label: "x", custom_id }] });
    for (const custom_id of [
      "dateline:delete",
      "dateline:erase:a:b:c",
      "other:delete:a:b:c",
      "dateline:share:a:b:c:d",
      ":::",
    ]) {
      const before = desk.discord.calls.length;
      (desk.discord.find(desk.channel, answer!.id)!.components as unknown[]).push(row(custom_id));
      desk.discord.press(desk.reporter, answer!, custom_id);
      await desk.discord.quiet(40);
      expect(desk.discord.calls.length, custom_id).toBe(before);
    }
  });
});

describe("completions", () => {
  it("are at most twenty-five, none longer than Discord takes, and never late words of a stranger", async () => {
    const desk = await openDesk();
    const outlets = [
      "x".repeat(101),
      "",
      "@everyone",
      "\u202Eevil\u202C",
      ...Array.from({ length: 40 }, (_, n) => `Outlet ${n}`),
    ];
    Object.assign(desk.newsroom, { complete: async () => outlets });
    const typed = desk.discord.type(desk.reporter, desk.channel, "ask", "outlet", "o");
    await desk.discord.until(() => typed.choices, "completions");
    expect(typed.choices).toHaveLength(25);
    expect(typed.choices!.every(({ value }) => outlets.includes(String(value)))).toBe(true);
  });

  it("that fail or come late disturb nothing", async () => {
    const desk = await openDesk();
    Object.assign(desk.newsroom, { complete: () => Promise.reject(new Error("no index")) });
    desk.discord.type(desk.reporter, desk.channel, "ask", "outlet", "o");
    await desk.discord.quiet(quietMs);
    const [answer] = await saidAfter(desk, () => desk.discord.slash(desk.reporter, desk.channel, "ask", { question }));
    expect(text(answer!)).toContain("The cable urges vigilance.");
  });
});
