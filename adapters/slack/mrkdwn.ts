/** Text in Slack's own markup: what a stranger wrote becomes plain in it, and what Slack wrote becomes text again. */
import { shorten } from "../../src/platform/shorten.ts";
import { inert, inertLine } from "../../src/reply/inert.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const unescaped: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Slack has no escape for its formatting characters: a look-alike stands for each. Rich text, where words are quoted, needs none. */
const lookalikes: Readonly<Record<string, string>> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };

/**
 * A stranger's text as literal mrkdwn: no mention, link, formatting or emoji code in it works. For labels and for the
 * fallback text; with `verbatim: true` where there is such a field, or Slack links the names that it finds by itself.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function literal(text: string): string {
  return inert(text)
    .replace(/[&<>]/g, (character) => entities[character]!)
    .replace(/[*_~`]/g, (character) => lookalikes[character]!)
    .replace(/:\/\//g, ":∕∕")
    .replace(/:(?=[\w+'-]+:)/g, "꞉");
}

/** `literal` of a label on one line, cut to `length` first: cutting afterwards could leave half an entity. */
export function literalLabel(text: string, length: number): string {
  return literal(shorten(inertLine(text), length));
}

/** An http or https address, or null: nothing else is ever linked. Any mark that would end Slack's link is encoded. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return inert(new URL(url).href).replace(/[\s|<>"]/g, (character) => encodeURIComponent(character));
}

/** Address and label as a mrkdwn link; the label alone where the address is not one to link. */
export function link(url: string | null, label: string, length: number): string {
  const address = safeUrl(url);
  return address === null
    ? literalLabel(label, length)
    : `<${address.replaceAll("&", "&amp;")}|${literalLabel(label, length)}>`;
}

/** What a person wrote, out of what Slack makes of it: entities, mentions, channels, links and dates as text. */
export function written(text: string): string {
  return text
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_whole, sign: string, target: string, label?: string) => {
      if (sign === "" && label === undefined) return target;
      if (sign === "" || sign === "!") return label || (sign === "!" ? `@${target}` : target);
      return label ? `${sign}${label}` : "";
    })
    .replace(/&(?:amp|lt|gt);/g, (entity) => unescaped[entity]!);
}
