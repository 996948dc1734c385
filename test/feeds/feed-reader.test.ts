import type { ServerResponse } from "node:http";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { FeedReader } from "../../src/feeds/feed.ts";
import { createFeedParser, type FeedParser } from "../../src/feeds/feed-parser.ts";
import { createFeedReader } from "../../src/feeds/feed-reader.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { rss } from "../support/feeds.ts";
import { type Asked, type Loopback, serveHttp } from "../support/loopback.ts";

/** One thread for all these tests. */
const parser = createFeedParser();
afterAll(() => parser.close());
const sharedParser: FeedParser = { ...parser, close: async () => undefined };

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

const article = `<html lang="en"><head><title>Quay reopens | Paper</title><meta property="og:site_name" content="Paper">
  <meta property="article:published_time" content="2026-11-20T10:00:00Z"></head><body><nav><a href="/">Home</a></nav><article><h1>Quay reopens</h1>
  ${"<p>The harbour office said on Friday that the quay, which had been closed since March, is open to ships again.</p>".repeat(5)}</article></body></html>`;

type Handler = (asked: Asked, response: ServerResponse) => void;

/** A reader and a site that answers as `pages` say, 404 otherwise. */
async function site(
  pages: Readonly<Record<string, Handler | string>>,
  nowMs = (): number => systemRuntime.now(),
): Promise<Loopback & { readonly reader: FeedReader }> {
  const server = await serveHttp((asked, response) => {
    const page = pages[asked.path];
    if (typeof page === "string") response.end(page);
    else if (page) page(asked, response);
    else response.writeHead(404).end();
  });
  const reader = createFeedReader({
    runtime: { ...systemRuntime, now: nowMs },
    allowedPrivateHosts: ["127.0.0.1"],
    parser: sharedParser,
    deadlineMs: 5_000,
  });
  closing.push(reader, server);
  return { ...server, reader };
}

describe("a feed", () => {
  it("is read from its address to clean items", async () => {
    const { origin, reader } = await site({
      "/feed": (_, response) => {
        response.writeHead(200, { etag: '"1"', "cache-control": "max-age=900", "content-language": "nl" });
        response.end(rss("<item><title>One</title><link>/1</link></item>"));
      },
    });
    expect(await reader.read(`${origin}/feed`)).toMatchObject({
      kind: "read",
      url: `${origin}/feed`,
      etag: '"1"',
      maxAgeMs: 900_000,
      feed: { title: "Paper", language: "nl", items: [{ title: "One", url: `${origin}/1` }] },
    });
  });

  it("is decoded by what the server says of it", async () => {
    const { origin, reader } = await site({
      "/feed": (_, response) => {
        response.writeHead(200, { "content-type": "text/xml; charset=windows-1251" });
        response.end(
          Buffer.concat([
            Buffer.from("<rss><channel><item><title>"),
            Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
            Buffer.from("</title></item></channel></rss>"),
          ]),
        );
      },
    });
    expect(await reader.read(`${origin}/feed`)).toMatchObject({ feed: { items: [{ title: "Привет" }] } });
  });

  it("starts its links where it was redirected to, or where Content-Location says", async () => {
    const { origin, reader } = await site({
      "/old": (_, response) => void response.writeHead(301, { location: "/new/feed" }).end(),
      "/new/feed": rss("<item><title>One</title><link>a</link></item>"),
      "/unsafe": (_, response) => {
        response.writeHead(200, { "content-location": "javascript:x" });
        response.end(rss("<item><title>One</title><link>a</link></item>"));
      },
      "/located": (_, response) => {
        response
          .writeHead(200, { "content-location": "/else/where" })
          .end(rss("<item><title>One</title><link>a</link></item>"));
      },
    });
    expect(await reader.read(`${origin}/unsafe`)).toMatchObject({ feed: { items: [{ url: `${origin}/a` }] } });
    expect(await reader.read(`${origin}/old`)).toMatchObject({
      movedTo: `${origin}/new/feed`,
      feed: { items: [{ url: `${origin}/new/a` }] },
    });
    expect(await reader.read(`${origin}/located`)).toMatchObject({ feed: { items: [{ url: `${origin}/else/a` }] } });
  });

  it("is not parsed again when nothing changed", async () => {
    const { origin, reader } = await site({
      "/feed": ({ headers }, response) => void response.writeHead(headers["if-none-match"] === '"1"' ? 304 : 500).end(),
    });
    expect((await reader.read(`${origin}/feed`, { etag: '"1"', lastModified: null })).kind).toBe("not-modified");
  });

  it("that is a home page comes with the feeds that the page names", async () => {
    const { origin, reader } = await site({
      "/": '<html><head><link rel="alternate" type="application/rss+xml" title="News" href="/rss"></head></html>',
    });
    expect(await reader.read(`${origin}/`)).toMatchObject({
      kind: "failed",
      reason: "web-page",
      alternates: [{ url: `${origin}/rss`, title: "News" }],
    });
  });
});

describe("an article", () => {
  it("is the text of its page, without what stands around it", async () => {
    const { origin, reader } = await site({ "/1": article });
    const outcome = await reader.article(`${origin}/1`);
    expect(outcome).toMatchObject({
      kind: "read",
      url: `${origin}/1`,
      title: "Quay reopens",
      language: "en",
      outlet: "Paper",
      published: "2026-11-20T10:00:00Z",
    });
    expect(outcome.kind === "read" && outcome.text).toMatch(/^(?:Quay reopens\n\n)?The harbour office said on Friday/);
  });

  it("is not asked for when robots.txt asks not to, and robots.txt is asked for once a day", async () => {
    let nowMs = Date.parse("2026-11-21T08:00:00Z");
    const robots = "User-agent: *\nDisallow: /\nUser-agent: Dateline\nDisallow: /private";
    const { origin, reader, asked } = await site(
      { "/robots.txt": robots, "/1": article, "/private/1": article },
      () => nowMs,
    );
    expect((await reader.article(`${origin}/1`)).kind).toBe("read");
    expect(await reader.article(`${origin}/private/1?x#y`)).toMatchObject({ kind: "failed", reason: "robots" });
    expect(asked.map(({ path }) => path)).toEqual(["/robots.txt", "/1"]);
    nowMs += 86_000_000;
    await reader.article(`${origin}/1`);
    expect(asked.map(({ path }) => path)).toEqual(["/robots.txt", "/1", "/1"]);
    nowMs += 400_001;
    await reader.article(`${origin}/1`);
    expect(asked.map(({ path }) => path)).toEqual(["/robots.txt", "/1", "/1", "/robots.txt", "/1"]);
  });

  it("is not read at an address that it was redirected to when robots.txt there asks not to", async () => {
    const there = await serveHttp(({ path }, response) => {
      response.end(path === "/robots.txt" ? "User-agent: *\nDisallow: /" : article);
    });
    closing.push(there);
    const { origin, reader } = await site({
      "/1": (_, response) => void response.writeHead(302, { location: `${there.origin}/1` }).end(),
    });
    expect(await reader.article(`${origin}/1`)).toMatchObject({ kind: "failed", reason: "robots" });
    expect(there.asked.map(({ path }) => path)).toEqual(["/robots.txt"]);
  });

  it("is left alone while the site cannot say what its robots.txt is", async () => {
    let broken = true;
    let nowMs = Date.parse("2026-11-21T08:00:00Z");
    const robots: Handler = (_, response) => void response.writeHead(broken ? 500 : 404).end();
    const { origin, reader } = await site({ "/robots.txt": robots, "/1": article }, () => nowMs);
    expect(await reader.article(`${origin}/1`)).toMatchObject({ reason: "robots" });
    broken = false;
    expect(await reader.article(`${origin}/1`)).toMatchObject({ reason: "robots" });
    nowMs += 3_600_001;
    expect((await reader.article(`${origin}/1`)).kind).toBe("read");
  });

  it.each([
    ["a login", "<html><body><form>Sign in <input></form></body></html>", "no-article"],
    ["nothing", "", "empty"],
  ])("that turns out to be %s is said to be none", async (_, page, reason) => {
    const { origin, reader } = await site({ "/1": (_asked, response) => void response.end(page) });
    expect(await reader.article(`${origin}/1`)).toMatchObject({ kind: "failed", reason });
  });

  it("that turns out to be a file is said to be none", async () => {
    const { origin, reader } = await site({
      "/1": (_, response) => void response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF"),
    });
    expect(await reader.article(`${origin}/1`)).toMatchObject({ reason: "no-article" });
  });

  it("is refused at a private address, robots.txt and all", async () => {
    const { origin, asked } = await site({ "/1": article });
    const reader = createFeedReader({ runtime: systemRuntime });
    closing.push(reader);
    expect(await reader.article(`${origin}/1`)).toMatchObject({ kind: "failed", reason: "private-address" });
    expect(await reader.article("file:///etc/passwd")).toMatchObject({ kind: "failed", reason: "bad-address" });
    expect(asked).toEqual([]);
  });
});
