import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { helpPart } from "../../../adapters/slack/help.ts";
import { homeView } from "../../../adapters/slack/home.ts";
import { greeting } from "../../../adapters/slack/panel.ts";
import { passageRendering, plainRendering, type Rendering, renderPart } from "../../../adapters/slack/render.ts";
import { createHelpCommand } from "../../../src/commands/help.ts";
import { followedBy, saying, underQuestion, withoutThread } from "../../../src/platform/parts.ts";
import type { CommandSpec } from "../../../src/ports.ts";
import type { Block, Inline, ReplyPart } from "../../../src/reply/reply.ts";
import { plainInquiry } from "../../support/newsroom.ts";
import { effectsOf } from "../../support/slack/index.ts";
import { blockComplaints, type Surface } from "../../support/slack/limits.ts";
import { shapeComplaints } from "../../support/slack/schema.ts";
import { answered, citation } from "../../support/slack-desk.ts";

const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const owner = { asker: "U00000001", delivery: "00000000-0000-4000-8000-000000000001" };
const publicly: Rendering = { ...plainRendering, offers: { kinds: ["delete", "feedback"], owner } };
const privately: Rendering = { ...plainRendering, offers: { kinds: ["share", "delete", "feedback"], owner } };

function complaints(blocks: unknown, surface: Surface = "message") {
  return [...shapeComplaints("blocks", blocks, "blocks"), ...blockComplaints(blocks, "blocks", surface)];
}

const two = answered([citation(1), citation(2, { url: null, outlet: null, published: null })], {
  claims: [
    {
      text: "The cable urges “vigilance”.",
      speaker: "the cable",
      citations: [1, 2],
      variants: [{ citation: 2, kind: "wording", text: "…watchfulness…" }],
    },
  ],
});
const declined = answered([], {
  status: "not-in-corpus",
  reason: "speaker",
  claims: [],
  nearest: [{ ...citation(1), quote: "The minister spoke of the harbour." }],
});
const question = "What does the cable urge?";

const commands: readonly CommandSpec[] = ["ask", "sources"].map((name) => ({
  name,
  help: `Does what ${name} does.`,
  who: "everyone",
  private: false,
  options: [],
  subcommands: [],
  example: `${name} something`,
}));
const help = await createHelpCommand(commands).run(
  { name: "help", subcommand: null, options: {} },
  { ...plainInquiry, text: "" },
);

describe("each kind of message is as its golden file has it", () => {
  it.each<[string, ReplyPart, Rendering]>([
    ["answer", two.main, publicly],
    ["answer-to-a-command", underQuestion(question, two.main), publicly],
    [
      "answer-with-marks-into-the-thread",
      two.main,
      {
        ...publicly,
        passageLink: (n) => (n === 2 ? "https://newsroom.slack.com/archives/C1/p2?thread_ts=1.0&cid=C1" : null),
      },
    ],
    ["passages-in-the-thread", two.thread[0]!, passageRendering],
    ["answer-in-private", underQuestion(question, withoutThread(two)), privately],
    [
      "answer-where-it-is-not-a-member",
      followedBy(underQuestion(question, withoutThread(two)), { kind: "text", text: "/invite", style: "code" }),
      publicly,
    ],
    ["decline", declined.main, publicly],
    ["help", helpPart(help.main, commands), plainRendering],
    [
      "sources",
      {
        blocks: [
          { kind: "paragraph", content: [{ kind: "text", text: "2 documents, 9 passages", style: "strong" }] },
          {
            kind: "list",
            items: [
              [
                { kind: "link", text: "Title 1", url: "https://news.example/1" },
                { kind: "text", text: ", Outlet 1 (d-1)" },
              ],
              [
                { kind: "text", text: "Title 2", style: "strong" },
                { kind: "text", text: " (d-2)" },
              ],
            ],
          },
        ],
        sources: [],
        actions: [],
      },
      plainRendering,
    ],
    ["greeting", greeting, plainRendering],
    ["error", saying("The disk is full; make room and ask again."), plainRendering],
  ])("%s", async (name, part, rendering) => {
    const messages = renderPart(part, rendering);
    for (const { blocks } of messages) expect(complaints(blocks)).toEqual([]);
    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(golden(name));
  });

  it("home", async () => {
    const view = homeView(saying("5 documents, 96 passages."), helpPart(help.main, commands));
    expect(shapeComplaints("view", view, "view")).toEqual([]);
    expect(complaints(view.blocks, "home")).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(golden("home"));
  });
});

const paragraph = (...content: Inline[]): Block => ({ kind: "paragraph", content });
const text = (value: string): Inline => ({ kind: "text", text: value });

function part(blocks: readonly Block[], over: Partial<ReplyPart> = {}): ReplyPart {
  return { blocks, sources: [], actions: [], ...over };
}

/** Every text that stands in the blocks of these messages, joined as it is read. */
function read(messages: readonly { readonly blocks: unknown }[]): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join("");
    if (typeof value !== "object" || value === null) return "";
    const { type, text: own, elements } = value as { type?: string; text?: unknown; elements?: unknown };
    return type === "text" || type === "link" ? String(own) : walk(elements);
  };
  return messages.map(({ blocks }) => walk(blocks)).join("");
}

describe("what a stranger wrote", () => {
  it.each([
    "<!channel> <!here|now> <@U00000001> <#C00000001|general> <!subteam^S1>",
    "<https://evil.example|your bank> <mailto:a@evil.example|me> <tel:1|1>",
    "*bold* _it_ ~s~ `code` ```fence``` > quote",
    ":rotating_light: 10:30:45 & < > &amp; &lt;!channel&gt;",
  ])("is shown to the letter in quotations, and does nothing: %s", (hostile) => {
    const messages = renderPart(
      part([{ kind: "quote", content: [text(hostile), { kind: "text", text: hostile, style: "strong" }] }]),
      plainRendering,
    );
    expect(read(messages)).toBe(hostile + hostile);
    const { pings, links, hidden } = effectsOf(messages[0]!);
    expect({ pings, links, hidden }).toEqual({ pings: [], links: [], hidden: [] });
    expect(JSON.stringify(messages[0]!.blocks)).not.toMatch(/<[!@#]|<https?:|<mailto:/);
  });

  it("works neither in the labels of sources", () => {
    const hostile = "*x* <!channel> <https://evil.example|y> `z` :warning: _a_ https://evil.example";
    const sources = [
      { n: 1, label: hostile, title: `${hostile} too`, published: hostile, url: "https://news.example/a?b=1&c=<d>|e" },
    ];
    const [message] = renderPart(
      part([paragraph(text("Claim "), { kind: "cite", n: 1 })], { sources }),
      plainRendering,
    );
    const { pings, links } = effectsOf(message!);
    expect(pings).toEqual([]);
    expect(new Set(links.map(({ url }) => url))).toEqual(new Set(["https://news.example/a?b=1&c=%3Cd%3E%7Ce"]));
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "nonsense", "https://"])(
    "is not linked to %s",
    (url) => {
      const sources = [{ n: 1, label: "A", title: "B", published: null, url }];
      const blocks = [paragraph({ kind: "link", text: "here", url }, { kind: "cite", n: 1 })];
      const [message] = renderPart(part(blocks, { sources }), plainRendering);
      expect(effectsOf(message!).links).toEqual([]);
      expect(read([message!])).toBe("here[1]");
    },
  );

  it("is cut before it is escaped, and never inside a character that a reader sees as one", () => {
    const label = `${"x".repeat(194)}&👨‍👩‍👧‍👦<`;
    const sources = [{ n: 1, label, title: "T", published: null, url: null }];
    const [message] = renderPart(part([paragraph({ kind: "cite", n: 1 })], { sources }), plainRendering);
    const context = message!.blocks.find(({ type }) => type === "context") as { elements: { text: string }[] };
    expect(context.elements[0]!.text).toContain("&amp;…");
    expect(context.elements[0]!.text.isWellFormed()).toBe(true);
  });

  it("stays inert and within the limits, whatever it is", () => {
    const hostile = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          "<!channel>",
          "<@U1>",
          "<https://evil.example|x>",
          "&lt;",
          "`",
          "*",
          "\n",
          "\u202e",
          "\u200b",
          "\ud83d",
          "👩‍🚀",
          "e\u0301",
          ":x:",
        ),
        fc.string({ unit: "binary", minLength: 1, maxLength: 3 }),
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(hostile, hostile, fc.nat({ max: 60 }), (words, label, count) => {
        const sources = Array.from({ length: count }, (_, i) => ({
          n: i + 1,
          label,
          title: words,
          published: label,
          url: null,
        }));
        const blocks = [
          paragraph(text(words), ...sources.map(({ n }): Inline => ({ kind: "cite", n }))),
          { kind: "quote" as const, content: [text(label)] },
        ];
        for (const message of renderPart(part(blocks, { sources }), publicly)) {
          expect(complaints(message.blocks)).toEqual([]);
          const { pings, links, hidden } = effectsOf(message);
          expect({ pings, links, hidden }).toEqual({ pings: [], links: [], hidden: [] });
          expect(message.text).not.toBe("");
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a long answer", () => {
  it("is split and loses nothing; the same way whether or not the marks lead anywhere yet", () => {
    const claims = Array.from({ length: 40 }, (_, i) => [
      paragraph(text(`c${i} ${"word ".repeat(60 + 13 * (i % 7))}`), { kind: "cite", n: i + 1 }),
    ]).flat();
    const sources = Array.from({ length: 40 }, (_, i) => ({
      n: i + 1,
      label: `Outlet ${i}`,
      title: "T",
      published: null,
      url: i % 2 ? null : `https://news.example/${i}`,
    }));
    const whole = part(claims, { sources, actions: two.main.actions });
    const before = renderPart(whole, publicly);
    const link = `https://newsroom-with-a-long-name.enterprise.slack.com/archives/C0123456789/p1795248061204000?thread_ts=1795248060.921000&cid=C0123456789`;
    const after = renderPart(whole, { ...publicly, passageLink: () => link });
    expect(before.length).toBeGreaterThan(2);
    expect(after.map(({ sources: shown }) => shown)).toEqual(before.map(({ sources: shown }) => shown));
    expect(before.flatMap(({ sources: shown }) => shown)).toEqual(sources.map(({ n }) => n));
    for (const { blocks } of [...before, ...after]) expect(complaints(blocks)).toEqual([]);
    expect(before.map(({ blocks }) => blocks.some(({ type }) => type === "actions")).lastIndexOf(true)).toBe(
      before.length - 1,
    );
    for (const message of before) for (const n of message.sources) expect(read([message])).toContain(`c${n - 1} word`);
  });

  it("may rest on many sources with long addresses", () => {
    const url = `https://news.example/${"a".repeat(1_900)}`;
    const sources = Array.from({ length: 80 }, (_, i) => ({
      n: i + 1,
      label: `Outlet ${i}`,
      title: "T".repeat(150),
      published: "2026-11-02",
      url,
    }));
    const claim = paragraph(text("The claim."), ...sources.map(({ n }): Inline => ({ kind: "cite", n })));
    const messages = renderPart(part([claim], { sources }), plainRendering);
    for (const { blocks } of messages) expect(complaints(blocks)).toEqual([]);
    expect(new Set(messages.flatMap((message) => message.sources))).toEqual(new Set(sources.map(({ n }) => n)));
    expect(read([messages[0]!])).toContain("[80]");
  });

  it("with nothing to show is no message", () => {
    expect(renderPart(part([]), plainRendering)).toEqual([]);
    expect(renderPart(part([paragraph(text("\u200b"))]), plainRendering)).toEqual([]);
  });
});
