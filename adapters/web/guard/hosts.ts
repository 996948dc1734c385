/** Which names these pages answer to: a name that somebody else points at this machine is none of them. */
import { isIP } from "node:net";
import { isLoopback } from "./addresses.ts";

/** The host of an address or of a Host header, without port and brackets, in lower case; null when it is none. */
function nameOf(host: string): string | null {
  const url = /^[^/?#@\\\s]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  return url && url.username === "" ? url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "") : null;
}

/**
 * Tells whether a Host header names pages that only this machine can open: a loopback address, `localhost`, the name they
 * listen on, or that of PUBLIC_URL. Anything else is how another site's script would try to read them (DNS rebinding).
 */
export function createHostCheck(host: string, publicUrl: string | null): (header: string) => boolean {
  const own = [host, ...(publicUrl === null ? [] : [new URL(publicUrl).host])].map(nameOf);
  return (header) => {
    const name = nameOf(header);
    if (name === null) return false;
    if (isIP(name) !== 0 && isLoopback(name)) return true;
    return name === "localhost" || name.endsWith(".localhost") || own.includes(name);
  };
}
