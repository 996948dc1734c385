import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutPassages } from "../../src/corpus/passages.ts";

const cut = (text: string, excluded: readonly { start: number; end: number }[] = []): string[] =>
  cutPassages(text, excluded).map(({ start, end }) => text.slice(start, end));

const sentence = (words: number, first = "The"): string =>
  `${first} ${Array.from({ length: words - 1 }, (_, index) => `word${index}`).join(" ")}.`;

describe("passages", () => {
  it("makes a paragraph between blank lines one passage, its hard-wrapped lines together", () => {
    const text =
      "The council voted on Monday night to close the old bridge over the river\nafter engineers found cracks in two of its four pillars, the mayor said.\n\nTraffic goes over the new bridge until the work is done, which the city\nexpects to take about nine months and to cost more than it had set aside.\n";
    expect(cut(text)).toEqual(text.trim().split("\n\n"));
  });

  it("makes each line a passage where paragraphs are single lines", () => {
    const lines = [sentence(30), sentence(42), sentence(25), sentence(38)];
    expect(cut(lines.join("\n"))).toEqual(lines);
    expect(cut(lines.join("\r\n"))).toEqual(lines);
  });

  it("joins short headings to the paragraph they head", () => {
    const lines = [sentence(40), "Why the bridge matters", sentence(40), "What happens next?", sentence(40)];
    expect(cut(lines.join("\n"))).toEqual([lines[0], `${lines[1]}\n${lines[2]}`, `${lines[3]}\n${lines[4]}`]);
    expect(cut(`# The bridge\n\n## What is wrong\n\n${lines[0]}`)).toHaveLength(1);
    expect(cut(`The bridge\n==========\n\n${lines[0]}`)).toHaveLength(1);
  });

  it("keeps a heading that heads nothing, and a list or a poem together", () => {
    expect(cut(`${sentence(30)}\n\nThe end`)).toEqual([sentence(30), "The end"]);
    const poem = "Tide in\nTide out\nThe pier stands\nIn the grey\nOf the day";
    expect(cut(`${sentence(40)}\n${sentence(40)}\n${sentence(40)}\n${poem}\n${sentence(40)}`)).toContain(poem);
    const list = "- close the bridge\n- count the cars\n- ask the county for money";
    expect(cut(`${sentence(50)}\n${sentence(40)}\n${list}\n${sentence(40)}`)).toContain(list);
  });

  it("cuts a long paragraph at sentence ends into parts of about equal size", () => {
    const text = Array.from({ length: 20 }, (_, index) => sentence(25, `Part${index}`)).join(" ");
    const parts = cut(text);
    expect(parts).toHaveLength(3);
    expect(parts.join(" ")).toBe(text);
    for (const part of parts) {
      expect(part).toMatch(/\.$/);
      expect(part.split(" ").length).toBeGreaterThan(125);
      expect(part.split(" ").length).toBeLessThan(210);
    }
  });

  it("never reaches over an excluded span, also inside a line", () => {
    const text = "Before it stands this.\nBUY NOW\nAfter it stands that.";
    expect(cut(text, [{ start: 23, end: 30 }])).toEqual(["Before it stands this.", "After it stands that."]);
    expect(cut("One two ADVERT three four", [{ start: 8, end: 14 }])).toEqual(["One two", "three four"]);
  });

  it("cuts a text that is one endless line, never inside a grapheme", () => {
    const family = "👩‍👩‍👧‍👦";
    for (const unit of ["x", "语", family, "e\u0301", "🇸🇪"]) {
      const text = unit.repeat(6000);
      const boundaries = new Set([...new Intl.Segmenter("und").segment(text)].map((segment) => segment.index));
      const spans = cutPassages(text, []);
      expect(spans.length).toBeGreaterThan(1);
      for (const span of spans) expect(boundaries.has(span.start), unit).toBe(true);
      for (const span of spans) expect(span.end - span.start).toBeLessThan(5000);
    }
  });

  it("has nothing to cut in white space and rules", () => {
    expect(cut("")).toEqual([]);
    expect(cut(" \r\n\t\n\u00a0\n-----\n* * *\n")).toEqual([]);
  });

  it("loses no character, for any text and any excluded spans", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        ". ",
        "# Head\n",
        "- item\n",
        "---\n",
        "\u2028",
        "“",
        "👩‍👧",
        "e\u0301",
        "日本語。",
      ),
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.integer({ min: 1, max: 400 }).map((count) => "some words here. ".repeat(count)),
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat(3000), fc.nat(60)), { maxLength: 4 }), (value, cuts) => {
        const excluded = cuts
          .map(([start, length]) => ({ start, end: start + length }))
          .sort((a, b) => a.start - b.start)
          .filter((span, index, all) => span.end <= value.length && (index === 0 || all[index - 1]!.end <= span.start));
        const spans = cutPassages(value, excluded);
        const rest: string[] = [];
        let at = 0;
        for (const span of [...spans, ...excluded].sort((a, b) => a.start - b.start || a.end - b.end)) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          rest.push(value.slice(at, span.start));
          at = span.end;
        }
        rest.push(value.slice(at));
        expect(rest.join("")).toMatch(/^[\s\u0085\-=*_~—]*$/);
        for (const { start, end } of spans) {
          expect(end).toBeGreaterThan(start);
          expect(value.slice(start, end)).not.toMatch(/^\s|\s$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
