import { describe, expect, it } from "vitest";
import { readRobots } from "../../src/feeds/robots.ts";

const allowed = (text: string, ...paths: readonly string[]): readonly boolean[] => {
  const rules = readRobots(text, "dateline");
  return paths.map(rules);
};

describe("robots.txt", () => {
  it("allows everything where it says nothing", () => {
    for (const text of [
      "",
      "# nothing",
      "User-agent: *",
      "User-agent: *\nDisallow:",
      "<html>404</html>",
      "Disallow: /",
    ]) {
      expect(allowed(text, "/", "/a"), text).toEqual([true, true]);
    }
  });

  it("takes the longest rule that matches, and of two as long the one that allows", () => {
    const text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /same\nAllow: /same";
    expect(allowed(text, "/a", "/ab", "/a/b", "/a/b/x", "/a/b/c", "/same", "/other")).toEqual([
      false,
      false,
      true,
      true,
      false,
      true,
      true,
    ]);
  });

  it("takes the group that names us, in any case, and only that", () => {
    const text =
      "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: DateLine/2.0\nDisallow: /private\n\nUser-agent: x\nDisallow: /x";
    expect(allowed(text, "/", "/private", "/x")).toEqual([true, false, true]);
  });

  it("joins groups of one name", () => {
    expect(
      allowed(
        "User-agent: *\nDisallow: /a\nUser-agent: q\nDisallow: /q\nUser-agent: *\nDisallow: /b",
        "/a",
        "/b",
        "/q",
      ),
    ).toEqual([false, false, true]);
  });

  it("knows * and $", () => {
    const text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/draft/\nDisallow: /exact$\nDisallow: /*a*b*c$";
    expect(
      allowed(text, "/x.pdf", "/x.pdf?q", "/news/draft/1", "/draft/", "/exact", "/exactly", "/1a2b3c", "/1a2b3cd"),
    ).toEqual([false, true, false, true, false, true, false, true]);
  });

  it("reads lines as people write them", () => {
    expect(
      allowed(
        "\ufeffUSER-AGENT : *\r\n  disallow : /a # not this\r\n\r\nSitemap: x\rDisallow: /%c3%a9",
        "/a",
        "/%C3%A9",
      ),
    ).toEqual([false, false]);
  });

  it("takes patterns made to hold it up in its stride", () => {
    const text = `User-agent: *\n${`Disallow: /${"*a".repeat(900)}$\n`.repeat(300)}`;
    const began = performance.now();
    expect(allowed(text, `/${"a".repeat(1_800)}b`)).toEqual([true]);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
