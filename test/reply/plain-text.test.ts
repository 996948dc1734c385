import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { colourTheme, plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Block, Inline, ReplyPart } from "../../src/reply/reply.ts";

const text = (value: string, style?: "strong" | "emphasis"): Inline =>
  style ? { kind: "text", text: value, style } : { kind: "text", text: value };
const part = (blocks: Block[], sources: ReplyPart["sources"] = []): ReplyPart => ({ blocks, sources, actions: [] });
const plain = (given: ReplyPart, width = 60) => renderPlainText(given, { width, theme: plainTheme });

const everything = part(
  [
    { kind: "heading", content: [text("A heading")] },
    {
      kind: "paragraph",
      content: [text("A claim that is long enough to be wrapped at this width, with a mark. "), { kind: "cite", n: 1 }],
    },
    {
      kind: "list",
      items: [
        [{ kind: "cite", n: 2 }, text(" words it differently: “something else that is also rather long”")],
        [text("second")],
      ],
    },
    {
      kind: "paragraph",
      content: [
        { kind: "cite", n: 1 },
        text(" "),
        text("Outlet", "strong"),
        text(" · "),
        {
          kind: "link",
          text: "open",
          url: "https://news.example/a-rather-long-address-that-is-not-broken/at-the-width",
        },
      ],
    },
    {
      kind: "quote",
      content: [
        text("Before.\r\nIt  goes on. "),
        text("The very words.", "strong"),
        text(" After.\n\nNext paragraph."),
      ],
    },
  ],
  [
    { n: 1, label: "Outlet", title: "Title", published: "2026-11-02", url: "https://news.example/1" },
    { n: 2, label: "A title alone", title: "A title alone", published: null, url: null },
  ],
);

describe("a reply as plain text", () => {
  it("sets every kind of block, and the sources", () => {
    expect(plain(everything)).toMatchInlineSnapshot(`
      "A heading

      A claim that is long enough to be wrapped at this width,
      with a mark. [1]
        - [2] words it differently: “something else that is also
          rather long”
        - second

      [1] Outlet · open
        https://news.example/a-rather-long-address-that-is-not-broken/at-the-width
        | Before. It goes on. *The very words.* After.
        | Next paragraph.

      [1] Outlet, Title, 2 November 2026
          https://news.example/1
      [2] A title alone"
    `);
  });

  it("has colour with a theme that has, and then no asterisks", () => {
    const coloured = renderPlainText(everything, { width: 60, theme: colourTheme });
    expect(coloured).toContain("\u001b[1mThe very words.\u001b[22m");
    expect(coloured.replace(/\u001b\[\d+m/g, "").replace(/\s+/g, " ")).toBe(
      plain(everything).replace(/\*/g, "").replace(/\s+/g, " "),
    );
  });

  it("lets no escape sequence of a document through, in no place", () => {
    const evil = "\u001b]0;owned\u0007\u001b[2J\u009b31m\rX\u202E";
    const hostile = part(
      [
        { kind: "heading", content: [text(evil)] },
        {
          kind: "paragraph",
          content: [text(evil, "strong"), { kind: "link", text: evil, url: `https://x.example/${evil}` }],
        },
        { kind: "quote", content: [text(evil)] },
        { kind: "list", items: [[text(evil, "emphasis")]] },
      ],
      [{ n: 1, label: evil, title: `${evil}2`, published: evil, url: `https://x.example/${evil}` }],
    );
    expect(plain(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("prints only addresses of the web", () => {
    const given = part([], [{ n: 1, label: "a", title: "a", published: null, url: "javascript:alert(1)" }]);
    expect(plain(given)).toBe("[1] a");
  });

  it("gives dates as people read them, and what is no date as it is", () => {
    const dated = (published: string) => plain(part([], [{ n: 1, label: "a", title: "a", published, url: null }]));
    expect(dated("2026-11-02")).toBe("[1] a, 2 November 2026");
    expect(dated("2026-11-02T23:30:00-08:00")).toBe("[1] a, 2 November 2026");
    expect(dated("2026-11")).toBe("[1] a, November 2026");
    expect(dated("last Friday")).toBe("[1] a, last Friday");
    expect(dated("2026-13-02")).toBe("[1] a, 2026-13-02");
  });

  it("keeps within the width and loses no word, in any script", () => {
    const words = fc.array(fc.constantFrom("word", "宗教自由", "e\u0301a", "👩🏽‍🚀", "שלום", "x".repeat(90), "\r\n"), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 100 }), (list, width) => {
        const content = [text(list.join(" "))];
        const blocks: Block[] = [
          { kind: "paragraph", content },
          { kind: "quote", content },
          { kind: "list", items: [content] },
        ];
        for (const block of blocks) {
          const shown = plain(part([block]), width);
          for (const line of shown.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
          const bare = shown.replace(/^ {2}(?:\| ?|- ?| {2})/gm, "");
          expect(bare.replace(/\s+/gu, "")).toBe(list.join("").replace(/\s+/gu, ""));
        }
      }),
      { numRuns: 300 },
    );
  });
});
