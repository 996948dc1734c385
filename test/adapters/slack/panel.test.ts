import { describe, expect, it } from "vitest";
import type { Fault } from "../../support/slack/faults.ts";
import { answered, citation, openDesk, type SlackDesk } from "../../support/slack-desk.ts";
import { shownOf } from "../../support/slack-shown.ts";

const question = "What does the cable urge?";
const quietMs = 150;

async function panel(desk: SlackDesk) {
  desk.newsroom.complete = async () => ["What did the cable say?", "Who wrote it?"];
  const opened = await desk.slack.openAssistant(desk.reporter);
  await desk.slack.until(() => desk.slack.panel(opened.channel, opened.thread)?.prompts[0], "prompts");
  return opened;
}

describe("the assistant panel", () => {
  it("greets, and suggests what the newsroom can answer", async () => {
    const desk = await openDesk();
    const { channel, thread } = await panel(desk);
    expect(desk.slack.panel(channel, thread)!.prompts).toEqual([
      { title: "What did the cable say?", message: "What did the cable say?" },
      { title: "Who wrote it?", message: "Who wrote it?" },
    ]);
    const [greeting] = desk.slack.thread(channel, thread);
    expect(shownOf(greeting!).text).toContain("Ask me what the newsroom’s corpus says.");
  });

  it("says that it searches, streams the answer, and names the conversation after the question", async () => {
    const desk = await openDesk();
    const { channel, thread } = await panel(desk);
    const release = desk.newsroom.hold();
    await desk.slack.dm(desk.reporter, question, { thread });
    await desk.slack.until(() => desk.slack.panel(channel, thread)!.status === "is searching the corpus…", "a status");
    release();
    await desk.slack.until(() => desk.slack.panel(channel, thread)!.title === question, "a title");
    const answer = desk.slack.thread(channel, thread).find(({ via }) => via === "chat.startStream")!;
    expect(shownOf(answer).text).toContain("The cable urges vigilance. [1]");
    expect(answer.metadata).toMatchObject({ event_type: "dateline_delivery" });
    expect(desk.slack.panel(channel, thread)!.status).toBe("");
  });

  it.each<[string, string, Fault, "chat.startStream" | "chat.postMessage"]>([
    ["is not allowed", "chat.startStream", { kind: "error", error: "unknown_method" }, "chat.postMessage"],
    ["does not begin", "chat.startStream", { kind: "dropped" }, "chat.postMessage"],
    ["breaks off", "chat.appendStream", { kind: "status", status: 500 }, "chat.startStream"],
    ["cannot be ended", "chat.stopStream", { kind: "lost-answer" }, "chat.startStream"],
  ])("posts the answer whole where streaming %s", async (_what, method, fault, via) => {
    const desk = await openDesk();
    desk.newsroom.script(() => answered([citation(1, { url: null })]));
    const { channel, thread } = await panel(desk);
    desk.slack.faults.next(method, fault);
    await desk.slack.dm(desk.reporter, question, { thread });
    await desk.slack.quiet(quietMs);
    const answers = desk.slack
      .thread(channel, thread)
      .filter((message) => shownOf(message).text.includes("The cable urges vigilance."));
    expect(answers.map((answer) => answer.via)).toEqual([via]);
    expect(shownOf(answers[0]!).text.match(/The cable urges vigilance\./g)).toHaveLength(1);
    expect(shownOf(answers[0]!).links[0]).toMatch(/archives/);
  });

  it("answers although Slack takes neither status nor title", async () => {
    const desk = await openDesk();
    const { channel, thread } = await panel(desk);
    desk.slack.faults.next("assistant.threads.setStatus", { kind: "error", error: "not_allowed_token_type" });
    desk.slack.faults.next("assistant.threads.setTitle", {
      kind: "error",
      error: "missing_scope",
      needed: "assistant:write",
    });
    await desk.slack.dm(desk.reporter, question, { thread });
    await desk.slack.quiet(quietMs);
    expect(
      desk.slack
        .thread(channel, thread)
        .map((message) => shownOf(message).text)
        .join("\n"),
    ).toContain("vigilance");
    expect(desk.app.log.said("warn")).toContain("The assistant panel shows no status");
  });
});

describe("the Home tab", () => {
  it("shows how to ask and what the corpus holds", async () => {
    const desk = await openDesk();
    await desk.slack.openHome(desk.reporter);
    const view = await desk.slack.until(() => desk.slack.home(desk.reporter), "a Home tab");
    const texts = JSON.stringify(view);
    expect(texts.indexOf("Ran help.")).toBeLessThan(texts.indexOf("Ran sources."));
    expect(texts).toContain("/ask --private");
  });
});
