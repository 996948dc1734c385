import { describe, expect, it } from "vitest";
import { manages, mayPost } from "../../../adapters/discord/access.ts";
import { buttonRow } from "../../../adapters/discord/buttons.ts";
import { spotOf } from "../../../adapters/discord/channels.ts";
import {
  heardMessage,
  type InteractionLike,
  type MessageLike,
  orderOf,
  pressOf,
  sceneOf,
  typingOf,
} from "../../../adapters/discord/receive.ts";
import type { CommandSpec } from "../../../src/ports.ts";

const self = { userId: "100", applicationId: "100" };
const ownRole = "555";

function message(over: Partial<MessageLike> = {}): MessageLike {
  return {
    id: "9",
    channel_id: "7",
    guild_id: "3",
    type: 0,
    content: "<@100> What does the cable urge?",
    author: { id: "1" },
    mentions: [{ id: "100", username: "dateline" }],
    mention_roles: [],
    mention_everyone: false,
    ...over,
  };
}

const unmentioned = { mentions: [], content: "And in Canada?" };
const reply = (author: string) => ({
  type: 19,
  message_reference: { message_id: "8", type: 0 },
  referenced_message: { author: { id: author } },
});

describe("a message", () => {
  it("that mentions Dateline is a question, without the mention", () => {
    expect(heardMessage(message(), self, null)).toEqual({
      text: "What does the cable urge?",
      asker: "1",
      guild: "3",
      channel: "7",
      message: "9",
      repliesTo: null,
      uncalled: false,
    });
  });

  it("to Dateline alone needs no mention", () => {
    const direct = message({ guild_id: undefined, ...unmentioned });
    expect(heardMessage(direct, self, null)).toMatchObject({ text: "And in Canada?", guild: null, uncalled: false });
  });

  it("that mentions the role Discord made for Dateline calls it too", () => {
    const byRole = message({ mentions: [], mention_roles: [ownRole], content: "<@&555> What now?" });
    expect(heardMessage(byRole, self, ownRole)).toMatchObject({ text: "What now?", uncalled: false });
    expect(heardMessage(byRole, self, null)).toBeNull();
  });

  it("without a mention may be a follow-up", () => {
    expect(heardMessage(message(unmentioned), self, null)).toMatchObject({ text: "And in Canada?", uncalled: true });
  });

  it("in reply to an answer says which", () => {
    const answered = message({ ...unmentioned, ...reply("100") });
    expect(heardMessage(answered, self, null)).toMatchObject({ repliesTo: "8", uncalled: true });
  });

  it.each<[string, Partial<MessageLike>]>([
    ["of a bot", { author: { id: "2", bot: true } }],
    ["of Dateline itself", { author: { id: "100", bot: true } }],
    ["of a webhook", { webhook_id: "4" }],
    ["that says somebody joined", { type: 7 }],
    ["that says a thread began", { type: 21 }],
    ["without words, because Discord does not give them", { ...unmentioned, content: "" }],
    ["to somebody else", { mentions: [{ id: "2", username: "bob" }], content: "<@2> look" }],
    ["to a role", { ...unmentioned, mention_roles: ["6"] }],
    ["to everybody", { ...unmentioned, mention_everyone: true }],
    ["in reply to somebody else", { ...unmentioned, ...reply("2") }],
  ])("%s is not for Dateline", (_what, over) => {
    expect(heardMessage(message(over), self, null)).toBeNull();
  });

  it("that forwards another is no reply to it", () => {
    const forwarded = message({ message_reference: { message_id: "8", type: 1 } });
    expect(heardMessage(forwarded, self, null)).toMatchObject({ repliesTo: null });
  });

  it("has people in it by name, and no codes", () => {
    const content = "<@!100> what did <@2> say in <#7> about <:cable:5>?";
    const mentions = [
      { id: "100", username: "dateline" },
      { id: "2", username: "rubio", global_name: "Marco Rubio" },
    ];
    expect(heardMessage(message({ content, mentions }), self, null)?.text).toBe(
      "what did Marco Rubio say in about :cable:?",
    );
  });
});

function interaction(over: Partial<InteractionLike> = {}): InteractionLike {
  return {
    id: "9",
    token: "t",
    type: 2,
    guild_id: "3",
    channel: { id: "7", type: 0, parent_id: "70" },
    member: { user: { id: "1" }, permissions: "0" },
    app_permissions: "0",
    ...over,
  };
}

describe("where an interaction happened", () => {
  it("is a channel of a server", () => {
    expect(sceneOf(interaction())).toEqual({
      guild: "3",
      channel: "7",
      thread: null,
      type: 0,
      into: "7",
      asker: "1",
      standing: "guest",
      appMay: "0",
    });
  });

  it("is a thread with the channel that it belongs to", () => {
    const thread = interaction({ channel: { id: "71", type: 11, parent_id: "7" } });
    expect(sceneOf(thread)).toMatchObject({ channel: "7", thread: "71", into: "71" });
  });

  it("is a thread of a channel that is not told", () => {
    expect(sceneOf(interaction({ channel: { id: "71", type: 11 } }))).toMatchObject({ channel: null, thread: "71" });
  });

  it("is a direct conversation", () => {
    const direct = interaction({
      guild_id: undefined,
      member: undefined,
      user: { id: "2" },
      channel: { id: "8", type: 1 },
    });
    expect(sceneOf(direct)).toMatchObject({ guild: null, channel: "8", asker: "2", standing: "guest" });
  });

  it.each([
    ["0", "guest"],
    [String(1n << 11n), "guest"],
    [String(1n << 5n), "manager"],
    [String(1n << 4n), "manager"],
    [String(1n << 3n), "manager"],
  ])("with the permissions %s somebody is a %s", (permissions, standing) => {
    expect(sceneOf(interaction({ member: { user: { id: "1" }, permissions } }))).toMatchObject({ standing });
    expect(manages(permissions)).toBe(standing === "manager");
  });

  it("is nowhere without a channel or a person", () => {
    expect(sceneOf(interaction({ channel: undefined }))).toBeNull();
    expect(sceneOf(interaction({ member: undefined }))).toBeNull();
  });
});

describe("what the app may do there", () => {
  const view = 1n << 10n;
  const send = 1n << 11n;
  const inThreads = 1n << 38n;
  it("is posting only with what posting needs", () => {
    expect(mayPost(String(view | send), false)).toBe(true);
    expect(mayPost(String(send), false)).toBe(false);
    expect(mayPost(String(view | send), true)).toBe(false);
    expect(mayPost(String(view | inThreads), true)).toBe(true);
    expect(mayPost(String(1n << 3n), true)).toBe(true);
  });
});

describe("a place", () => {
  it.each([
    [0, true],
    [5, true],
    [2, false],
    [11, false],
    [15, false],
  ])("of type %s has threads under its messages: %s", (type, threads) => {
    expect(spotOf("7", "3", type, null).threads).toBe(threads);
  });

  it("is the thread to post in, and its channel to be allowed collections", () => {
    expect(spotOf("71", "3", 11, "7")).toEqual({ guild: "3", channel: "7", thread: "71", into: "71", threads: false });
  });

  it("has no threads in a direct conversation", () => {
    expect(spotOf("8", null, null, null)).toEqual({
      guild: null,
      channel: "8",
      thread: null,
      into: "8",
      threads: false,
    });
  });
});

const plain = { help: "Helps.", who: "everyone", options: [], example: "x" } as const;
const specs: readonly CommandSpec[] = [
  { ...plain, name: "ask", private: false, subcommands: [] },
  { ...plain, name: "sources", private: false, subcommands: [] },
  { ...plain, name: "help", private: true, subcommands: [] },
  {
    ...plain,
    name: "feeds",
    private: true,
    subcommands: [
      { ...plain, name: "list", private: true },
      { ...plain, name: "add", private: false },
    ],
  },
];
const given = (data: unknown) => interaction({ data });

describe("a slash command", () => {
  it("is an order with its options as text", () => {
    const options = [
      { name: "question", type: 3, value: "What now?" },
      { name: "outlet", type: 3, value: "The Post" },
    ];
    expect(orderOf(given({ name: "ask", options }), specs)).toEqual({
      command: { name: "ask", subcommand: null, options: { question: "What now?", outlet: "The Post" } },
      private: false,
    });
  });

  it.each([
    [true, true],
    [false, false],
  ])("asks in private: %s", (value, wanted) => {
    const options = [
      { name: "question", type: 3, value: "What now?" },
      { name: "private", type: 5, value },
    ];
    const order = orderOf(given({ name: "ask", options }), specs);
    expect(order.private).toBe(wanted);
    expect(order.command.options).toEqual({ question: "What now?" });
  });

  it("has a subcommand with options of its own, and a flag only when it is set", () => {
    const inner = [
      { name: "address", type: 3, value: "https://news.example" },
      { name: "article", type: 5, value: true },
      { name: "quiet", type: 5, value: false },
    ];
    const order = orderOf(given({ name: "feeds", options: [{ name: "add", type: 1, options: inner }] }), specs);
    expect(order).toEqual({
      command: {
        name: "feeds",
        subcommand: "add",
        options: { address: "https://news.example", article: "true" },
      },
      private: false,
    });
  });

  it.each([
    ["help", undefined, true],
    ["sources", undefined, false],
    ["feeds", "list", true],
    ["feeds", "add", false],
  ])("/%s %s is as private as the table says", (name, subcommand, wanted) => {
    const options = subcommand === undefined ? [] : [{ name: subcommand, type: 1 }];
    expect(orderOf(given({ name, options }), specs).private).toBe(wanted);
  });
});

describe("an option that is being typed", () => {
  it("is known with what has been typed", () => {
    const options = [
      { name: "question", type: 3, value: "What now?" },
      { name: "outlet", type: 3, value: "Po", focused: true },
    ];
    expect(typingOf(given({ name: "ask", options }))).toEqual({
      ref: { command: "ask", subcommand: null, option: "outlet" },
      typed: "Po",
    });
  });

  it("may belong to a subcommand", () => {
    const inner = [{ name: "feed", type: 3, value: "", focused: true }];
    expect(typingOf(given({ name: "feeds", options: [{ name: "remove", type: 1, options: inner }] }))).toEqual({
      ref: { command: "feeds", subcommand: "remove", option: "feed" },
      typed: "",
    });
  });

  it("is none when nothing is", () => {
    expect(typingOf(given({ name: "ask", options: [{ name: "question", type: 3, value: "x" }] }))).toBeNull();
  });
});

describe("a press", () => {
  const owner = { asker: "123456789012345678", delivery: "i123456789012345679" };
  const answerId = "a-7f3c7f3c7f3c7f3c";
  const actions = (["share", "delete", "feedback"] as const).map((kind) => ({ kind, label: "Label", answerId }));
  const ids = buttonRow(actions, owner)!.components.map(({ custom_id }) => custom_id);

  it("means what its button was made for, in at most a hundred characters", () => {
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(100);
    expect(ids.map((custom_id) => pressOf(given({ custom_id })))).toEqual([
      { kind: "share", answerId, ...owner, verdict: null },
      { kind: "delete", answerId, ...owner, verdict: null },
      { kind: "feedback", answerId, asker: null, delivery: null, verdict: "good" },
      { kind: "feedback", answerId, asker: null, delivery: null, verdict: "bad" },
    ]);
  });

  it.each([
    "",
    "dateline",
    "dateline:delete:a-1",
    "other:delete:a-1:2:3",
    "dateline:feedback:a-1:maybe",
    "dateline:delete:a:1:2:3",
  ])("on anything else is none: %j", (custom_id) => {
    expect(pressOf(given({ custom_id }))).toBeNull();
  });
});
