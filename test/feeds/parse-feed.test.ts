import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { htmlText } from "../../src/feeds/html-text.ts";
import { atom, feedIn, itemIn, parseBody, rss } from "../support/feeds.ts";

const titlesOf = async (body: string): Promise<readonly string[]> =>
  (await feedIn(body)).items.map(({ title }) => title);

describe("every dialect", () => {
  it("reads RSS 2.0 with its extensions", async () => {
    const feed = await feedIn(`<?xml version="1.0"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"
        xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
        xmlns:media="http://search.yahoo.com/mrss/">
      <channel>
        <title>The Harbour &amp; Port</title>
        <atom:link rel="self" href="https://paper.example/feeds/news.xml"/>
        <link>https://paper.example/</link>
        <description>News of &lt;b&gt;the harbour&lt;/b&gt;</description>
        <language>en-GB</language>
        <ttl>30</ttl>
        <image><title>Logo</title><link>https://other.example/</link><url>https://other.example/logo.png</url></image>
        <item>
          <title>Quay reopens</title>
          <link>https://paper.example/quay?id=1&amp;from=rss</link>
          <guid isPermaLink="false">quay-1</guid>
          <pubDate>Fri, 20 Nov 2026 17:30:00 +0100</pubDate>
          <d:creator>Ada Wells</d:creator>
          <category>Shipping</category><category>Ports</category>
          <source url="https://wire.example/rss">The Wire</source>
          <description>The quay reopened.</description>
          <content:encoded><![CDATA[<p>The quay <b>reopened</b> on Friday.</p><p>Ships came.</p>]]></content:encoded>
          <media:group><media:title>A picture</media:title></media:group>
        </item>
      </channel></rss>`);
    expect(feed).toEqual({
      format: "rss",
      title: "The Harbour & Port",
      description: "News of the harbour",
      home: "https://paper.example/",
      language: "en",
      ttlMs: 1_800_000,
      dropped: 0,
      items: [
        {
          id: "quay-1",
          title: "Quay reopens",
          url: "https://paper.example/quay?id=1&from=rss",
          published: "2026-11-20T16:30:00Z",
          updated: null,
          author: "Ada Wells",
          text: "The quay reopened on Friday.\n\nShips came.",
          summary: "The quay reopened.",
          language: "en",
          origin: "The Wire",
          categories: ["Shipping", "Ports"],
        },
      ],
    });
  });

  it("reads Atom, with texts as text, as HTML and as elements in their order", async () => {
    const feed = await feedIn(
      atom(`<link href="/"/><link rel="self" href="/feeds/news.xml"/><subtitle type="html">All &amp;amp; sundry</subtitle>
        <entry xml:lang="de"><id>urn:1</id><title type="html">A &lt;i&gt;slanted&lt;/i&gt; &amp;amp; B</title>
          <link rel="enclosure" href="/a.mp3"/><link rel="alternate" type="text/html" href="a"/>
          <published>2026-11-20T10:00:00.123+01:00</published><updated>2026-11-20T11:00:00Z</updated>
          <author><name>Ada Wells</name><email>ada@paper.example</email></author>
          <category term="ports" label="Ports"/>
          <summary>1 &lt; 2 &amp; so on</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b> three <i>four</i> five.</p><p>Six</p></div></content>
          <source><title>The Wire</title><updated>2020-01-01T00:00:00Z</updated></source>
        </entry>`),
    );
    expect(feed).toMatchObject({ format: "atom", home: "https://paper.example/", description: "All & sundry" });
    expect(feed.items).toEqual([
      {
        id: "urn:1",
        title: "A slanted & B",
        url: "https://paper.example/feeds/a",
        published: "2026-11-20T09:00:00Z",
        updated: "2026-11-20T11:00:00Z",
        author: "Ada Wells",
        text: "One two three four five.\n\nSix",
        summary: "1 < 2 & so on",
        language: "de",
        origin: "The Wire",
        categories: ["Ports"],
      },
    ]);
  });

  it("reads RSS 1.0, whose items stand beside the channel", async () => {
    const feed =
      await feedIn(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel rdf:about="https://paper.example/"><title>Paper</title><link>https://paper.example/</link>
        <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
        <items><rdf:Seq><rdf:li rdf:resource="https://paper.example/1"/></rdf:Seq></items></channel>
      <item rdf:about="https://paper.example/1"><title>One</title><link>https://paper.example/1</link><dc:date>2026-11-20</dc:date></item>
      </rdf:RDF>`);
    expect(feed).toMatchObject({ format: "rdf", title: "Paper", ttlMs: 1_800_000 });
    expect(feed.items[0]).toMatchObject({
      id: "https://paper.example/1",
      url: "https://paper.example/1",
      published: "2026-11-20T00:00:00Z",
    });
  });

  it("reads JSON Feed, with ids that are numbers and entries that are none", async () => {
    const feed = await feedIn(
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title: "Paper <3",
        home_page_url: "https://paper.example/",
        language: "fr",
        items: [
          {
            id: 7,
            url: "/a",
            title: "A & B",
            content_html: "<p>One</p>",
            date_published: "2026-11-20T10:00:00Z",
            authors: [{ name: "Ada" }],
          },
          { id: "8", content_text: "1 < 2", external_url: "https://wire.example/8", tags: ["x"] },
          { id: "9", content_text: "x", url: "javascript:alert(1)" },
          null,
          "three",
        ],
      }),
    );
    expect(feed).toMatchObject({ format: "json", title: "Paper <3", language: "fr" });
    expect(feed.items).toMatchObject([
      {
        id: "7",
        url: "https://paper.example/a",
        title: "A & B",
        text: "One",
        author: "Ada",
        published: "2026-11-20T10:00:00Z",
      },
      { id: "8", url: "https://wire.example/8", title: "1 < 2", text: "1 < 2", categories: ["x"] },
      { id: "9", url: null },
    ]);
  });

  it("reads feeds in capitals, with prefixes for everything, and without any declaration", async () => {
    const item = "<item><title>One</title></item>";
    for (const body of [
      `<RSS VERSION="2.0"><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>One</TITLE></ITEM></CHANNEL></RSS>`,
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title></a:entry></a:feed>`,
      `<rss version="0.91"><channel>${item}</channel></rss>`,
      `<rss version="2.0" xmlns="http://nobody.knows.example/"><channel>${item}</channel></rss>`,
      `<rss><channel><item><title>One</title><dc:creator>undeclared</dc:creator></item></channel></rss>`,
      `<Channel xmlns="http://purl.org/net/rss1.1#"><items>${item}</items></Channel>`,
    ]) {
      expect(await titlesOf(body), body).toEqual(["One"]);
    }
  });
});

describe("a feed with faults", () => {
  it.each([
    ["a date that is none", "<updated>yesterday</updated><published></published>"],
    ["a date of the year 99999", "<updated>99999-99-99T99:99:99Z</updated>"],
    ["a link without attributes", "<link/>"],
    ["a link that is no address", '<link href="http://[oops"/>'],
    ["nothing in it", ""],
    ["an author without a name", "<author/>"],
    ["content without an end", "<content type='html'>&lt;p&gt;never closed"],
    ["a stray end tag", "</content></b>"],
    ["an element of a namespace that nobody declared", "<foo:bar foo:baz='1'>x</foo:bar>"],
  ])("keeps the other entries when one has %s", async (_, broken) => {
    const good = (n: number): string => `<entry><id>urn:${n}</id><title>Good ${n}</title><link href="/${n}"/></entry>`;
    const items = (await feedIn(atom(`${good(1)}<entry>${broken}</entry>${good(2)}`))).items;
    expect(items.filter(({ title }) => title.startsWith("Good")).map(({ id }) => id)).toEqual(["urn:1", "urn:2"]);
  });

  it("counts entries in which there is nothing to read", async () => {
    expect(await feedIn(rss("<item/><item><title> </title></item><item><title>One</title></item>"))).toMatchObject({
      dropped: 2,
      items: [{ title: "One" }],
    });
  });

  it.each([
    ["no channel", "<rss version='2.0'><item><title>One</title></item></rss>"],
    ["no version", "<rss><channel><item><title>One</title></item></channel></rss>"],
    [
      "a channel that ends before its items",
      "<rss version='2.0'><channel></channel><item><title>One</title></item></rss>",
    ],
    [
      "an item that is not closed",
      "<rss version='2.0'><channel><item><title>One</title><item><title>Two</title></item></channel></rss>",
    ],
    [
      "junk before it",
      "\n\n  PHP Warning: something\n<?xml version='1.0'?><rss version='2.0'><channel><item><title>One</title></item></channel></rss>",
    ],
    [
      "junk after it",
      "<rss version='2.0'><channel><item><title>One</title></item></channel></rss><script>track()</script>",
    ],
    ["its last character missing", "<rss version='2.0'><channel><item><title>One</title></item></channel></rss"],
    [
      "an ampersand alone",
      "<rss version='2.0'><channel><item><title>One</title><link>/?a=1&b=2</link></item></channel></rss>",
    ],
  ])("reads one that has %s", async (_, body) => {
    expect((await titlesOf(body))[0]).toBe("One");
  });

  it("reads an item's HTML that was not escaped, in its order", async () => {
    const item = await itemIn(
      rss("<item><title>T</title><description>One <b>two</b><br>three &amp; <a href='x'>four</a></description></item>"),
    );
    expect(item.text).toBe("One two\nthree & four");
  });
});

describe("text", () => {
  it.each([
    ["&eacute;t&eacute; &amp;eacute; &#233; &#xE9;", "été é é é"],
    ["AT&T & Sons &unknown; &amp;", "AT&T & Sons &unknown; &"],
    ["Fish &amp;amp; chips &lt;3", "Fish & chips <3"],
    ["1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"],
    ["<![CDATA[Fish & <i>chips</i>]]>", "Fish & chips"],
    ["one&#150;two \u0093three\u0094", "one–two “three”"],
    ["a\u0000b\u0008c\u001bd &#0; &#1; &#xD800; e", "abcd � � e"],
    ["How to sort a vector&lt;int&gt;", "How to sort a vector<int>"],
    ["How to sort a &lt;code&gt;vector&lt;/code&gt;", "How to sort a vector"],
    ["  two\n  lines\t", "two lines"],
    ["a&nbsp;b", "a b"],
  ])("of %j is %j", async (written, read) => {
    expect((await itemIn(rss(`<item><title>${written}</title></item>`))).title).toBe(read);
  });

  it("leaves scripts, styles and forms out", async () => {
    const html =
      "<p>One</p><script>alert('x')</script><style>p{}</style><ul><li>a</li><li>b</li></ul><pre>x\n  y</pre><form>f</form>";
    const item = await itemIn(rss(`<item><title>T</title><description><![CDATA[${html}]]></description></item>`));
    expect(item.text).toBe("One\n\na\nb\n\nx\ny");
  });

  it("keeps signs that look like tags where they are text among elements", async () => {
    const content = '<content type="xhtml"><div>1 &lt; 2, and &lt;b&gt; is <i>not</i> a tag</div></content>';
    expect((await itemIn(atom(`<entry><title>T</title>${content}</entry>`))).text).toBe("1 < 2, and <b> is not a tag");
  });

  it("reads on after what is left out but never closed", () => {
    expect(htmlText("<p>a<object data='x'><nav>b</p>")).toBe("ab");
    expect(htmlText("<p>a<script>b</p>")).toBe("a");
  });

  it("takes content:encoded for HTML whatever it looks like, and elements of long ago for elements", async () => {
    const content = "<content:encoded>a &lt;mystery&gt;b&lt;/mystery&gt;</content:encoded>";
    const one = `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>${content}</item></channel></rss>`;
    expect((await itemIn(one)).text).toBe("a b");
    const blink = "<description>a &lt;blink&gt;b&lt;/blink&gt;</description>";
    expect((await itemIn(rss(`<item><title>T</title>${blink}</item>`))).text).toBe("a b");
  });

  it("leaves a menu within a menu out, and reads on after it", () => {
    expect(htmlText("<p>a</p><nav>b<nav>c</nav>d</nav>e<br>f<script>'<p>g'</script>")).toBe("a\n\ne\nf");
  });

  it("gives an entry without a title the beginning of its text", async () => {
    const text = "The harbour of the town was closed on Friday ".repeat(6).trim();
    const { title } = await itemIn(rss(`<item><description>${text}</description></item>`));
    expect(title).toBe(
      "The harbour of the town was closed on Friday The harbour of the town was closed on Friday The harbour of the town was…",
    );
  });

  it("takes the fuller of description and content", async () => {
    const item = await itemIn(
      `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>
       <description>The whole long story of it.</description><content:encoded>Short.</content:encoded></item></channel></rss>`,
    );
    expect(item).toMatchObject({ text: "The whole long story of it.", summary: null });
  });
});

describe("links", () => {
  it.each([
    ["/a?x=1", "https://paper.example/a?x=1"],
    ["b.html", "https://paper.example/feeds/b.html"],
    ["//other.example/c", "https://other.example/c"],
    [" https://paper.example/d \n", "https://paper.example/d"],
    ["https://paper.example/?a=1&amp;amp;b=2", "https://paper.example/?a=1&b=2"],
    ["javascript:alert(1)", null],
    ["JAVASCRIPT&#58;alert(1)", null],
    ["file:///etc/passwd", null],
    ["data:text/html,x", null],
    ["mailto:desk@paper.example", null],
    ["", null],
  ])("written %j are %j", async (written, read) => {
    const items = [
      await itemIn(rss(`<item><title>T</title><link>${written}</link></item>`)),
      await itemIn(atom(`<entry><title>T</title><link href="${written}"/></entry>`)),
    ];
    expect(items.map(({ url }) => url)).toEqual([read, read]);
  });

  it("start from xml:base, from the outermost in", async () => {
    const feed = await feedIn(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/"><title>T</title><link href="./"/>
       <entry xml:base="y/"><title>T</title><link href="z"/></entry><entry><title>U</title><link xml:base="/w/" href="v"/></entry></feed>`,
    );
    expect(feed.home).toBe("https://base.example/x/");
    expect(feed.items.map(({ url }) => url)).toEqual(["https://base.example/x/y/z", "https://base.example/w/v"]);
  });

  it("are the original ones where a feed goes through another service", async () => {
    const item = await itemIn(
      `<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>T</title><link>https://feeds.example/~r/1</link>
       <feedburner:origLink>https://paper.example/1</feedburner:origLink></item></channel></rss>`,
    );
    expect(item.url).toBe("https://paper.example/1");
  });
});

describe("ids", () => {
  const idsOf = async (inside: string): Promise<readonly string[]> =>
    (await feedIn(rss(inside))).items.map(({ id }) => id);
  const item = (guid: string | null, link: string | null, title: string): string =>
    `<item>${guid === null ? "" : `<guid>${guid}</guid>`}${link === null ? "" : `<link>${link}</link>`}<title>${title}</title></item>`;

  it("are the guid; without one the link; without either what the entry says", async () => {
    const ids = await idsOf(item("g", "/a", "A") + item(null, "/b", "B") + item(null, null, "C"));
    expect(ids).toEqual(["g", "https://paper.example/b", expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
  });

  it("tell entries apart that share a guid, and stay the same whatever stands beside them", async () => {
    const ids = await idsOf(item("same", "/a", "A") + item("same", "/b", "B"));
    expect(ids).toEqual(["https://paper.example/a", "https://paper.example/b"]);
    expect(new Set(await idsOf(item("same", null, "A") + item("same", null, "B"))).size).toBe(2);
    expect(await idsOf(item(null, null, "C") + item(null, null, "D"))).toEqual(
      [...(await idsOf(item(null, null, "X") + item(null, null, "D") + item(null, null, "C")))].slice(1).reverse(),
    );
  });

  it("count an entry that stands twice once", async () => {
    expect(await idsOf(item("g", "/a", "A") + item("g", "/a", "A"))).toEqual(["g"]);
  });

  it("take no guid that is the feed's own address, and none of endless length", async () => {
    expect(await idsOf(item("https://paper.example/feeds/news.xml", "/a", "A"))).toEqual(["https://paper.example/a"]);
    expect((await idsOf(item("x".repeat(10_000), "/a", "A")))[0]!.length).toBeLessThan(100);
  });
});

describe("what is no feed", () => {
  const page = `<!DOCTYPE html><html><head><title>Sign in</title>
    <link rel="alternate" type="application/rss+xml" title="All the news" href="/rss.xml">
    <link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">
    <link rel="stylesheet" href="/style.css"></head><body><form>Login</form></body></html>`;

  it("is said to be a web page, with the feeds that it names", async () => {
    expect(await parseBody(page)).toMatchObject({
      kind: "failed",
      reason: "web-page",
      alternates: [{ url: "https://paper.example/rss.xml", title: "All the news" }],
    });
    expect(await parseBody("<body>Sorry</body>")).toMatchObject({ reason: "web-page" });
  });

  it.each([
    ["", "empty"],
    [" \n\t ", "empty"],
    ["\ufeff", "empty"],
    ["Service temporarily unavailable", "not-a-feed"],
    ["{}", "not-a-feed"],
    ['{"error": "no such feed", "items": []}', "not-a-feed"],
    ["[1, 2", "not-a-feed"],
    ["null", "not-a-feed"],
    ["<opml version='2.0'><head/><body/></opml>", "not-a-feed"],
    ["<sitemap><url><loc>x</loc></url></sitemap>", "not-a-feed"],
    ["%PDF-1.7 ...", "not-a-feed"],
  ])("%j is said to be %s", async (body, reason) => {
    expect(await parseBody(body)).toMatchObject({ kind: "failed", reason });
  });

  it("is said to be cut off wherever a feed was cut", async () => {
    const whole = rss(
      "<item><title>One</title><description><![CDATA[<p>x</p>]]></description></item><item><title>Two</title></item>",
    );
    const begin = whole.indexOf("<channel>") + 9;
    for (let at = begin; at < whole.length - 5; at++) {
      expect(await parseBody(whole.slice(0, at)), whole.slice(0, at)).toMatchObject({
        kind: "failed",
        reason: "damaged",
      });
    }
  });
});

describe("entities and names that are traps", () => {
  it("expands no entity of a DTD and reads no file", async () => {
    const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
    const dtd = `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>`;
    const passwd = readFileSync("/etc/passwd", "utf8").slice(0, 20);
    const feed = await feedIn(`<?xml version="1.0"?>${dtd}<rss version="2.0"><channel><title>T &l12; &xxe;</title>
      <item><title>&l12;</title><description>&xxe;</description></item></channel></rss>`);
    expect(feed.title).toBe("T &l12; &xxe;");
    expect(feed.items).toMatchObject([{ title: "&l12;", text: "&xxe;" }]);
    expect(JSON.stringify(feed)).not.toContain(passwd);
  });

  it("reads no file through XInclude or a stylesheet", async () => {
    const feed = await feedIn(
      `<?xml-stylesheet href="file:///etc/passwd"?>${rss(
        `<item><title>T</title><description><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></description></item>`,
      ).slice(38)}`,
    );
    expect(feed.items).toMatchObject([{ title: "T", text: "" }]);
  });

  it("pollutes no prototype", async () => {
    const poison =
      "<__proto__><polluted>yes</polluted></__proto__><constructor><prototype><polluted>yes</polluted></prototype></constructor>";
    await feedIn(
      rss(`${poison}<item __proto__="x" constructor="y"><title>T</title>${poison}<toString>x</toString></item>`),
    );
    await feedIn(
      `{"version":"https://jsonfeed.org/version/1","title":"T","__proto__":{"polluted":"yes"},"items":[{"id":"1","content_text":"x","__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}]}`,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("takes a name that objects have for an element like any other", async () => {
    expect(
      await titlesOf(
        rss("<constructor/><hasOwnProperty>x</hasOwnProperty><item><title>T</title><valueOf/><link/></item>"),
      ),
    ).toEqual(["T"]);
  });
});
