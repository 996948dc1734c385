/** Answers to commands and interactions, by `response_url` or in the ack itself. */
import { asFlag, Refusal, readContent, refusalBody, withIds } from "./content.ts";
import type { Json, Message, Workspace } from "./workspace.ts";

/** Where an answer goes. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message that carried the button, for `replace_original` and `delete_original`. */
  readonly original: { readonly channel: string; readonly ts: string } | null;
}

/** The addresses given out, and what is posted to them. */
export interface ResponseUrls {
  /** The path of a fresh address: good five times, thirty minutes long. */
  issue(target: ResponseTarget): string;
  /** What Slack says to a POST there. */
  respond(path: string, body: Json): { readonly status: number; readonly body: string };
  /** Posts, changes or deletes as `body` says; throws a `Refusal`. */
  answer(target: ResponseTarget, body: Json, via: "response_url" | "ack"): Message | null;
}

const lifeMs = 30 * 60_000;
const uses = 5;

/** No address given out yet. */
export function createResponseUrls(workspace: Workspace): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; left: number; until: number }>();

  function answer(target: ResponseTarget, body: Json, via: "response_url" | "ack"): Message | null {
    const { app } = workspace;
    const original = target.original && workspace.find(target.original.channel, target.original.ts);
    if (asFlag(body.delete_original)) {
      if (!original) throw new Refusal("message_not_found");
      workspace.remove(original);
      return null;
    }
    const type = body.response_type ?? "ephemeral";
    if (type !== "ephemeral" && type !== "in_channel") throw new Refusal("invalid_response_type");
    const content = readContent(body, true);
    const kept = { ...content, ...(content.blocks && { blocks: withIds(content.blocks) }) };
    if (asFlag(body.replace_original) && original) return workspace.change(original, kept);
    const thread_ts = typeof body.thread_ts === "string" && body.thread_ts !== "" ? body.thread_ts : undefined;
    if (thread_ts && !workspace.find(target.channel, thread_ts)) throw new Refusal("thread_not_found");
    return workspace.post({
      channel: target.channel,
      subtype: "bot_message",
      bot_id: app.botId,
      app_id: app.id,
      ...kept,
      ...(thread_ts && { thread_ts }),
      ...(type === "ephemeral" && { ephemeralTo: target.user }),
      via,
      unfurl: { links: asFlag(body.unfurl_links), media: asFlag(body.unfurl_media) },
    });
  }

  return {
    answer,
    issue(target) {
      const path = `/commands/${workspace.team.id}/${issued.size + 1}`;
      issued.set(path, { target, left: uses, until: workspace.now() + lifeMs });
      return path;
    },
    respond(path, body) {
      const one = issued.get(path);
      if (!one) return { status: 404, body: "no_service" };
      if (workspace.now() > one.until) return { status: 404, body: "expired_url" };
      if (one.left === 0) return { status: 404, body: "used_url" };
      one.left -= 1;
      try {
        answer(one.target, body, "response_url");
        return { status: 200, body: "ok" };
      } catch (error) {
        return { status: 400, body: JSON.stringify(refusalBody(error)) };
      }
    },
  };
}
