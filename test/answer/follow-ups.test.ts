import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import { sourceDocument } from "../support/documents.ts";
import { type NewsroomUnderTest, newsroomOver, threadNamed } from "../support/newsroom.ts";

const text = `The cable of the ministry was sent to all embassies.

The cable says that churches in Sweden must be free. The cable says that harbours in Canada are too shallow.

Minister Ada Brandt said that churches in Norway burn too often. She also said that ferries are late.

President Olaf Lund said that churches are museums. He visited Oslo on Friday.

In Canada, churches may not ring bells at night. In Norway, churches ring bells at noon.`;
const documents = [sourceDocument("gazette.txt", text, { outlet: "Gazette", title: "What embassies heard" })];

const first = (answer: Answer): string => answer.claims[0]?.text ?? `(${answer.reason})`;

/** Asks one question after the other in a thread of its own; the first claim of the last answer. */
async function conversation(...questions: readonly string[]): Promise<string> {
  const { ask } = await newsroomOver(documents);
  let last = "";
  for (const question of questions) last = first(await ask(question, { place: threadNamed("t1") }));
  return last;
}

const cable = "What did the cable say about churches?";

describe("a question in a conversation", () => {
  it("has the speaker of the one before, behind a pronoun or left out", async () => {
    const harbours = "The cable says that harbours in Canada are too shallow.";
    expect(await conversation(cable, "and what does it say about Canada?")).toBe(harbours);
    expect(await conversation(cable, "And about harbours?")).toBe(harbours);
    expect(await conversation("What did the minister say about churches?", "and about ferries?")).toContain(
      "ferries are late",
    );
  });

  it("has the topic of the one before, where it asks only who, when or why", async () => {
    expect(await conversation("Do churches burn in Norway?", "Who said that?")).toContain("Minister Ada Brandt");
    expect(await conversation("Do churches ring bells in Norway?", "When?")).toContain("at noon");
  });

  it("puts a new name in the place of the old one", async () => {
    const canada = "When do churches ring bells in Canada?";
    expect(await conversation(canada)).toContain("In Canada");
    expect(await conversation(canada, "and in Norway?")).toBe("In Norway, churches ring bells at noon.");
    expect(await conversation(canada, "and in Norway?", "and in Canada?")).toContain("In Canada");
  });

  it("takes a speaker of its own, and keeps it from then on", async () => {
    const minister = "What did the minister say about churches?";
    expect(await conversation(cable, minister)).toContain("burn too often");
    expect(await conversation(cable, minister, "and about ferries?")).toContain("ferries are late");
  });

  it("inherits nothing when it stands on its own", async () => {
    const question = "On which day did President Olaf Lund visit Oslo?";
    expect(await conversation(cable, question)).toBe(await conversation(question));
    expect(await conversation(cable, question)).toContain("on Friday");
  });

  it("declines what the speaker before said nothing of", async () => {
    expect(await conversation(cable, "and what does it say about ferries?")).toBe("(combination)");
  });
});

describe("the context of a thread", () => {
  const asked = (newsroom: NewsroomUnderTest, question: string, thread: string) =>
    newsroom.ask(question, { place: threadNamed(thread) });
  const follow = "and what does it say about Canada?";

  it("is each thread's own", async () => {
    const newsroom = await newsroomOver(documents);
    await asked(newsroom, cable, "t1");
    await asked(newsroom, "What did the minister say about churches?", "t2");
    expect((await newsroom.newsroom.context(threadNamed("t1")))?.speaker).toBe("the cable");
    expect((await newsroom.newsroom.context(threadNamed("t2")))?.speaker).toBe("the minister");
    expect(await newsroom.newsroom.context(threadNamed("t3"))).toBeNull();
  });

  it("is what the next question inherits, with names known as such", async () => {
    const newsroom = await newsroomOver(documents);
    const { id } = await asked(newsroom, "What did the cable say about churches in Sweden?", "t1");
    expect(await newsroom.newsroom.context(threadNamed("t1"))).toEqual({
      topic: ["churches", "Sweden"],
      speaker: "the cable",
      outlet: null,
      period: null,
      answerId: id,
    });
  });

  it("begins with the answer that the thread stands under", async () => {
    const newsroom = await newsroomOver(documents);
    const root = await newsroom.ask(cable, { place: { ...threadNamed("t1"), thread: null } });
    const inThread = { place: threadNamed("t1"), follows: root.id };
    expect(first(await newsroom.ask(follow, inThread))).toContain("harbours in Canada");
    expect(first(await newsroom.ask("What did the minister say about churches?", inThread))).toContain("Norway");
    expect(first(await newsroom.ask("and about ferries?", inThread))).toContain("ferries are late");
  });

  it("is not kept for a question that nothing follows", async () => {
    const newsroom = await newsroomOver(documents);
    const { id } = await newsroom.ask(cable);
    expect(await newsroom.newsroom.read.answer(id)).toBeNull();
    const fresh = await (await newsroomOver(documents)).ask(follow);
    expect(await newsroom.ask(follow)).toEqual(fresh);
    expect(await newsroom.ask(follow, { follows: "a-unknown" })).toEqual(fresh);
  });

  it("is still there when the newsroom was closed and opened again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dateline-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "newsroom.sqlite");
    const before = await newsroomOver(documents, { path });
    const { id } = await asked(before, cable, "t1");
    await before.close();
    const after = await newsroomOver([], { path });
    expect(await after.newsroom.read.answer(id)).toMatchObject({ id, question: cable });
    expect(first(await asked(after, follow, "t1"))).toContain("harbours in Canada");
  });
});
