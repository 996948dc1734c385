import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { previewReply as inDiscord } from "../../../adapters/discord/preview.ts";
import { previewReply as inSlack } from "../../../adapters/slack/preview.ts";
import { drawDiscord } from "../../../adapters/web/discord-preview.ts";
import type { Preview } from "../../../adapters/web/preview.ts";
import { drawSlack } from "../../../adapters/web/slack-preview.ts";
import type { Answer } from "../../../src/answer/answer.ts";
import type { Inline, ReplyPart } from "../../../src/reply/reply.ts";
import { harbourReports } from "../../support/harbour-reports.ts";
import { newsroomOver } from "../../support/newsroom.ts";
import { pagesOver } from "../../support/web-pages.ts";

const previews: readonly Preview[] = [
  { platform: "slack", payloads: inSlack },
  { platform: "discord", payloads: inDiscord },
];
const question = "/ask?q=What+does+the+memo+say+about+vigilance%3F";

/** Words with everything that is markup on one of the platforms or here. */
const hostile = "*bold* _it_ ~no~ `code` <!channel> <@U1> @everyone [x](https://evil.example) \\* # > - <b>&amp; “q”";
const text = (value: string): Inline => ({ kind: "text", text: value });
const part: ReplyPart = {
  blocks: [
    { kind: "heading", content: [text("A heading")] },
    { kind: "paragraph", content: [text(`Said: ${hostile} `), { kind: "cite", n: 1 }] },
    { kind: "list", items: [[text("first"), { kind: "text", text: " strong", style: "strong" }], [text("second")]] },
    {
      kind: "quote",
      content: [text("before "), { kind: "text", text: "quoted words", style: "strong" }, text(" after")],
    },
    {
      kind: "paragraph",
      content: [{ kind: "link", text: "open at these words", url: "https://news.example/a?b=1&c=2" }],
    },
  ],
  sources: [
    { n: 1, label: "Gazette & Co", title: "Title <i>", published: "2026-03-05", url: "https://news.example/a?b=1&c=2" },
  ],
  actions: [{ kind: "delete", label: "Delete", answerId: "a-1" }],
};
const drawn = (markup: unknown) => parseHTML(`<main>${markup}</main>`).document.querySelector("main")!;
const squeezed = (value: string | null | undefined) => (value ?? "").replace(/\s+/g, " ").trim();

describe.each([
  ["slack", inSlack, drawSlack],
  ["discord", inDiscord, drawDiscord],
] as const)("an answer as it looks in %s", (_platform, payloads, draw) => {
  const main = drawn(draw(payloads({ main: part, thread: [part] })));

  it("reads as it was written, whatever is markup there", () => {
    expect(squeezed(main.querySelector(".message p:not(.who):not(.context)")?.parentElement?.textContent)).toContain(
      `Said: ${hostile} [1]`,
    );
    expect(main.querySelector("script, img, b b")).toBeNull();
  });

  it("has lists, quotations with the quoted words bold, links, buttons and the thread", () => {
    expect([...main.querySelectorAll(".message ul li")].slice(0, 2).map((one) => squeezed(one.textContent))).toEqual([
      "first strong",
      "second",
    ]);
    expect([...main.querySelectorAll("blockquote b")].map((one) => one.textContent)).toContain("quoted words");
    const links = [...main.querySelectorAll("a")].map((one) => [one.textContent, one.getAttribute("href")]);
    expect(links).toContainEqual(["[1]", "https://news.example/a?b=1&c=2"]);
    expect(links).toContainEqual(["open at these words", "https://news.example/a?b=1&c=2"]);
    expect(squeezed(main.querySelector(".context")?.textContent)).toContain("Gazette & Co · Title <i> · 5 March 2026");
    expect(main.querySelector(".button")?.textContent).toBe("Delete");
    expect(main.querySelectorAll(".thread .message")).toHaveLength(1);
  });
});

describe("the pages of the other forms", () => {
  it("are led to from the answer, drawn, and give the very payloads to copy and to programs", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom, { previews });
    const answer = await pages.open(question);
    expect(answer.all(".elsewhere a")).toEqual(["How this looks in Slack", "How this looks in Discord", "As data"]);
    for (const { platform } of previews) {
      const page = await pages.open(`${question}&as=${platform}`);
      const { body } = (await pages.json(`${question}&as=${platform}`)) as {
        body: { main: unknown[]; thread: unknown[] };
      };
      expect(JSON.parse(page.said("#json")!)).toEqual([...body.main, ...body.thread]);
      expect(page.said(`.drawn.${platform}`)).toContain("We urge vigilance at every gate");
      expect(page.text.length).toBeLessThan(50_000);
    }
  });

  it("give the answer as data", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const pages = pagesOver(newsroom, { previews });
    const page = await pages.open(`${question}&as=data`);
    const { body } = await pages.json(question);
    expect(JSON.parse(page.said("#json")!)).toEqual(body as Answer);
    expect((await pages.json(`${question}&as=data`)).body).toEqual(body);
  });

  it("leave out a platform that is not there", async () => {
    const { newsroom } = await newsroomOver(harbourReports);
    const page = await pagesOver(newsroom).open(question);
    expect(page.all(".elsewhere a")).toEqual(["As data"]);
  });
});
