import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPublicAddress, type Resolve } from "../../src/feeds/address.ts";
import { createDial, type Dial } from "../../src/feeds/connect.ts";
import type { FetchOutcome } from "../../src/feeds/feed.ts";
import { createFetcher, type FetcherOptions } from "../../src/feeds/fetcher.ts";
import { type Loopback, serveBytes, serveHttp } from "../support/loopback.ts";

/** Every address that was dialled. */
let dialled: string[] = [];
const open: Loopback[] = [];

/** Dials for real, and keeps account. */
const recording: Dial = (options, callback) => {
  dialled.push(options.hostname);
  return createDial(2_000)(options, callback);
};

/** Keeps account and reaches nobody. */
const unreachable: Dial = (options, callback) => {
  dialled.push(options.hostname);
  callback(Object.assign(new Error("nobody there"), { code: "ECONNREFUSED" }), null);
};

function fetchIt(address: string, options: Partial<FetcherOptions> = {}): Promise<FetchOutcome> {
  return createFetcher({ deadlineMs: 3_000, dial: recording, ...options }).fetch({ address, accept: "*/*" });
}

/** A listener that must see nobody. */
async function trap(): Promise<Loopback> {
  const server = await serveBytes((socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret"));
  open.push(server);
  return server;
}

beforeEach(() => {
  dialled = [];
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const loopback = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "2130706433",
  "0x7f000001",
  "0x7f.0.0.1",
  "0x7f.1",
  "017700000001",
  "0177.0.0.1",
  "0177.1",
  "0",
  "0.0.0.0",
  "localhost",
  "localhost.",
  "LocalHost",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[2002:7f00:1::]",
  "１２７.０.０.１",
  "127。0。0。1",
  "①②⑦.⓪.⓪.①",
  "%31%32%37.0.0.1",
];

const special = [
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.31.196.1",
  "192.52.193.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.175.48.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "[fe80::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd12:3456:789a::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[2001::1]",
  "[2001:10::1]",
  "[2001:20::1]",
  "[100::1]",
  "[5f00::1]",
  "[64:ff9b::a00:1]",
  "[64:ff9b:1::1]",
  "[2002:a00:1::]",
  "[::ffff:10.0.0.1]",
  "[::a00:1]",
  "[4000::1]",
];

describe("addresses that are not of the public internet", () => {
  it.each(loopback)("refuses %s, and nobody is dialled", async (host) => {
    const server = await trap();
    const outcome = await fetchIt(`http://${host}:${server.port}/`);
    expect(outcome).toMatchObject({ kind: "failed", reason: "private-address" });
    expect(dialled).toEqual([]);
    expect(server.connections()).toBe(0);
  });

  it.each(special)("refuses %s, written out or as what a name resolves to", async (host) => {
    expect(await fetchIt(`http://${host}/`)).toMatchObject({ reason: "private-address" });
    const literal = host.replace(/^\[|\]$/g, "");
    const outcome = await fetchIt("http://paper.example/", { resolve: async () => [literal] });
    expect(outcome).toMatchObject({ reason: "private-address" });
    expect(dialled).toEqual([]);
  });

  it("lets public addresses through", () => {
    for (const address of ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"]) {
      expect(isPublicAddress(address), address).toBe(true);
    }
    for (const text of ["", "localhost", "1.2.3", "::1%lo", "93.184.216.34:80"]) {
      expect(isPublicAddress(text), text).toBe(false);
    }
  });

  it("refuses a name when any of its addresses is private", async () => {
    for (const addresses of [
      ["93.184.216.34", "127.0.0.1"],
      ["::1", "93.184.216.34"],
    ]) {
      expect(await fetchIt("http://mixed.example/", { resolve: async () => addresses })).toMatchObject({
        reason: "private-address",
      });
    }
    expect(dialled).toEqual([]);
  });

  it("dials the very address that was checked, though the name means another one by then", async () => {
    let answers = 0;
    const rebinding: Resolve = async () => (answers++ === 0 ? ["93.184.216.34"] : ["127.0.0.1"]);
    const outcome = await fetchIt("http://rebinding.example/", { resolve: rebinding, dial: unreachable });
    expect(outcome).toMatchObject({ reason: "unreachable" });
    expect(dialled).toEqual(["93.184.216.34"]);
    expect(answers).toBe(1);
    expect(await fetchIt("http://rebinding.example/", { resolve: rebinding })).toMatchObject({
      reason: "private-address",
    });
    expect(dialled).toHaveLength(1);
  });

  it("tries the other checked addresses when the first does not answer", async () => {
    const resolve: Resolve = async () => ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"];
    await fetchIt("https://two.example/", { resolve, dial: unreachable });
    expect(dialled).toEqual(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]);
  });
});

describe("redirects", () => {
  it.each([
    ["another name of this machine", (port: number) => `http://localhost:${port}/`],
    ["this machine in IPv6", (port: number) => `http://[::1]:${port}/`],
    ["the metadata of a cloud", () => "http://169.254.169.254/latest/meta-data/"],
    ["a host without a scheme", (port: number) => `//localhost:${port}/`],
  ])("refuses one to %s", async (_, target) => {
    const hidden = await trap();
    const server = await serveHttp((_asked, response) => {
      response.writeHead(302, { location: target(hidden.port) }).end();
    });
    open.push(server);
    const outcome = await fetchIt(server.origin, { allowedPrivateHosts: ["127.0.0.1"] });
    expect(outcome).toMatchObject({ kind: "failed", reason: "private-address" });
    expect(hidden.connections()).toBe(0);
    expect(dialled).toEqual(["127.0.0.1"]);
  });

  it.each([
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "http://u:p@a.example/",
  ])("refuses one to %s", async (location) => {
    const server = await serveHttp((_, response) => void response.writeHead(301, { location }).end());
    open.push(server);
    const outcome = await fetchIt(server.origin, { allowedPrivateHosts: ["127.0.0.1"] });
    expect(outcome).toMatchObject({ kind: "failed", reason: "bad-address" });
  });
});

describe("addresses that are none of ours to read", () => {
  it.each([
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "ftp://example.org/feed",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "unix:/var/run/docker.sock",
    "https://user:secret@example.org/",
    "http://",
    "not an address",
    "",
    `https://example.org/${"a".repeat(5_000)}`,
  ])("refuses %j before anything is resolved", async (address) => {
    const resolve: Resolve = async () => {
      throw new Error("resolved");
    };
    expect(await fetchIt(address, { resolve })).toMatchObject({ kind: "failed", reason: "bad-address" });
    expect(dialled).toEqual([]);
  });

  it.each([
    ["ENOTFOUND", "no-such-host"],
    ["EAI_AGAIN", "unreachable"],
  ])("says of a name that ends in %s that it is %s", async (code, reason) => {
    const resolve: Resolve = async () => {
      throw Object.assign(new Error(code), { code });
    };
    expect(await fetchIt("https://nobody.example/", { resolve })).toMatchObject({ reason });
    expect(await fetchIt("https://nobody.example/", { resolve: async () => [] })).toMatchObject({
      reason: "no-such-host",
    });
  });
});

describe("hosts inside the newsroom", () => {
  it("are read when they are named, by name or by address, and no others", async () => {
    const server = await serveHttp((_, response) => void response.end("<rss/>"));
    open.push(server);
    const resolve: Resolve = async () => ["127.0.0.1"];
    const allowed = { allowedPrivateHosts: ["Wire.Intern.example"], resolve };
    expect((await fetchIt(`http://wire.intern.example:${server.port}/`, allowed)).kind).toBe("fetched");
    expect(await fetchIt(`http://other.intern.example:${server.port}/`, allowed)).toMatchObject({
      reason: "private-address",
    });
    expect(await fetchIt(`http://127.0.0.1:${server.port}/`, allowed)).toMatchObject({ reason: "private-address" });
  });
});
