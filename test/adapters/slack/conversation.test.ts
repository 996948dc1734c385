import { describe, expect, it } from "vitest";
import { actionIds } from "../../../adapters/slack/buttons.ts";
import { NewsroomError } from "../../../src/errors.ts";
import { notice } from "../../support/scripted-newsroom.ts";
import type { Message } from "../../support/slack/index.ts";
import { answered, citation, openDesk, type SlackDesk } from "../../support/slack-desk.ts";
import { shownOf } from "../../support/slack-shown.ts";

const question = "What does the cable urge?";
const claim = "The cable urges vigilance.";
const quietMs = 150;

const text = (message: Message) => shownOf(message).text;

/** The first answer in the channel, once everything that belongs to it is there. */
async function asked(desk: SlackDesk, words = question): Promise<Message> {
  const next = desk.slack.nextMessage();
  await desk.slack.slash(desk.reporter, desk.channel, "/ask", words);
  const { channel, ts } = await next;
  await desk.slack.quiet(quietMs);
  return desk.slack.find(channel, ts)!;
}

describe("where an answer goes", () => {
  it("is the channel, under the question, with the passages in the thread", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    expect(answer.thread_ts).toBeUndefined();
    expect(text(answer)).toMatch(/^What does the cable urge\?\n/);
    const [passage] = desk.slack.thread(desk.channel, answer.ts);
    expect(text(passage!)).toContain("Before it. quotation number 1 After it.");
    expect(JSON.stringify(passage!.blocks)).toContain(
      '{"type":"text","text":"quotation number 1","style":{"bold":true}}',
    );
    expect(shownOf(passage!).links[0]).toContain("https://news.example/1");
  });

  it("is the thread of a mention, and the direct message itself", async () => {
    const desk = await openDesk();
    const { message } = await desk.slack.mention(desk.reporter, desk.channel, question);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.messages(desk.channel).map(({ ts }) => ts)).toEqual([message.ts]);
    expect(desk.slack.thread(desk.channel, message.ts).map(text)[0]).toContain(claim);
    const direct = (await desk.slack.dm(desk.reporter, question)).message.channel;
    await desk.slack.quiet(quietMs);
    expect(text(desk.slack.messages(direct)[1]!)).toContain(claim);
  });

  it("is the channel through the response_url where Dateline is not in it, with the passages and a hint", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => answered([citation(1, { url: null })]));
    for (const kind of ["public", "private"] as const) {
      const person = desk.slack.addPerson(`ada-${kind}`);
      const elsewhere = desk.slack.addChannel(`elsewhere-${kind}`, { kind, members: [person], withApp: false });
      await desk.slack.slash(person.id, elsewhere.id, "/ask", question);
      await desk.slack.quiet(quietMs);
      const [answer, ...more] = desk.slack.messages(elsewhere.id);
      expect(more).toEqual([]);
      expect(text(answer!)).toContain(claim);
      expect(text(answer!)).toContain("Before it. quotation number 1 After it.");
      expect(text(answer!)).toContain("/invite");
      await desk.slack.press(person.id, answer!, actionIds.delete);
      await desk.slack.quiet(quietMs);
      expect(desk.slack.messages(elsewhere.id)).toEqual([]);
    }
  });

  it("leads from the mark to the passage's own message where the source has no address", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => answered([citation(1, { url: null }), citation(2)]));
    const answer = await asked(desk);
    const [passage] = desk.slack.thread(desk.channel, answer.ts);
    const marks = shownOf(answer).links;
    expect(marks).toContain(
      `https://newsroom.slack.com/archives/${desk.channel}/p${passage!.ts.replace(".", "")}?thread_ts=${answer.ts}&cid=${desk.channel}`,
    );
    expect(marks.some((link) => link.startsWith("https://news.example/2"))).toBe(true);
  });
});

describe("a conversation", () => {
  it("goes on in the thread of an answer without a mention, also after a restart", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    await desk.restart();
    await desk.slack.say(desk.reporter, desk.channel, "And in Canada?", { thread: answer.ts });
    await desk.slack.quiet(quietMs);
    const followUp = desk.newsroom.asked[1]!;
    expect(followUp).toMatchObject({ text: "And in Canada?", follows: "a-0000000000000001" });
    expect(followUp.place).toEqual({
      adapter: "slack",
      workspace: desk.slack.team.id,
      channel: desk.channel,
      thread: answer.ts,
    });
    expect(desk.slack.thread(desk.channel, answer.ts).filter((message) => text(message).includes(claim))).toHaveLength(
      1,
    );
  });

  it("begins in the thread of a digest with a question, and with nothing else that is said there", async () => {
    const desk = await openDesk();
    const place = { adapter: "slack", workspace: desk.slack.team.id, channel: desk.channel, thread: null };
    const digest = await desk.app.adapter.post(place, notice("The digest."), { id: "d-1", triedSince: null });
    await desk.app.adapter.post(digest.thread, notice("A passage."), { id: "d-1-t0", triedSince: null });
    await desk.restart();
    for (const said of ["I take the ferry.", "Which ferry sank?"])
      await desk.slack.say(desk.reporter, desk.channel, said, { thread: digest.id });
    await desk.slack.quiet(quietMs);
    expect(desk.newsroom.asked).toMatchObject([{ text: "Which ferry sank?", place: digest.thread, follows: null }]);
    expect(text(desk.slack.thread(desk.channel, digest.id)[3]!)).toContain(claim);
  });

  it("goes on in a direct message, with and without a thread", async () => {
    const desk = await openDesk();
    await desk.slack.dm(desk.reporter, question);
    await desk.slack.quiet(quietMs);
    await desk.slack.dm(desk.reporter, "And in Canada?");
    await desk.slack.quiet(quietMs);
    const [first, second] = desk.newsroom.asked;
    expect(second!.place).toEqual(first!.place);
    const root = desk.slack.messages(first!.place!.channel!).find(({ bot_id }) => bot_id)!;
    await desk.slack.dm(desk.reporter, "And in Mexico?", { thread: root.ts });
    await desk.slack.quiet(quietMs);
    expect(desk.newsroom.asked[2]).toMatchObject({ text: "And in Mexico?", follows: "a-0000000000000001" });
  });

  it("takes follow-ups in their order", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    for (const words of ["one?", "two?", "three?"])
      await desk.slack.say(desk.reporter, desk.channel, words, { thread: answer.ts });
    await desk.slack.quiet(quietMs);
    expect(desk.newsroom.asked.slice(1).map((inquiry) => inquiry.text)).toEqual(["one?", "two?", "three?"]);
    const replies = desk.slack.thread(desk.channel, answer.ts).filter(({ bot_id }) => bot_id);
    const kinds = replies.map((message) => (text(message).includes(claim) ? "answer" : "passage"));
    expect(kinds).toEqual(["passage", ...Array(3).fill(["answer", "passage"]).flat()]);
  });

  it("is none of its business elsewhere", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    const { message: own } = await desk.slack.say(desk.reporter, desk.channel, "Lunch, anybody?");
    await desk.slack.say(desk.reporter, desk.channel, "Me!", { thread: own.ts });
    await desk.slack.mention(desk.reporter, desk.channel, question, { thread: own.ts });
    await desk.slack.quiet(quietMs);
    const before = desk.newsroom.asked.length;
    expect(before).toBe(2);
    // Asked once inside somebody else's thread, it does not listen there from then on.
    await desk.slack.say(desk.reporter, desk.channel, "Thanks, and where do we eat?", { thread: own.ts });
    await desk.slack.say(desk.reporter, desk.channel, `<@${desk.reporter}> what do you think?`, { thread: answer.ts });
    await desk.slack.say(desk.reporter, desk.channel, "Not for anybody in particular.");
    await desk.slack.otherBot(desk.channel, `<@${desk.slack.app.botUser}> ${question}`);
    await desk.slack.otherBot(desk.channel, question, { thread: answer.ts });
    const { message } = await desk.slack.mention(desk.reporter, desk.channel, "Wait");
    await desk.slack.quiet(quietMs);
    await desk.slack.edit(message, `<@${desk.slack.app.botUser}> ${question}`);
    await desk.slack.erase(own);
    await desk.slack.quiet(quietMs);
    expect(desk.newsroom.asked.slice(before).map((inquiry) => inquiry.text)).toEqual(["Wait"]);
  });
});

describe("the buttons", () => {
  it("let only the asker delete, and then delete everything that belongs to the answer", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    await desk.slack.press(desk.colleague, answer, actionIds.delete);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.ephemerals(desk.colleague).map(text)).toEqual([
      "Only the person who asked can delete this answer.",
    ]);
    expect(desk.slack.thread(desk.channel, answer.ts)).toHaveLength(1);
    await desk.slack.press(desk.reporter, answer, actionIds.delete);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.messages(desk.channel)).toEqual([]);
    expect(desk.slack.thread(desk.channel, answer.ts)).toEqual([]);
  });

  it("delete an answer whose thread is still on its way", async () => {
    const desk = await openDesk();
    const passage = Promise.withResolvers<void>();
    const deletion = Promise.withResolvers<void>();
    desk.slack.faults.next("chat.postMessage", { kind: "held", until: Promise.resolve() });
    desk.slack.faults.next("chat.postMessage", { kind: "held", until: passage.promise });
    desk.slack.faults.next("chat.delete", { kind: "held", until: deletion.promise });
    const next = desk.slack.nextMessage();
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    const { ts } = await next;
    await desk.slack.until(
      () => desk.slack.calls.filter(({ method }) => method === "chat.postMessage").length === 2,
      "the thread on its way",
    );
    const deleted = desk.slack.nextCall("chat.delete");
    await desk.slack.press(desk.reporter, desk.slack.find(desk.channel, ts)!, actionIds.delete);
    await deleted;
    passage.resolve();
    await desk.slack.until(() => desk.slack.thread(desk.channel, ts)[0], "the passage");
    deletion.resolve();
    await desk.slack.quiet(quietMs);
    expect(desk.slack.thread(desk.channel, ts)).toEqual([]);
    expect(desk.slack.messages(desk.channel).filter(({ subtype }) => subtype !== "tombstone")).toEqual([]);
  });

  it("share a private answer once, and not after it was taken out of the corpus", async () => {
    const desk = await openDesk();
    const answer = await asked(desk, `--private ${question}`);
    expect(answer.ephemeralTo).toBe(desk.reporter);
    await desk.slack.press(desk.reporter, answer, actionIds.share);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.messages(desk.channel)).toHaveLength(1);
    const again = await asked(desk, `--private ${question}`);
    desk.newsroom.read.answer = async () => null;
    await desk.slack.press(desk.reporter, again, actionIds.share);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.messages(desk.channel)).toHaveLength(1);
    expect(desk.slack.ephemerals(desk.reporter).map(text).join("\n")).toContain("cannot be shared any more");
  });

  it("keep the verdict of whoever presses", async () => {
    const desk = await openDesk();
    const answer = await asked(desk);
    const verdicts: unknown[] = [];
    desk.newsroom.feedback = async (feedback) => void verdicts.push(feedback);
    await desk.slack.press(desk.reporter, answer, actionIds.feedback, "negative");
    await desk.slack.quiet(quietMs);
    expect(verdicts).toEqual([{ answerId: "a-0000000000000001", asker: desk.reporter, verdict: "bad" }]);
  });
});

describe("what goes wrong", () => {
  it("is said to the person alone after a command, and in the conversation after a mention", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      throw new NewsroomError("data-full", "The disk of <!channel> is full; make room and ask again.");
    });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    const { message } = await desk.slack.mention(desk.reporter, desk.channel, question);
    await desk.slack.quiet(quietMs);
    const said = [desk.slack.ephemerals(desk.reporter)[0]!, desk.slack.thread(desk.channel, message.ts)[0]!];
    for (const one of said) {
      expect(text(one)).toBe("The disk of <!channel> is full; make room and ask again.");
      expect(shownOf(one).hazards).toEqual([]);
    }
    expect(desk.app.log.said("error")).toContain("A question could not be answered");
  });

  it("is no fault for the operator to read when the person has to mend it", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      throw new NewsroomError("usage", "There is no 25:00 on a clock.");
    });
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.quiet(quietMs);
    expect(text(desk.slack.ephemerals(desk.reporter)[0]!)).toBe("There is no 25:00 on a clock.");
    expect(desk.app.log.said("error")).toBe("");
    expect(desk.app.log.said("info")).toContain("Turned away: There is no 25:00 on a clock.");
  });

  it("is survived when what was seen cannot be noted: the disk is full, the answer comes, once", async () => {
    const desk = await openDesk();
    desk.state.putOnce = async () => {
      throw new NewsroomError("data-full", "The disk is full.");
    };
    desk.slack.faults.deliverTwice(2);
    await desk.slack.mention(desk.reporter, desk.channel, question);
    await desk.slack.quiet(quietMs);
    expect(desk.newsroom.asked).toHaveLength(1);
    expect(desk.app.log.said("error")).toContain("could not be noted as seen");
  });

  it("names the cause and the cure when the install is revoked or a scope is missing", async () => {
    const desk = await openDesk();
    desk.slack.installation.scopes = new Set(
      [...desk.slack.installation.scopes].filter((scope) => scope !== "chat:write"),
    );
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.ephemerals(desk.reporter).map(text)).toEqual([
      "The Slack app lacks the scope chat:write. Add it under “OAuth & Permissions” and install the app again.",
    ]);
    desk.slack.installation.revoked = "token_revoked";
    await desk.slack.slash(desk.reporter, desk.channel, "/ask", question);
    await desk.slack.quiet(quietMs);
    expect(desk.slack.ephemerals(desk.reporter).map(text).at(-1)).toContain("The Slack token was revoked.");
  });

  it("leaves the answer where the thread fails", async () => {
    const desk = await openDesk();
    desk.slack.faults.next("chat.postMessage", { kind: "held", until: Promise.resolve() });
    desk.slack.faults.next("chat.postMessage", { kind: "error", error: "restricted_action" });
    const answer = await asked(desk);
    expect(text(answer)).toContain(claim);
    expect(desk.app.log.said("error")).toContain("The thread under an answer is not complete");
    expect(desk.slack.ephemerals(desk.reporter)).toEqual([]);
  });
});
