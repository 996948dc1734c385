/** What a message must keep to that the types do not say: lengths, counts, what excludes what, and that it pings nobody. */
import { type APIEmbed, MessageFlags } from "discord-api-types/v10";
import { componentComplaints, count, type Json, length, records } from "./components.ts";
import type { Complaint } from "./refusal.ts";

/** How a message is sent; each way allows flags of its own. */
export type MessageWay = "message" | "edit" | "callback" | "update" | "followup";

const flagsOf: Readonly<Record<MessageWay, number>> = {
  message: MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2,
  edit: MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2,
  update: MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2,
  callback:
    MessageFlags.SuppressEmbeds |
    MessageFlags.SuppressNotifications |
    MessageFlags.IsComponentsV2 |
    MessageFlags.Ephemeral,
  followup:
    MessageFlags.SuppressEmbeds |
    MessageFlags.SuppressNotifications |
    MessageFlags.IsComponentsV2 |
    MessageFlags.Ephemeral,
};

const wrong = (path: string, code: string, message: string): Complaint => ({ path, code, message });

/** The characters of an embed that count towards the 6,000 of a message. */
function embedLength({ title, description, footer, author, fields }: APIEmbed): number {
  const texts = [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap((one) => [one.name, one.value]),
  ];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function embedComplaints(embed: Json, path: string): readonly Complaint[] {
  const at = (name: string) => `${path}.${name}`;
  const { footer, author } = embed as { footer?: Json; author?: Json };
  const addresses: readonly (readonly [string, unknown])[] = [
    ["url", embed.url],
    ["author.url", author?.url],
    ["image.url", (embed.image as Json | undefined)?.url],
    ["thumbnail.url", (embed.thumbnail as Json | undefined)?.url],
  ];
  const holds = embedLength(embed as APIEmbed) > 0 || embed.image !== undefined || embed.thumbnail !== undefined;
  return [
    ...length(embed.title, at("title"), 0, 256),
    ...length(embed.description, at("description"), 0, 4_096),
    ...length(footer?.text, at("footer.text"), 0, 2_048),
    ...length(author?.name, at("author.name"), 0, 256),
    ...count(embed.fields, at("fields"), 0, 25),
    ...records(embed.fields).flatMap((field, index) => [
      ...length(field.name, at(`fields.${index}.name`), 1, 256),
      ...length(field.value, at(`fields.${index}.value`), 1, 1_024),
    ]),
    ...addresses.flatMap(([name, url]) =>
      typeof url === "string" && !/^(?:https?|attachment):\/\//i.test(url)
        ? [wrong(at(name), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').")]
        : [],
    ),
    ...(typeof embed.color === "number" && (embed.color < 0 || embed.color > 0xff_ff_ff)
      ? [wrong(at("color"), "NUMBER_TYPE_MAX", "int value should be between 0 and 16777215.")]
      : []),
    ...(holds ? [] : [wrong(at("description"), "BASE_TYPE_REQUIRED", "This field is required")]),
  ];
}

/** That nothing in it can ping: Discord would allow it, this project does not. */
function mentionComplaints({ allowed_mentions: allowed }: Json): readonly Complaint[] {
  const named = allowed as
    | { parse?: unknown[]; users?: unknown[]; roles?: unknown[]; replied_user?: boolean }
    | undefined;
  if (named && !Array.isArray(named.parse)) return [wrong("allowed_mentions.parse", "PINGS", "Must be []")];
  if (!named) return [wrong("allowed_mentions", "PINGS", "Every message carries allowed_mentions with parse []")];
  const pings = [
    ...named.parse!,
    ...(named.users ?? []),
    ...(named.roles ?? []),
    ...(named.replied_user ? ["author"] : []),
  ];
  return pings.length > 0 ? [wrong("allowed_mentions", "PINGS", `Pings ${pings.join(", ")}`)] : [];
}

function nonceComplaints({ nonce, enforce_nonce: enforced }: Json): readonly Complaint[] {
  return [
    ...(String(nonce ?? "").length > 25
      ? [wrong("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")]
      : []),
    ...(enforced === true && nonce === undefined
      ? [wrong("nonce", "NONCE_REQUIRED", "A nonce is needed to be enforced")]
      : []),
  ];
}

/** Whether the body would show nothing at all. */
export function isEmpty(body: Json): boolean {
  const some = (value: unknown) => Array.isArray(value) && value.length > 0;
  const says = typeof body.content === "string" && body.content.trim() !== "";
  return !(
    says ||
    some(body.embeds) ||
    some(body.components) ||
    some(body.attachments) ||
    body.poll ||
    some(body.sticker_ids)
  );
}

/** Everything in a message's body that breaks a rule; `before` is the message that an edit changes. */
export function messageComplaints(
  body: Json,
  way: MessageWay,
  before?: { readonly flags?: number },
): readonly Complaint[] {
  const flags = typeof body.flags === "number" ? body.flags : 0;
  const isV2 = ((flags | (before?.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0;
  const legacy = ["content", "embeds", "poll", "sticker_ids"].filter((name) => {
    const value = body[name];
    return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  });
  const inEmbeds = records(body.embeds).reduce((sum, embed) => sum + embedLength(embed as APIEmbed), 0);
  return [
    ...length(body.content, "content", 0, 2_000),
    ...count(body.embeds, "embeds", 0, 10),
    ...records(body.embeds).flatMap((embed, index) => embedComplaints(embed, `embeds.${index}`)),
    ...(inEmbeds > 6_000
      ? [wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")]
      : []),
    ...componentComplaints(body.components, isV2),
    ...(isV2
      ? legacy.map((name) =>
          wrong(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Not beside components of version 2"),
        )
      : []),
    ...((flags & ~flagsOf[way]) === 0
      ? []
      : [wrong("flags", "BITFIELD_INVALID", `Not allowed here: ${flags & ~flagsOf[way]}`)]),
    ...nonceComplaints(body),
    ...mentionComplaints(body),
  ];
}
