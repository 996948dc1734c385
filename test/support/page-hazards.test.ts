import { describe, expect, it } from "vitest";
import { hazardsOf } from "./page-hazards.ts";

const origin = "http://127.0.0.1:8484";
const page = (body: string) => `<!doctype html><html><head><title>t</title></head><body>${body}</body></html>`;

describe("hazards of a page", () => {
  it.each([
    "<script>alert(1)</script>",
    '<script src="//evil.example/x.js"></script>',
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<p style="color:red">x</p>',
    '<iframe src="/"></iframe>',
    '<meta http-equiv="refresh" content="0">',
    '<base href="//evil.example">',
    '<img src="https://evil.example/pixel.gif">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<form action="https://evil.example/"></form>',
    "\u202Eabc",
    "a\u200Bb",
    "\uD800",
  ])("are found: %j", (body) => expect(hazardsOf(page(body), origin)).not.toEqual([]));

  it("are none of what our pages are made of", () => {
    const body =
      '<script type="module" src="/assets/page-0a.js"></script><p>&lt;script&gt;</p><form action="/ask"></form><a href="https://news.example/a">x</a>';
    expect(hazardsOf(page(body), origin)).toEqual([]);
  });
});
