import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutlineFeed, readOpml, writeOpml } from "../../src/feeds/opml.ts";

const list = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>${body}</body></opml>`;
const addresses = (opml: string) => readOpml(opml).feeds.map(({ address }) => address);

const plain: OutlineFeed = {
  title: "Gazette",
  address: "https://gazette.example/rss",
  home: null,
  category: null,
  outlet: null,
  article: false,
  paused: false,
};

describe("reading a list of feeds", () => {
  it("takes every outline with an address, however nested", () => {
    const opml = list(`
      <outline text="News">
        <outline type="rss" text="The Gazette" title="Gazette" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example/" category="legal"/>
        <outline text="Wires"><outline text="Courier" xmlUrl='https://courier.example/feed'></outline></outline>
      </outline>
      <outline text="Not a feed" url="https://x.example"/>`);
    expect(readOpml(opml)).toEqual({
      feeds: [
        { ...plain, home: "https://gazette.example/", category: "legal" },
        { ...plain, title: "Courier", address: "https://courier.example/feed" },
      ],
      unusable: 0,
      repeated: 0,
    });
  });

  it("forgives what readers do: case, feed://, entities, a byte order mark, no declaration, no end", () => {
    expect(addresses('\ufeff<OPML><BODY><OUTLINE TEXT="a" XMLURL="feed://a.example/rss?x=1&amp;y=2"/>')).toEqual([
      "http://a.example/rss?x=1&y=2",
    ]);
    expect(addresses(list('<outline xmlUrl="feed:https://a.example/"/>'))).toEqual(["https://a.example/"]);
    expect(addresses(list('<outline text="&#x41;" xmlUrl="https://a.example/#top"/>'))).toEqual(["https://a.example/"]);
  });

  it("counts each address once, and what is no address not at all", () => {
    const opml = list(
      [
        "https://a.example/rss",
        "HTTPS://A.example/rss",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "",
        "ftp://a.example/",
        "https://user:secret@a.example/",
      ]
        .map((address) => `<outline text="x" xmlUrl="${address}"/>`)
        .join(""),
    );
    expect(readOpml(opml)).toMatchObject({ feeds: [{ address: "https://a.example/rss" }], repeated: 1, unusable: 5 });
  });

  it("expands no entity of its own, and reads nothing from elsewhere", () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
      <opml><body><outline text="&b;&x;" xmlUrl="https://a.example/rss"/></body></opml>`;
    const [feed] = readOpml(bomb).feeds;
    expect(feed?.address).toBe("https://a.example/rss");
    expect(feed?.title).toBe("&b;&x;");
  });

  it("leaves what hides or acts in a title as one line of visible length", () => {
    const [feed] = readOpml(
      list(`<outline text="a\u0000&#10;b&#x9;c ${"long ".repeat(500)}" xmlUrl="https://a.example/"/>`),
    ).feeds;
    expect(feed?.title).toMatch(/^a b c long/);
    expect(feed!.title!.length).toBeLessThanOrEqual(200);
  });

  it("takes __proto__ and its like for what they are: attributes that nobody asks for", () => {
    const opml = list('<outline __proto__="x" constructor="y" xmlUrl="https://a.example/" category="__proto__"/>');
    expect(readOpml(opml).feeds).toEqual([
      { ...plain, title: null, address: "https://a.example/", category: "__proto__" },
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each([
    ["nothing", "", "no OPML list"],
    ["a web page", "<html><body>Log in</body></html>", "no OPML list"],
    ["a feed", '<rss version="2.0"><channel><title>x</title></channel></rss>', "no OPML list"],
    ["a list without feeds", list('<outline text="x"/>'), "names no feed"],
    ["a list of files", list('<outline text="x" xmlUrl="file:///x"/>'), "names no feed"],
    ["a list that is too long", list("x".repeat(5 * 2 ** 20)), "larger than 5 MB"],
    [
      "a list of too many",
      list(Array.from({ length: 5_001 }, (_, i) => `<outline xmlUrl="https://a.example/${i}"/>`).join("")),
      "more than 5,000",
    ],
  ])("says what is wrong with %s", (_name, text, sentence) => {
    expect(() => readOpml(text)).toThrow(sentence);
  });

  it.each([
    ["deep nesting", "<outline>".repeat(200_000)],
    ["tags that never end", "<outline ".repeat(200_000)],
    ["quotes that never end", '<outline text="'.repeat(200_000)],
    ["comments that never end", "<!--".repeat(400_000)],
    ["attributes without end", `<outline ${"a=b ".repeat(400_000)} xmlUrl="https://a.example/">`],
    ["ampersands", `<outline text="${"&".repeat(1_000_000)}" xmlUrl="https://a.example/"/>`],
  ])("ends soon whatever it is given: %s", (_name, body) => {
    const from = performance.now();
    try {
      readOpml(list(body));
    } catch (error) {
      expect(error).toMatchObject({ code: "usage" });
    }
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});

describe("writing a list of feeds", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((value) => /\S/.test(value));
  const line = text
    .map((value) => value.replace(/[\p{Cc}\p{Zl}\p{Zp}\s\ufeff\ufffe\uffff]+/gu, " ").trim())
    .filter((value) => value !== "");
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);

  it("is read as the same feeds", () => {
    const feed = fc.record<OutlineFeed>({
      title: line,
      address: fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href),
      home: fc.option(
        fc.webUrl().map((url) => new URL(url).href),
        { nil: null },
      ),
      category: fc.option(name, { nil: null }),
      outlet: fc.option(line, { nil: null }),
      article: fc.boolean(),
      paused: fc.boolean(),
    });
    const feeds = fc.uniqueArray(feed, { selector: ({ address }) => address, minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(feeds, line, (given, title) => {
        expect(readOpml(writeOpml(given, title))).toEqual({ feeds: given, unusable: 0, repeated: 0 });
      }),
    );
  });

  it("is OPML 2.0 as any reader takes it", () => {
    const opml = writeOpml([{ ...plain, title: 'A "b" <c> & d', category: "main", paused: true }], "Feeds");
    expect(opml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:dateline="urn:dateline:feeds">
  <head>
    <title>Feeds</title>
  </head>
  <body>
    <outline type="rss" text="A &quot;b&quot; &lt;c&gt; &amp; d" title="A &quot;b&quot; &lt;c&gt; &amp; d" xmlUrl="https://gazette.example/rss" category="main" dateline:polling="off"/>
  </body>
</opml>
`);
  });
});
