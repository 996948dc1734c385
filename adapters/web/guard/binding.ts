/** Decides, before anything listens, who can reach the pages, and refuses where that would be everybody. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { NewsroomError } from "../../../src/errors.ts";
import { isLoopback } from "./addresses.ts";

export interface BindingOptions {
  readonly host: string;
  readonly password: string | null;
  /** Addresses, and networks as address/bits. */
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string | null;
}

/** Who gets in. */
export interface Binding {
  /** Whether only this machine can connect. */
  readonly local: boolean;
  /** Whether those are turned away who do not come by a trusted proxy. */
  readonly proxyOnly: boolean;
  /** What the log says of it at the start. */
  readonly said: string;
  /** What the operator ought to change, or null. */
  readonly warning: string | null;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch((cause: unknown) => {
    throw new NewsroomError("configuration", `WEB_HOST names “${host}”, which has no address. Correct it.`, { cause });
  });
  return found.map(({ address }) => address);
}

/**
 * Looks at where the pages are about to be served. Rejects with `configuration` beyond loopback when neither a password
 * nor a trusted proxy decides who gets in.
 */
export async function readBinding(options: BindingOptions): Promise<Binding> {
  const { host, password, trustedProxies, publicUrl } = options;
  const local = (await addressesOf(host)).every(isLoopback);
  const proxies = trustedProxies.join(", ");
  const proxyOnly = !local && password === null && trustedProxies.length > 0;
  if (!local && password === null && trustedProxies.length === 0) {
    throw new NewsroomError(
      "configuration",
      `WEB_HOST=${host} would show the corpus to everybody who can reach this machine. Set WEB_PASSWORD, or WEB_TRUSTED_PROXY to the address of a proxy that decides who gets in, or leave WEB_HOST at 127.0.0.1.`,
    );
  }
  const reach = local ? "from this machine only" : "from other machines too";
  const gate =
    password !== null
      ? "with the password"
      : proxyOnly
        ? `through the proxy at ${proxies} alone, which has to decide who gets in`
        : "without a password";
  const exposed = !local && password !== null && !publicUrl?.startsWith("https:");
  return {
    local,
    proxyOnly,
    said: `The pages open ${reach}, ${gate}`,
    warning: exposed
      ? "The password crosses the network unencrypted: put a proxy with https in front, and set PUBLIC_URL to its https:// address and WEB_TRUSTED_PROXY to the proxy’s."
      : null,
  };
}
