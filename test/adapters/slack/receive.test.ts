import { describe, expect, it } from "vitest";
import { heardCommand, heardMessage, type MessageLike, takePrivate } from "../../../adapters/slack/receive.ts";
import type { CommandSpec } from "../../../src/ports.ts";

const self = { userId: "UBOT", botId: "BBOT", workspace: "T1" };

function message(over: Partial<MessageLike> = {}): MessageLike {
  return {
    type: "message",
    channel: "C1",
    channel_type: "channel",
    user: "U1",
    ts: "2.0",
    text: "and in Canada?",
    ...over,
  };
}

const mention = (text: string, over: Partial<MessageLike> = {}) =>
  message({ type: "app_mention", text, channel_type: undefined, ...over });

describe("a message", () => {
  it.each<[string, Partial<MessageLike>]>([
    ["another bot's", { bot_id: "B2", thread_ts: "1.0" }],
    ["its own", { user: "UBOT", thread_ts: "1.0" }],
    ["an edit", { subtype: "message_changed", thread_ts: "1.0" }],
    ["a deletion", { subtype: "message_deleted", thread_ts: "1.0" }],
    ["one that was edited", { edited: { user: "U1", ts: "2.1" }, thread_ts: "1.0" }],
    ["somebody joining", { subtype: "channel_join" }],
    ["nobody's", { user: undefined, thread_ts: "1.0" }],
    ["not in a thread", {}],
    ["a mention, which comes as its own event", { text: "<@UBOT> hello", thread_ts: "1.0" }],
    ["for somebody else", { text: "<@U2> what do you think?", thread_ts: "1.0" }],
    ["for everybody", { text: "<!here> lunch", thread_ts: "1.0" }],
  ])("is not heard when it is %s", (_what, over) => {
    expect(heardMessage(message(over), self)).toBeNull();
  });

  it("in a channel's thread is heard as uncalled", () => {
    expect(heardMessage(message({ thread_ts: "1.0" }), self)).toEqual({
      text: "and in Canada?",
      asker: "U1",
      place: { adapter: "slack", workspace: "T1", channel: "C1", thread: "1.0" },
      under: "1.0",
      beginsThread: false,
      audience: "everyone",
      uncalled: true,
      direct: false,
      outlet: null,
    });
  });

  it("that is sent to the channel from a thread, or carries a file, is heard too", () => {
    for (const subtype of ["thread_broadcast", "file_share"])
      expect(heardMessage(message({ subtype, thread_ts: "1.0" }), self)?.uncalled).toBe(true);
  });

  it("to Dateline directly is one conversation, and each thread another", () => {
    const direct = heardMessage(message({ channel: "D1", channel_type: "im" }), self);
    expect(direct).toMatchObject({ uncalled: false, under: null, place: { thread: "direct" } });
    const inThread = heardMessage(message({ channel: "D1", channel_type: "im", thread_ts: "1.0" }), self);
    expect(inThread).toMatchObject({ direct: true, uncalled: false, under: "1.0", place: { thread: "1.0" } });
  });
});

describe("a mention", () => {
  it("begins a thread under itself", () => {
    const heard = heardMessage(mention("<@UBOT> what did &lt;they&gt; say &amp; when?"), self);
    expect(heard).toMatchObject({
      text: "what did <they> say & when?",
      under: "2.0",
      beginsThread: true,
      uncalled: false,
      place: { thread: "2.0" },
    });
  });

  it("goes on in a thread that is there", () => {
    expect(heardMessage(mention("hey <@UBOT|dateline>, who?", { thread_ts: "1.0" }), self)).toMatchObject({
      text: "hey , who?",
      under: "1.0",
      beginsThread: false,
    });
  });

  it.each([
    [
      "<@UBOT> see <https://news.example/a|the report> and <https://news.example/b>",
      "see the report and https://news.example/b",
    ],
    ["<@UBOT> in <#C9|politics> by <@U7|ada> and <@U8>", "in #politics by @ada and"],
    ["<@UBOT> <!here|here> <!subteam^S1|@desk> on <!date^1^{date}|2 November>", "here @desk on 2 November"],
    ["<@UBOT>   ", ""],
  ])("is read as it was written: %s", (typed, text) => {
    expect(heardMessage(mention(typed), self)?.text).toBe(text);
  });
});

describe("the flag for a private answer", () => {
  it.each([
    "--private who won?",
    "—private who won?",
    "–private who won?",
    "who won? --private",
    "  —PRIVATE   who won?",
  ])("is taken out of %j", (typed) => {
    expect(takePrivate(typed)).toEqual({ text: "who won?", wanted: true });
  });

  it.each(["what does --private mean here?", "—privately owned firms", "private firms", "-private firms"])(
    "is not seen in %j",
    (typed) => {
      expect(takePrivate(typed)).toEqual({ text: typed, wanted: false });
    },
  );
});

const plain = { help: "", who: "everyone", private: false, options: [], subcommands: [] } as const;
const specs: readonly CommandSpec[] = [
  {
    ...plain,
    name: "ask",
    options: [
      { name: "question", help: "", required: true, kind: "text" },
      { name: "outlet", help: "", required: false, kind: "text" },
    ],
    example: "ask x",
  },
  {
    ...plain,
    name: "digest",
    subcommands: [
      { ...plain, name: "list", example: "digest list" },
      {
        ...plain,
        name: "subscribe",
        options: [
          { name: "when", help: "", required: false, kind: "text" },
          { name: "topics", help: "", required: false, kind: "text" },
          { name: "quiet", help: "", required: false, kind: "flag" },
        ],
        example: "digest subscribe daily at 08:00",
      },
    ],
    example: "digest list",
  },
];
const slash = (command: string, text: string) => ({ command, text, user_id: "U1", channel_id: "C1" });

describe("a slash command", () => {
  it("asks, with everything after it as the question", () => {
    expect(heardCommand(slash("/ask", " --private What did A &amp; B say? "), specs, self)).toEqual({
      kind: "ask",
      heard: {
        text: "What did A & B say?",
        asker: "U1",
        place: { adapter: "slack", workspace: "T1", channel: "C1", thread: null },
        under: null,
        beginsThread: true,
        audience: "asker",
        uncalled: false,
        direct: false,
        outlet: null,
      },
    });
    expect(heardCommand(slash("/ask", "outlet:“The Gazette” Who said “no”?"), specs, self)).toMatchObject({
      heard: { text: "Who said “no”?", outlet: "The Gazette" },
    });
  });

  it("runs whatever the core's table has, under its own name or after /dateline", () => {
    for (const order of [
      heardCommand(slash("/digest", "subscribe 0 7 * * * —quiet"), specs, self),
      heardCommand(slash("/dateline", "digest subscribe 0 7 * * * --quiet"), specs, self),
    ])
      expect(order).toMatchObject({
        kind: "run",
        command: { name: "digest", subcommand: "subscribe", options: { when: "0 7 * * *", quiet: "true" } },
      });
    expect(heardCommand(slash("/dateline", "ask who won?"), specs, self)).toMatchObject({
      kind: "ask",
      heard: { text: "who won?" },
    });
  });

  it("is help where the table has no such command", () => {
    for (const [command, text] of [
      ["/dateline", ""],
      ["/dateline", "help"],
      ["/dateline", "dance"],
    ] as const)
      expect(heardCommand(slash(command, text), specs, self)).toMatchObject({ kind: "run", command: { name: "help" } });
  });
});
