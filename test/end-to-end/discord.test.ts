import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run, start, temporaryFolder } from "../support/command-line.ts";
import { buttonsOf, createDiscordDouble, type DiscordDouble, type Message } from "../support/discord/index.ts";
import { openApiComplaints, openApiFile } from "../support/discord/openapi.ts";
import { shownOf } from "../support/discord-shown.ts";

/** Long enough for a process of its own to say what it has to say. */
const quietMs = 300;
const cable = "What did the cable say about religious freedom?";

describe("a reporter in Discord, over the starter corpus, with everything as it is started", () => {
  let discord: DiscordDouble;
  let data: { readonly path: string; readonly remove: () => void };
  let serving: ChildProcess;
  let log = "";
  let guild: string;
  let channel: string;
  let reporter: string;

  function environment(): Readonly<Record<string, string>> {
    return {
      DATELINE_DATA: data.path,
      DISCORD_TOKEN: discord.botToken,
      DISCORD_API_URL: discord.apiUrl,
      WEB: "off",
    };
  }

  async function up(): Promise<void> {
    serving = start(["serve"], { cwd: data.path, env: environment() });
    serving.stdout!.resume();
    serving.stderr!.on("data", (chunk) => {
      log += String(chunk);
    });
    await discord.until(() => discord.gateway.ready, "a connection", 15_000);
    await discord.quiet(100);
  }

  async function down(): Promise<void> {
    serving.kill("SIGTERM");
    const [code] = await once(serving, "exit");
    expect(code).toBe(0);
  }

  /** Resolves with the answer once everything that belongs to it is there. */
  async function ask(act: () => unknown): Promise<Message> {
    const answer = discord.nextMessage(undefined, 10_000);
    act();
    const { channel_id, id } = await answer;
    await discord.quiet(quietMs);
    return discord.find(channel_id, id)!;
  }

  const text = (message: Message) => shownOf(message).text;
  const threadOf = (answer: Message) =>
    discord
      .messages(discord.threadOf(answer)?.id ?? "")
      .map(text)
      .join("\n");
  const buttonTo = (message: Message, label: string) =>
    buttonsOf(message).find((button) => button.label.includes(label))!.customId!;

  beforeAll(async () => {
    data = temporaryFolder();
    discord = await createDiscordDouble({ deadlineMs: 10_000 });
    guild = discord.addGuild("newsroom").id;
    const registered = await run(["discord", "register"], { cwd: data.path, env: environment() });
    expect(registered.err).toBe("");
    expect(registered.out).toContain("/ask");
    expect(registered.out).toContain("https://discord.com/oauth2/authorize?client_id=");
    await up();
  });

  afterAll(async () => {
    await down();
    const refused = discord.calls.filter(({ answer }) => answer === null || answer.status >= 400);
    const codes = refused.map(({ answer }) => (answer?.body as { readonly code?: number } | undefined)?.code);
    // Deleting what is deleted already is no harm: "Unknown Message".
    expect(codes.filter((code) => code !== 10008)).toEqual([]);
    if (existsSync(openApiFile)) expect(discord.calls.flatMap(openApiComplaints)).toEqual([]);
    await discord.close();
    data.remove();
  });

  beforeEach(() => {
    channel = discord.addChannel(guild, "desk").id;
    reporter = discord.addPerson("reporter").id;
  });

  afterEach(() => {
    // Nothing that was shown to anybody pings, hides or unfurls.
    const everything = [channel, ...discord.messages(channel).map(({ id }) => id)].flatMap((id) =>
      discord.messages(id),
    );
    for (const message of [...everything, ...discord.ephemerals(reporter)])
      if (message.author.id === discord.bot.id) expect(shownOf(message).hazards).toEqual([]);
  });

  it("asks five questions, opens the threads, follows up, presses the buttons, with a restart in between", async () => {
    const first = await ask(() => discord.slash(reporter, channel, "ask", { question: cable }));
    expect(text(first)).toContain(cable);
    expect(text(first)).toContain("We urge vigilance in protecting religious freedom");
    expect(threadOf(first)).toContain("safeguarding religious liberty");
    const passages = discord.messages(first.id);
    expect(shownOf(first).links.length).toBeGreaterThan(0);
    for (const link of shownOf(first).links)
      expect(link).toMatch(/^https:\/\/(?!discord\.com\/(?!channels\/\d+\/\d+\/\d+$))/);

    const second = await ask(() => discord.mention(reporter, channel, "Does the cable mention sexual assault?"));
    expect(text(second)).toContain("negative social impacts");

    const third = await ask(() => discord.dm(reporter, cable));
    expect(third.channel_id).toBe(discord.direct(reporter).id);
    expect(text(third)).toContain("We urge vigilance");

    await down();
    await up();

    const followUp = await ask(() =>
      discord.say(reporter, first.id, "And what does it say about anti-Christian incidents?"),
    );
    expect(followUp.channel_id).toBe(first.id);
    expect(text(followUp)).toMatch(/large migrant presence|migrant-heavy areas/);

    const replied = await ask(() =>
      discord.say(reporter, channel, "And about religious freedom?", { replyTo: second, ping: false }),
    );
    expect(text(replied)).toContain("We urge vigilance");

    const declined = await ask(() =>
      discord.slash(reporter, channel, "ask", { question: "Who won the football world cup?" }),
    );
    expect(text(declined)).toContain("Not in the corpus.");
    expect(text(declined)).toMatch(/Searched: 5 documents, \d+ passages\./);
    expect(discord.threadOf(declined)).toBeUndefined();

    const thanks = await ask(() => discord.press(reporter, first, buttonTo(first, "Bad answer")));
    expect(thanks.ephemeralTo).toBe(reporter);
    expect(text(thanks)).toContain("Noted as a bad answer");

    discord.press(reporter, first, buttonTo(first, "Delete"));
    await discord.quiet(quietMs);
    expect(discord.find(channel, first.id)).toBeUndefined();
    for (const { id } of passages) expect(discord.find(first.id, id)).toBeUndefined();
    expect(discord.find(channel, second.id)).toBeDefined();
    expect(log).not.toMatch(/\berror\b/i);
  });

  it("answers privately, and shares the answer only when told to", async () => {
    const hidden = await ask(() => discord.slash(reporter, channel, "ask", { question: cable, private: true }));
    expect(hidden.ephemeralTo).toBe(reporter);
    expect(text(hidden)).toContain("We urge vigilance");
    expect(discord.messages(channel)).toEqual([]);
    const shared = await ask(() => discord.press(reporter, hidden, buttonTo(hidden, "Share")));
    expect(shared.ephemeralTo).toBeNull();
    expect(text(shared)).toContain("We urge vigilance");
    expect(threadOf(shared)).toContain("safeguarding religious liberty");
    expect(discord.ephemerals(reporter)).toEqual([]);
  });

  it("shows what the corpus holds and how to ask, answers elsewhere than in its servers, and leaves others' talk alone", async () => {
    const sources = await ask(() => discord.slash(reporter, channel, "sources"));
    expect(text(sources)).toContain("5 documents");
    const help = await ask(() => discord.slash(reporter, channel, "help"));
    expect(text(help)).toContain("/ask");
    const outside = discord.addGuild("elsewhere", { withApp: false });
    const hall = discord.addChannel(outside.id, "hall");
    const abroad = await ask(() => discord.slash(reporter, hall.id, "ask", { question: cable }));
    expect(text(abroad)).toContain("We urge vigilance");
    const before = discord.calls.length;
    discord.say(reporter, channel, "Does anybody want lunch?");
    const other = discord.addThread(channel, "lunch", reporter);
    discord.say(reporter, other.id, "What did the cable say about lunch?");
    await discord.quiet(quietMs);
    expect(discord.calls.length).toBe(before);
  });

  it("offers the corpus's outlets while somebody types, and answers from the one that was chosen", async () => {
    const report = (outlet: string, fined: string) =>
      `---\ntitle: Ferry company fined\noutlet: ${outlet}\n---\n\nThe harbour court fined the ferry company ${fined} crowns on Monday, the clerk said.\n`;
    await down();
    for (const [outlet, fined] of [
      ["Harbour Post", "40,000"],
      ["Evening Mail", "45,000"],
    ] as const)
      await writeFile(join(data.path, `${outlet}.md`), report(outlet, fined));
    const ingested = await run(["ingest", data.path], { cwd: data.path, env: environment() });
    expect(ingested.code).toBe(0);
    await up();
    const offered = discord.type(reporter, channel, "ask", "outlet", "har");
    await discord.until(() => offered.choices, "completions");
    expect(offered.choices).toEqual([{ name: "Harbour Post", value: "Harbour Post" }]);
    const question = "How much was the ferry company fined?";
    const narrowed = await ask(() => discord.slash(reporter, channel, "ask", { question, outlet: "Harbour Post" }));
    expect(text(narrowed)).toContain("40,000");
    expect(text(narrowed)).not.toContain("45,000");
  });
});
