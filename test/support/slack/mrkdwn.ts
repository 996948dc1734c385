/** Reads texts as a Slack client does, to show what a message would do: whom it pings, where it links, what it hides. */

/** What one text does to its reader. */
export interface Visible {
  /** What is read, entities resolved, links as their label. */
  readonly text: string;
  /** `@U…`, `#C…`, `!channel`, `!subteam^S…`: whoever or whatever is named by markup. `!date` is not a ping. */
  readonly pings: readonly string[];
  /** Every address that opens on a click, by markup or because a client links a bare one. */
  readonly links: readonly Link[];
  /** Characters that a reader does not see or that turn the text around: bidi marks, zero-width, tags, lone surrogates. */
  readonly hidden: readonly string[];
}

interface Link {
  readonly url: string;
  readonly label: string;
}

/** What a whole message does to those who see it. */
export interface Effects extends Omit<Visible, "text"> {
  /** All that is read, one text a line. */
  readonly text: string;
  /** Whether Slack may fetch and show what a link leads to: true unless both previews are switched off. */
  readonly unfurls: boolean;
}

/** A message as stored, or the arguments of a call. */
export interface Showable {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
  readonly unfurl?: { readonly links: boolean | undefined; readonly media: boolean | undefined };
  readonly namesLinked?: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const markup = /<([^<>\n]+)>/g;
const bare = /\bhttps?:\/\/[^\s<>|]+/gi;
/** An emoji's own joiner and variation selector are not hidden; whatever else Unicode shows as nothing is. */
const unseen =
  /(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)\u200d|(?![\u200d\ufe0f])\p{Default_Ignorable_Code_Point}|[\u2028\u2029]|\p{Surrogate}/gu;

const resolved = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What a client makes of a mrkdwn text. */
export function visible(text: string): Visible {
  const pings: string[] = [];
  const links: Link[] = [];
  let seen = "";
  let last = 0;
  for (const match of text.matchAll(markup)) {
    seen += readPlain(text.slice(last, match.index), links);
    last = match.index + match[0].length;
    const [target = "", label] = match[1]!.split(/\|(.*)/s);
    if (target.startsWith("!date^")) seen += resolved(label ?? "");
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

function readPlain(text: string, links: Link[]): string {
  const plain = resolved(text);
  for (const [url] of plain.matchAll(bare)) links.push({ url, label: url });
  return plain;
}

/**
 * What a message does, over its notification text, blocks and attachments. Plain text is read as it stands; rich text
 * pings by its elements. With `link_names` or `parse: "full"` plain `@here` and `@channel` count as well.
 */
export function effectsOf(message: Showable): Effects {
  const parts = [
    ...(typeof message.text === "string" && message.text !== "" ? [visible(message.text)] : []),
    ...read(message.blocks),
    ...read(message.attachments),
  ];
  const text = parts.map((part) => part.text).join("\n");
  const loose = message.namesLinked ? (text.match(/@(channel|here|everyone)\b/g) ?? []) : [];
  return {
    text,
    pings: [...parts.flatMap(({ pings }) => pings), ...loose],
    links: parts.flatMap(({ links }) => links),
    hidden: parts.flatMap(({ hidden }) => hidden),
    unfurls: !(message.unfurl?.links === false && message.unfurl.media === false),
  };
}

const mentions: Readonly<Record<string, (element: Json) => string>> = {
  user: ({ user_id }) => `@${user_id}`,
  usergroup: ({ usergroup_id }) => `!subteam^${usergroup_id}`,
  broadcast: ({ range }) => `!${range}`,
  channel: ({ channel_id }) => `#${channel_id}`,
  team: ({ team_id }) => `@${team_id}`,
};

/** Strings that are read as mrkdwn where they stand outside a text object: those of attachments. */
const loose = new Set(["pretext", "text", "fallback", "value", "footer", "title", "author_name"]);
const plainTexts = new Set(["alt_text", "caption", "accessibility_label"]);

function read(value: unknown): readonly Visible[] {
  if (Array.isArray(value)) return value.flatMap(read);
  if (typeof value !== "object" || value === null) return [];
  const item = value as Json;
  const type = String(item.type);
  if (type === "mrkdwn") return [visible(String(item.text))];
  if (type === "markdown") return [markdown(String(item.text))];
  if (["plain_text", "text", "raw_text", "raw_number"].includes(type)) return [asItStands(String(item.text))];
  if (mentions[type]) return [{ text: "", pings: [mentions[type](item)], links: [], hidden: [] }];
  const own = type === "link" ? [linkTo(item.url, item.text)] : [];
  const address = ["url", "title_link", "author_link", "image_url", "video_url"].flatMap((key) =>
    type !== "link" && typeof item[key] === "string" ? [linkTo(item[key], "")] : [],
  );
  const inner = Object.entries(item).flatMap(([key, child]) => {
    if (typeof child !== "string") return key === "event_payload" ? [] : read(child);
    if (plainTexts.has(key)) return [asItStands(child)];
    return item.type === undefined && loose.has(key) ? [visible(child)] : [];
  });
  return [...own, ...address, ...inner];
}

const asItStands = (text: string): Visible => ({ text, pings: [], links: [], hidden: text.match(unseen) ?? [] });

const linkTo = (url: unknown, label: unknown): Visible => {
  const text = typeof label === "string" ? label : String(url);
  return { text, pings: [], links: [{ url: String(url), label: text }], hidden: text.match(unseen) ?? [] };
};

/** Standard Markdown: Slack's own markup works in it too, and `[label](address)` besides. */
function markdown(text: string): Visible {
  const inner = visible(text);
  const named = [...text.matchAll(/!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?[^)]*\)/g)].map(([, label = "", url = ""]) => ({
    url,
    label,
  }));
  return {
    ...inner,
    links: [...inner.links.filter(({ url }) => !named.some((one) => url.startsWith(one.url))), ...named],
  };
}
