/** Gives the elements of feeds one name each, whatever prefix and case they are written in. */

/** Namespaces by their address in lower case; "" is that of the feed formats themselves. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^https?:\/\/www\.w3\.org\/2005\/atom\/?$/, ""],
  [/^http:\/\/purl\.org\/atom\/ns/, ""],
  [/^http:\/\/purl\.org\/rss\/1\.0\/$/, ""],
  [/^http:\/\/purl\.org\/net\/rss1\.1#?$/, ""],
  [/^http:\/\/(?:my|channel)\.netscape\.com\/rdf\/simple\/0\.9\/$/, ""],
  [/^http:\/\/backend\.userland\.com\/rss/, ""],
  [/^http:\/\/(?:blogs|cyber)\.law\.harvard\.edu\/(?:tech\/)?rss/, ""],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#?$/, "rdf"],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.[01]\/$/, "dc"],
  [/^http:\/\/purl\.org\/dc\/terms\/$/, "dcterms"],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, "content"],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/syndication\/$/, "sy"],
  [/^http:\/\/www\.w3\.org\/1999\/xhtml\/?$/, "xhtml"],
  [/^http:\/\/rssnamespace\.org\/feedburner\/ext\/1\.0$/, "feedburner"],
  [/^http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/, "itunes"],
  [/^http:\/\/www\.w3\.org\/xml\/1998\/namespace$/, "xml"],
];
/** Prefixes that mean the same when nobody declares them. */
const customary = new Set(["rdf", "dc", "dcterms", "content", "sy", "xhtml", "feedburner", "itunes", "xml"]);

/** The prefixes in force at an element and the families they stand for; "" is the default namespace. */
export type Scope = ReadonlyMap<string, string>;

/** Prefixes beyond this many are not kept: no feed has so many, and each element that declares one copies them. */
const maxPrefixes = 200;

/** Nothing declared yet. */
export const outermostScope: Scope = new Map();

function familyOf(uri: string): string {
  const address = uri.trim().toLowerCase();
  return families.find(([pattern]) => pattern.test(address))?.[1] ?? "?";
}

/** The scope inside an element with these attributes; the outer one itself when the element declares nothing. */
export function scopeWithin(outer: Scope, attributes: ReadonlyMap<string, string>): Scope {
  let inner: Map<string, string> | null = null;
  for (const [name, value] of attributes) {
    if (!/^xmlns(?::|$)/i.test(name)) continue;
    inner ??= new Map(outer);
    if (inner.size >= maxPrefixes) break;
    const prefix = name.slice(6).toLowerCase();
    const family = familyOf(value);
    // A default namespace that nobody knows is a feed's own whim: its elements mean what they are called.
    inner.set(prefix, prefix === "" && family === "?" ? "" : family);
  }
  return inner ?? outer;
}

/** "title", "dc:creator", "rdf:rdf": lower case, of a known family; "?:…" for elements of any other. */
export function canonicalName(name: string, scope: Scope): string {
  const colon = name.indexOf(":");
  const prefix = name.slice(0, Math.max(0, colon)).toLowerCase();
  const local = name.slice(colon + 1).toLowerCase();
  const declared = scope.get(prefix);
  const family =
    declared ?? (prefix === "" || prefix === "atom" || prefix === "rss" ? "" : customary.has(prefix) ? prefix : "?");
  return family === "" ? local : `${family}:${local}`;
}

/** An attribute by its name in lower case, whatever its prefix. */
export function attribute(attributes: ReadonlyMap<string, string>, name: string): string | null {
  const exact = attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of attributes) if (key.toLowerCase().replace(/^.*:/, "") === name) return value;
  return null;
}
