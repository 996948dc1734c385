import { describe, expect, it, onTestFinished } from "vitest";
import { createFeedWeb } from "../../src/feeds/feed-web.ts";
import { createFeeds } from "../../src/feeds/feeds.ts";
import { createMeasures } from "../../src/measures.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { newFeed } from "../support/feed-records.ts";
import { rss } from "../support/feeds.ts";
import { type Asked, serveHttp } from "../support/loopback.ts";

/** How a server answers: status, headers, body. */
type Answer = readonly [status: number, headers: Readonly<Record<string, string>>, body: string];

const hour = 3_600_000;
const feedType = { "content-type": "application/rss+xml" };
const item = (id: string, text: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>Title of ${id}</title><link>/a/${id}</link><description>${text}</description></item>`;
const good: Answer = [
  200,
  { ...feedType, etag: '"1"' },
  rss(item("one", "Ten ships left.") + item("two", "It rained.")),
];

/** Real reading of a local server, a store in memory, and a clock that can be put forward. */
async function polling(answer: (asked: Asked) => Answer) {
  let current = answer;
  const server = await serveHttp((asked, response) => {
    const [status, headers, body] = current(asked);
    response.writeHead(status, headers);
    // One that announces more than it has is cut off.
    if (Number(headers["content-length"] ?? 0) > body.length) response.write(body, () => response.destroy());
    else response.end(body);
  });
  let ahead = 0;
  const runtime = { ...systemRuntime, now: () => systemRuntime.now() + ahead };
  const store = await openSqliteStore({ path: ":memory:", runtime });
  const web = createFeedWeb({ runtime, allowedPrivateHosts: ["127.0.0.1"] });
  const feeds = createFeeds({ store, web, runtime, measures: createMeasures() });
  onTestFinished(async () => {
    await feeds.close();
    await store.close();
    await server.close();
  });
  const address = `${server.origin}/rss`;
  await store.addFeed(newFeed("g", { address, addedAt: runtime.now() }));
  return {
    ...feeds,
    server,
    store,
    address,
    /** From now on. */
    answerWith: (next: (asked: Asked) => Answer) => {
      current = next;
    },
    /** Makes the feed due and polls. */
    async poll() {
      await store.changeFeed("g", { nextTryAt: runtime.now() });
      await feeds.poller.pollDue();
      return (await store.feed("g"))!;
    },
    waits: async () => (await store.feed("g"))!.nextTryAt! - runtime.now(),
    pass: (ms: number) => {
      ahead += ms;
    },
    documents: () => store.documents(["main"], { limit: 99, after: null }),
  };
}

describe("polling a real server", () => {
  it("keeps what it had when a login page, nothing, or half a feed comes instead", async () => {
    const { poll, answerWith, documents } = await polling(() => good);
    await poll();
    const before = await documents();
    expect(before).toHaveLength(2);
    const wrong: readonly (readonly [string, Answer])[] = [
      [
        "web-page",
        [
          200,
          { "content-type": "text/html" },
          "<!doctype html><html><head><title>Log in</title></head><body><form><input type=password></form></body></html>",
        ],
      ],
      ["empty", [200, feedType, ""]],
      ["not-there", [404, {}, "no"]],
      ["server-error", [500, {}, "no"]],
      ["refused", [403, {}, "no"]],
    ];
    for (const [reason, answer] of wrong) {
      answerWith(() => answer);
      const record = await poll();
      expect(record).toMatchObject({ state: "active", reason });
      expect(record.sentence).toMatch(/^\S.*\.$/);
    }
    expect(await documents()).toEqual(before);
    answerWith(() => good);
    expect(await poll()).toMatchObject({ failures: 0, reason: null, sentence: null });
    expect(await documents()).toEqual(before);
  });

  it("takes in nothing that comes cut off", async () => {
    const [, , body] = good;
    const { poll, documents } = await polling(() => [
      200,
      { ...feedType, "content-length": `${body.length + 100}` },
      body,
    ]);
    expect(await poll()).toMatchObject({ failures: 1, lastSuccessAt: null });
    expect(await documents()).toEqual([]);
  });

  it("asks only if changed, and takes 304 for an answer", async () => {
    const { poll, answerWith, store, server } = await polling(() => good);
    await poll();
    const sequence = await store.sequence();
    answerWith(({ headers }) => (headers["if-none-match"] === '"1"' ? [304, {}, ""] : good));
    const record = await poll();
    expect(server.asked.at(-1)?.headers["if-none-match"]).toBe('"1"');
    expect(record).toMatchObject({ etag: '"1"', failures: 0 });
    expect(await store.sequence()).toBe(sequence);
  });

  it("follows a move for good and remembers it, and one of the day without remembering it", async () => {
    const moved =
      (status: number) =>
      (asked: Asked): Answer =>
        asked.path === "/rss" ? [status, { location: "/new" }, ""] : good;
    const { poll, answerWith, address, documents } = await polling(moved(302));
    expect(await poll()).toMatchObject({ address });
    answerWith(moved(301));
    expect(await poll()).toMatchObject({ address: address.replace("/rss", "/new"), failures: 0 });
    expect(await documents()).toHaveLength(2);
  });

  it("stops for good at 410", async () => {
    const { poll, poller, answerWith, server, pass } = await polling(() => good);
    await poll();
    answerWith(() => [410, {}, ""]);
    expect(await poll()).toMatchObject({ state: "gone", nextTryAt: null, reason: "gone" });
    pass(1_000 * hour);
    await poller.pollDue();
    expect(server.asked).toHaveLength(2);
  });

  it("waits as long as Retry-After and max-age say", async () => {
    const { poll, answerWith, waits } = await polling(() => [429, { "retry-after": "7200" }, ""]);
    await poll();
    expect(await waits()).toBeGreaterThan(1.99 * hour);
    answerWith(() => [503, { "retry-after": "10800" }, ""]);
    await poll();
    expect(await waits()).toBeGreaterThan(2.99 * hour);
    answerWith(() => [200, { ...feedType, "cache-control": "max-age=36000" }, good[2]]);
    await poll();
    expect(await waits()).toBeGreaterThan(9.99 * hour);
  });

  it("revises what has changed, and leaves what is only repeated", async () => {
    const { poll, answerWith, documents, store } = await polling(() => good);
    await poll();
    answerWith(() => [200, feedType, rss(item("one", "Twelve ships left.") + item("two", "It rained."))]);
    await poll();
    const found = await documents();
    expect(found.map(({ revision, title }) => [title, revision]).toSorted()).toEqual([
      ["Title of one", 2],
      ["Title of two", 1],
    ]);
    const one = found.find(({ revision }) => revision === 2)!;
    expect((await store.document(one.id))?.text).toBe("Twelve ships left.");
    expect((await store.document(one.id))?.meta.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/a\/one$/);
  });

  it("leaves alone a machine of the private network", async () => {
    const { store, poller, server } = await polling(() => good);
    await store.removeFeed("g");
    const address = `http://localhost:${server.port}/rss`;
    await store.addFeed(newFeed("h", { address, addedAt: systemRuntime.now() - 1 }));
    await poller.pollDue();
    expect(await store.feed("h")).toMatchObject({ failures: 1, reason: "private-address" });
    expect(server.connections()).toBe(0);
  });
});

describe("a list behind an address", () => {
  it("is read as text, however it is encoded", async () => {
    const opml =
      '<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="Züge" xmlUrl="https://a.example/"/></body></opml>';
    const server = await serveHttp((_asked, response) => response.writeHead(200).end(Buffer.from(opml, "latin1")));
    const web = createFeedWeb({ runtime: systemRuntime, allowedPrivateHosts: ["127.0.0.1"] });
    onTestFinished(async () => {
      await web.close();
      await server.close();
    });
    expect(await web.text(`${server.origin}/feeds.opml`)).toBe(opml);
    await expect(web.text("http://localhost/feeds.opml")).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("That address cannot be read."),
    });
  });

  it("is not read any more once reading is closed", async () => {
    const web = createFeedWeb({ runtime: systemRuntime });
    await web.close();
    await web.close();
    await expect(web.read("https://a.example/")).rejects.toMatchObject({ code: "stopped" });
  });
});
