import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { actionIds } from "../../adapters/slack/buttons.ts";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { preparedDocument } from "../support/documents.ts";
import { createSlackDouble, fromManifest, type Message, type SlackDouble } from "../support/slack/index.ts";
import { type SlackApp, startSlackApp } from "../support/slack-app.ts";
import { freePort } from "../support/slack-desk.ts";
import { shownOf } from "../support/slack-shown.ts";

const manifest = JSON.parse(
  await readFile(join(import.meta.dirname, "..", "..", "adapters", "slack", "manifest.json"), "utf8"),
);

describe.each(["socket", "http"] as const)("a reporter in Slack, over the starter corpus, by %s", (mode) => {
  let port: number;
  let folder: string;
  let slack: SlackDouble;
  let open: OpenNewsroom;
  let app: SlackApp;
  let reporter: string;
  let channel: string;

  async function up(): Promise<void> {
    open = await openNewsroom(folder, { runtime: systemRuntime, publicUrl: null });
    app = await startSlackApp(slack, open.newsroom, { state: open.store.adapterState("slack"), mode, port });
    if (mode === "http") await slack.http.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  }

  async function down(): Promise<void> {
    await app.adapter.stop();
    await open.close();
  }

  /** Asks and resolves with the answer once its thread is complete and its marks are linked. */
  async function ask(act: () => Promise<unknown>): Promise<Message> {
    const answer = slack.nextMessage();
    await act();
    const { channel: where, ts } = await answer;
    await slack.quiet(200);
    return slack.find(where, ts)!;
  }

  const text = (message: Message) => shownOf(message).text;
  const threadOf = (answer: Message) => slack.thread(answer.channel, answer.thread_ts ?? answer.ts);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dateline-slack-"));
    slack = await createSlackDouble({ ...fromManifest(manifest), mode });
    port = await freePort();
    reporter = slack.addPerson("reporter").id;
    channel = slack.addChannel("desk", { members: [{ id: reporter, name: "reporter", isBot: false }] }).id;
    await up();
  });

  afterEach(async () => {
    await down();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
    // Nothing that was shown to anybody pings, hides or unfurls.
    for (const message of slack.messages(channel)) if (message.bot_id) expect(shownOf(message).hazards).toEqual([]);
  });

  it("asks five questions, opens the threads, follows up, presses the buttons, with a restart in between", async () => {
    const first = await ask(() =>
      slack.slash(reporter, channel, "/ask", "What did the cable say about religious freedom?"),
    );
    expect(text(first)).toContain("What did the cable say about religious freedom?");
    expect(text(first)).toContain("We urge vigilance in protecting religious freedom");
    expect(text(first)).toContain("words it differently");
    const passages = threadOf(first);
    expect(passages.map(text).join("\n")).toContain("safeguarding religious liberty");
    for (const link of shownOf(first).links) expect(link).toMatch(/archives\/\w+\/p\d+\?thread_ts=/);
    expect(shownOf(first).links.length).toBeGreaterThan(0);

    const second = await ask(() => slack.mention(reporter, channel, "Does the cable mention sexual assault?"));
    expect(text(second)).toContain("negative social impacts");

    const third = await ask(() => slack.dm(reporter, "What did the cable say about religious freedom?"));
    expect(third.thread_ts).toBeUndefined();
    expect(text(third)).toContain("We urge vigilance");
    expect(text(third)).not.toContain("What did the cable say");

    await down();
    await up();

    const followUp = await ask(() =>
      slack.say(reporter, channel, "And what does it say about anti-Christian incidents?", { thread: first.ts }),
    );
    expect(followUp.thread_ts).toBe(first.ts);
    expect(text(followUp)).toMatch(/large migrant presence|migrant-heavy areas/);

    const declined = await ask(() => slack.slash(reporter, channel, "/ask", "Who won the football world cup?"));
    expect(text(declined)).toContain("Not in the corpus.");
    expect(text(declined)).toMatch(/Searched: 5 documents, \d+ passages\./);
    expect(threadOf(declined)).toEqual([]);

    await slack.press(reporter, first, actionIds.feedback, "negative");
    await slack.quiet(100);
    expect(slack.ephemerals(reporter).map(text)).toContain("Thank you. Noted as a bad answer.");

    await slack.press(reporter, first, actionIds.delete);
    await slack.quiet(200);
    expect(slack.find(channel, first.ts)?.bot_id).not.toBe(first.bot_id);
    for (const { ts } of passages) expect(slack.find(channel, ts)).toBeUndefined();
    expect(slack.find(channel, second.ts)).toBeDefined();
    expect(app.log.said("error")).toBe("");
  });

  it("answers privately, and shares the answer only when told to", async () => {
    const hidden = await ask(() =>
      slack.slash(reporter, channel, "/ask", "—private What did the cable say about religious freedom?"),
    );
    expect(hidden.ephemeralTo).toBe(reporter);
    expect(text(hidden)).toContain("We urge vigilance");
    expect(slack.messages(channel)).toEqual([]);
    const shared = await ask(() => slack.press(reporter, hidden, actionIds.share));
    expect(shared.ephemeralTo).toBeUndefined();
    expect(text(shared)).toContain("We urge vigilance");
    expect(threadOf(shared).length).toBeGreaterThan(0);
    expect(slack.ephemerals(reporter)).toEqual([]);
  });

  it("shows what the corpus holds and how to ask, as commands and in the Home tab", async () => {
    const sources = await ask(() => slack.slash(reporter, channel, "/sources"));
    expect(text(sources)).toContain("5 documents");
    const help = await ask(() => slack.slash(reporter, channel, "/dateline", "help"));
    expect(text(help)).toContain("/ask --private");
    await slack.openHome(reporter);
    const view = await slack.until(() => slack.home(reporter), "a Home tab");
    expect(JSON.stringify(view)).toContain("5 documents");
  });

  it("greets in the panel with questions that it can answer, and answers them there", async () => {
    const { channel: panel, thread } = await slack.openAssistant(reporter);
    const { prompts } = await slack.until(() => {
      const state = slack.panel(panel, thread);
      return state && state.prompts.length > 0 ? state : null;
    }, "prompts");
    const { message } = prompts[0] as { message: string };
    const answer = await ask(() => slack.dm(reporter, message, { thread }));
    expect(answer.via).toBe("chat.startStream");
    expect(text(answer)).not.toContain("Not in the corpus.");
    expect(text(answer)).toMatch(/\[1\]/);
    expect(slack.panel(panel, thread)!.title).toBe(message);
    expect(slack.panel(panel, thread)!.status).toBe("");
  });

  it("is answered from what the channel may see, and from nothing else", async () => {
    const court = "The harbour court fined the ferry company 40,000 crowns on Monday, the clerk said.";
    const council = "The council voted to dredge the harbour in spring, the mayor said.";
    await open.store.put([
      preparedDocument("court", court, { title: "Ferry company fined", collection: "courts" }),
      preparedDocument("council", council, { title: "Harbour to be dredged" }),
    ]);
    await open.store.allow("slack", slack.team.id, channel, ["courts"]);
    const other = slack.addChannel("other", { members: [{ id: reporter, name: "reporter", isBot: false }] }).id;
    const question = "What happened at the harbour?";
    const [here, there] = [
      await ask(() => slack.slash(reporter, channel, "/sources")),
      await ask(() => slack.slash(reporter, other, "/sources")),
    ].map(text);
    expect(here).toContain("Ferry company fined");
    expect(here).not.toContain("dredged");
    expect(there).toContain("Harbour to be dredged");
    expect(there).not.toContain("fined");
    expect(text(await ask(() => slack.slash(reporter, channel, "/ask", question)))).not.toContain("dredge");
    expect(text(await ask(() => slack.slash(reporter, other, "/ask", question)))).not.toContain("fined");
  });
});
