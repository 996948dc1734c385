/** Which request is which, and everything that is wrong in its body: for the local Discord and for any other in its place. */
import { ComponentType, InteractionResponseType, MessageFlags, Routes } from "discord-api-types/v10";
import { choiceComplaints, commandComplaints } from "./command-limits.ts";
import { count, type Json, length, records } from "./components.ts";
import { isEmpty, type MessageWay, messageComplaints } from "./message-limits.ts";
import type { Complaint } from "./refusal.ts";
import { shapeComplaints } from "./schema.ts";

/** Every request that is known here. */
export type RouteName =
  | "gateway"
  | "me"
  | "application"
  | "user"
  | "direct"
  | "guild"
  | "guildMember"
  | "channel"
  | "editChannel"
  | "deleteChannel"
  | "messages"
  | "message"
  | "postMessage"
  | "editMessage"
  | "deleteMessage"
  | "bulkDelete"
  | "typing"
  | "threadOfMessage"
  | "thread"
  | "joinThread"
  | "commands"
  | "putCommands"
  | "callback"
  | "followup"
  | "followupMessage"
  | "editFollowup"
  | "deleteFollowup";

const table: readonly (readonly [RouteName, string, string])[] = [
  ["gateway", "GET", Routes.gatewayBot()],
  ["me", "GET", Routes.user()],
  ["application", "GET", Routes.currentApplication()],
  ["user", "GET", Routes.user(":user")],
  ["direct", "POST", Routes.userChannels()],
  ["guild", "GET", Routes.guild(":guild")],
  ["guildMember", "GET", Routes.guildMember(":guild", ":user")],
  ["channel", "GET", Routes.channel(":channel")],
  ["editChannel", "PATCH", Routes.channel(":channel")],
  ["deleteChannel", "DELETE", Routes.channel(":channel")],
  ["messages", "GET", Routes.channelMessages(":channel")],
  ["message", "GET", Routes.channelMessage(":channel", ":message")],
  ["postMessage", "POST", Routes.channelMessages(":channel")],
  ["editMessage", "PATCH", Routes.channelMessage(":channel", ":message")],
  ["deleteMessage", "DELETE", Routes.channelMessage(":channel", ":message")],
  ["bulkDelete", "POST", Routes.channelBulkDelete(":channel")],
  ["typing", "POST", Routes.channelTyping(":channel")],
  ["threadOfMessage", "POST", Routes.threads(":channel", ":message")],
  ["thread", "POST", Routes.threads(":channel")],
  ["joinThread", "PUT", Routes.threadMembers(":channel", "@me")],
  ["commands", "GET", Routes.applicationCommands(":application")],
  ["putCommands", "PUT", Routes.applicationCommands(":application")],
  ["commands", "GET", Routes.applicationGuildCommands(":application", ":guild")],
  ["putCommands", "PUT", Routes.applicationGuildCommands(":application", ":guild")],
  ["callback", "POST", Routes.interactionCallback(":interaction", ":token")],
  ["followup", "POST", Routes.webhook(":application", ":token")],
  ["followupMessage", "GET", Routes.webhookMessage(":application", ":token", ":message")],
  ["editFollowup", "PATCH", Routes.webhookMessage(":application", ":token", ":message")],
  ["deleteFollowup", "DELETE", Routes.webhookMessage(":application", ":token", ":message")],
];

/** A request, read. */
export interface Route {
  readonly name: RouteName;
  /** What stands in its path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

/** Reads `pathname` without its `/api/v10`; null for a path that is not known here, or not by this method. */
export function routeOf(method: string, pathname: string): Route | null {
  const steps = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  for (const [name, by, pattern] of table) {
    const wanted = pattern.split("/").filter(Boolean).map(decodeURIComponent);
    if (by !== method || wanted.length !== steps.length) continue;
    if (!wanted.every((step, index) => step.startsWith(":") || step === steps[index])) continue;
    const path = wanted.flatMap((step, index) => (step.startsWith(":") ? [[step.slice(1), steps[index]!]] : []));
    return { name, path: Object.fromEntries(path) };
  }
  return null;
}

const at = (path: string, complaints: readonly Complaint[]): readonly Complaint[] =>
  complaints.map((one) => ({ ...one, path: one.path === "" ? path : `${path}.${one.path}` }));

/** What an edit without flags changes, as far as its components tell; whoever has the message knows better. */
function likelyBefore(body: Json): { readonly flags: number } {
  const isV2 = records(body.components).some(({ type }) => type !== ComponentType.ActionRow);
  return { flags: isV2 ? MessageFlags.IsComponentsV2 : 0 };
}

const nothing: Complaint = { path: "", code: "EMPTY", message: "Cannot send an empty message" };

function sent(body: Json, way: MessageWay): readonly Complaint[] {
  return [...messageComplaints(body, way), ...(isEmpty(body) ? [nothing] : [])];
}

function callbackComplaints(body: Json): readonly Complaint[] {
  const data = (body.data ?? {}) as Json;
  if (body.type === InteractionResponseType.ChannelMessageWithSource) return at("data", sent(data, "callback"));
  if (body.type === InteractionResponseType.UpdateMessage) return at("data", messageComplaints(data, "update"));
  if (body.type === InteractionResponseType.ApplicationCommandAutocompleteResult)
    return choiceComplaints(data.choices, "data.choices");
  if (body.type === InteractionResponseType.DeferredChannelMessageWithSource) {
    const other = Object.keys(data).filter((key) => key !== "flags");
    return [
      ...other.map((key) => ({
        path: `data.${key}`,
        code: "UNKNOWN_FIELD",
        message: "Lost when an answer is deferred",
      })),
      ...(data.flags === undefined || data.flags === 0 || data.flags === 64
        ? []
        : [{ path: "data.flags", code: "BITFIELD_INVALID", message: "Only EPHEMERAL" }]),
    ];
  }
  if (body.type === InteractionResponseType.Modal)
    return [...length(data.title, "data.title", 1, 45), ...length(data.custom_id, "data.custom_id", 1, 100)];
  return [];
}

function commandsComplaints(body: unknown, isGlobal: boolean): readonly Complaint[] {
  const all = records(body);
  const doubled = all.filter(
    (one, index) => all.findIndex((other) => other.name === one.name && other.type === one.type) < index,
  );
  return [
    ...(Array.isArray(body)
      ? count(body, "", 0, 100)
      : [{ path: "", code: "BASE_TYPE_BAD_TYPE", message: "Must be a list" }]),
    ...all.flatMap((command, index) => {
      const kind = (command.type ?? 1) === 1 ? "slash" : "menu";
      const shape = isGlobal ? kind : kind === "slash" ? "guildSlash" : "guildMenu";
      return at(String(index), [...shapeComplaints(shape, command), ...commandComplaints(command)]);
    }),
    ...doubled.map(({ name }) => ({
      path: "",
      code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
      message: `Application command names must be unique: ${name}`,
    })),
  ];
}

const threadName = (body: Json) => length(String(body.name ?? "").trim(), "name", 1, 100);

/** Without the two refusals that discord.js writes into every message, edits and answers too; Discord ignores them. */
function withoutHabits(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const kept = Object.entries(body).filter(([key, value]) => !(/^(?:tts|enforce_nonce)$/.test(key) && value === false));
  return Object.fromEntries(kept.map(([key, value]) => [key, key === "data" ? withoutHabits(value) : value]));
}

/** Everything wrong in the body of a request, whatever the server knows besides. */
export function bodyComplaints({ name, path }: Route, given: unknown): readonly Complaint[] {
  const body = withoutHabits(given);
  const json = (body ?? {}) as Json;
  switch (name) {
    case "postMessage":
      return [...shapeComplaints("message", body), ...sent(json, "message")];
    case "editMessage":
      return [...shapeComplaints("messageEdit", body), ...messageComplaints(json, "edit", likelyBefore(json))];
    case "callback":
      return [...shapeComplaints("callback", body), ...callbackComplaints(json)];
    case "followup":
      return [...shapeComplaints("followup", body), ...sent(json, "followup")];
    case "editFollowup":
      return [...shapeComplaints("followupEdit", body), ...messageComplaints(json, "edit", likelyBefore(json))];
    case "threadOfMessage":
    case "thread":
      return [...shapeComplaints("thread", body), ...threadName(json)];
    case "editChannel":
      return [...shapeComplaints("threadEdit", body), ...(json.name === undefined ? [] : threadName(json))];
    case "direct":
      return shapeComplaints("direct", body);
    case "putCommands":
      return commandsComplaints(body, path.guild === undefined);
    case "bulkDelete":
      return count(json.messages, "messages", 2, 100);
    default:
      return body === undefined || body === null ? [] : [{ path: "", code: "UNKNOWN_FIELD", message: "Takes no body" }];
  }
}
