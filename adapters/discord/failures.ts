/** What went wrong at Discord: whether it was done all the same, and the sentence that names the cause and the cure. */
import { NewsroomError } from "../../src/errors.ts";
import { field, whyNeverSent } from "../../src/platform/never-sent.ts";
import { permissions } from "./access.ts";

/** `refused` and `unreached`: certainly not done. `unsure`: perhaps done, the answer is lost. */
export type Failure =
  | { readonly kind: "refused"; readonly code: number; readonly status: number; readonly said: string }
  | { readonly kind: "rate-limited"; readonly afterMs: number }
  | { readonly kind: "unreached"; readonly reason: string }
  | { readonly kind: "unsure"; readonly reason: string };

/** Discord's codes that are told apart. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export const codes = {
  unknownChannel: 10_003,
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  unknownInteraction: 10_062,
  alreadyAcknowledged: 40_060,
  missingAccess: 50_001,
  cannotMessageUser: 50_007,
  missingPermissions: 50_013,
  invalidToken: 50_027,
  threadArchived: 50_083,
  threadExists: 160_004,
  threadLocked: 160_005,
  tooManyThreads: 160_006,
} as const;

/** Sorts what discord.js throws. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const name = String(field(error, "name"));
  const status = Number(field(error, "status") ?? 0);
  const noToken = field(error, "code") === "TokenInvalid" || message.startsWith("Expected token to be set");
  if (noToken) return { kind: "refused", code: 0, status: 401, said: message };
  if (name.startsWith("RateLimitError"))
    return {
      kind: "rate-limited",
      // Where Discord does not say how long, some seconds.
      afterMs: Math.max(Number(field(error, "retryAfter") ?? 0), Number(field(error, "sublimitTimeout") ?? 0)) || 5_000,
    };
  if (status >= 400 && status < 500)
    return { kind: "refused", code: Number(field(error, "code") ?? 0), status, said: message };
  const unreached = whyNeverSent(error);
  return unreached === "" ? { kind: "unsure", reason: message } : { kind: "unreached", reason: unreached };
}

const needed = Object.values(permissions)
  .map(({ name }) => `“${name}”`)
  .join(", ");
const badToken =
  "Discord does not accept the token. Copy the bot's token anew (Developer Portal, “Bot”, “Reset Token”) and set DISCORD_TOKEN to it.";

const sentences: Readonly<Record<number, string>> = {
  [codes.unknownChannel]: "This channel is not there any more. Name another channel, or ask again elsewhere.",
  10004:
    "This server is not there any more, or Dateline was removed from it. Add it again with the invite link that is in the log when it starts.",
  [codes.unknownMessage]: "The message is not there any more.",
  [codes.unknownInteraction]: "Discord waits three seconds for an answer to a command, and they had passed. Try again.",
  [codes.unknownWebhook]: "Discord does not wait for this answer any more. Ask again.",
  [codes.invalidToken]: "A command can be answered for fifteen minutes, and they have passed. Ask again.",
  [codes.missingAccess]: `Dateline cannot see this channel, or was removed from the server. Give its role ${needed} there.`,
  [codes.missingPermissions]: `Dateline lacks a permission in this channel. Give its role ${needed} there.`,
  [codes.cannotMessageUser]:
    "This person does not take direct messages from Dateline. They can allow them in the server's privacy settings.",
  [codes.threadArchived]: "This thread is archived, so nothing can be posted in it. Somebody has to open it again.",
  [codes.threadLocked]: "This thread is locked, so nothing can be posted in it. A moderator can unlock it.",
  [codes.tooManyThreads]: "This server has as many active threads as Discord allows. Archive some of them.",
  200000: "AutoMod of this server does not let this message through. A moderator can exempt Dateline's role.",
};

function sentence(failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      if (failure.status === 401) return badToken;
      return (
        sentences[failure.code] ?? `Discord refused (${failure.code || failure.status}: ${failure.said.slice(0, 200)}).`
      );
    case "rate-limited":
      return `Discord asks for a pause of ${Math.ceil(failure.afterMs / 1_000)} seconds. Try again then.`;
    case "unreached":
      return `Discord cannot be reached (${failure.reason}). Check the network; Dateline tries again by itself.`;
    case "unsure":
      return "Discord did not answer. Try again in a moment.";
  }
}

/** Refusals after which a post to the same place never succeeds by itself. */
const never: readonly number[] = [
  codes.unknownChannel,
  10_004,
  codes.missingAccess,
  codes.missingPermissions,
  codes.cannotMessageUser,
  codes.threadLocked,
];

/** The failure as an error for the log and for a person; `configuration` when the operator has to act. */
export function explained(error: unknown): NewsroomError {
  if (error instanceof NewsroomError) return error;
  const failure = failureOf(error);
  const refusedFor = failure.kind === "refused" ? failure : null;
  const code =
    refusedFor?.status === 401 ? "configuration" : never.includes(refusedFor?.code ?? -1) ? "not-postable" : "platform";
  return new NewsroomError(code, sentence(failure), { cause: error });
}

/** The code with which Discord refused, also out of an explained error; null when it did not refuse. */
export function refusal(error: unknown): number | null {
  const failure = failureOf(error instanceof NewsroomError ? error.cause : error);
  return failure.kind === "refused" ? failure.code : null;
}

/** Why the gateway hung up for good. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway */
const closings: Readonly<Record<number, string>> = {
  4004: badToken,
  4010: "Discord does not know this shard. That is a fault in Dateline; please report it.",
  4011: "Dateline is in so many servers that Discord asks for sharding, which it does not do. Run it in fewer servers.",
  4012: "Discord does not offer this version of its gateway any more. Update Dateline.",
  4013: "Discord does not know the intents that were asked for. Update Dateline.",
  4014: "Discord does not allow the Message Content intent.",
};

/** The error for a close code after which discord.js does not connect again. */
export function closed(code: number): NewsroomError {
  const said = closings[code] ?? `Discord ended the connection for good (${code}).`;
  return new NewsroomError(code === 4011 || code === 4004 ? "configuration" : "platform", said);
}
