import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NearestPassage } from "../../src/answer/answer.ts";
import { citationUrl } from "../../src/answer/citation-url.ts";

const cited = (url: string | null, quote = "It says so."): NearestPassage => ({
  document: "a/b 1",
  revision: 2,
  title: "Title",
  outlet: null,
  published: null,
  url,
  quote,
  start: 10,
  end: 10 + quote.length,
});
const nowhere = { publicUrl: null };
const desk = { publicUrl: "https://desk.example/dateline" };
const page = "https://desk.example/dateline/documents/a%2Fb%201?revision=2&start=10&end=21#cited";

/** What a browser reads back from a text directive. */
function directive(url: string | null): readonly string[] {
  const terms = /#.*?:~:text=(.*)$/.exec(url ?? "")?.[1] ?? "";
  return terms.split(",").map(decodeURIComponent);
}

describe("links to what is cited", () => {
  it("open the document's own address at the quoted words", () => {
    expect(citationUrl(cited("https://news.example/story"), nowhere)).toBe(
      "https://news.example/story#:~:text=It%20says%20so.",
    );
  });

  it("escape what is syntax in a directive or in a platform's markup", () => {
    const url = citationUrl(cited("https://news.example/", "well-known, (R&D) *a*_b_ ~c~ 50% “x”"), nowhere);
    expect(url).toContain(
      "#:~:text=well%2Dknown%2C%20%28R%26D%29%20%2Aa%2A%5Fb%5F%20%7Ec%7E%2050%25%20%E2%80%9Cx%E2%80%9D",
    );
  });

  it("keep an anchor and a query, and replace a directive that is there", () => {
    expect(citationUrl(cited("https://news.example/?a=1&b=2#part"), nowhere)).toBe(
      "https://news.example/?a=1&b=2#part:~:text=It%20says%20so.",
    );
    expect(citationUrl(cited("https://news.example/#part:~:text=old"), nowhere)).toBe(
      "https://news.example/#part:~:text=It%20says%20so.",
    );
    expect(citationUrl(cited("https://news.example/#:~:text=old"), nowhere)).toBe(
      "https://news.example/#:~:text=It%20says%20so.",
    );
  });

  it("give a long quotation by its first and last words", () => {
    const quote = `The cable that went out on Friday says ${"this and that ".repeat(30)}and it ends with these last words.`;
    expect(directive(citationUrl(cited("https://news.example/", quote), nowhere))).toEqual([
      "The cable that went out on",
      "it ends with these last words.",
    ]);
  });

  it("give a quotation over several lines by its ends, because a term matches inside one block only", () => {
    const url = citationUrl(cited("https://news.example/", "The points are:\r\n\r\n- one  thing\n- another"), nowhere);
    expect(directive(url)).toEqual(["The points are", "another"]);
  });

  it("cut no word and no character of another script", () => {
    const quote = "这份电报说，宗教自由必须得到保护。".repeat(30);
    const [first, last] = directive(citationUrl(cited("https://news.example/", quote), nowhere));
    expect(quote.startsWith(first!)).toBe(true);
    expect(quote.endsWith(last!)).toBe(true);
  });

  it("lead to our page of that revision where the document has no address", () => {
    expect(citationUrl(cited(null), desk)).toBe(page);
    expect(citationUrl(cited(null), nowhere)).toBeNull();
  });

  it("lead to our page without words where none are quoted", () => {
    expect(citationUrl(cited(null, ""), desk)).toBe("https://desk.example/dateline/documents/a%2Fb%201?revision=2");
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "not an address",
    "//news.example/x",
    "https://user:pass@news.example/",
  ])("never lead to %s", (address) => {
    expect(citationUrl(cited(address), nowhere)).toBeNull();
    expect(citationUrl(cited(address), desk)).toBe(page);
  });

  it("drop the words, then the address, where it gets too long to open", () => {
    const bare = `https://news.example/?q=${"a".repeat(1900)}`;
    expect(citationUrl(cited(bare, "Some words that would make it too long. ".repeat(4)), nowhere)).toBe(bare);
    expect(citationUrl(cited(`${bare}${"a".repeat(200)}`), nowhere)).toBeNull();
  });

  it("are addresses that read back as the quotation, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (quote) => {
        const url = citationUrl(cited("https://news.example/story", quote), nowhere);
        expect(url === null ? false : URL.canParse(url)).toBe(true);
        expect(url).not.toMatch(/[\s<>()|*_`"]/);
        const words = directive(url).join("");
        const squeezed = quote.toWellFormed().replace(/\s+/gu, "");
        if (!/[\n\r\u2028\u2029]/.test(quote)) expect(words.replace(/\s+/gu, "")).toBe(squeezed);
      }),
      { numRuns: 1000 },
    );
  });
});
