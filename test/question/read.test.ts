import { describe, expect, it } from "vitest";
import type { Context } from "../../src/answer/answer.ts";
import { readQuestion } from "../../src/question/read.ts";

const read = (text: string) => readQuestion(text, null);
const topic = (text: string, context: Context | null = null) =>
  readQuestion(text, context).topic.map((word) => word.word);

describe("a question", () => {
  it("keeps its text with white space folded", () => {
    expect(read("  What\r\n closed\u00a0today? ").text).toBe("What closed today?");
  });

  it("has its content words as topic, each once, folded", () => {
    expect(topic("What did the Council’s council decide about São Tomé?")).toEqual([
      "council",
      "decide",
      "sao",
      "tome",
    ]);
    expect(topic("What did the cable say about religious freedom?")).toEqual(["religious", "freedom"]);
    expect(topic("the of and")).toEqual([]);
  });

  it("does not look for the words of its period", () => {
    const question = read("What did the board decide in articles published since May 2024?");
    expect(question).toMatchObject({ asked: "What did the board decide in ?", period: { from: "2024-05-01" } });
    expect(question.topic.map(({ word }) => word)).toEqual(["board", "decide"]);
  });

  it("has the US and the WHO as names in its topic, but not “us” and “who”", () => {
    expect(topic("How many US ferries sank?")).toEqual(["us", "ferries", "sank"]);
    expect(topic("Who runs the WHO?")).toEqual(["runs", "who"]);
    expect(topic("Who helped us?")).toEqual(["helped"]);
    expect(topic("WHO HELPED US?")).toEqual(["helped"]);
  });

  it("reads no function words of its own language into its topic", () => {
    expect(topic("¿Qué dijo el ministro sobre los volcanes?")).toEqual(["dijo", "ministro", "volcanes"]);
    expect(topic("Was sagte der Minister über die Vulkane?")).toEqual(["sagte", "minister", "vulkane"]);
  });

  it("tells words that only frame it, and words so general that a text may lack them", () => {
    const marked = (text: string, mark: "frame" | "soft") =>
      read(text)
        .topic.filter((word) => word[mark])
        .map((word) => word.word);
    expect(marked("What kind of boat happened to sink?", "frame")).toEqual(["kind", "happened"]);
    expect(marked("Who got the old boat?", "soft")).toEqual(["old"]);
  });

  it("takes capitals inside it for names, but not where everything has one", () => {
    const names = (text: string) =>
      read(text)
        .topic.filter((word) => word.name)
        .map((word) => word.word);
    expect(names("Did the harbour of Oslo close?")).toEqual(["oslo"]);
    expect(names("Did the cable mention Canada?")).toEqual(["canada"]);
    expect(names("Ferries in Oslo")).toEqual(["oslo"]);
    expect(names("HOW MANY FERRIES SANK?")).toEqual([]);
  });

  it("knows what a number would count or measure", () => {
    expect(read("How many old ferries are there?").counted).toEqual(["old", "ferries"]);
    expect(read("How many of the captains came?").counted).toEqual(["captains"]);
    expect(read("What is the number of the ferries?").counted).toEqual(["ferries"]);
    expect(read("How old is the ferry?").measure).toBe("old");
    expect(read("How far is the harbour?").topic[0]).toMatchObject({ word: "far", frame: true });
    expect(read("What percentage of ferries sank?").measure).toBe("percentage");
    expect(read("Which ferries sank?")).toMatchObject({ counted: [], measure: null });
  });

  it("knows its main verb, its quotations, and whether it is put in the negative", () => {
    expect(read("Who chairs the inquiry?").act).toBe("chairs");
    expect(read("When did Ada Brandt resign?").act).toBe("resign");
    expect(read("What is safe?").act).toBeNull();
    expect(read("Who said “we urge vigilance” on Monday?").quoted).toEqual(["we urge vigilance"]);
    expect([read("Why did he refuse?").negative, read("Who didn't come?").negative]).toEqual([true, true]);
    expect(read("Who came?").negative).toBe(false);
  });
});

describe("a question that follows another", () => {
  const context: Context = {
    topic: ["churches", "Sweden"],
    speaker: "the cable",
    outlet: null,
    period: { from: "2024-01-01", to: "2024-12-31" },
    answerId: "a-1",
  };
  const following = (text: string) => readQuestion(text, context);
  const speaker = (text: string) => following(text).speaker?.text ?? null;

  it("inherits the speaker behind a pronoun or of a fragment", () => {
    expect(speaker("And what does it say about ferries?")).toBe("the cable");
    expect(speaker("What did it say about ferries?")).toBe("the cable");
    expect(speaker("And about ferries?")).toBe("the cable");
    expect(speaker("What did the minister say about ferries?")).toBe("the minister");
  });

  it("inherits the topic that it leaves out", () => {
    expect(topic("Who said that?", context)).toEqual(["churches", "sweden"]);
    expect(topic("Why?", context)).toEqual(["churches", "sweden"]);
    expect(topic("And when?", context)).toEqual(["churches", "sweden"]);
    expect(topic("And what did the minister say?", context)).toEqual(["churches", "sweden"]);
  });

  it("puts a new name in the place of an old one", () => {
    expect(topic("And in Norway?", context)).toEqual(["norway", "churches"]);
    expect(following("And in Norway?").topic.find((word) => word.word === "norway")?.name).toBe(true);
  });

  it("asks of a pronoun’s speaker only what it names itself", () => {
    expect(topic("And what does it say about Norway?", context)).toEqual(["norway"]);
  });

  it("does not inherit the speaker where it asks who spoke", () => {
    expect(following("Who said that?")).toMatchObject({ speaker: null, asksSpeaker: true, followsUp: true });
  });

  it("inherits the period with the rest, unless it has one of its own", () => {
    expect(following("And in Norway?").period).toEqual(context.period);
    expect(following("And in articles published in 2020?").period?.from).toBe("2020-01-01");
    expect(following("Which ministers closed the harbour of Oslo on Monday?").period).toBeNull();
  });

  it("inherits nothing when it is a question of its own", () => {
    for (const text of [
      "Which ministers closed the harbour of Oslo on Monday?",
      "What did the minister say about ferries?",
    ])
      expect(following(text)).toEqual(readQuestion(text, null));
  });

  it("inherits nothing from a conversation that has only begun", () => {
    const empty: Context = { topic: [], speaker: null, outlet: null, period: null, answerId: null };
    for (const text of ["And in Norway?", "Who said that?", "What does it say?"])
      expect(readQuestion(text, empty)).toEqual(readQuestion(text, null));
  });
});
