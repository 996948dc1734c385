/** What went wrong at Slack: whether it was done all the same, and the sentence that names the cause and the cure. */
import { NewsroomError } from "../../src/errors.ts";
import { field, whyNeverSent } from "../../src/platform/never-sent.ts";

/** `refused` and `unreached`: certainly not done. `unsure`: perhaps done, the answer is lost. */
export type Failure =
  | { readonly kind: "refused"; readonly code: string; readonly needed: string | null }
  | { readonly kind: "rate-limited"; readonly afterMs: number }
  | { readonly kind: "unreached"; readonly reason: string }
  | { readonly kind: "unsure"; readonly reason: string };

/** How long to wait when Slack asks for a pause and does not say for how long. */
const unsaidPauseMs = 5_000;

/** Slack's own errors after which the call may have been carried out (docs.slack.dev, "Errors" of chat.postMessage). */
const halfDone = ["fatal_error", "internal_error", "service_unavailable", "request_timeout"];

function platformFailure(error: unknown): Failure {
  const data = field(error, "data");
  const code = String(field(data, "error"));
  const needed = field(data, "needed");
  if (code === "ratelimited") return { kind: "rate-limited", afterMs: unsaidPauseMs };
  // A body that was no JSON is handed on as the error's text.
  if (halfDone.includes(code) || !/^[a-z0-9_]+$/.test(code)) return { kind: "unsure", reason: code.slice(0, 200) };
  return { kind: "refused", code, needed: typeof needed === "string" ? needed : null };
}

/** Sorts what @slack/web-api throws. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = field(error, "code");
  if (code === "slack_webapi_platform_error") return platformFailure(error);
  if (code === "slack_webapi_rate_limited_error")
    return { kind: "rate-limited", afterMs: Number(field(error, "retryAfter")) * 1_000 };
  // What the client throws for a 429 without Retry-After has no code of its own.
  if (message.startsWith("Retry header did not contain a valid timeout"))
    return { kind: "rate-limited", afterMs: unsaidPauseMs };
  const unreached = whyNeverSent(error);
  return unreached === "" ? { kind: "unsure", reason: message } : { kind: "unreached", reason: unreached };
}

const invite = "Invite it there with /invite and ask again.";
const newToken = "Install the app to the workspace again and set SLACK_BOT_TOKEN to the new bot token.";

const sentences: Readonly<Record<string, string>> = {
  invalid_auth: `Slack does not accept the token. Check SLACK_BOT_TOKEN (xoxb-…) and, in socket mode, SLACK_APP_TOKEN (xapp-…).`,
  not_authed: "Slack got no token. Set SLACK_BOT_TOKEN (xoxb-…) and, in socket mode, SLACK_APP_TOKEN (xapp-…).",
  not_allowed_token_type:
    "Slack got a token of the wrong kind. SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.",
  token_revoked: `The Slack token was revoked. ${newToken}`,
  token_expired: `The Slack token has expired. ${newToken}`,
  account_inactive: `The Slack app was removed from the workspace. ${newToken}`,
  no_permission: `Slack says that the app has no permission for this. Compare its settings with adapters/slack/manifest.json.`,
  not_in_channel: `Dateline is not in this channel. ${invite}`,
  channel_not_found: `Dateline cannot see this channel. ${invite}`,
  is_archived: "The channel is archived, so nothing can be posted there.",
  restricted_action: "A setting of the workspace keeps apps from posting in this channel. An admin can allow it.",
};

const aboutTokens = ["invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "token_expired"];

function sentence(failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      if (failure.code === "missing_scope")
        return `The Slack app lacks the scope ${failure.needed ?? "that this needs"}. Add it under “OAuth & Permissions” and install the app again.`;
      return sentences[failure.code] ?? `Slack refused with “${failure.code}”.`;
    case "rate-limited":
      return `Slack asks for a pause of ${Math.ceil(failure.afterMs / 1_000)} seconds. Try again then.`;
    case "unreached":
      return `Slack cannot be reached (${failure.reason}). Check the network; Dateline tries again by itself.`;
    case "unsure":
      return "Slack did not answer. Try again in a moment.";
  }
}

/** The failure as an error for the log and for a person; `configuration` when the operator has to act. */
export function explained(error: unknown): NewsroomError {
  if (error instanceof NewsroomError) return error;
  const failure = failureOf(error);
  const code = failure.kind === "refused" ? failure.code : "";
  const operator = code === "missing_scope" || code === "account_inactive" || aboutTokens.includes(code);
  return new NewsroomError(operator ? "configuration" : "platform", sentence(failure), { cause: error });
}

/** The code with which Slack refused, also out of an explained error; null when it did not refuse. */
export function refusal(error: unknown): string | null {
  const failure = failureOf(error instanceof NewsroomError ? error.cause : error);
  return failure.kind === "refused" ? failure.code : null;
}

/** Whether Slack refused because Dateline is not in the conversation: then a response_url still reaches it. */
export function isOutside(error: unknown): boolean {
  return ["not_in_channel", "channel_not_found"].includes(refusal(error) ?? "");
}
