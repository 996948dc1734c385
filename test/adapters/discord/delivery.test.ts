import { PermissionFlagsBits as Permit, InteractionResponseType as Response } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import type { Place } from "../../../src/ports.ts";
import { answered, citation } from "../../support/answers.ts";
import { buttonsOf, type Message } from "../../support/discord/index.ts";
import { type DiscordDesk, openDesk } from "../../support/discord-desk.ts";
import { shownOf } from "../../support/discord-shown.ts";
import { notice } from "../../support/scripted-newsroom.ts";

const quietMs = 120;
const question = "What does the cable urge?";

/** What Dateline has said in the channel, for everybody. */
function said({ discord, channel }: DiscordDesk, where = channel): readonly Message[] {
  return discord.messages(where).filter(({ author }) => author.id === discord.bot.id);
}

const texts = (messages: readonly Message[]) => messages.map((message) => shownOf(message).text);
const placeOf = ({ guild, channel }: DiscordDesk): Place => ({
  adapter: "discord",
  workspace: guild,
  channel,
  thread: null,
});

/** How often a message with this text was posted, by the requests that Discord took. */
const posts = ({ discord }: DiscordDesk) => discord.calls.filter(({ route }) => route === "postMessage");

describe("a command is acknowledged in time", () => {
  it("is deferred at once and answered when the newsroom has the answer", async () => {
    const desk = await openDesk();
    const release = desk.newsroom.hold();
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.until(() => asked.answer, "a deferral");
    expect(asked.answer).toBe(Response.DeferredChannelMessageWithSource);
    expect(asked.answeredAfterMs).toBeLessThan(1_000);
    expect(said(desk)).toHaveLength(1);
    release();
    await desk.discord.quiet(quietMs);
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    expect(said(desk)).toHaveLength(1);
  });

  it("defers fifty commands of one moment, while searching takes its time", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => {
      const until = performance.now() + 20;
      while (performance.now() < until);
      return answered();
    });
    const asked = Array.from({ length: 50 }, () =>
      desk.discord.slash(desk.reporter, desk.channel, "ask", { question }),
    );
    await desk.discord.until(() => asked.every(({ answer }) => answer !== null), "fifty deferrals");
    expect(Math.max(...asked.map(({ answeredAfterMs }) => answeredAfterMs!))).toBeLessThan(3_000);
  });

  it("acknowledges once more when the answer to that was lost, and answers once", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("callback", { kind: "lost-answer" });
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    expect(desk.newsroom.asked).toHaveLength(1);
    expect(said(desk)).toHaveLength(1);
  });

  it("says nothing when Discord waits no more: the three seconds are over", async () => {
    const desk = await openDesk();
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.discord.faults.next("callback", { kind: "held", until: promise });
    desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.until(() => desk.discord.calls.some(({ route }) => route === "callback"), "an acknowledgement");
    desk.discord.advance(3_001);
    resolve();
    await desk.discord.quiet(quietMs);
    expect(desk.discord.calls.find(({ route }) => route === "callback")?.answer?.body).toMatchObject({ code: 10062 });
    expect(desk.newsroom.asked).toEqual([]);
    expect(said(desk)).toEqual([]);
    expect(desk.app.log.said("warn")).toContain("could not be acknowledged in time");
  });

  it("posts the answer as a message when the token's fifteen minutes are over", async () => {
    const desk = await openDesk();
    const release = desk.newsroom.hold();
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.until(() => asked.answer, "a deferral");
    desk.discord.advance(15 * 60_000 + 1);
    release();
    await desk.discord.quiet(quietMs);
    expect(texts(said(desk)).filter((text) => text.includes("The cable urges vigilance."))).toHaveLength(1);
  });

  it("shows a private answer to nobody else when its token is over", async () => {
    const desk = await openDesk();
    const release = desk.newsroom.hold();
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question, private: true });
    await desk.discord.until(() => asked.answer, "a deferral");
    desk.discord.advance(15 * 60_000 + 1);
    release();
    await desk.discord.quiet(quietMs);
    expect(said(desk)).toEqual([]);
    expect(desk.app.log.said("error")).not.toBe("");
  });
});

describe("nothing is answered twice and nothing is lost", () => {
  it.each([
    ["the connection is cut after Discord took the message", { kind: "lost-answer" }],
    ["a gateway loses Discord's answer", { kind: "lost-in-gateway" }],
    ["the connection is cut before anything is done", { kind: "dropped" }],
    ["Discord is away", { kind: "status", status: 503 }],
    ["Discord does not answer in time", { kind: "hang" }],
  ] as const)("answers once when %s", async (_, fault) => {
    const desk = await openDesk({}, { timeoutMs: 200 });
    desk.discord.faults.next("postMessage", fault);
    const answer = desk.discord.nextMessage(({ channel_id }) => channel_id === desk.channel);
    desk.discord.mention(desk.reporter, desk.channel, question);
    await answer;
    await desk.discord.until(
      () => posts(desk).filter((post) => post.pathname.includes(desk.channel)).length >= 2,
      "a repetition",
    );
    await desk.discord.quiet(quietMs);
    expect(texts(said(desk))).toHaveLength(1);
    const nonces = posts(desk)
      .filter(({ pathname }) => pathname.includes(desk.channel))
      .map(({ body }) => body?.nonce);
    expect(new Set(nonces).size).toBe(1);
    expect(posts(desk).every(({ body }) => body?.enforce_nonce === true)).toBe(true);
  });

  it("waits as long as Discord asks, and answers once", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("postMessage", { kind: "rate-limited", retryAfterSeconds: 0.3 });
    const answer = desk.discord.nextMessage();
    desk.discord.mention(desk.reporter, desk.channel, question);
    await answer;
    await desk.discord.quiet(quietMs);
    const [first, second] = posts(desk);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(295);
    expect(said(desk)).toHaveLength(1);
  });

  it("pauses when a rate limit does not say for how long", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("postMessage", { kind: "rate-limited" }, 2);
    const answer = desk.discord.nextMessage();
    desk.discord.mention(desk.reporter, desk.channel, question);
    await answer;
    await desk.discord.quiet(quietMs);
    expect(said(desk)).toHaveLength(1);
    expect(desk.waits.filter((ms) => ms >= 500).length).toBeGreaterThanOrEqual(2);
  });

  it("answers a message that comes twice, and an interaction that comes twice, once", async () => {
    const desk = await openDesk();
    desk.discord.mention(desk.reporter, desk.channel, question);
    desk.discord.gateway.repeatLast();
    await desk.discord.quiet(quietMs);
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    desk.discord.gateway.repeatLast();
    await desk.discord.quiet(quietMs);
    expect(desk.newsroom.asked).toHaveLength(2);
    expect(said(desk)).toHaveLength(2);
    expect(asked.followups).toEqual([]);
  });

  it("answers once though two replicas hear it", async () => {
    const desk = await openDesk();
    await desk.another();
    desk.discord.mention(desk.reporter, desk.channel, question);
    await desk.discord.quiet(quietMs);
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(desk.newsroom.asked).toHaveLength(2);
    expect(said(desk)).toHaveLength(2);
    expect(asked.followups).toEqual([]);
  });

  it("posts the thread once though Discord's answer to its beginning is lost", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("threadOfMessage", { kind: "lost-in-gateway" });
    const answer = desk.discord.nextMessage();
    desk.discord.mention(desk.reporter, desk.channel, question);
    const root = await answer;
    await desk.discord.quiet(quietMs);
    expect(texts(said(desk, root.id)).filter((text) => text.includes("quotation number 1"))).toHaveLength(1);
  });
});

describe("a delivery", () => {
  it("is one message, whatever is lost on its way", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("postMessage", { kind: "lost-in-gateway" }, 10);
    const posted = await desk.app.adapter.post(placeOf(desk), notice("The digest."), {
      id: "digest-1",
      triedSince: null,
    });
    expect(texts(said(desk))).toEqual(["The digest."]);
    expect(posted.id).toBe(said(desk)[0]!.id);
  });

  it("is uncertain when nobody can tell whether it arrived, and is then not repeated", async () => {
    const desk = await openDesk();
    desk.discord.faults.next("postMessage", { kind: "status", status: 502 }, 10);
    desk.discord.faults.next("messages", { kind: "status", status: 502 }, 10);
    const posting = desk.app.adapter.post(placeOf(desk), notice("The digest."), { id: "digest-1", triedSince: null });
    await expect(posting).rejects.toMatchObject({ code: "uncertain" });
    expect(desk.app.log.said("error")).toContain("uncertain");
  });

  it("is found again after hours, behind three hundred messages, and not posted again", async () => {
    const desk = await openDesk();
    const triedSince = desk.discord.now();
    const delivery = { id: "digest-1", triedSince: null };
    await desk.app.adapter.post(placeOf(desk), notice("The digest."), delivery);
    for (let one = 0; one < 300; one += 1) desk.discord.say(desk.colleague, desk.channel, `Talk ${one}`);
    desk.discord.advance(5 * 60 * 60_000);
    const app = await desk.restart();
    const found = await app.adapter.post(placeOf(desk), notice("The digest."), { ...delivery, triedSince });
    expect(found.id).toBe(said(desk)[0]!.id);
    expect(texts(said(desk))).toEqual(["The digest."]);
  });

  it("in several messages is completed: what is there is not posted again", async () => {
    const desk = await openDesk();
    const words = Array.from({ length: 1_500 }, (_, word) => `word${word}`);
    const part = notice(words.join(" "));
    const refusal = { kind: "refusal", status: 403, code: 50013, message: "Missing Permissions" } as const;
    desk.discord.faults.next("postMessage", { kind: "held", until: Promise.resolve() });
    desk.discord.faults.next("postMessage", refusal);
    const posting = desk.app.adapter.post(placeOf(desk), part, { id: "digest-2", triedSince: null });
    await expect(posting).rejects.toMatchObject({ code: "not-postable" });
    expect(said(desk)).toHaveLength(1);
    desk.discord.faults.clear();
    desk.discord.advance(60 * 60_000);
    const triedSince = desk.discord.now() - 2 * 60 * 60_000;
    await desk.app.adapter.post(placeOf(desk), part, { id: "digest-2", triedSince });
    const shown = texts(said(desk))
      .join(" ")
      .match(/word\d+/g);
    expect(shown).toEqual(words);
  });

  it("stands in the thread that it opened, which begins with what comes under it", async () => {
    const desk = await openDesk();
    const { id, thread } = await desk.app.adapter.post(placeOf(desk), notice("The digest of today."), {
      id: "digest-1",
      triedSince: null,
    });
    expect(desk.discord.channel(id)).toBeUndefined();
    await desk.app.adapter.post(thread, notice("Its first story."), { id: "digest-1-1", triedSince: null });
    await desk.app.adapter.post(thread, notice("Its second story."), { id: "digest-1-2", triedSince: null });
    expect(texts(said(desk, id))).toEqual(["Its first story.", "Its second story."]);
    expect(desk.discord.channel(id)!.name).toBe("The digest of today.");
  });

  it.each([
    ["the channel is deleted", (desk: DiscordDesk) => desk.discord.removeChannel(desk.channel)],
    ["the bot was thrown out", (desk: DiscordDesk) => desk.discord.kick(desk.guild)],
    ["a permission is missing", (desk: DiscordDesk) => desk.discord.deny(desk.channel, Permit.SendMessages)],
    ["the channel is hidden", (desk: DiscordDesk) => desk.discord.deny(desk.channel, Permit.ViewChannel)],
  ])("is not postable when %s, and says why and what to do", async (_, happen) => {
    const desk = await openDesk();
    happen(desk);
    const delivery = { id: "digest-1", triedSince: null };
    const error = await desk.app.adapter.post(placeOf(desk), notice("The digest."), delivery).catch((caught) => caught);
    expect(error).toMatchObject({ code: "not-postable" });
    expect(error.message).toMatch(/\. (?:Add|Give|Name|Somebody)|ask again|Give its role/i);
    // Elsewhere it goes on.
    const other = desk.discord.addGuild("elsewhere");
    const there = desk.discord.addChannel(other.id, "desk");
    const place = { adapter: "discord", workspace: other.id, channel: there.id, thread: null };
    await desk.app.adapter.post(place, notice("The digest."), delivery);
    expect(texts(said(desk, there.id))).toEqual(["The digest."]);
  });
});

describe("where Dateline may not do everything", () => {
  it("answers a command where it may not write, without a thread, and says so", async () => {
    const desk = await openDesk();
    desk.discord.deny(desk.channel, Permit.SendMessages | Permit.CreatePublicThreads);
    const asked = desk.discord.slash(desk.reporter, desk.channel, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    expect(shownOf(asked.original!).text).toContain("cannot post in this channel");
    expect(desk.discord.threadOf(asked.original!)).toBeUndefined();
    expect(desk.app.log.said("error")).toBe("");
  });

  it("shows the passages as replies where it may not begin threads, and says once why", async () => {
    const desk = await openDesk();
    desk.discord.deny(desk.channel, Permit.CreatePublicThreads);
    for (const _ of [1, 2]) {
      desk.discord.mention(desk.reporter, desk.channel, question);
      await desk.discord.quiet(quietMs);
    }
    const shown = texts(said(desk));
    expect(shown.filter((text) => text.includes("No thread could begin"))).toHaveLength(1);
    expect(shown.filter((text) => text.includes("quotation number 1"))).not.toHaveLength(0);
  });

  it("answers in a server where only the person has installed it", async () => {
    const desk = await openDesk();
    const outside = desk.discord.addGuild("outside", { withApp: false });
    const hall = desk.discord.addChannel(outside.id, "hall");
    const asked = desk.discord.slash(desk.reporter, hall.id, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    expect(desk.app.log.said("error")).toBe("");
  });

  it("answers in a conversation between people, through the command alone, and shares and deletes there", async () => {
    const desk = await openDesk();
    const talk = desk.discord.addConversation("us two", desk.reporter);
    const before = desk.discord.calls.length;
    const asked = desk.discord.slash(desk.reporter, talk.id, "ask", { question });
    await desk.discord.quiet(quietMs);
    expect(shownOf(asked.original!).text).toContain("The cable urges vigilance.");
    const hidden = desk.discord.slash(desk.reporter, talk.id, "ask", { question, private: true });
    await desk.discord.quiet(quietMs);
    for (const [message, label] of [
      [hidden.original!, "Share"],
      [asked.original!, "Delete"],
    ] as const) {
      const { customId } = buttonsOf(message).find((button) => button.label.includes(label))!;
      desk.discord.press(desk.reporter, message, customId!);
      await desk.discord.quiet(quietMs);
    }
    expect(desk.discord.find(talk.id, asked.original!.id)).toBeUndefined();
    expect(texts(said(desk, talk.id)).filter((text) => text.includes("The cable urges vigilance."))).toHaveLength(1);
    const begun = desk.discord.calls
      .slice(before)
      .filter(({ route }) => /postMessage|threadOfMessage/.test(route ?? ""));
    expect(begun).toEqual([]);
    expect(desk.app.log.said("error")).toBe("");
  });

  it("says in the log what is wrong when it cannot answer a message, and goes on", async () => {
    const desk = await openDesk();
    desk.discord.deny(desk.channel, Permit.SendMessages);
    desk.discord.mention(desk.reporter, desk.channel, question);
    await desk.discord.quiet(quietMs);
    expect(desk.app.log.said("error")).not.toBe("");
    const other = desk.discord.addChannel(desk.guild, "other");
    desk.discord.mention(desk.reporter, other.id, question);
    await desk.discord.quiet(quietMs);
    expect(texts(said(desk, other.id)).join("\n")).toContain("The cable urges vigilance.");
  });

  it("lets a thread that was archived be answered in, and a locked one be", async () => {
    const desk = await openDesk();
    desk.newsroom.script(() => answered([citation(1)]));
    const answer = desk.discord.nextMessage();
    desk.discord.mention(desk.reporter, desk.channel, question);
    const root = await answer;
    await desk.discord.quiet(quietMs);
    desk.discord.archive(root.id);
    desk.discord.say(desk.reporter, root.id, "And in Canada?");
    await desk.discord.quiet(quietMs);
    expect(desk.newsroom.asked.at(-1)!.text).toBe("And in Canada?");
    expect(texts(said(desk, root.id)).filter((text) => text.includes("The cable urges vigilance."))).toHaveLength(1);
    desk.discord.archive(root.id, { locked: true });
    desk.discord.mention(desk.reporter, root.id, "And in Norway?");
    await desk.discord.quiet(quietMs);
    expect(desk.app.log.lines.map(({ message }) => message)).toContain("The person could not be told");
  });
});
