import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal, literalLabel, mark, masked, safeUrl, written } from "../../../adapters/discord/markdown.ts";
import { inert } from "../../../src/reply/inert.ts";
import { readMarkdown } from "../../support/discord-markdown.ts";

const flowing = (text: string) =>
  inert(text)
    .split(/\n\s*\n/u)
    .map((stretch) => stretch.replace(/\s+/gu, " "))
    .join("\n");

/** Text made of what acts in Discord, so that chance finds its combinations. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        "*",
        "**",
        "_",
        "__",
        "~~",
        "||",
        "`",
        "```",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "#",
        "# ",
        "-# ",
        "- ",
        "> ",
      ],
      ...["1. ", "+ ", ":", "@", "@everyone", "@here", "<@123456789012345678>", "<#1>", "<:a:1>", ":smile:", "<t:1:R>"],
      ...[
        "https://evil.example/x",
        "discord.gg/evil",
        "discord.com/invite/evil",
        "discordapp.com/invite/x",
        "mailto:a@b.c",
      ],
      ...[
        "[click](https://evil.example)",
        "\n",
        "\n\n",
        " ",
        "a",
        "bc",
        "1",
        "é",
        "👨‍👩‍👧",
        "\u202e",
        "\u200b",
        "\ud83d",
        "/x",
      ],
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""));

describe("what a stranger wrote", () => {
  it.each([
    "[click](https://evil.example) https://evil.example <https://evil.example>",
    "@everyone @here <@123456789012345678> <@&1> <#1> </ask:1> <id:home>",
    "**bold** __under__ *it* _it_ ~~gone~~ ||spoiler|| `code`",
    "# heading",
    "-# small",
    "> quote",
    ">>> quote",
    "- list",
    "* list",
    "+ list",
    "12. list",
    ":rotating_light: <:evil:123> <t:1700000000:R> 10:30:45",
    "discord.gg/evil discord.com/invite/evil discordapp.com/invite/evil",
    "C:\\new\\_folder_ \\*not\\*",
    "¯\\_(ツ)_/¯ 3 * 4 * 5 a_b_c",
  ])("is shown to the letter, and does nothing: %s", (text) => {
    expect(readMarkdown(literal(text))).toEqual({ text, bold: [], links: [], effects: [] });
  });

  it("does nothing, whatever it is, and is shown as it flows", () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
        const { text: shown, bold, links, effects } = readMarkdown(literal(text));
        expect({ bold, links, effects }).toEqual({ bold: [], links: [], effects: [] });
        expect(shown).toBe(flowing(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("makes a label that links where it should, and nowhere else", () => {
    fc.assert(
      fc.property(hostile, fc.webUrl({ withQueryParameters: true, withFragments: true }), (label, url) => {
        const { links, effects } = readMarkdown(masked(label, url, 60), false);
        expect(links.map((link) => link.url)).toEqual([safeUrl(url)]);
        expect(effects).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is cut before it is escaped, and never inside what a reader sees as one character", () => {
    const label = literalLabel(`${"x".repeat(30)}**👨‍👩‍👧‍👦*`, 35);
    expect(label).toBe(`${"x".repeat(30)}\\*\\*…`);
  });
});

describe("an address", () => {
  it.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "nonsense", "https://", "discord://x"])(
    "is linked only when it is http or https: %s",
    (url) => {
      expect(safeUrl(url)).toBeNull();
      expect(readMarkdown(masked("here", url, 20))).toMatchObject({ text: "here", links: [] });
      expect(readMarkdown(mark(1, url))).toMatchObject({ text: "[1]", links: [] });
    },
  );

  it("cannot end the link that it stands in", () => {
    const url = "https://news.example/a(b)>c<d e'f\"g`h\\i]j[k*l_m~n#:~:text=x";
    const { links, text } = readMarkdown(mark(12, url));
    expect(text).toBe("[12]");
    expect(links).toHaveLength(1);
    expect(new URL(links[0]!.url).hostname).toBe("news.example");
    expect(links[0]!.url).not.toMatch(/[\s()<>[\]"'`*\\]/);
  });
});

describe("what Discord wrote", () => {
  it("is text again: people by name, without channels, roles and emoji codes", () => {
    const names = new Map([
      ["1", "Ann"],
      ["2", " "],
    ]);
    expect(written("<@2> what did <@!1> say in <#3> on <t:1700000000:R> <:cable:4> <@&5> </ask:6> <@9>?", names)).toBe(
      "  what did Ann say in   on   :cable:   /ask ?",
    );
  });
});
