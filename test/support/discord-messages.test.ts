import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REST, Routes } from "discord.js";
import { ComponentType, MessageFlags } from "discord-api-types/v10";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { discordSchemas } from "../../scripts/discord-schemas.ts";
import { type Channel, createDiscordDouble, type DiscordDouble, type Guild } from "./discord/index.ts";
import { openApiComplaints, openApiFile } from "./discord/openapi.ts";
import { bodyComplaints, routeOf } from "./discord/requests.ts";

const nobody = { allowed_mentions: { parse: [] } };
const v2 = { ...nobody, flags: MessageFlags.IsComponentsV2 };
const display = (content: string) => ({ type: ComponentType.TextDisplay, content });
const button = { type: ComponentType.Button, style: 2, label: "Press", custom_id: "press" };
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });
const embed = (length: number) => ({ description: "d".repeat(length) });
const _text = { type: 3, name: "question", description: "What you want to know" };
const _command = (over: object) => [{ name: "ask", description: "Asks", ...over }];

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

const send = (body: object, into = channel.id) => rest.post(Routes.channelMessages(into), { body }) as Promise<Sent>;
const refused = (code: number) => expect.objectContaining({ code });

describe("the schema", () => {
  it("is what discord-api-types says today; `node scripts/discord-schemas.ts` writes it anew", () => {
    const file = join(import.meta.dirname, "..", "fixtures", "discord", "schema.json");
    expect(readFileSync(file, "utf8")).toBe(discordSchemas());
  });
});

/** Bodies that Discord takes, and what they are of. */
const taken: readonly (readonly [string, object])[] = [
  ["a text", { ...nobody, content: "x".repeat(2_000) }],
  ["ten embeds within 6,000", { ...nobody, embeds: Array.from({ length: 10 }, () => embed(600)) }],
  ["a description of 4,096", { ...nobody, embeds: [embed(4_096)] }],
  ["a button", { ...nobody, content: "x", components: [row(button)] }],
  [
    "a link",
    { ...nobody, content: "x", components: [row({ type: 2, style: 5, label: "x", url: "https://a.example" })] },
  ],
  ["components of version 2", { ...v2, components: [display("x".repeat(4_000))] }],
  ["forty components", { ...v2, components: Array.from({ length: 40 }, () => display("x")) }],
  ["a section", { ...v2, components: [{ type: 9, components: [display("x")], accessory: button }] }],
  ["a container", { ...v2, components: [{ type: 17, components: [display("x"), row(button)] }] }],
  ["a nonce of 25", { ...nobody, content: "x", nonce: "n".repeat(25), enforce_nonce: true }],
];

/** Bodies that Discord, or this project, does not take, and the field that is wrong. */
const wrong: readonly (readonly [string, object, string])[] = [
  ["2,001 characters", { ...nobody, content: "x".repeat(2_001) }, "content"],
  ["eleven embeds", { ...nobody, embeds: Array.from({ length: 11 }, () => embed(1)) }, "embeds"],
  ["a description of 4,097", { ...nobody, embeds: [embed(4_097)] }, "embeds.0.description"],
  ["6,001 in all embeds", { ...nobody, embeds: [embed(3_000), embed(3_001)] }, "embeds"],
  [
    "26 fields",
    { ...nobody, embeds: [{ ...embed(1), fields: Array.from({ length: 26 }, () => ({ name: "a", value: "b" })) }] },
    "embeds.0.fields",
  ],
  [
    "an empty field",
    { ...nobody, embeds: [{ ...embed(1), fields: [{ name: "", value: "b" }] }] },
    "embeds.0.fields.0.name",
  ],
  ["an embed without anything", { ...nobody, embeds: [{ color: 1 }] }, "embeds.0.description"],
  ["an embed's script link", { ...nobody, embeds: [{ ...embed(1), url: "javascript:alert(1)" }] }, "embeds.0.url"],
  [
    "a button without custom_id",
    { ...nobody, content: "x", components: [row({ type: 2, style: 2, label: "x" })] },
    "components.0.components.0.custom_id",
  ],
  [
    "two buttons of one custom_id",
    { ...nobody, content: "x", components: [row(button, button)] },
    "components.0.components.1.custom_id",
  ],
  [
    "a label of 81",
    { ...nobody, content: "x", components: [row({ ...button, label: "x".repeat(81) })] },
    "components.0.components.0.label",
  ],
  [
    "a custom_id of 101",
    { ...nobody, content: "x", components: [row({ ...button, custom_id: "x".repeat(101) })] },
    "components.0.components.0.custom_id",
  ],
  [
    "six buttons in a row",
    {
      ...nobody,
      content: "x",
      components: [row(...Array.from({ length: 6 }, (_, n) => ({ ...button, custom_id: `${n}` })))],
    },
    "components.0.components",
  ],
  ["an empty row", { ...nobody, content: "x", components: [row()] }, "components.0.components"],
  ["a button at the top", { ...nobody, content: "x", components: [button] }, "components.0.type"],
  ["text without the flag for it", { ...nobody, components: [display("x")] }, "components.0.type"],
  ["content beside version 2", { ...v2, content: "x", components: [display("x")] }, "content"],
  ["embeds beside version 2", { ...v2, embeds: [embed(1)], components: [display("x")] }, "embeds"],
  ["41 components", { ...v2, components: Array.from({ length: 41 }, () => display("x")) }, "components"],
  [
    "4,001 characters of text",
    { ...v2, components: [display("x".repeat(2_000)), display("x".repeat(2_001))] },
    "components",
  ],
  ["empty text", { ...v2, components: [display(" ")] }, "components.0.content"],
  [
    "a container in a container",
    { ...v2, components: [{ type: 17, components: [{ type: 17, components: [display("x")] }] }] },
    "components.0.components.0.type",
  ],
  [
    "a section of four texts",
    { ...v2, components: [{ type: 9, components: [1, 2, 3, 4].map(() => display("x")), accessory: button }] },
    "components.0.components",
  ],
  [
    "two components of one id",
    {
      ...v2,
      components: [
        { ...display("x"), id: 7 },
        { ...display("y"), id: 7 },
      ],
    },
    "components.1.id",
  ],
  ["a component's id over 32 bits", { ...v2, components: [{ ...display("x"), id: 2 ** 32 }] }, "components.0.id"],
  ["a nonce of 26", { ...nobody, content: "x", nonce: "n".repeat(26) }, "nonce"],
  ["an enforced nonce that is missing", { ...nobody, content: "x", enforce_nonce: true }, "nonce"],
  ["no word on mentions", { content: "x" }, "allowed_mentions"],
  ["mentions of everyone", { content: "x", allowed_mentions: { parse: ["everyone"] } }, "allowed_mentions"],
  ["mentions of a person", { content: "x", allowed_mentions: { parse: [], users: ["1"] } }, "allowed_mentions"],
  [
    "a ping of who is replied to",
    { content: "x", allowed_mentions: { parse: [], replied_user: true } },
    "allowed_mentions",
  ],
  ["a flag that only interactions have", { ...nobody, content: "x", flags: MessageFlags.Ephemeral }, "flags"],
  ["a field that does not exist", { ...nobody, content: "x", contents: "y" }, "contents"],
  ["a number for a text", { ...nobody, content: 7 }, "content"],
  ["an unknown kind of component", { ...v2, components: [{ type: 99 }] }, "components.0.type"],
];

describe("a message", () => {
  it.each(taken)("is taken with %s", async (_, body) => {
    await expect(send(body)).resolves.toHaveProperty("id");
  });

  it.each(wrong)("is refused with %s", async (_, body, path) => {
    const error = await send(body).catch((caught) => caught);
    expect(error).toMatchObject({ code: 50035, status: 400 });
    const inside = path.split(".").reduce((at, step) => at?.[step], error.rawError.errors);
    expect(inside?._errors, JSON.stringify(error.rawError)).not.toHaveLength(0);
    expect(discord.messages(channel.id)).toEqual([]);
  });

  it.each([
    ["nothing", {}],
    ["white space", { content: " \n" }],
    ["empty lists", { content: "", embeds: [] }],
  ])("is refused with %s in it", async (_, body) => {
    await expect(send({ ...nobody, ...body })).rejects.toEqual(refused(50006));
  });

  it("of one nonce is posted once within its window, twice after it, and the nonce is not kept", async () => {
    const body = { ...nobody, content: "x", nonce: "one", enforce_nonce: true };
    const [first, second] = [await send(body), await send(body)];
    expect(second.id).toBe(first.id);
    discord.advance(10 * 60_000);
    expect((await send(body)).id).not.toBe(first.id);
    expect(discord.messages(channel.id)).toHaveLength(2);
    const history = (await rest.get(Routes.channelMessages(channel.id))) as object[];
    for (const message of history) expect(message).not.toHaveProperty("nonce");
  });

  it("without an enforced nonce is posted every time", async () => {
    for (const _ of [1, 2]) await send({ ...nobody, content: "x", nonce: "one" });
    expect(discord.messages(channel.id)).toHaveLength(2);
  });

  it("is read back newest first, a hundred at most, after or before another", async () => {
    const posted: Sent[] = [];
    for (let n = 0; n < 5; n += 1) posted.push(await send({ ...nobody, content: `${n}` }));
    const read = async (query: Record<string, string>) => {
      const params = new URLSearchParams(query);
      return ((await rest.get(Routes.channelMessages(channel.id), { query: params })) as Sent[]).map(
        (one) => one.content,
      );
    };
    expect(await read({ limit: "2" })).toEqual(["4", "3"]);
    expect(await read({ limit: "2", after: posted[0]!.id })).toEqual(["2", "1"]);
    expect(await read({ limit: "2", before: posted[3]!.id })).toEqual(["2", "1"]);
    await expect(read({ limit: "101" })).rejects.toEqual(refused(50035));
  });

  it("of somebody else is neither edited nor deleted; one's own is", async () => {
    const ada = discord.addPerson("ada");
    const theirs = discord.say(ada.id, channel.id, "mine");
    const at = (id: string) => Routes.channelMessage(channel.id, id);
    await expect(rest.patch(at(theirs.id), { body: { ...nobody, content: "y" } })).rejects.toEqual(refused(50005));
    await expect(rest.delete(at(theirs.id))).rejects.toEqual(refused(50013));
    const own = await send({ ...nobody, content: "x" });
    await rest.patch(at(own.id), { body: { ...nobody, content: "y" } });
    await expect(rest.patch(at(own.id), { body: { ...nobody, content: "" } })).rejects.toEqual(refused(50006));
    await rest.delete(at(own.id));
    await expect(rest.delete(at(own.id))).rejects.toEqual(refused(10008));
  });
});

describe.skipIf(!existsSync(openApiFile))(
  "Discord's own OpenAPI description (skipped where it is not beside the repository)",
  () => {
    const call = (method: string, pathname: string, body: object) => ({ method, pathname, body: body as never });
    const message = (body: object) => call("POST", "/channels/1/messages", body);

    it.each(taken)("allows a message with %s", (_, body) => {
      expect(openApiComplaints(message(body))).toEqual([]);
    });

    it("refuses what it can see to be wrong, and so do we", () => {
      const seen = wrong.filter(([, body]) => openApiComplaints(message(body)).length > 0).map(([name]) => name);
      expect(seen.length).toBeGreaterThan(10);
      for (const [name, body] of wrong) {
        if (!seen.includes(name)) continue;
        expect(bodyComplaints(routeOf("POST", "/channels/1/messages")!, body), name).not.toEqual([]);
      }
    });

    it("knows every request that is known here", () => {
      for (const { method, pathname } of [
        call("GET", "/gateway/bot", {}),
        call("GET", "/users/@me", {}),
        call("PATCH", "/webhooks/1/t/messages/@original", {}),
        call("POST", "/channels/1/messages/2/threads", {}),
        call("PUT", "/applications/1/guilds/2/commands", {}),
      ])
        expect(openApiComplaints({ method, pathname, body: undefined })).toEqual([]);
      expect(openApiComplaints({ method: "GET", pathname: "/nowhere", body: undefined })).not.toEqual([]);
    });
  },
);
