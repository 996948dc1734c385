import { describe, expect, it } from "vitest";
import { readKind } from "../../src/question/kind.ts";
import { readQuestion } from "../../src/question/read.ts";
import { words } from "../../src/text/tokens.ts";

describe("the kind of a question", () => {
  it.each([
    [
      "who",
      [
        "Who chairs the board?",
        "Whose boat was it?",
        "Which minister resigned?",
        "What is the name of the author of the report?",
      ],
    ],
    ["when", ["When did it close?", "On what date did it close?", "In which year was it?", "How long ago was that?"]],
    ["where", ["Where is the bridge?", "In which city was he?", "What country sent it?", "Which German city was hit?"]],
    ["how-many", ["How many boats are there?", "How much did it cost?", "How old is the mayor?", "How far is it?"]],
    ["how-many", ["What percentage of boats sank?", "What was the number of boats?", "number of boats", "How often?"]],
    ["why", ["Why did it close?", "What was the reason for the closing?", "How come it closed?", "For what purpose?"]],
    ["whether", ["Did it close?", "Is the bridge safe?", "Has the mayor resigned?", "Was that why it closed?"]],
    ["which", ["Which bridge closed?"]],
    ["how", ["How did it close?"]],
    ["what", ["What closed?", "bridge closing", "Tell me about the bridge."]],
  ])("is “%s” by its first words", (kind, questions) => {
    for (const question of questions) expect([question, readQuestion(question, null).kind]).toEqual([question, kind]);
  });

  it("is “say” where somebody's words are wanted and nothing more particular", () => {
    expect(readKind(words("What did the cable say about ferries?"), true)).toBe("say");
    expect(readKind(words("When did the cable say it closed?"), true)).toBe("when");
    expect(readKind(words("How many boats did the cable name?"), true)).toBe("how-many");
    expect(readKind(words("Which country did the cable name?"), true)).toBe("where");
  });

  it("is “what” for a text without any word of a question", () => {
    for (const text of ["", "…", "ferries"]) expect(readKind(words(text), false)).toBe("what");
  });
});
