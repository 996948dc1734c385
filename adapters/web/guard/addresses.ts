/** Who is at the other end: addresses, networks, and what a trusted proxy says of the client behind it. */
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** The client of a request. */
export interface Caller {
  /** For counting: an IPv4 address, or the /64 that an IPv6 address is in. */
  readonly key: string;
  /** Whether the connection itself comes from a trusted proxy. */
  readonly proxied: boolean;
  /** Whether the browser's side is https. */
  readonly secure: boolean;
}

/** An address without a zone, and an IPv4 address as such where it comes written as IPv6. */
function plain(address: string): string {
  const bare = address
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/%.*$/, "");
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** Tells whether an address is in one of `networks` (addresses, or address/bits). */
export function createNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => {
    const bare = plain(address);
    return isIP(bare) !== 0 && list.check(bare, familyOf(bare));
  };
}

/** Whether an address leads to this machine only. */
export const isLoopback = createNetworks(["127.0.0.0/8", "::1"]);

/** The first four groups of an IPv6 address: what one subscriber has. */
function network64(address: string): string {
  const [head = "", tail = ""] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

function keyOf(address: string): string {
  return isIP(address) === 6 ? network64(address) : address;
}

/** The last value of a header that a proxy appends to. */
function values(header: string | string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((one) => one.trim());
}

/** The host that browsers reach by https, as a Host header has it; null without one. */
function httpsHost(publicUrl: string | null): string | null {
  return publicUrl?.startsWith("https:") ? new URL(publicUrl).host : null;
}

/**
 * Reads who asks. What `X-Forwarded-For` and `X-Forwarded-Proto` say counts only when the connection comes from a trusted
 * proxy; then the client is the last address that is no trusted proxy itself. A browser that asks for the host of an https
 * PUBLIC_URL is on https too, whoever passed that on.
 */
export function createCallerReader(
  isProxy: (address: string) => boolean,
  publicUrl: string | null,
): (request: IncomingMessage) => Caller {
  const secureHost = httpsHost(publicUrl);
  return ({ socket, headers }) => {
    const peer = plain(socket.remoteAddress ?? "");
    const byName = secureHost !== null && headers.host?.toLowerCase() === secureHost;
    if (!isProxy(peer)) return { key: keyOf(peer), proxied: false, secure: byName };
    const hops = values(headers["x-forwarded-for"]).map(plain);
    const client = hops.findLast((hop) => isIP(hop) === 0 || !isProxy(hop)) ?? peer;
    const secure = byName || values(headers["x-forwarded-proto"]).at(-1)?.toLowerCase() === "https";
    return { key: keyOf(isIP(client) === 0 ? peer : client), proxied: true, secure };
  };
}
