import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createCallerReader, createNetworks, isLoopback } from "../../../../adapters/web/guard/addresses.ts";

function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

const behindProxy = createCallerReader(createNetworks(["10.0.0.0/8", "fd00::7"]), null);

describe("a caller", () => {
  it("is the other end of the connection, whatever it says of itself", () => {
    const headers = { "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https" };
    expect(behindProxy(request("203.0.113.9", headers))).toEqual({ key: "203.0.113.9", proxied: false, secure: false });
  });

  it.each([
    ["the one the proxy names", "198.51.100.7", "198.51.100.7"],
    ["the last one that is no proxy, not one it made up itself", "1.1.1.1, 198.51.100.7, 10.2.3.4", "198.51.100.7"],
    ["the proxy where it names nobody", "", "10.0.0.1"],
    ["the proxy where it names nonsense", "unknown", "10.0.0.1"],
    ["without port-like brackets and zone", "[2001:db8:1:2:3::1]", "2001:db8:1:2::/64"],
    ["the proxy where all of them are proxies", "10.9.9.9, 10.8.8.8", "10.0.0.1"],
  ])("behind a trusted proxy is %s", (_what, forwarded, key) => {
    const caller = behindProxy(request("::ffff:10.0.0.1", { "x-forwarded-for": forwarded }));
    expect(caller).toEqual({ key, proxied: true, secure: false });
  });

  it("is on https where the last proxy says so", () => {
    const secure = (proto: string) => behindProxy(request("fd00::7", { "x-forwarded-proto": proto })).secure;
    expect(["https", "http, HTTPS", "https, http", ""].map(secure)).toEqual([true, true, false, false]);
  });

  it("is on https where it asks for the host that only https has", () => {
    const read = createCallerReader(createNetworks([]), "https://Desk.example/dateline");
    const secure = (host: string) => read(request("127.0.0.1", { host })).secure;
    expect(["desk.example", "DESK.example", "localhost:8484", "desk.example:8484", ""].map(secure)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(behindProxy(request("127.0.0.1", { host: "desk.example" })).secure).toBe(false);
  });

  it("is counted by the network that one subscriber has", () => {
    const key = (address: string) => behindProxy(request(address)).key;
    expect(key("2001:db8:0:1::1")).toBe(key("2001:0db8:0000:0001:ffff:eeee:dddd:cccc"));
    expect(key("2001:db8:0:1::1")).not.toBe(key("2001:db8:0:2::1"));
    expect(key("::1")).toBe("0:0:0:0::/64");
    expect(key("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  });
});

describe("loopback", () => {
  it.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])("is %s", (address) =>
    expect(isLoopback(address)).toBe(true),
  );
  it.each(["0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "localhost", "", "1"])("is not “%s”", (address) =>
    expect(isLoopback(address)).toBe(false),
  );
});
