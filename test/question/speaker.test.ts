import { describe, expect, it } from "vitest";
import { findSpeaker } from "../../src/question/speaker.ts";
import { words } from "../../src/text/tokens.ts";

const read = (text: string) => findSpeaker(text, words(text));
/** The folded words of the speaker, in one string. */
const speaker = (text: string) => read(text).speaker?.words.join(" ") ?? null;

describe("whose words a question wants", () => {
  it.each([
    ["What did the cable say about religious freedom?", "cable"],
    ["What does Ada Brandt want for the harbour?", "ada brandt"],
    ["What did the New York Times report about fish?", "new york times"],
    ["What has the board announced about fees?", "board"],
    ["What was the mayor saying about fees?", "mayor"],
    ["Did the cable mention Canada?", "cable"],
    ["What did the memo order captains to do?", "memo"],
    ["When did the minister say the ferry sank?", "minister"],
    ["In what year did the cable say the treaty was signed?", "cable"],
    ["What did Ada Brandt, the minister, say about fees?", "ada brandt minister"],
  ])("is the subject of the verb of saying: “%s”", (question, words) => {
    expect(speaker(question)).toBe(words);
  });

  it.each([
    ["According to Newsweek, how many points are there?", "newsweek"],
    ["How many points are there, according to the New York Times?", "new york times"],
    ["according to the memo what must captains do", "memo"],
    ["What is the minister's view on ferries?", "minister"],
    ["What was the mayor’s position on the bridge?", "mayor"],
  ])("stands after “according to”, or has a view: “%s”", (question, words) => {
    expect(speaker(question)).toBe(words);
  });

  it.each([
    "What closed the bridge?",
    "When did Smith resign?",
    "Why did the president order the closing?",
    "How many captains did the memo order to wait?",
    "Who was accused of fraud?",
    "What was said about fish?",
    "Is the report safe?",
    "",
  ])("is nobody's in particular in “%s”", (question) => {
    expect(read(question)).toMatchObject({ speaker: null, asksSpeaker: false, pronoun: false });
  });

  it("is what is asked for by “who said”", () => {
    for (const question of ["Who said the bridge is safe?", "Which official claimed that?", "Who reported it first?"])
      expect(read(question)).toMatchObject({ speaker: null, asksSpeaker: true });
    expect(read("Who was described as a spy?").asksSpeaker).toBe(false);
  });

  it("is left open by a pronoun", () => {
    for (const question of [
      "What does it say about Canada?",
      "and what did she say about fish?",
      "Did they claim that?",
    ])
      expect(read(question)).toMatchObject({ speaker: null, pronoun: true });
  });

  it("is shown as the question has it, without a possessive", () => {
    expect(read("According to the minister’s, what is safe?").speaker?.text).toBe("the minister");
    expect(read("What did the New York Times report?").speaker?.text).toBe("the New York Times");
  });

  it("may be the US or the WHO, which are no pronouns in capitals", () => {
    expect(read("What did the US say about fish?").speaker).toEqual({ text: "the US", words: ["us"] });
    expect(read("What did the U.S. say about fish?").speaker).toEqual({ text: "the U.S.", words: ["us"] });
    expect(speaker("According to the WHO, is fish safe?")).toBe("who");
    expect(speaker("What did the WHO say about fish?")).toBe("who");
    expect(read("WHO SAID THAT FISH IS SAFE?")).toMatchObject({ speaker: null, asksSpeaker: true });
    expect(read("What did you tell us about fish?").speaker).toBeNull();
  });

  it("takes its words, and the verb that only says that something was said, out of the topic", () => {
    const used = (text: string) => {
      const { used } = read(text);
      return words(text)
        .filter((word) => used.has(word.start))
        .map((word) => word.text);
    };
    expect(used("What did the cable say about fish?")).toEqual(["the", "cable", "say"]);
    expect(used("What did the memo order captains to do?")).toEqual(["the", "memo"]);
    expect(used("How many boats, according to the Gazette?")).toEqual(["according", "to", "the", "gazette"]);
  });
});
