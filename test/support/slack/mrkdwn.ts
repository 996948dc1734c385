/** Reads mrkdwn as a Slack client does, to show what a text would do: whom it pings, where it links, what is seen. */

export interface Visible {
  /** What is read, entities resolved, links as their label. */
  readonly text: string;
  /** `@U…`, `#C…`, `!channel`, `!subteam^S…`: whoever or whatever is named by markup. `!date` is not a ping. */
  readonly pings: readonly string[];
  /** Every address that opens on a click, by markup or because a client links a bare one. */
  readonly links: readonly { readonly url: string; readonly label: string }[];
  /** Characters that a reader does not see or that turn the text around: bidi marks, zero-width, lone surrogates. */
  readonly hidden: readonly string[];
}

const markup = /<([^<>\n]+)>/g;
const bare = /\bhttps?:\/\/[^\s<>|]+/gi;
const unseen =
  /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u061c\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const resolved = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What a client makes of `text`. Code spans do not stop markup in Slack, so they do not stop it here. */
export function visible(text: string): Visible {
  const pings: string[] = [];
  const links: { url: string; label: string }[] = [];
  let seen = "";
  let last = 0;
  for (const match of text.matchAll(markup)) {
    seen += readPlain(text.slice(last, match.index), links);
    last = match.index + match[0].length;
    const [target = "", label] = match[1]!.split(/\|(.*)/s);
    if (/^!date\^/.test(target)) seen += resolved(label ?? "");
    else if (/^[@#!]/.test(target)) {
      pings.push(target);
      seen += `${target.startsWith("#") ? "#" : "@"}${resolved(label ?? target.slice(1))}`;
    } else if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      links.push({ url: resolved(target), label: resolved(label ?? target) });
      seen += resolved(label ?? target);
    } else seen += resolved(match[0]);
  }
  seen += readPlain(text.slice(last), links);
  return { text: seen, pings, links, hidden: seen.match(unseen) ?? [] };
}

function readPlain(text: string, links: { url: string; label: string }[]): string {
  const plain = resolved(text);
  for (const [url] of plain.matchAll(bare)) links.push({ url, label: url });
  return plain;
}

/** Every text of a message that a reader sees: its own (the notification), its blocks' and its attachments'. */
export function textsOf(message: {
  readonly text?: string;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}): readonly string[] {
  const walk = (value: unknown): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(walk);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "string" && readable.has(key) ? [inner] : walk(inner),
    );
  };
  return [...(message.text ? [message.text] : []), ...walk(message.blocks), ...walk(message.attachments)];
}

const readable = new Set(["text", "alt_text", "title", "pretext", "fallback", "footer", "caption"]);
