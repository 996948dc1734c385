/** Says which addresses may be asked: http and https, and only machines of the public internet. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Finds every address of a host name; rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** The machine's own resolver. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, order: "ipv4first" })).map(({ address }) => address);

/** The addresses of the global unicast space of IPv6 (https://www.iana.org/assignments/ipv6-address-space). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/** Whether `address`, a literal IPv4 or IPv6 address, is a machine of the public internet and of no special range. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}

/** What is wrong with an address that is not asked. */
export interface AddressProblem {
  readonly reason: "bad-address" | "private-address" | "no-such-host" | "unreachable";
  readonly sentence: string;
  /** The resolver's own words, for the log. */
  readonly detail?: string;
}

/** An http(s) address without user, password and fragment, in its normal form; otherwise what is wrong with it. */
export function readAddress(address: string, base?: string): URL | AddressProblem {
  const url = address.length > 4_000 ? null : URL.parse(address.trim(), base);
  if (!url || url.hostname === "") {
    return { reason: "bad-address", sentence: "That is not a web address; it should begin with https://." };
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return {
      reason: "bad-address",
      sentence: `Only http and https addresses are read, not ${url.protocol.slice(0, 20)}`,
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { reason: "bad-address", sentence: "The address holds a user name or a password; use one without." };
  }
  url.hash = "";
  return url;
}

/** The host of an address as it is compared and resolved: no brackets, no final dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/**
 * The literal addresses to dial for `url`, each of them checked; the problem when one is not public. A host in `allowed`
 * (names and literal addresses as `hostOf` gives them) is resolved but not checked.
 */
export async function checkedAddresses(
  url: URL,
  resolve: Resolve,
  allowed: ReadonlySet<string>,
): Promise<readonly string[] | AddressProblem> {
  const host = hostOf(url);
  const addresses = isIP(host) > 0 ? [host] : await resolve(host).catch((error: unknown) => unresolved(host, error));
  if (!Array.isArray(addresses)) return addresses as AddressProblem;
  if (addresses.length === 0) return unresolved(host, undefined);
  if (allowed.has(host) || addresses.every(isPublicAddress)) return addresses;
  return {
    reason: "private-address",
    sentence: `${host} is a machine of a private network or of this computer; feeds are read from the public internet only.`,
  };
}

/** A resolver that does not answer is not a name that does not exist. */
function unresolved(host: string, error: unknown): AddressProblem {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === undefined || code === "ENOTFOUND" || code === "ENODATA") {
    return { reason: "no-such-host", sentence: `There is no site named ${host}; check the spelling.` };
  }
  const sentence = `${host} cannot be looked up at the moment; the network may be down.`;
  return { reason: "unreachable", sentence, detail: String(error) };
}
