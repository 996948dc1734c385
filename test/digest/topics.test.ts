import { describe, expect, it } from "vitest";
import { readTopic } from "../../src/digest/topics.ts";

describe("a topic", () => {
  it.each([
    ["migration", "Ministers agree on migrants", "", 1],
    ["migration", "Ministers agree", "They spoke about immigration all night.", 0.6],
    ["court ruling", "Court ruled on pensions", "", 1],
    ["court ruling", "A court sat on Monday", "Nothing happened.", 0],
    ["the ports", "Port of Elmouth closed", "", 1],
    ["US elections", "Harbour closed", "It was closed.", 0],
    ["film", "New movie opens", "", 1],
    ["", "Anything", "at all", 0],
  ])("“%s” is met by “%s” with %s by %d", (topic, title, lead, share) => {
    expect(readTopic(topic).share(title, lead)).toBe(share);
  });
});
