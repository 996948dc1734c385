import type { Newsroom } from "../../../src/ports.ts";
import { type AdapterHarness, describeAdapter, type Shown } from "../../contracts/adapter.ts";
import { createSlackDouble, type Message } from "../../support/slack/index.ts";
import { startSlackApp } from "../../support/slack-app.ts";
import { shownOf } from "../../support/slack-shown.ts";

/** Long enough for a local Slack to say what it has to say. */
const quietMs = 150;

async function open(newsroom: Newsroom): Promise<AdapterHarness> {
  const slack = await createSlackDouble();
  const { adapter } = await startSlackApp(slack, newsroom);
  const ada = slack.addPerson("ada");
  const news = slack.addChannel("news", { members: [ada] });
  let root = "";

  const visibleNow = (): readonly Message[] => [
    ...slack.messages(news.id).flatMap((message) => [message, ...slack.thread(news.id, message.ts)]),
    ...slack.ephemerals(ada.id),
  ];
  const shown = (): readonly Shown[] =>
    visibleNow()
      .filter(({ bot_id }) => bot_id === slack.app.botId)
      .map(shownOf);

  async function after(act: () => Promise<unknown>): Promise<readonly Shown[]> {
    const before = new Set(visibleNow().map(({ ts }) => ts));
    await act();
    await slack.quiet(quietMs);
    return visibleNow()
      .filter(({ ts, bot_id }) => !before.has(ts) && bot_id === slack.app.botId)
      .map(shownOf);
  }

  return {
    adapter,
    shown,
    ask: (text) =>
      after(async () => {
        const { message } = await slack.mention(ada.id, news.id, text);
        root = message.ts;
      }),
    followUp: (text) => after(() => slack.say(ada.id, news.id, text, { thread: root })),
    command: (name) => after(() => slack.slash(ada.id, news.id, `/${name}`)),
    async say(text) {
      await slack.mention(ada.id, news.id, text);
    },
    async deliverOwnMessage(text) {
      await adapter.post(
        { adapter: "slack", workspace: slack.team.id, channel: news.id, thread: null },
        {
          blocks: [{ kind: "paragraph", content: [{ kind: "text", text: `<@${slack.app.botUser}> ${text}` }] }],
          sources: [],
          actions: [],
        },
        { id: "own", triedSince: null },
      );
      await slack.settled();
      await slack.quiet(quietMs);
    },
    place: () => ({ adapter: "slack", workspace: slack.team.id, channel: news.id, thread: null }),
    close: () => slack.close(),
  };
}

describeAdapter("Slack", open);
