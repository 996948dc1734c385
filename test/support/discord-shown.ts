/** A Discord message as a person sees it, and everything in it that could act on them. */
import { type APIMessage, ComponentType, MessageFlags } from "discord-api-types/v10";
import type { Shown } from "../contracts/adapter.ts";
import { type Json, records } from "./discord/components.ts";
import { readMarkdown } from "./discord-markdown.ts";

/** Every text of a message with markdown in it. */
function textsOf({ content, embeds, components }: Pick<APIMessage, "content" | "embeds" | "components">): string[] {
  const inside = (component: Json): string[] => [
    ...(component.type === ComponentType.TextDisplay ? [String(component.content)] : []),
    ...records(component.components).flatMap(inside),
    ...records([component.accessory]).flatMap(inside),
  ];
  const inEmbeds = embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...inEmbeds, ...records(components).flatMap(inside)].filter(
    (text): text is string => text !== undefined && text !== "",
  );
}

/** What Dateline itself writes into its messages: its headings, lists, quotes and small print, and words in bold or code. */
const ownMarkup = new Set(["heading", "list", "quote", "subtext", "emphasis", "code"]);
/** Text that acts without a mark to be seen. */
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

/** The message as its reader has it. The double has refused whatever breaks Discord's limits, so nothing shown does. */
export function shownOf(message: Pick<APIMessage, "content" | "embeds" | "components" | "flags">): Shown {
  const texts = textsOf(message);
  const read = texts.map((text) => readMarkdown(text));
  const text = read.map((one) => one.text).join("\n");
  const flags = message.flags ?? 0;
  const effects = read.flatMap((one) => one.effects).filter((effect) => !ownMarkup.has(effect));
  const hides = texts
    .flatMap((one) => one.match(hidden) ?? [])
    .map((character) => `hides ${JSON.stringify(character)}`);
  return {
    text,
    marks: [...text.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)),
    links: read.flatMap(({ links }) => links.map(({ url }) => url)),
    hazards: [...effects, ...hides, ...((flags & MessageFlags.SuppressEmbeds) === 0 ? ["unfurls"] : [])],
    overLimit: texts.length === 0 ? "no text" : null,
  };
}
