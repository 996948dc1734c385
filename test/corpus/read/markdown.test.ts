import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../../src/corpus/read/markdown.ts";

const file = { name: "desk/pier.md", base: "pier.md", stem: "pier" };
const read = (text: string) => readMarkdown(text, file);
const front = (lines: string, body = "\nThe pier closes.\n"): string => `---\n${lines}\n---\n${body}`;

describe("Markdown", () => {
  it("takes what the front matter says and stores the body untouched", () => {
    const body = "\r\n# Pier\r\n\r\n**The** pier closes. 👩‍👩‍👧‍👦\r\n\r\n";
    const text = `---\r\ntitle: "Pier: closed"\r\noutlet: Lindvik Courier\r\npublished: 2025-11-26\r\ndateline: Lindvik\r\nlanguage: en-GB\r\norigin: Coast Agency\r\nsource: 17.txt\r\nurl: https://example.com/pier\r\ncollection: harbour\r\n---\r\n${body}`;
    expect(read(text)).toEqual({
      text: body,
      excluded: [],
      collection: "harbour",
      meta: {
        title: "Pier: closed",
        outlet: "Lindvik Courier",
        published: "2025-11-26",
        dateline: "Lindvik",
        language: "en",
        origin: "Coast Agency",
        source: "17.txt",
        url: "https://example.com/pier",
      },
    });
  });

  it("leaves out what is not said", () => {
    const { meta, collection } = read("The pier closes in March and nobody knows why it was built.");
    expect(meta).toEqual({
      title: "pier",
      outlet: null,
      published: null,
      dateline: null,
      language: "en",
      origin: null,
      source: "pier.md",
      url: null,
    });
    expect(collection).toBeNull();
    expect(read(front("title:\noutlet: ~\npublished: null")).meta).toMatchObject({
      title: "pier",
      outlet: null,
      published: null,
    });
  });

  it("takes the first heading for a title, without its markup and not from code", () => {
    expect(read("```\n# not this\n```\n\n## The **old** [pier](https://example.com) ##\n\nText.").meta.title).toBe(
      "The old pier",
    );
    expect(read("Pier closes\n===========\n\nText.").meta.title).toBe("Pier closes");
  });

  it("keeps numbers, dates and words of YAML as they are written", () => {
    expect(read(front("title: 1984\noutlet: no\nsource: 0x10")).meta).toMatchObject({
      title: "1984",
      outlet: "no",
      source: "0x10",
    });
  });

  it("takes a rule at the beginning for a rule", () => {
    const text = "---\n\nThe pier closes.\n\n---\n\nSo it goes.\n";
    expect(() => read(text)).toThrow(/not made of "key: value" lines/);
    expect(read("---\n\nThe pier closes.\n").text).toBe("---\n\nThe pier closes.\n");
  });

  it.each([
    ["is not closed", "---\ntitle: Pier\n\nThe pier closes.\n", /never closed; put a line with ---/],
    ["is a list", front("- a\n- b"), /not made of "key: value" lines/],
    ["is prose", front("just some words"), /not made of "key: value" lines/],
    ["is no YAML", front("title: [unclosed"), /not valid YAML/],
    ["has a key twice", front("title: a\ntitle: b"), /not valid YAML/],
    ["has a list for a title", front("title: [a, b]"), /"title" must be plain text/],
    ["has a mapping for an outlet", front("outlet:\n  name: x"), /"outlet" must be plain text/],
    ["has an alias for a title", front("x: &a Pier\ntitle: *a"), /"title" must be plain text/],
    ["has a date that does not exist", front("published: 2025-02-30"), /"published" must be a date that exists/],
    ["has no date for a date", front("published: yesterday"), /"published" must be a date that exists/],
    ["names an impossible collection", front("collection: ../x"), /"collection" must be a name/],
    ["is nested without end", front(`x: ${"[".repeat(20_000)}`), /not valid YAML/],
  ])("refuses front matter that %s", (_, text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
    expect(() => read(text)).toThrow("desk/pier.md");
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "//example.com", "http://", "pier.html"])(
    "drops the address %s",
    (url) => {
      expect(read(front(`url: "${url}"`)).meta.url).toBeNull();
    },
  );

  it("does not let YAML make anything: tags, aliases without end, prototypes", () => {
    const laughs = [
      "a0: &a0 lol",
      ...Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`),
    ];
    const text = front(`${laughs.join("\n")}\n__proto__: {polluted: yes}\nconstructor: x\ntitle: !!js/function "x"`);
    expect(read(text).meta.title).toBe("x");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("brings titles onto one line without control characters or lone surrogates, and cuts them between graphemes", () => {
    expect(read(front('title: "a\\tb\\u0007\\n  c\\ud800"')).meta.title).toBe("a b c\ufffd");
    const long = read(front(`title: ${"👩‍👩‍👧‍👦".repeat(200)}`)).meta.title;
    expect(long.length).toBeLessThanOrEqual(500);
    expect(long.length % "👩‍👩‍👧‍👦".length).toBe(0);
  });
});
