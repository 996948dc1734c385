/** Finds the outlet in a feed's title: “World news | The Guardian” is the Guardian's. */

/** What stands between an outlet and a section in the titles of feeds. */
const separators = /\s+[-–—|»›>:•·]+\s+|\s*[|»›]\s*|:\s+/u;

/** Letters and digits, lower case, without marks: “Süddeutsche.de” and “sueddeutsche” are not told apart further. */
function compact(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The parts of an address’s host that may name somebody, lower case: none of `www`, `rss`, or what stands last. */
export function hostNames(address: string): readonly string[] {
  const host = URL.parse(address)?.hostname ?? "";
  const labels = /^[\d.]+$|:/.test(host) ? [] : host.split(".");
  return labels
    .slice(0, -1)
    .filter((label) => !/^(?:www?\d*|rss|feeds?|news|co|com|org|gov|ac|net|api|atom|xml)$/.test(label))
    .map(compact);
}

/** How well `part` is the name that a host has: 2 the same, 1 one holds the other's beginning, 0 not. */
function likeness(part: string, hosts: readonly string[]): number {
  const name = compact(part);
  const short = name.replace(/^the/, "");
  if (name.length < 2) return 0;
  if (hosts.some((host) => host === name || host === short)) return 2;
  return hosts.some(
    (host) => host.length > 1 && (name.startsWith(host) || host.startsWith(name) || host.startsWith(short)),
  )
    ? 1
    : 0;
}

/**
 * The part of `title` that the host of one of `addresses` names, the first of the best; the whole title where none does,
 * and null without a title. Pure.
 */
export function outletName(title: string | null, addresses: readonly (string | null)[]): string | null {
  if (title === null) return null;
  const hosts = addresses.flatMap((address) => (address === null ? [] : hostNames(address)));
  const parts = title
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const likest = Math.max(...parts.map((part) => likeness(part, hosts)), 0);
  return (likest > 0 ? parts.find((part) => likeness(part, hosts) === likest) : undefined) ?? title;
}
