import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientOf, openSlack, startSocketApp } from "./slack/fixture.ts";
import { effectsOf, type Json, visible } from "./slack/index.ts";

async function workspace() {
  const slack = await openSlack();
  const ada = slack.addPerson("ada");
  const news = slack.addChannel("news", { members: [ada] });
  const client = clientOf(slack);
  const post = async (text: string, more: Json = {}) =>
    (await client.chat.postMessage({ channel: news.id, text, ...more } as never)).ts!;
  return { slack, ada, news, client, post };
}

describe("what stands in a conversation", () => {
  it("gives every message a ts of its own, later than all before, also while the clock stands still", async () => {
    const { slack, post, news } = await workspace();
    await Promise.all(Array.from({ length: 20 }, (_, index) => post(`message ${index}`)));
    const all = slack.messages(news.id).map(({ ts }) => Number(ts));
    expect(new Set(all).size).toBe(20);
    expect(all).toEqual([...all].sort((a, b) => a - b));
  });

  it("keeps threads together, whether the root is named or a reply, and reads them back with metadata where asked", async () => {
    const { client, post, news, slack } = await workspace();
    const root = await post("root", { metadata: { event_type: "answer", event_payload: { id: "a-1" } } });
    const reply = await post("one", { thread_ts: root });
    await post("two", { thread_ts: reply, reply_broadcast: true });
    expect(slack.thread(news.id, root).map(({ text }) => text)).toEqual(["one", "two"]);
    expect(slack.messages(news.id).map(({ text }) => text)).toEqual(["root", "two"]);
    const replies = await client.conversations.replies({ channel: news.id, ts: root, include_all_metadata: true });
    expect(replies.messages!.map(({ text }) => text)).toEqual(["root", "one", "two"]);
    expect(replies.messages![0]).toMatchObject({
      reply_count: 2,
      thread_ts: root,
      metadata: { event_payload: { id: "a-1" } },
    });
    const history = await client.conversations.history({ channel: news.id, oldest: root, inclusive: true, limit: 1 });
    expect(history).toMatchObject({ has_more: true, messages: [{ text: "two", subtype: "thread_broadcast" }] });
    const next = await client.conversations.history({
      channel: news.id,
      limit: 1,
      cursor: history.response_metadata!.next_cursor!,
    });
    expect(next.messages![0]!.metadata).toBeUndefined();
    const { permalink } = await client.chat.getPermalink({ channel: news.id, message_ts: reply });
    expect(permalink).toContain(`/p${reply.replace(".", "")}?thread_ts=${root}`);
  });

  it("changes the app's own messages and no one else's, and tells the app of it", async () => {
    const { slack, client, post, news, ada } = await workspace();
    const heard: unknown[] = [];
    await startSocketApp(slack, (app) => {
      app.message(async ({ message }) => void heard.push(message.subtype));
    });
    const ts = await post("a", { blocks: [{ type: "divider" }] });
    await client.chat.update({ channel: news.id, ts, text: "b" });
    expect(slack.find(news.id, ts)).toMatchObject({ text: "b", blocks: [], edited: { user: slack.app.botUser } });
    await slack.until(() => heard.includes("message_changed"), "the echo");
    const { message } = await slack.say(ada.id, news.id, "mine");
    const refused = { data: { error: "cant_update_message" } };
    await expect(client.chat.update({ channel: news.id, ts: message.ts, text: "c" })).rejects.toMatchObject(refused);
    await expect(client.chat.delete({ channel: news.id, ts: message.ts })).rejects.toMatchObject({
      data: { error: "cant_delete_message" },
    });
    await client.chat.delete({ channel: news.id, ts });
    await expect(client.chat.delete({ channel: news.id, ts })).rejects.toMatchObject({
      data: { error: "message_not_found" },
    });
    await slack.edit(message, "mine & better");
    await slack.erase(slack.find(news.id, message.ts)!);
    await slack.until(() => heard.filter((subtype) => subtype === "message_deleted").length === 2, "two deletions");
    expect(slack.messages(news.id)).toEqual([]);
  });

  it("leaves a tombstone where a message with replies is deleted, until the last reply is gone", async () => {
    const { slack, client, post, news } = await workspace();
    const root = await post("root");
    const reply = await post("reply", { thread_ts: root });
    await client.chat.delete({ channel: news.id, ts: root });
    expect(slack.messages(news.id)).toMatchObject([{ subtype: "tombstone" }]);
    expect(slack.find(news.id, root)).toBeUndefined();
    await client.chat.delete({ channel: news.id, ts: reply });
    expect(slack.messages(news.id)).toEqual([]);
  });

  it("streams in one mode, to a named recipient in a channel, for five minutes", async () => {
    const { slack, client, ada, news } = await workspace();
    const { message } = await slack.say(ada.id, news.id, "who won?");
    const where = { channel: news.id, thread_ts: message.ts };
    const error = (name: string) => ({ data: { error: name } });
    await expect(client.chat.startStream(where)).rejects.toMatchObject(error("missing_recipient_user_id"));
    const to = { ...where, recipient_user_id: ada.id, recipient_team_id: slack.team.id };
    const { ts } = (await client.chat.startStream(to)) as { ts: string };
    const at = { channel: news.id, ts };
    await client.chat.appendStream({ ...at, markdown_text: "Three " });
    await expect(client.chat.update({ ...at, text: "no" })).rejects.toMatchObject(error("streaming_state_conflict"));
    const chunks = [{ type: "markdown_text", text: "no" }] as const;
    await expect(client.chat.appendStream({ ...at, chunks: [...chunks] })).rejects.toMatchObject(
      error("streaming_mode_mismatch"),
    );
    await expect(client.chat.stopStream({ ...at, blocks: [{ type: "no" }] })).rejects.toMatchObject(
      error("invalid_blocks"),
    );
    await client.chat.stopStream({ ...at, markdown_text: "people.", blocks: [{ type: "divider" }] });
    expect(slack.find(news.id, ts)).toMatchObject({
      text: "Three people.",
      stream: { open: false },
      blocks: [{ type: "divider" }],
    });
    await expect(client.chat.appendStream({ ...at, markdown_text: "x" })).rejects.toMatchObject(
      error("message_not_in_streaming_state"),
    );
    await expect(client.chat.update({ ...at, text: "x", blocks: [{ type: "divider" }] })).rejects.toMatchObject(
      error("block_mismatch"),
    );
    const later = (await client.chat.startStream(to)) as { ts: string };
    slack.advance(5 * 60_000 + 1);
    await expect(client.chat.stopStream({ channel: news.id, ts: later.ts })).rejects.toMatchObject(
      error("message_not_in_streaming_state"),
    );
  });

  it("reacts once", async () => {
    const { slack, client, post, news } = await workspace();
    const timestamp = await post("a");
    await client.reactions.add({ channel: news.id, timestamp, name: "eyes" });
    expect(slack.find(news.id, timestamp)!.reactions).toEqual([{ name: "eyes", users: [slack.app.botUser] }]);
    await expect(client.reactions.add({ channel: news.id, timestamp, name: "eyes" })).rejects.toMatchObject({
      data: { error: "already_reacted" },
    });
  });

  it("escapes what people type but not the mentions in it", async () => {
    const { slack, ada, news } = await workspace();
    const { message } = await slack.mention(ada.id, news.id, "a < b & <!channel> or <script>");
    expect(message.text).toBe(`<@${slack.app.botUser}> a &lt; b &amp; <!channel> or &lt;script&gt;`);
  });
});

describe("what a text does to its readers", () => {
  it.each<[string, Partial<ReturnType<typeof visible>>]>([
    ["plain", { text: "plain", pings: [], links: [], hidden: [] }],
    ["a &lt;!channel&gt; &amp;amp;", { text: "a <!channel> &amp;", pings: [] }],
    [
      "<!channel> <!here|here> <!subteam^S1|@desk>",
      { pings: ["!channel", "!here", "!subteam^S1"], text: "@channel @here @@desk" },
    ],
    ["<@U1> in <#C1|news>", { pings: ["@U1", "#C1"], text: "@U1 in #news" }],
    [
      "<https://example.org/?a=1&amp;b=2|the bank>",
      { text: "the bank", links: [{ url: "https://example.org/?a=1&b=2", label: "the bank" }] },
    ],
    ["see https://example.org/a now", { links: [{ url: "https://example.org/a", label: "https://example.org/a" }] }],
    ["<mailto:a@example.org|write>", { links: [{ url: "mailto:a@example.org", label: "write" }] }],
    ["<!date^1^{date}|yesterday>", { text: "yesterday", pings: [] }],
    ["< @U1> <\n!channel>", { pings: [] }],
    ["a\u202eb\u200bc\ud800", { hidden: ["\u202e", "\u200b", "\ud800"] }],
    ["👩‍💻 ⚠️", { hidden: [] }],
  ])("%j", (text, expected) => {
    expect(visible(text)).toMatchObject(expected);
  });

  it("finds no markup in what was escaped, whatever it is, and reads it as it was", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("<!channel>", "<@U1|x>", "&lt;", "<https://a.example|b>"),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        const seen = visible(escaped);
        expect(seen.pings).toEqual([]);
        expect(seen.text).toBe(text);
      }),
    );
  });

  it("looks through blocks, rich text and attachments, and takes plain text as it stands", () => {
    const effects = effectsOf({
      text: "notice <!here>",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "<!channel> stays text" } },
        { type: "section", text: { type: "mrkdwn", text: "<@U1> <https://a.example|a>" } },
        { type: "markdown", text: "[b](https://b.example) <@U2>" },
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "broadcast", range: "everyone" },
                { type: "text", text: "<!channel> too" },
                { type: "link", url: "https://c.example", text: "c" },
              ],
            },
          ],
        },
        {
          type: "actions",
          elements: [{ type: "button", text: { type: "plain_text", text: "d" }, url: "https://d.example" }],
        },
      ],
      attachments: [{ text: "<!everyone>", title_link: "https://e.example" }],
      unfurl: { links: false, media: undefined },
    });
    expect(effects.pings).toEqual(["!here", "@U1", "@U2", "!everyone", "!everyone"]);
    expect(effects.links.map(({ url }) => new URL(url).hostname)).toEqual(
      ["a", "b", "c", "d", "e"].map((name) => `${name}.example`),
    );
    expect(effects.unfurls).toBe(true);
    expect(effects.text).toContain("<!channel> stays text");
    expect(effectsOf({ text: "@here", unfurl: { links: false, media: false } })).toMatchObject({
      pings: [],
      unfurls: false,
    });
    expect(effectsOf({ text: "@here", namesLinked: true }).pings).toEqual(["@here"]);
  });
});
