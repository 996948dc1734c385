import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createWebAdapter } from "../../../adapters/web/index.ts";
import { createLogLines } from "../../support/log-lines.ts";
import { createScriptedNewsroom } from "../../support/scripted-newsroom.ts";
import { sendRaw, siteOver, startSite, webOptions } from "../../support/web-site.ts";

const newsroom = createScriptedNewsroom();
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

function dial(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  sockets.push(socket);
  return socket;
}

async function answerOn(socket: Socket): Promise<string> {
  let answer = "";
  socket.on("data", (chunk) => {
    answer += String(chunk);
  });
  await once(socket, "close");
  return answer;
}

describe("a client that takes its time", () => {
  it("is not waited for while it drips its headers, and keeps nobody else waiting", async () => {
    const { port, get } = await siteOver(newsroom, { limits: { headersMs: 200, requestMs: 60_000 } });
    const drip = Array.from({ length: 20 }, () => {
      const socket = dial(port);
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
      const dripping = setInterval(() => socket.write("X-a: b\r\n"), 20);
      socket.on("close", () => clearInterval(dripping));
      return answerOn(socket);
    });
    expect((await get("/health")).status).toBe(200);
    for (const answer of await Promise.all(drip)) expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });

  it("is not waited for while it drips a body", async () => {
    const { port } = await siteOver(newsroom, {
      password: "correct horse battery",
      limits: { headersMs: 200, requestMs: 300 },
    });
    const socket = dial(port);
    const lines = [
      "POST /login HTTP/1.1",
      "Host: localhost",
      "Sec-Fetch-Site: same-origin",
      "Content-Length: 4000",
      "",
      "p",
    ];
    socket.write(lines.join("\r\n"));
    expect(await answerOn(socket)).not.toContain("200 OK");
  });

  it("is let go when it stays silent", async () => {
    const { port } = await siteOver(newsroom, { limits: { silentMs: 150, headersMs: 100 } });
    expect(await answerOn(dial(port))).not.toContain("200");
  });

  it("is let go when the answer does not come in time", async () => {
    const held = createScriptedNewsroom();
    held.hold();
    const { get } = await siteOver(held, { limits: { silentMs: 150, drainMs: 100 } });
    await expect(get("/ask?q=why")).rejects.toThrow();
  });

  it("holds so many connections and no more", async () => {
    const { port, get } = await siteOver(newsroom, { limits: { connectionsEach: 5 } });
    const held = Array.from({ length: 5 }, () => dial(port));
    await Promise.all(held.map((socket) => once(socket, "connect")));
    const more = dial(port);
    await once(more, "close");
    for (const socket of held) socket.destroy();
    await Promise.all(held.map((socket) => socket.closed || once(socket, "close")));
    await expect.poll(async () => (await get("/health").catch(() => null))?.status).toBe(200);
  });

  it("gets the answers to a thousand requests sent at once in order, and the rest refused", async () => {
    const { port } = await siteOver(newsroom, { limits: { burst: 50, refillPerSecond: 0.01 } });
    const one = "GET /documents HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const last = "GET /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    const answer = await sendRaw(port, one.repeat(999) + last);
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]);
    expect(statuses.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => "200"));
    expect(new Set(statuses.slice(50))).toEqual(new Set(["429"]));
    expect(statuses).toHaveLength(1000);
  });
});

describe("stopping", () => {
  it("answers what is in flight, takes in nothing more, and may be said twice", async () => {
    const held = createScriptedNewsroom();
    const release = held.hold();
    const site = await startSite(held);
    const asked = site.get("/ask?q=why");
    await expect.poll(() => held.asked.length).toBe(1);
    const stopped = site.stop();
    await expect(site.get("/health")).rejects.toThrow();
    release();
    expect((await asked).headers.get("connection")).toBe("close");
    await stopped;
    await site.stop();
  });

  it("does not wait for a browser that keeps its connection, nor for an answer that never comes", async () => {
    const held = createScriptedNewsroom();
    held.hold();
    const site = await startSite(held, { limits: { drainMs: 100 } });
    await site.get("/health");
    const asked = site.get("/ask?q=why");
    await expect.poll(() => held.asked.length).toBe(1);
    await Promise.all([site.stop(), expect(asked).rejects.toThrow()]);
  });

  it("is done at once when nothing was started", async () => {
    await createWebAdapter(webOptions(createLogLines())).stop();
  });
});

describe("starting", () => {
  it("says in a sentence that the port is taken", async () => {
    const { port } = await siteOver(newsroom);
    await expect(startSite(newsroom, { port })).rejects.toMatchObject({
      code: "configuration",
      message: `Port ${port} of 127.0.0.1 is taken. Set WEB_PORT to another one, or WEB=off.`,
    });
  });

  it("says where it is and for whom", async () => {
    const { log, address } = await siteOver(newsroom);
    expect(log.said("info")).toBe(
      `Open ${address}/ in a browser. The pages open from this machine only, without a password`,
    );
    expect(log.said("warn")).toBe("");
    const open = await siteOver(newsroom, { host: "0.0.0.0", password: "correct horse battery" });
    expect(open.log.said("info")).toMatch(
      /^Open http:\/\/localhost:\d+\/ in a browser\. The pages open from other machines/,
    );
    expect(open.log.said("warn")).toContain("unencrypted");
  });
});

describe("bytes that nobody would send", () => {
  it("are answered or let go, and leave the server as it was", async () => {
    const { port, get, log } = await siteOver(newsroom, { limits: { burst: 1e6, headersMs: 300, silentMs: 300 } });
    const pieces = [
      "GET ",
      "/",
      " HTTP/1.1",
      "\r\n",
      "Host: localhost",
      "\r\n\r\n",
      ":",
      "\0",
      "%",
      "\xff",
      "Content-Length: 3",
    ];
    const more = [
      "Transfer-Encoding: chunked",
      "5\r\nabcde\r\n",
      "0\r\n\r\n",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Expect: 100-continue",
    ];
    const bytes = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 14 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 8, maxLength: 8 }), async (requests) => {
        await Promise.all(requests.map((request) => sendRaw(port, Buffer.from(`${request}`, "latin1"))));
        expect((await get("/health")).status).toBe(200);
      }),
      { numRuns: 8 },
    );
    expect(log.said("error")).toBe("");
  });
});
