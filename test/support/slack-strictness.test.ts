import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { slackSchemas } from "../../scripts/slack-schemas.ts";
import { clientOf, openSlack } from "./slack/fixture.ts";
import { fromManifest, type Json, type SlackDoubleOptions } from "./slack/index.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (more: Json = {}) => ({ type: "button", text: plain("Go"), ...more });
const actions = (...elements: Json[]) => ({ type: "actions", elements });
const x = (length: number) => "x".repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

async function workspace(options?: SlackDoubleOptions) {
  const slack = await openSlack(options);
  const ada = slack.addPerson("ada");
  const news = slack.addChannel("news", { members: [ada] });
  const client = clientOf(slack);
  /** What Slack answered: `ok`, or the error and its first complaint. */
  const call = async (method: string, args: Json, token = slack.botToken): Promise<string> => {
    const answered = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(args),
    });
    const body = (await answered.json()) as { ok: boolean; error?: string; errors?: string[] };
    return body.ok ? "ok" : [body.error, body.errors?.[0]].filter(Boolean).join(": ");
  };
  const post = (args: Json) => call("chat.postMessage", { channel: news.id, ...args });
  return { slack, ada, news, client, call, post };
}

describe("the schema", () => {
  it("is what @slack/types says today; `node scripts/slack-schemas.ts` writes it anew", () => {
    const file = join(import.meta.dirname, "..", "fixtures", "slack", "schema.json");
    expect(readFileSync(file, "utf8")).toBe(slackSchemas());
  });
});

describe("blocks", () => {
  it.each<[string, Json[], string]>([
    ["an unknown kind", [{ type: "paragraph" }], "invalid_blocks: unsupported type [json-pointer:/blocks/0/type]"],
    ["no kind at all", [{}], "invalid_blocks: missing required field: type [json-pointer:/blocks/0]"],
    [
      "a property that is not there",
      [{ ...section("a"), colour: "red" }],
      "invalid_blocks: invalid additional property: colour [json-pointer:/blocks/0]",
    ],
    [
      "a header in mrkdwn",
      [{ type: "header", text: mrkdwn("a") }],
      'invalid_blocks: must be equal to "plain_text" [json-pointer:/blocks/0/text/type]',
    ],
    [
      "a section without text",
      [{ type: "section" }],
      "invalid_blocks: missing required field: text or fields [json-pointer:/blocks/0]",
    ],
    [
      "an empty text",
      [section("")],
      "invalid_blocks: must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a text that is a number",
      [{ type: "section", text: { type: "mrkdwn", text: 1 } }],
      "invalid_blocks: must provide a string [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a button in a context",
      [{ type: "context", elements: [button()] }],
      "invalid_blocks: unsupported type [json-pointer:/blocks/0/elements/0/type]",
    ],
    [
      "feedback buttons in actions",
      [actions({ type: "feedback_buttons" })],
      "invalid_blocks: unsupported type [json-pointer:/blocks/0/elements/0/type]",
    ],
    [
      "a style that does not exist",
      [actions(button({ style: "loud" }))],
      'invalid_blocks: must be one of ["primary","danger"] [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      "two blocks of one id",
      [
        { ...section("a"), block_id: "b" },
        { ...section("c"), block_id: "b" },
      ],
      "invalid_blocks: block_id `b` already exists [json-pointer:/blocks/1/block_id]",
    ],
    [
      "two actions of one id",
      [{ ...actions(button({ action_id: "a" }), button({ action_id: "a" })), block_id: "b" }],
      "invalid_blocks: action_id `a` already exists for block_id `b` [json-pointer:/blocks/0/elements/1/action_id]",
    ],
    [
      "a script for an address",
      [actions(button({ url: "javascript:alert(1)" }))],
      "invalid_blocks: invalid url [json-pointer:/blocks/0/elements/0/url]",
    ],
    [
      "two tables",
      times(2, () => ({ type: "table", rows: [[{ type: "raw_text", text: "a" }]] })),
      "invalid_attachments: only_one_table_allowed",
    ],
  ])("refuses %s", async (_, blocks, answer) => {
    const { slack, post, news } = await workspace();
    expect(await post({ text: "a", blocks })).toBe(answer);
    expect(slack.messages(news.id)).toEqual([]);
  });

  it.each<[string, number, (size: number) => Json[]]>([
    ["blocks", 50, (size) => times(size, () => ({ type: "divider" }))],
    ["characters of a section's text", 3_000, (size) => [section(x(size))]],
    ["fields", 10, (size) => [{ type: "section", fields: times(size, () => plain("a")) }]],
    ["characters of a field", 2_000, (size) => [{ type: "section", fields: [mrkdwn(x(size))] }]],
    ["characters of a header", 150, (size) => [{ type: "header", text: plain(x(size)) }]],
    ["elements of a context", 10, (size) => [{ type: "context", elements: times(size, () => mrkdwn("a")) }]],
    ["elements of actions", 25, (size) => [actions(...times(size, () => button()))]],
    ["characters of a button", 75, (size) => [actions(button({ text: plain(x(size)) }))]],
    ["characters of a button's value", 2_000, (size) => [actions(button({ value: x(size) }))]],
    ["characters of a button's address", 3_000, (size) => [actions(button({ url: `https://${x(size - 8)}` }))]],
    ["characters of an action_id", 255, (size) => [actions(button({ action_id: x(size) }))]],
    ["characters of a block_id", 255, (size) => [{ ...section("a"), block_id: x(size) }]],
    ["characters of a markdown block", 12_000, (size) => [{ type: "markdown", text: x(size) }]],
    [
      "characters of all markdown blocks",
      12_000,
      (size) => [1, size - 1].map((part) => ({ type: "markdown", text: x(part) })),
    ],
    [
      "elements of context_actions",
      5,
      (size) => [
        {
          type: "context_actions",
          elements: times(size, () => ({ type: "icon_button", icon: "trash", text: plain("a") })),
        },
      ],
    ],
    ["rows of a table", 100, (size) => [{ type: "table", rows: times(size, () => [{ type: "raw_text", text: "a" }]) }]],
    ["cells of a row", 20, (size) => [{ type: "table", rows: [times(size, () => ({ type: "raw_text", text: "a" }))] }]],
    [
      "options of an overflow",
      5,
      (size) => [
        actions({ type: "overflow", options: times(size, (index) => ({ text: plain("a"), value: `${index}` })) }),
      ],
    ],
    [
      "characters of an option",
      75,
      (size) => [actions({ type: "overflow", options: [{ text: plain(x(size)), value: "a" }] })],
    ],
    [
      "characters of an image's description",
      2_000,
      (size) => [{ type: "image", image_url: "https://example.org/a.png", alt_text: x(size) }],
    ],
  ])("allows as many %s as %i and not one more", async (_, most, make) => {
    const { post } = await workspace();
    expect(await post({ text: "a", blocks: make(most) })).toBe("ok");
    expect(await post({ text: "a", blocks: make(most + 1) })).toMatch(/^invalid_blocks: .*(less than|no more than)/);
  });

  it("counts all of a posted message's blocks together, but not a response's", async () => {
    const { post, slack, news, ada } = await workspace();
    const blocks = times(5, () => section(x(2_700)));
    expect(await post({ text: "a", blocks })).toBe("msg_blocks_too_long");
    expect(await post({ text: "a", blocks: blocks.slice(1) })).toBe("ok");
    void slack.slash(ada.id, news.id, "/ask");
    const { payload } = await slack.until(
      () => slack.deliveries.find(({ type }) => type === "slash_commands"),
      "the command",
    );
    const answered = await fetch(String(payload.response_url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ blocks }),
    });
    expect(answered.status).toBe(200);
  });

  it("holds views to their own counts and keeps message blocks out of them", async () => {
    const { call, ada } = await workspace();
    const publish = (view: Json) => call("views.publish", { user_id: ada.id, view: { type: "home", ...view } });
    expect(await publish({ blocks: times(100, () => ({ type: "divider" })) })).toBe("ok");
    expect(await publish({ blocks: times(101, () => ({ type: "divider" })) })).toContain(
      "no more than 100 items allowed",
    );
    expect(await publish({ blocks: [{ type: "markdown", text: "a" }] })).toContain("unsupported type: markdown");
    expect(await publish({ blocks: [], private_metadata: x(3_001) })).toContain("must be less than 3001 characters");
    expect(await publish({ blocks: [], title: plain("a") })).toContain("invalid additional property: title");
    expect(await publish({ blocks: [{ type: "nothing" }] })).toContain("invalid_arguments: unsupported type");
  });
});

describe("messages", () => {
  it("refuses what is empty, too long or contradictory", async () => {
    const { post } = await workspace();
    expect(await post({})).toBe("no_text");
    expect(await post({ text: " " })).toBe("no_text");
    expect(await post({ blocks: [] })).toBe("no_text");
    expect(await post({ text: x(40_000) })).toBe("ok");
    expect(await post({ text: x(40_001) })).toBe("msg_too_long");
    expect(await post({ markdown_text: x(12_001) })).toBe("msg_too_long");
    expect(await post({ markdown_text: "a", text: "b" })).toBe("markdown_text_conflict");
    expect(await post({ text: "a", blocks: "not json" })).toBe("invalid_blocks_format");
    expect(await post({ text: "a", blocks: { type: "divider" } })).toBe("invalid_blocks_format");
    expect(await post({ text: "a", attachments: times(101, () => ({ text: "a" })) })).toBe("too_many_attachments");
    expect(await post({ text: "a", attachments: [{ text: "a", blocks: [{ type: "b" }] }] })).toContain(
      "invalid_attachments: unsupported type",
    );
    expect(await post({ text: "a", metadata: { event_type: "a" } })).toContain("invalid_metadata_schema");
    expect(await post({ text: "a", thread_ts: "1.2" })).toBe("thread_not_found");
  });

  it("reads the real client's form fields as it reads JSON, and gives its errors back through it", async () => {
    const { slack, news, client } = await workspace();
    const sent = await client.chat.postMessage({
      channel: news.id,
      text: "a",
      blocks: [{ type: "divider" }],
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(slack.find(news.id, sent.ts!)).toMatchObject({
      blocks: [{ type: "divider" }],
      unfurl: { links: false, media: false },
    });
    await expect(
      client.chat.postMessage({ channel: news.id, text: "a", blocks: [{ type: "paragraph" }] }),
    ).rejects.toMatchObject({
      data: {
        error: "invalid_blocks",
        response_metadata: { messages: ["[ERROR] unsupported type [json-pointer:/blocks/0/type]"] },
      },
    });
  });
});

describe("who may do what", () => {
  it("checks the token", async () => {
    const { slack, call, post } = await workspace();
    expect(await call("auth.test", {}, "")).toBe("not_authed");
    expect(await call("auth.test", {}, "xoxb-another")).toBe("invalid_auth");
    expect(await call("auth.test", {})).toBe("ok");
    expect(await call("chat.postMessage", {}, slack.appToken)).toBe("not_allowed_token_type");
    expect(await call("apps.connections.open", {})).toBe("not_allowed_token_type");
    for (const error of ["token_revoked", "account_inactive", "invalid_auth"] as const) {
      slack.installation.revoked = error;
      expect(await post({ text: "a" })).toBe(error);
    }
    expect(await call("no.such.method", {})).toBe("unknown_method");
  });

  it("names the scope that is missing and those that are there", async () => {
    const { slack, client, call, news, ada } = await workspace({ scopes: ["users:read", "commands"] });
    const refused = client.chat.postMessage({ channel: news.id, text: "a" });
    await expect(refused).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "chat:write", provided: "users:read,commands" },
    });
    expect(await call("conversations.history", { channel: news.id })).toBe("missing_scope");
    expect(await call("reactions.add", { channel: news.id, timestamp: "1.2", name: "eyes" })).toBe("missing_scope");
    expect(await call("users.info", { user: ada.id })).toBe("ok");
    slack.installation.appScopes = new Set();
    expect(await call("apps.connections.open", {}, slack.appToken)).toBe("missing_scope");
  });

  it("keeps the app out of channels that it is not in, or that do not exist or are archived", async () => {
    const { slack, call, post, ada } = await workspace();
    const open = slack.addChannel("open", { members: [ada], withApp: false });
    const closed = slack.addChannel("closed", { members: [ada], withApp: false, kind: "private" });
    const old = slack.addChannel("old", { members: [ada] });
    slack.archive(old.id);
    expect(await post({ channel: open.id, text: "a" })).toBe("not_in_channel");
    expect(await call("conversations.replies", { channel: open.id, ts: "1.2" })).toBe("not_in_channel");
    expect(await post({ channel: closed.id, text: "a" })).toBe("channel_not_found");
    expect(await post({ channel: "C404", text: "a" })).toBe("channel_not_found");
    expect(await post({ channel: old.id, text: "a" })).toBe("is_archived");
    slack.installation.scopes = new Set([...slack.installation.scopes, "chat:write.public"]);
    expect(await post({ channel: open.id, text: "a" })).toBe("ok");
    const bob = slack.addPerson("bob");
    expect(await call("chat.postEphemeral", { channel: open.id, user: bob.id, text: "a" })).toBe("not_in_channel");
    await slack.invite(open.id);
    expect(await call("chat.postEphemeral", { channel: open.id, user: bob.id, text: "a" })).toBe("user_not_in_channel");
    expect(await post({ channel: bob.id, text: "a" })).toBe("ok");
    expect(slack.messages(slack.direct(bob.id).id)).toHaveLength(1);
  });

  it("takes a trigger once and for three seconds", async () => {
    const { slack, call, ada, news } = await workspace({ ackWindowMs: 20 });
    const open = (trigger_id: unknown) =>
      call("views.open", { trigger_id, view: { type: "modal", title: plain("a"), blocks: [section("a")] } });
    await slack.slash(ada.id, news.id, "/ask");
    await slack.slash(ada.id, news.id, "/ask");
    const [first, second] = slack.deliveries.map(({ payload }) => payload.trigger_id);
    expect([await open(first), await open(first)]).toEqual(["ok", "exchanged_trigger_id"]);
    slack.advance(3_001);
    expect([await open(second), await open("guessed")]).toEqual(["expired_trigger_id", "invalid_trigger_id"]);
  });

  it("is set up by an app manifest", async () => {
    const manifest = {
      features: {
        app_home: { home_tab_enabled: false },
        slash_commands: [{ command: "/ask" }],
        shortcuts: [{ type: "message", callback_id: "verify" }],
      },
      oauth_config: { scopes: { bot: ["commands"] } },
      settings: { event_subscriptions: { bot_events: ["app_mention"] } },
    };
    const { slack, call, ada, news } = await workspace({ ...fromManifest(manifest), ackWindowMs: 20 });
    await expect(slack.slash(ada.id, news.id, "/sources")).rejects.toThrow("not a valid command");
    expect((await slack.slash(ada.id, news.id, "/ask")).delivery.payload.command).toBe("/ask");
    expect(await call("views.publish", { user_id: ada.id, view: { type: "home", blocks: [] } })).toBe("not_enabled");
    expect((await slack.mention(ada.id, news.id, "hello")).deliveries).toEqual([]);
    const { message } = await slack.say(ada.id, news.id, "hello");
    await expect(slack.shortcut(ada.id, message, "compare")).rejects.toThrow("no shortcut");
  });
});
