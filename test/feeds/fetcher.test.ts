import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createFetcher, type FetcherOptions } from "../../src/feeds/fetcher.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { type Asked, type Loopback, serveBytes, serveHttp } from "../support/loopback.ts";

const open: Loopback[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(handler: (asked: Asked, response: ServerResponse) => void): Promise<Loopback> {
  const server = await serveHttp(handler);
  open.push(server);
  return server;
}

const nowMs = Date.parse("2026-11-21T08:00:00Z");
const options: Partial<FetcherOptions> = {
  allowedPrivateHosts: ["127.0.0.1"],
  deadlineMs: 5_000,
  runtime: { ...systemRuntime, now: () => nowMs },
};
const accept = "*/*";

describe("a conditional request", () => {
  const etag = '"v1"';
  const lastModified = "Fri, 20 Nov 2026 10:00:00 GMT";

  it("sends what is known and takes 304 for an answer, with nothing to parse", async () => {
    const server = await serve(({ headers }, response) => {
      if (headers["if-none-match"] === etag && headers["if-modified-since"] === lastModified) {
        response.writeHead(304, { "cache-control": "max-age=60" }).end();
      } else response.writeHead(200, { etag, "last-modified": lastModified }).end("<rss/>");
    });
    const fetcher = createFetcher(options);
    const first = await fetcher.fetch({ address: server.origin, accept });
    expect(first).toMatchObject({ kind: "fetched", etag, lastModified, maxAgeMs: null });
    const again = await fetcher.fetch({ address: server.origin, accept, known: { etag, lastModified } });
    expect(again).toEqual({
      kind: "not-modified",
      url: `${server.origin}/`,
      movedTo: null,
      maxAgeMs: 60_000,
      etag,
      lastModified,
    });
  });

  it("takes new validators from a 304", async () => {
    const server = await serve((_, response) => void response.writeHead(304, { etag: '"v2"' }).end());
    const known = { etag, lastModified };
    expect(await createFetcher(options).fetch({ address: server.origin, accept, known })).toMatchObject({
      kind: "not-modified",
      etag: '"v2"',
    });
  });

  it("takes a 304 that nobody asked for as a fault", async () => {
    const server = await serve((_, response) => void response.writeHead(304).end());
    expect(await createFetcher(options).fetch({ address: server.origin, accept })).toMatchObject({
      kind: "failed",
      reason: "server-error",
      status: 304,
    });
  });
});

describe("a redirect", () => {
  const hops = (response: ServerResponse, path: string): void => {
    const target: Record<string, [number, string]> = {
      "/moved": [301, "/feed"],
      "/moved-twice": [308, "moved"],
      "/for-now": [302, "/feed"],
      "/moved-then-for-now": [301, "/for-now"],
      "/for-now-then-moved": [307, "/moved"],
      "/circle": [302, "/circle"],
      "/nowhere": [301, ""],
    };
    const hop = target[path];
    if (hop) response.writeHead(hop[0], hop[1] ? { location: hop[1] } : {}).end();
    else response.end("<rss/>");
  };

  it.each([
    ["/feed", null],
    ["/moved", "/feed"],
    ["/moved-twice", "/feed"],
    ["/for-now", null],
    ["/moved-then-for-now", "/for-now"],
    ["/for-now-then-moved", null],
  ])("from %s tells that the feed has moved for good to %s", async (path, moved) => {
    const server = await serve(({ path: asked }, response) => hops(response, asked));
    const outcome = await createFetcher(options).fetch({ address: `${server.origin}${path}`, accept });
    expect(outcome).toMatchObject({
      kind: "fetched",
      url: `${server.origin}/feed`,
      movedTo: moved === null ? null : `${server.origin}${moved}`,
    });
  });

  it("in a circle is given up", async () => {
    const server = await serve(({ path }, response) => hops(response, path));
    const outcome = await createFetcher(options).fetch({ address: `${server.origin}/circle`, accept });
    expect(outcome).toMatchObject({ kind: "failed", reason: "too-many-redirects" });
    expect(server.asked.length).toBeLessThan(20);
  });

  it("is followed where its address is written in UTF-8", async () => {
    const server = await serveBytes((socket) => {
      const target = "HTTP/1.1 302 Found\r\nlocation: /übersicht\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
      if (server.connections() === 1) socket.end(target);
      else socket.end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<rss/>");
    });
    open.push(server);
    const outcome = await createFetcher(options).fetch({ address: server.origin, accept });
    expect(outcome).toMatchObject({ kind: "fetched", url: `${server.origin}/%C3%BCbersicht` });
  });

  it("to nowhere is a fault of the site", async () => {
    const server = await serve(({ path }, response) => hops(response, path));
    const outcome = await createFetcher(options).fetch({ address: `${server.origin}/nowhere`, accept });
    expect(outcome).toMatchObject({ kind: "failed", reason: "server-error", status: 301 });
  });
});

describe("what a server says of itself", () => {
  it.each([
    [404, "not-there"],
    [401, "refused"],
    [403, "refused"],
    [451, "refused"],
    [429, "asked-to-wait"],
    [503, "server-error"],
    [500, "server-error"],
    [418, "server-error"],
  ])("with %i is %s", async (status, reason) => {
    const server = await serve((_, response) => void response.writeHead(status).end("no"));
    const outcome = await createFetcher(options).fetch({ address: server.origin, accept });
    expect(outcome).toMatchObject({ kind: "failed", reason, status, retryAfterMs: null });
  });

  it("with 410 is that the feed is gone", async () => {
    const server = await serve((_, response) => void response.writeHead(410).end());
    expect((await createFetcher(options).fetch({ address: server.origin, accept })).kind).toBe("gone");
  });

  it.each([
    [503, "120", 120_000],
    [429, "Sat, 21 Nov 2026 08:05:00 GMT", 300_000],
    [429, "Sat, 21 Nov 2020 08:05:00 GMT", 0],
    [429, "99999999999", 30 * 86_400_000],
    [429, "soon", null],
  ])("with %i and Retry-After %j is when to come back", async (status, retryAfter, ms) => {
    const server = await serve((_, response) => void response.writeHead(status, { "retry-after": retryAfter }).end());
    const outcome = await createFetcher(options).fetch({ address: server.origin, accept });
    expect(outcome).toMatchObject({ kind: "failed", reason: "asked-to-wait", retryAfterMs: ms });
  });

  it.each([
    [{ "cache-control": "public, max-age=600" }, 600_000],
    [{ "cache-control": "max-age=600", age: "200" }, 400_000],
    [{ "cache-control": "max-age=600", age: "900" }, 0],
    [{ "cache-control": "no-cache, max-age=600" }, null],
    [{ "cache-control": "s-maxage=600" }, null],
    [{ expires: "Sat, 21 Nov 2026 09:00:00 GMT", date: "Sat, 21 Nov 2026 08:30:00 GMT" }, 1_800_000],
    [{ expires: "0" }, null],
    [{}, null],
  ])("with %j is how long the answer holds", async (headers, maxAgeMs) => {
    const server = await serve(
      (_, response) => void response.writeHead(200, headers as Record<string, string>).end("<rss/>"),
    );
    expect(await createFetcher(options).fetch({ address: server.origin, accept })).toMatchObject({ maxAgeMs });
  });
});

describe("manners", () => {
  it("asks one host one thing at a time, in the order that was asked", async () => {
    let atOnce = 0;
    let most = 0;
    const server = await serve((_, response) => {
      most = Math.max(most, ++atOnce);
      setTimeout(() => {
        atOnce--;
        response.end("<rss/>");
      }, 15);
    });
    const fetcher = createFetcher(options);
    await Promise.all(["/a", "/b", "/c", "/d"].map((path) => fetcher.fetch({ address: server.origin + path, accept })));
    expect(most).toBe(1);
    expect(server.asked.map(({ path }) => path)).toEqual(["/a", "/b", "/c", "/d"]);
  });

  it("lets whoever stops waiting go at once, without a request, and the next one on", async () => {
    const held = Promise.withResolvers<void>();
    const server = await serve((_, response) => void held.promise.then(() => response.end("<rss/>")));
    const fetcher = createFetcher(options);
    const stop = new AbortController();
    const first = fetcher.fetch({ address: `${server.origin}/1`, accept });
    const second = fetcher.fetch({ address: `${server.origin}/2`, accept }, stop.signal);
    const third = fetcher.fetch({ address: `${server.origin}/3`, accept });
    stop.abort(new Error("no more"));
    await expect(second).rejects.toThrow("no more");
    held.resolve();
    expect((await first).kind).toBe("fetched");
    expect((await third).kind).toBe("fetched");
    expect(server.asked.map(({ path }) => path)).toEqual(["/1", "/3"]);
  });

  it("says who it is and what it takes, and sends nothing of the newsroom's", async () => {
    const server = await serve((_, response) => void response.end("<rss/>"));
    await createFetcher({ ...options, userAgent: "Dateline (desk@paper.example)" }).fetch({
      address: `${server.origin}/feed?x=1#part`,
      accept: "application/rss+xml",
    });
    const [asked] = server.asked;
    expect(asked!.path).toBe("/feed?x=1");
    expect(asked!.headers).toMatchObject({
      "user-agent": "Dateline (desk@paper.example)",
      accept: "application/rss+xml",
      "accept-encoding": "gzip, br, deflate",
    });
    expect(Object.keys(asked!.headers).sort()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
  });
});
