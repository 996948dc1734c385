import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { helpPart } from "../../../adapters/discord/help.ts";
import { limits } from "../../../adapters/discord/limits.ts";
import { threadName } from "../../../adapters/discord/outbox.ts";
import {
  type DiscordMessage,
  passageRendering,
  plainRendering,
  type Rendering,
  renderPart,
} from "../../../adapters/discord/render.ts";
import { followedBy, saying, underQuestion, withoutThread } from "../../../src/platform/parts.ts";
import type { Block, Inline, ReplyPart, Source } from "../../../src/reply/reply.ts";
import { answered, citation } from "../../support/answers.ts";
import { messageComplaints } from "../../support/discord/message-limits.ts";
import { readMarkdown } from "../../support/discord-markdown.ts";

const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const owner = { asker: "100000000000000001", delivery: "i100000000000000002" };
const publicly: Rendering = { ...plainRendering, offers: { kinds: ["delete", "feedback"], owner } };
const privately: Rendering = { ...plainRendering, offers: { kinds: ["share", "delete", "feedback"], owner } };

function bodyOf({ sources: _sources, ...body }: DiscordMessage) {
  return body as unknown as Record<string, unknown>;
}

function complaints(messages: readonly DiscordMessage[]) {
  return messages.flatMap((message) => messageComplaints(bodyOf(message), "message"));
}

/** The texts of a message, one after the other, as Discord is sent them. */
function texts({ components }: DiscordMessage): string {
  return components.flatMap((one) => (one.type === 10 ? [one.content] : [])).join("\n");
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
const text = (value: string): Inline => ({ kind: "text", text: value });
const paragraph = (...content: Inline[]): Block => ({ kind: "paragraph", content });

function part(blocks: readonly Block[], over: Partial<ReplyPart> = {}): ReplyPart {
  return { blocks, sources: [], actions: [], ...over };
}

describe("each kind of message is as its golden file has it", () => {
  it.each<[string, ReplyPart, Rendering]>([
    ["answer", two.main, publicly],
    ["answer-to-a-command", underQuestion(question, two.main), publicly],
    [
      "answer-with-marks-into-the-thread",
      two.main,
      { ...publicly, passageLink: (n) => (n === 2 ? "https://discord.com/channels/1/2/3" : null) },
    ],
    ["passages-in-the-thread", two.thread[0]!, passageRendering],
    ["answer-in-private", underQuestion(question, withoutThread(two)), privately],
    [
      "answer-where-it-cannot-post",
      followedBy(underQuestion(question, withoutThread(two)), text("I cannot post in this channel.")),
      publicly,
    ],
    ["decline", declined.main, publicly],
    ["help", helpPart(part([paragraph(text("The core's own help."))]), [], true), plainRendering],
    [
      "sources",
      part([
        paragraph(
          { kind: "text", text: "2 documents, 9 passages", style: "strong" },
          text(", in the collection main."),
        ),
        {
          kind: "list",
          items: [
            [{ kind: "link", text: "Title [1]", url: "https://news.example/1" }, text(", Outlet 1 (d-1)")],
            [{ kind: "text", text: "Title 2", style: "strong" }, text(" (d-2)")],
          ],
        },
      ]),
      plainRendering,
    ],
    ["error", saying("The disk is full; make room and ask again."), plainRendering],
  ])("%s", async (name, given, rendering) => {
    const messages = renderPart(given, rendering);
    expect(complaints(messages)).toEqual([]);
    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(golden(name));
  });
});

describe("a message", () => {
  it("pings nobody and previews nothing", () => {
    for (const message of [...renderPart(two.main, publicly), ...renderPart(two.thread[0]!, passageRendering)]) {
      expect(message.allowed_mentions).toEqual({ parse: [], replied_user: false });
      expect(message.flags & 4).toBe(4);
    }
  });

  it("shows the quoted words in bold, in their place, and links where they open", () => {
    const [message] = renderPart(two.thread[0]!, passageRendering);
    const { bold, links } = readMarkdown(texts(message!));
    expect(bold).toEqual(["Outlet 1", "quotation number 1", "Title 2", "quotation number 2"]);
    expect(links.map(({ label }) => label)).toEqual(["[1]", "open at these words"]);
  });

  it("parts bold where a line ends, and nowhere else", () => {
    const content = [
      text("Before. "),
      { kind: "text", text: "One.\n\nTwo.", style: "strong" } as const,
      text(" After."),
    ];
    const [message] = renderPart(part([{ kind: "quote", content }]), plainRendering);
    expect(texts(message!)).toBe("> Before. **One.**\n> **Two.** After.");
  });

  it("makes one of neighbours in bold", () => {
    const bold = (value: string): Inline => ({ kind: "text", text: value, style: "strong" });
    const [message] = renderPart(part([paragraph(bold("One "), bold("*two*"), text("!"))]), plainRendering);
    expect(readMarkdown(texts(message!))).toMatchObject({ text: "One *two*!", bold: ["One *two*"], effects: [] });
  });

  it("keeps code as code only where nothing in it acts", () => {
    const code = (value: string): Inline => ({ kind: "text", text: value, style: "code" });
    const [message] = renderPart(
      part([paragraph(code("/ask"), text(" "), code("`x` discord.gg/evil"))]),
      plainRendering,
    );
    expect(texts(message!)).toBe("`/ask` \\`x\\` discord\\.gg/evil");
  });

  it("names no source in its list that is named where it is cited", () => {
    const sources: Source[] = [
      { n: 1, label: "A", title: "A", published: null, url: "https://news.example/1", named: true },
      { n: 2, label: "B", title: "B", published: null, url: "https://news.example/2" },
    ];
    const [message] = renderPart(
      part([paragraph(text("C "), { kind: "cite", n: 1 }, { kind: "cite", n: 2 })], { sources }),
      plainRendering,
    );
    const { text: shown, links } = readMarkdown(texts(message!));
    expect(shown).toContain("[2] B");
    expect(shown).not.toContain("[1] A");
    expect(links.map(({ label }) => label)).toEqual(["[1]", "[2]", "B"]);
  });

  it("with nothing to show is none", () => {
    expect(renderPart(part([]), plainRendering)).toEqual([]);
    expect(renderPart(part([paragraph(text("\u200b"))]), plainRendering)).toEqual([]);
  });
});

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      "*",
      "_",
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      "@",
      ":",
      "\\",
      "`",
      "#",
      "-",
      "\n",
      " ",
      "a",
      "|",
      "~",
    ),
    maxLength: 200,
  }),
  fc.constantFrom("@everyone", "https://evil.example", "discord.gg/evil", "word ".repeat(900), "x".repeat(5_000)),
);
const styles = fc.constantFrom(undefined, "strong", "emphasis", "code") as fc.Arbitrary<"strong" | undefined>;
const inlines = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: wild }),
    fc.record({ kind: fc.constant("text" as const), text: wild, style: styles }),
    fc.record({ kind: fc.constant("link" as const), text: wild, url: fc.oneof(wild, fc.webUrl()) }),
    fc.record({ kind: fc.constant("cite" as const), n: fc.integer({ min: 1, max: 4 }) }),
  ),
  { maxLength: 5 },
) as fc.Arbitrary<Inline[]>;
const blocks = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("heading" as const, "paragraph" as const, "quote" as const), content: inlines }),
    fc.record({ kind: fc.constant("list" as const), items: fc.array(inlines, { maxLength: 4 }) }),
  ),
  { maxLength: 5 },
) as fc.Arbitrary<Block[]>;

describe("whatever a stranger wrote", () => {
  it("stays inert and within the limits", () => {
    fc.assert(
      fc.property(blocks, wild, fc.option(fc.webUrl({ withFragments: true })), (given, label, url) => {
        const sources = [1, 2, 3, 4].map((n) => ({ n, label, title: `${label}!`, published: label, url }));
        const messages = renderPart(part(given, { sources }), publicly);
        expect(complaints(messages)).toEqual([]);
        for (const message of messages) {
          const { effects, links } = readMarkdown(texts(message));
          expect(
            effects.filter((one) => !["heading", "quote", "list", "subtext", "emphasis", "code"].includes(one)),
          ).toEqual([]);
          for (const link of links) expect(link.url).toMatch(/^https?:\/\/[^\s()<>]+$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a long answer", () => {
  const claims = Array.from({ length: 30 }, (_, i) =>
    paragraph(text(`c${i} ${"word. ".repeat(40 + 20 * (i % 7))}`), { kind: "cite", n: i + 1 }),
  );
  const sources = claims.map((_, i) => ({
    n: i + 1,
    label: `Outlet ${i}`,
    title: "T",
    published: "2026-11-02",
    url: i % 2 ? null : `https://news.example/${i}#:~:text=${"w".repeat(i * 10)}`,
  }));
  const whole = part(claims, { sources, actions: two.main.actions });

  it("is split at the same places whether or not its marks lead into the thread", () => {
    const before = renderPart(whole, publicly);
    const link = "https://discord.com/channels/1573650536614330369/1573650538510155784/1573650538560487433";
    const after = renderPart(whole, { ...publicly, passageLink: () => link });
    expect(before.length).toBeGreaterThan(2);
    expect(after.map(({ sources: shown }) => shown)).toEqual(before.map(({ sources: shown }) => shown));
    expect(before.flatMap(({ sources: shown }) => shown)).toEqual(sources.map(({ n }) => n));
    expect(complaints([...before, ...after])).toEqual([]);
  });

  it("loses no claim, keeps each with its source, and has its buttons at the end", () => {
    const messages = renderPart(whole, publicly);
    for (const message of messages) {
      const { text: shown, links } = readMarkdown(texts(message));
      for (const n of message.sources) {
        expect(shown).toContain(`c${n - 1} word`);
        expect(shown).toContain(`[${n}] Outlet ${n - 1} · T · 2 November 2026`);
        if (n % 2) expect(links.map(({ label }) => label)).toContain(`Outlet ${n - 1}`);
      }
    }
    const rows = messages.map(({ components }) => components.some(({ type }) => type === 1));
    expect(rows.indexOf(true)).toBe(messages.length - 1);
  });

  it("may rest on many sources with long addresses", () => {
    const url = `https://news.example/${"a".repeat(1_900)}`;
    const many = Array.from({ length: 40 }, (_, i) => ({ n: i + 1, label: `O${i}`, title: "T", published: null, url }));
    const claim = paragraph(text("The claim."), ...many.map(({ n }): Inline => ({ kind: "cite", n })));
    const messages = renderPart(part([claim], { sources: many }), plainRendering);
    expect(complaints(messages)).toEqual([]);
    expect(new Set(messages.flatMap((message) => message.sources))).toEqual(new Set(many.map(({ n }) => n)));
    expect(texts(messages[0]!)).toContain("[40");
  });
});

describe("the name of a thread", () => {
  it("is the question on one line, cut where it is too long, and never empty", () => {
    expect(threadName("What did\nthe cable\u202e say?")).toBe("What did the cable say?");
    expect(threadName("x".repeat(300))).toHaveLength(limits.threadName);
    expect(threadName("\u200b")).toBe("Passages");
  });
});
