import type { Socket } from "node:net";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { decompress } from "../../src/feeds/decompress.ts";
import type { FetchOutcome } from "../../src/feeds/feed.ts";
import { createFetcher } from "../../src/feeds/fetcher.ts";
import { type Loopback, serveBytes } from "../support/loopback.ts";

const deadlineMs = 700;
const maxBytes = 100_000;
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Fetches from a server that does `handler`, and tells how it ended and how long that took. */
async function fetchFrom(handler: (socket: Socket) => void): Promise<{ outcome: FetchOutcome; ms: number }> {
  const server = await serveBytes(handler);
  servers.push(server);
  const fetcher = createFetcher({ allowedPrivateHosts: ["127.0.0.1"], deadlineMs, maxBytes });
  const began = performance.now();
  const outcome = await fetcher.fetch({ address: `${server.origin}/feed`, accept: "*/*" });
  const ms = performance.now() - began;
  await server.allClosed();
  return { outcome, ms };
}

const head = (...lines: readonly string[]): string => ["HTTP/1.1 200 OK", ...lines, "", ""].join("\r\n");

/** Sends a whole body with the headers given. */
function send(body: Uint8Array | string, ...lines: readonly string[]): (socket: Socket) => void {
  return (socket) => {
    socket.write(head(...lines));
    socket.end(body);
  };
}

/** Writes `piece` again and again, as fast as it is taken, until the connection is gone. */
function pour(socket: Socket, piece: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on("drain", more);
  more();
}

/** Writes `beginning`, then a byte every 20 ms until the connection is gone. */
function dripAfter(beginning: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write("a"), 20);
    socket.on("close", () => clearInterval(timer));
  };
}

const reasonOf = ({ outcome }: { outcome: FetchOutcome }): string =>
  outcome.kind === "failed" ? outcome.reason : outcome.kind;

const textOf = ({ outcome }: { outcome: FetchOutcome }): string =>
  outcome.kind === "fetched" ? Buffer.from(outcome.bytes).toString() : JSON.stringify(outcome);

describe("a server without an end", () => {
  it("is cut off when its body is too large", async () => {
    const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
    const result = await fetchFrom((socket) => {
      socket.write(head("transfer-encoding: chunked"));
      pour(socket, chunk);
    });
    expect(reasonOf(result)).toBe("too-large");
  });

  it("is cut off when its body says no length and goes on", async () => {
    expect(
      reasonOf(
        await fetchFrom((socket) => {
          socket.write(head());
          pour(socket, "a".repeat(65_536));
        }),
      ),
    ).toBe("too-large");
  });

  it.each([
    ["says nothing at all", () => undefined],
    ["drips its headers", dripAfter("HTTP/1.1 200 OK\r\nx: ")],
    ["stops after its headers", (socket: Socket) => void socket.write(head("content-length: 10"))],
    ["drips its body", dripAfter(head())],
    ["stops in its body", (socket: Socket) => void socket.write(`${head("content-length: 10")}abc`)],
  ])("is given up at the deadline when it %s", async (_, handler) => {
    const result = await fetchFrom(handler);
    expect(reasonOf(result)).toBe("too-slow");
    expect(result.ms).toBeLessThan(deadlineMs + 1_500);
  });

  it("is refused when its headers do not end, or are 60 KB", async () => {
    const endless = await fetchFrom((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      pour(socket, `x-more: ${"a".repeat(1_000)}\r\n`);
    });
    expect(reasonOf(endless)).toBe("too-large");
    expect(reasonOf(await fetchFrom(send("<rss/>", `x: ${"a".repeat(60_000)}`)))).toBe("too-large");
  });
});

describe("lengths", () => {
  it("refuses a body announced as larger than allowed before reading it", async () => {
    const result = await fetchFrom((socket) => void socket.write(`${head("content-length: 5000000000")}abc`));
    expect(reasonOf(result)).toBe("too-large");
  });

  it("reads a body that says no length", async () => {
    expect(textOf(await fetchFrom(send("<rss/>", "connection: close")))).toBe("<rss/>");
  });

  it("says that a body shorter than its length, or a chunk that never comes, was cut off", async () => {
    for (const broken of [send("abc", "content-length: 10"), send("5\r\nabcde\r\n", "transfer-encoding: chunked")]) {
      const reason = reasonOf(await fetchFrom(broken));
      expect(["damaged", "unreachable"]).toContain(reason);
    }
  });

  it("takes no more of a body than its length says", async () => {
    const result = await fetchFrom(send("abcdef", "content-length: 3"));
    expect(["abc", "server-error"]).toContain(reasonOf(result) === "fetched" ? textOf(result) : reasonOf(result));
  });

  it.each(["-1", "abc", "3, 4"])("refuses the length %j", async (length) => {
    const reason = reasonOf(await fetchFrom(send("abc", `content-length: ${length}`)));
    expect(["server-error", "damaged"]).toContain(reason);
  });
});

describe("compression", () => {
  const bomb = Buffer.alloc(60_000_000);

  it.each([
    ["gzip", gzipSync(bomb)],
    ["deflate", deflateSync(bomb)],
    ["br", brotliCompressSync(bomb)],
  ])("stops a %s bomb at the size limit", async (coding, body) => {
    expect(body.length).toBeLessThan(maxBytes);
    expect(reasonOf(await fetchFrom(send(body, `content-encoding: ${coding}`)))).toBe("too-large");
  });

  it("never makes much more of a bomb than the limit", async () => {
    const body = brotliCompressSync(Buffer.alloc(200_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    expect((await decompress(body, "br", maxBytes)).kind).toBe("too-large");
    clearInterval(watch);
    expect(most).toBeLessThan(5_000_000);
  });

  it("stops a bomb inside a bomb", async () => {
    const twice = gzipSync(gzipSync(bomb));
    expect(reasonOf(await fetchFrom(send(twice, "content-encoding: gzip")))).toBe("too-large");
    expect(reasonOf(await fetchFrom(send(twice, "content-encoding: gzip, gzip")))).toBe("too-large");
    const layers = [1, 2, 3, 4, 5, 6].reduce((body) => gzipSync(body), Buffer.from("<rss/>"));
    expect(reasonOf(await fetchFrom(send(layers)))).toBe("too-large");
  });

  it.each([
    ["gzip", gzipSync("<rss/>"), "content-encoding: gzip"],
    ["x-gzip", gzipSync("<rss/>"), "content-encoding: x-gzip"],
    ["gzip in gzip", gzipSync(gzipSync("<rss/>")), "content-encoding: gzip"],
    ["gzip that nobody declares", gzipSync("<rss/>"), "content-type: text/xml"],
    ["gzip declared for plain text", Buffer.from("<rss/>"), "content-encoding: gzip"],
    ["zlib as deflate", deflateSync("<rss/>"), "content-encoding: deflate"],
    ["bare deflate", deflateRawSync("<rss/>"), "content-encoding: deflate"],
    ["brotli", brotliCompressSync("<rss/>"), "content-encoding: br"],
    ["brotli in gzip", gzipSync(brotliCompressSync("<rss/>")), "content-encoding: br, gzip"],
    ["nothing", Buffer.from("<rss/>"), "content-encoding: identity"],
  ])("reads %s", async (_, body, header) => {
    expect(textOf(await fetchFrom(send(body, header)))).toBe("<rss/>");
  });

  it.each([
    ["broken", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), "content-encoding: gzip"],
    ["cut off", gzipSync("<rss/>".repeat(1_000)).subarray(0, 40), "content-encoding: gzip"],
    ["no brotli", Buffer.from("hello there"), "content-encoding: br"],
    ["of an unknown kind", Buffer.from("abc"), "content-encoding: zstandard"],
  ])("says that compression is damaged when it is %s", async (_, body, header) => {
    expect(reasonOf(await fetchFrom(send(body, header)))).toBe("damaged");
  });
});

describe("answers that are none", () => {
  it.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n", ["server-error"]],
    ["nothing but a closed connection", "", ["unreachable"]],
    ["a status line that is cut off", "HTTP/1.1 2", ["unreachable", "server-error"]],
  ])("says so for %s", async (_, answer, reasons) => {
    expect(reasons).toContain(reasonOf(await fetchFrom((socket) => void socket.end(answer))));
  });

  it("says that nobody is there when the connection is refused", async () => {
    const server = await serveBytes(() => undefined);
    await server.close();
    const fetcher = createFetcher({ allowedPrivateHosts: ["127.0.0.1"], deadlineMs, maxBytes });
    const outcome = await fetcher.fetch({ address: server.origin, accept: "*/*" });
    expect(outcome).toMatchObject({ kind: "failed", reason: "unreachable" });
  });
});

describe("being stopped", () => {
  it("rejects with the caller's reason and closes the connection", async () => {
    const stop = new AbortController();
    const server = await serveBytes(() => stop.abort(new Error("enough")));
    servers.push(server);
    const fetcher = createFetcher({ allowedPrivateHosts: ["127.0.0.1"], deadlineMs: 20_000, maxBytes });
    await expect(fetcher.fetch({ address: server.origin, accept: "*/*" }, stop.signal)).rejects.toThrow("enough");
    await server.allClosed();
  });

  it("ends what is under way as stopped when it is closed", async () => {
    const fetcher = createFetcher({ allowedPrivateHosts: ["127.0.0.1"], deadlineMs: 20_000, maxBytes });
    const server = await serveBytes(() => fetcher.close());
    servers.push(server);
    expect(await fetcher.fetch({ address: server.origin, accept: "*/*" })).toMatchObject({ reason: "stopped" });
    expect(await fetcher.fetch({ address: server.origin, accept: "*/*" })).toMatchObject({ reason: "stopped" });
    expect(server.connections()).toBe(1);
    await server.allClosed();
  });
});
