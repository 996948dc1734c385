import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, start, temporaryFolder } from "../support/command-line.ts";
import { rss } from "../support/feeds.ts";
import { type Loopback, serveHttp } from "../support/loopback.ts";

const page = (origin: string) =>
  `<!doctype html><html><head><title>The Gazette</title><link rel="alternate" type="application/rss+xml" title="News" href="${origin}/rss.xml"></head><body><p>Hello</p></body></html>`;
const item = (id: string, title: string, text: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>/a/${id}</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
const closing = "The harbour authority said on Friday that the north gate will close for five weeks.";
const closingLonger = "The harbour authority said on Friday that the north gate will close for nine weeks.";
const dredging = "The dredging company wants 40 million euros for the eastern channel.";

let folder: ReturnType<typeof temporaryFolder>;
let server: Loopback;
let items: string;
beforeEach(async () => {
  folder = temporaryFolder();
  items = item("1", "North gate closes", closing);
  server = await serveHttp(({ path }, response) => {
    if (path === "/rss.xml") response.writeHead(200, { "content-type": "application/rss+xml" }).end(rss(items));
    else if (path === "/") response.writeHead(200, { "content-type": "text/html" }).end(page(server.origin));
    else response.writeHead(404).end();
  });
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

const allowed = { FEEDS_PRIVATE_HOSTS: "127.0.0.1" };
const here = (argv: readonly string[], env: Record<string, string> = allowed) => run(argv, { cwd: folder.path, env });
const oneLine = (text: string) => text.replace(/\s+/g, " ");

describe("feeds on the command line", () => {
  it("lead from a home page to a cited answer, and follow what changes", { timeout: 60_000 }, async () => {
    const tested = await here(["feeds", "test", `${server.origin}/`]);
    expect(tested).toMatchObject({ code: 0, err: "" });
    expect(oneLine(tested.out)).toContain(`a feed in RSS at ${server.origin}/rss.xml. It holds 1 item:`);
    expect(tested.out).toContain("North gate closes, 20 November 2026");

    const added = await here(["feeds", "add", `${server.origin}/`, "--outlet", "The Gazette"]);
    expect(added).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^From now on your own documents answer;.*\n$/),
    });
    expect(oneLine(added.out)).toContain(
      "is added to the collection main, cited as The Gazette. 1 item can be asked about",
    );

    const question = "How long will the north gate close?";
    const [{ claims, citations }] = [JSON.parse((await here(["ask", "--json", question])).out)];
    expect(claims[0].text).toContain("five weeks");
    expect(citations[0]).toMatchObject({
      outlet: "The Gazette",
      title: "North gate closes",
      url: `${server.origin}/a/1`,
    });
    expect(closing.slice(citations[0].start, citations[0].end)).toBe(citations[0].quote);

    expect(await here(["feeds", "poll"])).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringContaining("No feed is due now."),
    });
    items = item("2", "Dredging costs", dredging) + item("1", "North gate closes", closingLonger);
    expect(await here(["feeds", "poll", "--all"])).toMatchObject({
      code: 0,
      out: "Paper: 1 new item, 1 item changed\n",
    });
    const again = JSON.parse((await here(["ask", "--json", question])).out);
    expect(again.claims[0].text).toContain("nine weeks");
    expect(again.citations[0].revision).toBe(2);
    expect(await here(["feeds", "poll", "--all"])).toMatchObject({ code: 0, out: "Paper: nothing new\n" });
  });

  it("say what is wrong in a sentence, and refuse machines of the private network", { timeout: 60_000 }, async () => {
    const refused = await here(["feeds", "add", `${server.origin}/`], {});
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(oneLine(refused.err)).toMatch(/^No feed was found there\. .*private network.*FEEDS_PRIVATE_HOSTS/);
    expect(server.connections()).toBe(0);
    expect(oneLine((await here(["feeds", "add", `${server.origin}/nothing`])).err)).toContain(
      "No feed was found there.",
    );
    expect(await here(["feeds", "remove", "nobody"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("There is no feed “nobody” here."),
    });
    expect(await here(["feeds", "import", "missing.opml"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("missing.opml cannot be read."),
    });
    writeFileSync(join(folder.path, "page.opml"), page("x"));
    expect(await here(["feeds", "import", "page.opml"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("That is no OPML list of feeds."),
    });
    expect(await here(["feeds", "export", "--json"])).toMatchObject({ code: 2 });
  });

  it("go out and in as OPML, switch off and on, and tell a script everything", { timeout: 60_000 }, async () => {
    const list = `<opml version="2.0"><body><outline text="Gazette" xmlUrl="${server.origin}/rss.xml"/><outline text="Gone" xmlUrl="${server.origin}/none"/></body></opml>`;
    writeFileSync(join(folder.path, "in.opml"), list);
    const imported = await here(["feeds", "import", "in.opml", "--json"]);
    expect(JSON.parse(imported.out)).toMatchObject({
      added: [{ title: "Gazette" }, { title: "Gone" }],
      there: 0,
      unusable: 0,
    });
    const polled = await here(["feeds", "poll", "--json"]);
    expect(polled.code).toBe(1);
    const ends = polled.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(ends.toSorted((a, b) => a.title.localeCompare(b.title))).toMatchObject([
      { title: "Gazette", outcome: "read", added: 1, revised: 0, problem: null },
      { title: "Gone", outcome: "failed", added: 0, problem: expect.stringMatching(/\.$/) },
    ]);
    expect(await here(["feeds", "pause", "Gone"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("Paused: Gone."),
    });
    const feeds = (await here(["feeds", "--json"])).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(feeds).toMatchObject([
      { title: "Gazette", state: "active", problem: null, collection: "main" },
      { title: "Gone", state: "paused", nextTryAt: null },
    ]);
    expect((await here(["doctor"])).out).toContain("ok: feeds: 2 feeds, 0 failing, 1 paused; “feeds” lists them\n");
    expect(await here(["feeds", "export", "out.opml"])).toMatchObject({ code: 0, out: "Wrote 2 feeds to out.opml.\n" });
    const written = readFileSync(join(folder.path, "out.opml"), "utf8");
    expect(written).toContain('dateline:polling="off"');
    expect((await here(["feeds", "export"])).out).toBe(written);
    expect(oneLine((await here(["feeds", "import", "out.opml"])).out)).toContain(
      "0 feeds added. 2 feeds were there already.",
    );
    expect(await here(["feeds", "remove", "Gone"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("Removed: Gone."),
    });
  });
});

describe("serving", () => {
  it("reads what is due by itself, and stops in good order", { timeout: 60_000 }, async () => {
    writeFileSync(
      join(folder.path, "in.opml"),
      `<opml><body><outline text="Gazette" xmlUrl="${server.origin}/rss.xml"/></body></opml>`,
    );
    await here(["feeds", "import", "in.opml"]);
    const child = start(["serve"], { cwd: folder.path, env: { ...allowed, WEB_PORT: "0" } });
    const closed = once(child, "close");
    for await (const chunk of child.stderr!) if (String(chunk).includes("A feed brought something new")) break;
    child.kill("SIGTERM");
    expect((await closed)[0]).toBe(0);
    expect(server.asked.map(({ path }) => path)).toEqual(["/rss.xml"]);
    expect(oneLine((await here(["ask", "How long will the north gate close?"])).out)).toContain("five weeks");
  });
});
