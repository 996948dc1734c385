import { describe, expect, it } from "vitest";
import { withoutClosers } from "../../src/feeds/closers.ts";
import { itemIn, rss } from "../support/feeds.ts";

const story = "The harbour was closed on Friday after a ship ran aground, officials said.";

describe("what publishing software writes under an entry", () => {
  it.each([
    `${story}\n\nThe post Harbour closed appeared first on The Gazette.`,
    `${story}\n\nThe post Harbour closed first appeared on The Gazette.`,
    `${story}\n\nDer Beitrag Hafen geschlossen erschien zuerst auf Hafenblatt.`,
    `${story}\n\nL’article Port fermé est apparu en premier sur Le Port.`,
    `${story}\n\nRead more…`,
    `${story} Read more »`,
    `${story} (Read more)`,
    `${story}\nContinue reading Harbour closed after accident →`,
    `${story} Weiterlesen`,
    `${story} Continue reading...\n\nThe post Harbour closed appeared first on The Gazette.`,
  ])("is taken off: %j", (text) => {
    expect(withoutClosers(text)).toBe(story);
  });

  it.each([
    story,
    "Schools ask children to read more",
    "Officials said that people should read more",
    `${story} He will continue reading law.`,
    `Read more\n\n${story}`,
    "Read more",
    `The post office on the quay appeared to be closed.`,
    `The minister's cut-off sentence goes on […]`,
    "",
  ])("leaves what is the entry's own: %j", (text) => {
    expect(withoutClosers(text)).toBe(text);
  });

  it("is not in an item's text", async () => {
    const html = `<p>${story}</p><p>The post <a href="x">Harbour closed</a> appeared first on <a href="y">The Gazette</a>.</p>`;
    expect(
      (await itemIn(rss(`<item><title>T</title><description><![CDATA[${html}]]></description></item>`))).text,
    ).toBe(story);
  });

  it("is looked for in time that grows with the text only", () => {
    const began = performance.now();
    for (const text of [
      "The post ".repeat(50_000),
      `The post ${"a ".repeat(300)}`,
      `. ${"continue reading ".repeat(40)}`,
      "read more ".repeat(100_000),
    ]) {
      withoutClosers(text);
    }
    expect(performance.now() - began).toBeLessThan(200);
  });
});
