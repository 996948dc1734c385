import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Inline, ReplyPart, Source } from "../../src/reply/reply.ts";
import { splitPart } from "../../src/reply/split.ts";

const text = (value: string): Inline => ({ kind: "text", text: value });
const cite = (n: number): Inline => ({ kind: "cite", n });
const paragraph = (...content: Inline[]): Block => ({ kind: "paragraph", content });
const source = (n: number): Source => ({ n, label: `Outlet ${n}`, title: `Title ${n}`, published: null, url: null });
const part = (blocks: Block[], sources: Source[] = [], actions: ReplyPart["actions"] = []): ReplyPart => ({
  blocks,
  sources,
  actions,
});

const contentsOf = (message: ReplyPart): (readonly Inline[])[] =>
  message.blocks.flatMap((block) => (block.kind === "list" ? block.items : [block.content]));
const words = (content: readonly Inline[]): string =>
  content.map((inline) => (inline.kind === "cite" ? "" : inline.text)).join("");
const marks = (content: readonly Inline[]): number[] =>
  content.flatMap((inline) => (inline.kind === "cite" ? [inline.n] : []));
const squeeze = (value: string): string => value.replace(/\s+/gu, "");

/** A platform that counts characters: a mark is three, a source ten. */
function measure(message: ReplyPart): number {
  const inside = contentsOf(message).map((content) => words(content).length + 3 * marks(content).length);
  return inside.reduce((sum, length) => sum + length + 1, 0) + 10 * message.sources.length + 5 * message.actions.length;
}
const under = (limit: number) => (message: ReplyPart) => measure(message) <= limit;

describe("splitting a reply", () => {
  it("leaves alone what fits", () => {
    const whole = part([paragraph(text("It says so. "), cite(1))], [source(1), source(2)]);
    expect(splitPart(whole, under(100))).toEqual([whole]);
  });

  it("starts a new message at a claim, each with the sources that it cites", () => {
    const first = paragraph(text("The first claim. "), cite(1));
    const second = paragraph(text("The second claim. "), cite(2));
    expect(splitPart(part([first, second], [source(1), source(2)]), under(40))).toEqual([
      part([first], [source(1)]),
      part([second], [source(2)]),
    ]);
  });

  it("keeps what stands under a heading with it", () => {
    const heading = (value: string): Block => ({ kind: "heading", content: [text(value)] });
    const story = (name: string): Block[] => [
      heading(name),
      { kind: "list", items: [[text("first line")], [text("second line")]] },
    ];
    const digest = part([heading("Digest"), ...story("One"), ...story("Two"), ...story("Three")]);
    expect(splitPart(digest, under(57)).map(({ blocks }) => blocks)).toEqual([
      [heading("Digest"), ...story("One")],
      [...story("Two"), ...story("Three")],
    ]);
  });

  it("cuts a long claim at a sentence's end and repeats all its marks", () => {
    const claim = paragraph(text("One sentence stands here. Another one follows it. "), cite(1), text(" "), cite(2));
    const messages = splitPart(part([claim], [source(1), source(2)]), under(60));
    expect(messages.map((message) => words(contentsOf(message)[0]!).trim())).toEqual([
      "One sentence stands here.",
      "Another one follows it.",
    ]);
    for (const message of messages) {
      expect(marks(contentsOf(message)[0]!)).toEqual([1, 2]);
      expect(message.sources.map(({ n }) => n)).toEqual([1, 2]);
    }
  });

  it("cuts at a word where no sentence ends, and at a grapheme where no word does", () => {
    const messages = splitPart(part([paragraph(text("alpha beta gamma delta"))]), under(14));
    expect(messages.map((message) => words(contentsOf(message)[0]!))).toEqual(["alpha beta", "gamma delta"]);
    const family = "👨‍👩‍👧‍👦";
    const families = splitPart(part([paragraph(text(family.repeat(4)))]), under(2 * family.length + 5));
    expect(families.map((message) => words(contentsOf(message)[0]!))).toEqual([family.repeat(2), family.repeat(2)]);
  });

  it("gives a passage that parts from the line naming it that line's marks", () => {
    const label = paragraph(cite(3), text(" The Outlet, 2 November 2026"));
    const quote: Block = {
      kind: "quote",
      content: [text("Before it. "), { kind: "text", text: "The very words.", style: "strong" }],
    };
    const messages = splitPart(part([label, quote], [source(3)]), under(48));
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) {
      expect(contentsOf(message).flatMap(marks)).toContain(3);
      expect(message.sources).toEqual([source(3)]);
    }
  });

  it("does not end a message with a heading or a line that announces a list", () => {
    const heading: Block = { kind: "heading", content: [text("Nearest passages")] };
    const blocks: Block[] = [paragraph(text("Something that fills.")), heading, paragraph(text("The passage itself."))];
    const messages = splitPart(part(blocks), under(45));
    expect(messages.map((message) => message.blocks.map(({ kind }) => kind))).toEqual([
      ["paragraph"],
      ["heading", "paragraph"],
    ]);
  });

  it("keeps the items of a list together as lists", () => {
    const items = Array.from({ length: 6 }, (_, i) => [text(`item number ${i} `), cite(i + 1)]);
    const messages = splitPart(part([{ kind: "list", items }], [1, 2, 3, 4, 5, 6].map(source)), under(70));
    for (const message of messages) expect(message.blocks.map(({ kind }) => kind)).toEqual(["list"]);
    expect(messages.flatMap(contentsOf).map(words)).toEqual(items.map(words));
  });

  it("puts the actions under the last message, in one of their own where there is no room", () => {
    const action = { kind: "delete", label: "Delete", answerId: "a-1" } as const;
    const blocks = [paragraph(text("x".repeat(20))), paragraph(text("y".repeat(20)))];
    expect(splitPart(part(blocks, [], [action]), under(30)).map(({ actions }) => actions.length)).toEqual([0, 1]);
    expect(splitPart(part(blocks, [], [action]), under(22)).map(({ actions }) => actions.length)).toEqual([0, 0, 1]);
  });

  it("lets the sources follow when those of one claim alone are too much", () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const claim = paragraph(text("Six outlets say it. "), ...numbers.map(cite));
    const messages = splitPart(part([claim], numbers.map(source)), under(45));
    for (const message of messages) expect(measure(message)).toBeLessThanOrEqual(45);
    expect(messages.flatMap((message) => message.sources.map(({ n }) => n))).toEqual(numbers);
    expect(messages.flatMap(contentsOf).map(marks)).toEqual([numbers]);
  });

  it("says so when a platform has no room even for one character with its marks", () => {
    const claim = paragraph(text("No room. "), cite(1), cite(2));
    expect(() => splitPart(part([claim]), under(5))).toThrow(expect.objectContaining({ code: "platform" }));
  });
});

const words_ = fc.array(
  fc.constantFrom(
    "a",
    "word",
    "sentence.",
    "Next",
    "👩🏽‍🚀",
    "e\u0301e\u0301",
    "stop.\u0301",
    " \u0301",
    "👩🏽‍🚀".repeat(6),
    "שלום",
    "\r\n",
    "x".repeat(30),
  ),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const anyText = fc.oneof(
  words_.map((list) => list.join(" ")),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);
const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  anyText.map(text),
  anyText.map((value): Inline => ({ kind: "text", text: value, style: "strong" })),
  anyText.map((value): Inline => ({ kind: "link", text: value, url: "https://example.org/" })),
);
const anyContent = fc
  .tuple(
    fc.array(anyInline, { minLength: 1, maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  )
  .map(([inlines, numbers]) => [...inlines, ...numbers.flatMap((n) => [text(" "), cite(n)])]);
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  anyContent.map((content): Block => ({ kind: "paragraph", content })),
  anyContent.map((content): Block => ({ kind: "heading", content })),
  anyContent.map((content): Block => ({ kind: "quote", content })),
  fc.array(anyContent, { minLength: 1, maxLength: 4 }).map((items): Block => ({ kind: "list", items })),
);
const anyPart = fc
  .array(anyBlock, { minLength: 1, maxLength: 6 })
  .map((blocks) => part(blocks, [1, 2, 3, 4].map(source)));

describe("splitting any reply to any limit", () => {
  const runs = { numRuns: 500 };

  it("stays within the limit, loses nothing and keeps the order", () => {
    fc.assert(
      fc.property(anyPart, fc.integer({ min: 80, max: 600 }), (whole, limit) => {
        const messages = splitPart(whole, under(limit));
        for (const message of messages) expect(measure(message)).toBeLessThanOrEqual(limit);
        const before = squeeze(contentsOf(whole).map(words).join(""));
        expect(squeeze(messages.flatMap(contentsOf).map(words).join(""))).toBe(before);
        expect(new Set(messages.flatMap(({ sources }) => sources.map(({ n }) => n)))).toEqual(new Set([1, 2, 3, 4]));
      }),
      runs,
    );
  });

  it("has every mark of a claim in every piece of it, and the sources beside them", () => {
    fc.assert(
      fc.property(anyContent, fc.integer({ min: 80, max: 200 }), (content, limit) => {
        const numbers = [...new Set(marks(content))].sort();
        const whole = part([{ kind: "paragraph", content }], numbers.map(source));
        for (const message of splitPart(whole, under(limit))) {
          for (const piece of contentsOf(message)) expect([...new Set(marks(piece))].sort()).toEqual(numbers);
          expect(message.sources.map(({ n }) => n)).toEqual(numbers);
        }
      }),
      runs,
    );
  });

  it("cuts inside no grapheme", () => {
    const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 30, max: 60 }), (value, limit) => {
        const pieces = splitPart(part([paragraph(text(value))]), under(limit))
          .flatMap(contentsOf)
          .map(words);
        const graphemesOf = (list: string[]) =>
          list.flatMap((piece) => [...segmenter.segment(piece)].map((one) => one.segment));
        const solid = (list: string[]) => graphemesOf(list).filter((one) => one.trim() !== "");
        expect(solid(pieces)).toEqual(solid([value]));
      }),
      runs,
    );
  });
});
