import { Client, type DiscordAPIError, GatewayIntentBits, REST, Routes } from "discord.js";
import {
  InteractionResponseType as Answer,
  ComponentType,
  MessageFlags,
  PermissionFlagsBits as Permit,
} from "discord-api-types/v10";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Channel, createDiscordDouble, type DiscordDouble, type Guild } from "./discord/index.ts";

const nobody = { allowed_mentions: { parse: [] } };
const _v2 = { ...nobody, flags: MessageFlags.IsComponentsV2 };
const _display = (content: string) => ({ type: ComponentType.TextDisplay, content });
const button = { type: ComponentType.Button, style: 2, label: "Press", custom_id: "press" };
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });
const _embed = (length: number) => ({ description: "d".repeat(length) });
const text = { type: 3, name: "question", description: "What you want to know" };
const command = (over: object) => [{ name: "ask", description: "Asks", ...over }];

let discord: DiscordDouble;
let guild: Guild;
let channel: Channel;
let rest: REST;

beforeEach(async () => {
  discord = await createDiscordDouble();
  guild = discord.addGuild("newsroom");
  channel = discord.addChannel(guild.id, "desk");
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.botToken);
});
afterEach(() => discord.close());

type Sent = { readonly id: string; readonly content: string };

interface Errors {
  readonly [step: string]: Errors | undefined;
}

const errorsOf = (error: DiscordAPIError | null) =>
  (error?.rawError as { readonly errors?: Errors } | undefined)?.errors;

const send = (body: object, into = channel.id) => rest.post(Routes.channelMessages(into), { body }) as Promise<Sent>;
const refused = (code: number) => expect.objectContaining({ code });

describe("a place", () => {
  it("must be there, be visible and be writable", async () => {
    const say = (into: string) => send({ ...nobody, content: "x" }, into);
    await expect(say("1")).rejects.toEqual(refused(10003));
    discord.deny(channel.id, Permit.SendMessages);
    await expect(say(channel.id)).rejects.toEqual(refused(50013));
    discord.deny(channel.id, Permit.ViewChannel);
    await expect(say(channel.id)).rejects.toEqual(refused(50001));
    const other = discord.addChannel(guild.id, "other");
    discord.kick(guild.id);
    await expect(say(other.id)).rejects.toEqual(refused(50001));
  });

  it("for replies needs its history, and a message that is there unless that is waived", async () => {
    const ada = discord.addPerson("ada");
    const asked = discord.say(ada.id, channel.id, "why?");
    const reply = (id: string, more = {}) =>
      send({ ...nobody, content: "x", message_reference: { message_id: id, ...more } });
    await reply(asked.id);
    await expect(reply("1")).rejects.toEqual(refused(50035));
    await reply("1", { fail_if_not_exists: false });
    discord.deny(channel.id, Permit.ReadMessageHistory);
    await expect(reply(asked.id)).rejects.toEqual(refused(160002));
  });

  it("has one thread a message, with a name of 1 to 100, none in a thread or a direct message", async () => {
    const { id } = await send({ ...nobody, content: "x" });
    const begin = (name: string, from = id, into = channel.id) =>
      rest.post(Routes.threads(into, from), { body: { name } });
    for (const name of ["", " ", "x".repeat(101)]) await expect(begin(name)).rejects.toEqual(refused(50035));
    await expect(
      rest.post(Routes.threads(channel.id, id), { body: { name: "x", auto_archive_duration: 61 } }),
    ).rejects.toEqual(refused(50035));
    await expect(begin("x", "1")).rejects.toEqual(refused(10008));
    expect(await begin("x".repeat(100))).toMatchObject({ id, parent_id: channel.id });
    await expect(begin("again")).rejects.toEqual(refused(160004));
    const inside = await send({ ...nobody, content: "x" }, id);
    await expect(begin("deeper", inside.id, id)).rejects.toEqual(refused(50024));
    const direct = discord.direct(discord.addPerson("ada").id);
    const said = await send({ ...nobody, content: "x" }, direct.id);
    await expect(begin("private", said.id, direct.id)).rejects.toEqual(refused(50024));
    discord.deny(channel.id, Permit.CreatePublicThreads);
    const more = await send({ ...nobody, content: "x" });
    await expect(begin("x", more.id)).rejects.toEqual(refused(50013));
  });

  it("that is archived opens for a message, but not for an edit, and not when it is locked", async () => {
    const { id } = await send({ ...nobody, content: "x" });
    await rest.post(Routes.threads(channel.id, id), { body: { name: "x" } });
    const inside = await send({ ...nobody, content: "x" }, id);
    discord.archive(id);
    const edit = () => rest.patch(Routes.channelMessage(id, inside.id), { body: { ...nobody, content: "y" } });
    await expect(edit()).rejects.toEqual(refused(50083));
    await send({ ...nobody, content: "z" }, id);
    await edit();
    discord.archive(id, { locked: true });
    await expect(send({ ...nobody, content: "z" }, id)).rejects.toEqual(refused(160005));
  });

  it("of a person who does not want it is closed", async () => {
    const ada = discord.addPerson("ada");
    const made = (await rest.post(Routes.userChannels(), { body: { recipient_id: ada.id } })) as Sent;
    discord.refuseDirect(ada.id);
    await expect(send({ ...nobody, content: "x" }, made.id)).rejects.toEqual(refused(50007));
  });
});

describe("commands", () => {
  const put = (body: unknown) =>
    rest.put(Routes.applicationCommands(discord.application.id), { body }) as Promise<Sent[]>;

  it.each([
    ["upper case", command({ name: "Ask" }), "0.name"],
    ["a name of 33", command({ name: "a".repeat(33) }), "0.name"],
    ["a space", command({ name: "ask me" }), "0.name"],
    ["an upper-case translation", command({ name_localizations: { de: "Fragen" } }), "0.name_localizations.de"],
    ["an unknown locale", command({ name_localizations: { xx: "frag" } }), "0.name_localizations.xx"],
    ["no description", [{ name: "ask" }], "0.description"],
    ["a description of 101", command({ description: "d".repeat(101) }), "0.description"],
    [
      "26 options",
      command({ options: Array.from({ length: 26 }, (_, n) => ({ ...text, name: `o${n}` })) }),
      "0.options",
    ],
    [
      "a required option at the end",
      command({ options: [text, { ...text, name: "more", required: true }] }),
      "0.options.1",
    ],
    ["two options of one name", command({ options: [text, text] }), "0.options"],
    ["an upper-case option", command({ options: [{ ...text, name: "Question" }] }), "0.options.0.name"],
    [
      "26 choices",
      command({
        options: [{ ...text, choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) }],
      }),
      "0.options.0.choices",
    ],
    [
      "choices and completions",
      command({ options: [{ ...text, autocomplete: true, choices: [{ name: "a", value: "a" }] }] }),
      "0.options.0",
    ],
    [
      "an option beside a subcommand",
      command({ options: [text, { type: 1, name: "add", description: "Adds" }] }),
      "0.options",
    ],
    ["two of one name", [...command({}), ...command({})], ""],
  ])("are refused with %s", async (_, body, path) => {
    const error = await put(body).then(
      () => null,
      (caught: DiscordAPIError) => caught,
    );
    expect(error).toMatchObject({ code: 50035 });
    const inside = path
      .split(".")
      .filter(Boolean)
      .reduce<Errors | undefined>((at, step) => at?.[step], errorsOf(error));
    expect(inside, JSON.stringify(error?.rawError)).toBeDefined();
    expect(discord.commands()).toEqual([]);
  });

  it("keep their ids, and tell their translations only when asked", async () => {
    const body = command({ options: [{ ...text, required: true }], name_localizations: { de: "frag" } });
    const [first] = await put(body);
    const [second] = await put(body);
    expect(second!.id).toBe(first!.id);
    const route = Routes.applicationCommands(discord.application.id);
    expect(((await rest.get(route)) as object[])[0]).not.toHaveProperty("name_localizations");
    const query = new URLSearchParams({ with_localizations: "true" });
    expect(((await rest.get(route, { query })) as object[])[0]).toHaveProperty("name_localizations", { de: "frag" });
  });
});

describe("an interaction", () => {
  let ada: string;

  beforeEach(async () => {
    ada = discord.addPerson("ada").id;
    const body = command({ options: [{ ...text, required: true, autocomplete: true }] });
    await rest.put(Routes.applicationCommands(discord.application.id), { body });
  });

  const asked = () => discord.slash(ada, channel.id, "ask", { question: "why?" });
  const answer = ({ id, token }: { id: string; token: string }, body: object) =>
    rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  const followUp = ({ token }: { token: string }, body: object) =>
    rest.post(Routes.webhook(discord.application.id, token), { body, auth: false }) as Promise<Sent>;
  const original = ({ token }: { token: string }) => Routes.webhookMessage(discord.application.id, token, "@original");
  const says = (content: string, flags = 0) => ({
    type: Answer.ChannelMessageWithSource,
    data: { ...nobody, content, flags },
  });

  it("is answered once, by its own token, within three seconds", async () => {
    const [first, late] = [asked(), asked()];
    await expect(answer({ ...first, token: "other" }, says("x"))).rejects.toEqual(refused(10062));
    await answer(first, says("x"));
    await expect(answer(first, says("x"))).rejects.toEqual(refused(40060));
    discord.advance(3_001);
    await expect(answer(late, says("x"))).rejects.toEqual(refused(10062));
    expect(discord.messages(channel.id)).toHaveLength(1);
  });

  it("is followed up for fifteen minutes, once it was answered", async () => {
    const one = asked();
    await expect(followUp(one, { ...nobody, content: "x" })).rejects.toEqual(refused(10015));
    await answer(one, { type: Answer.DeferredChannelMessageWithSource, data: { flags: 64 } });
    const first = await followUp(one, { ...nobody, content: "takes the place of the deferral" });
    expect(first.id).toBe(one.original!.id);
    expect(discord.messages(channel.id)).toEqual([]);
    await followUp(one, { ...nobody, content: "for everybody" });
    expect(discord.messages(channel.id).map(({ content }) => content)).toEqual(["for everybody"]);
    discord.advance(15 * 60_000 + 1);
    await expect(followUp(one, { ...nobody, content: "x" })).rejects.toEqual(refused(50027));
    await expect(rest.patch(original(one), { body: { ...nobody, content: "x" }, auth: false })).rejects.toEqual(
      refused(50027),
    );
  });

  it("shows ephemeral messages to nobody else, through the channel to nobody at all", async () => {
    const one = asked();
    await answer(one, says("x", MessageFlags.Ephemeral));
    const { id } = one.original!;
    expect(discord.ephemerals(ada).map((message) => message.id)).toEqual([id]);
    await expect(rest.get(Routes.channelMessage(channel.id, id))).rejects.toEqual(refused(10008));
    await expect(rest.delete(Routes.channelMessage(channel.id, id))).rejects.toEqual(refused(10008));
    await rest.delete(original(one), { auth: false });
    expect(discord.ephemerals(ada)).toEqual([]);
  });

  it("wants the kind of answer that fits it", async () => {
    const typed = discord.type(ada, channel.id, "ask", "question", "w");
    await expect(answer(typed, says("x"))).rejects.toEqual(refused(50035));
    await expect(answer(asked(), { type: Answer.DeferredMessageUpdate })).rejects.toEqual(refused(50035));
    await expect(answer(asked(), says("x".repeat(2_001)))).rejects.toEqual(refused(50035));
    await expect(answer(asked(), says(""))).rejects.toEqual(refused(50006));
    const many = Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }));
    const suggest = (choices: object[]) =>
      answer(typed, { type: Answer.ApplicationCommandAutocompleteResult, data: { choices } });
    await expect(suggest(many)).rejects.toEqual(refused(50035));
    await expect(suggest([{ name: "x".repeat(101), value: "x" }])).rejects.toEqual(refused(50035));
    await suggest(many.slice(1));
  });

  it("offers only what is registered, and buttons that are there", async () => {
    expect(() => discord.slash(ada, channel.id, "digest")).toThrow("no command");
    expect(() => discord.slash(ada, channel.id, "ask", {})).toThrow("required");
    expect(() => discord.slash(ada, channel.id, "ask", { question: "x", other: "y" })).toThrow("no option");
    const one = asked();
    await answer(one, { type: 4, data: { ...nobody, content: "x", flags: 64, components: [row(button)] } });
    expect(() => discord.press(ada, one.original!, "other")).toThrow("no button");
    expect(() => discord.press(discord.addPerson("bob").id, one.original!, "press")).toThrow("do not see");
    const pressed = discord.press(ada, one.original!, "press");
    await answer(pressed, { type: Answer.UpdateMessage, data: { ...nobody, content: "y", components: [] } });
    expect(discord.ephemerals(ada)[0]!.content).toBe("y");
  });

  it("in a server that the bot is not in is followed up five times", async () => {
    const outside = discord.addGuild("outside", { withApp: false });
    const hall = discord.addChannel(outside.id, "hall");
    const one = discord.slash(ada, hall.id, "ask", { question: "why?" });
    await answer(one, says("x"));
    for (let n = 0; n < 5; n += 1) await followUp(one, { ...nobody, content: "x" });
    await expect(followUp(one, { ...nobody, content: "x" })).rejects.toEqual(refused(40094));
    await expect(send({ ...nobody, content: "x" }, hall.id)).rejects.toEqual(refused(50001));
  });
});

describe("the gateway", () => {
  const client = (intents: number) => new Client({ intents, rest: { api: discord.apiUrl, retries: 0 } });

  it("closes with 4004 for a wrong token and 4014 for an intent that is not allowed", async () => {
    discord.gateway.privileged = 0;
    const refusal = (made: Client) => made.login(discord.botToken).catch((error: Error) => error.message);
    expect(await refusal(client(GatewayIntentBits.MessageContent))).toContain("disallowed intents");
    discord.gateway.refusals.push(4004);
    expect(await refusal(client(GatewayIntentBits.Guilds))).toBe("Authentication failed");
  });

  it("tells what the intents allow, and words only where they mention the bot without the intent for them", async () => {
    const made = client(GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages);
    const heard: unknown[] = [];
    made.on("messageCreate", ({ content }) => void heard.push(content));
    await made.login(discord.botToken);
    const ada = discord.addPerson("ada").id;
    discord.say(ada, channel.id, "secret");
    discord.mention(ada, channel.id, "open");
    discord.dm(ada, "not asked for");
    await discord.quiet(60);
    expect(heard).toEqual(["", `<@${discord.bot.id}> open`]);
    await made.destroy();
  });

  it("rejects a wrong token at every request", async () => {
    rest.setToken("wrong");
    await expect(send({ ...nobody, content: "x" })).rejects.toMatchObject({ status: 401 });
  });
});
