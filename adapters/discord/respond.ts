/** Answers an interaction through its token: within three seconds first, then for fifteen minutes. */
import { type APIMessage, type RESTPostAPIInteractionCallbackJSONBody, Routes } from "discord.js";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { inertLine } from "../../src/reply/inert.ts";
import { codes, explained, failureOf, refusal } from "./failures.ts";
import { limits } from "./limits.ts";
import type { DiscordMessage } from "./render.ts";
import { bodyOf, type Label, type Rest } from "./rest.ts";

/** Whether others may see what is answered. */
export type Audience = "everyone" | "asker";

export interface Respond {
  /**
   * Tells Discord that an answer comes. False when it cannot come any more, or when somebody else is answering: the same
   * interaction may be delivered twice, and to several replicas.
   */
  defer(audience: Audience): Promise<boolean>;
  /** Tells Discord that the press was seen; what was pressed stays as it is. */
  deferUpdate(): Promise<boolean>;
  /** Answers a request for completions; later than three seconds it does nothing. */
  suggest(values: readonly string[]): Promise<void>;
  /** Puts a message in the place of what was deferred; resolves with its id. */
  first(message: DiscordMessage, label: Label): Promise<string>;
  /** Sends another message; a lost answer is not repeated, because nothing can show whether it arrived. */
  followUp(message: DiscordMessage, audience: Audience, label: Label): Promise<string>;
  edit(id: string, message: DiscordMessage, label: Label): Promise<void>;
  /** Takes away what was deferred, or the message whose button was pressed. */
  deleteOriginal(): Promise<void>;
}

const ephemeral = 1 << 6;
/** Kinds of callbacks by Discord's numbers. */
const deferredMessage = 5;
const deferredUpdate = 6;
const autocomplete = 8;
/** A second attempt must still be in time. */
const ackTries = 2;

/** Whether Discord waits for this answer no more. */
export function isTooLate(error: unknown): boolean {
  const late: readonly number[] = [
    codes.unknownWebhook,
    codes.invalidToken,
    codes.unknownInteraction,
    codes.unknownMessage,
  ];
  return late.includes(refusal(error) ?? 0);
}

/** Choices as Discord shows them, each once. A longer one cannot be handed back whole, and a part would name something else. */
function choicesOf(values: readonly string[]) {
  const shown = [...new Set(values)].filter((value) => inertLine(value) !== "" && value.length <= limits.choiceText);
  return shown.slice(0, limits.choices).map((value) => ({ name: inertLine(value), value }));
}

export function createRespond(
  rest: Rest,
  applicationId: string,
  interaction: { readonly id: string; readonly token: string },
  logger: Logger,
): Respond {
  const { id, token } = interaction;

  async function callback(body: RESTPostAPIInteractionCallbackJSONBody): Promise<boolean> {
    for (let left = ackTries; ; ) {
      try {
        await rest.once((api) => api.post(Routes.interactionCallback(id, token), { body, auth: false }));
        return true;
      } catch (error) {
        left -= 1;
        const code = refusal(error);
        // Acknowledged already: by the attempt whose answer was lost, or else by somebody else.
        if (code === codes.alreadyAcknowledged) return left < ackTries - 1;
        if (code !== null || left === 0) {
          logger.warn("An interaction could not be acknowledged in time", { interaction: id, error });
          return false;
        }
      }
    }
  }

  async function followUp(message: DiscordMessage, audience: Audience, label: Label): Promise<string> {
    const body = bodyOf(message, label);
    const flags = audience === "asker" ? body.flags | ephemeral : body.flags;
    try {
      const posted = await rest.once((api) =>
        api.post(Routes.webhook(applicationId, token), { body: { ...body, flags }, auth: false }),
      );
      return (posted as APIMessage).id;
    } catch (error) {
      if (failureOf(error).kind !== "unsure") throw explained(error);
      logger.error("Delivery uncertain: Discord did not confirm a message, so it is not repeated", { error });
      throw new NewsroomError("uncertain", "Discord did not confirm the answer. It may be there.", { cause: error });
    }
  }

  const message = (which: string) => Routes.webhookMessage(applicationId, token, which);

  return {
    defer: (audience) =>
      callback({ type: deferredMessage, ...(audience === "asker" ? { data: { flags: ephemeral } } : {}) }),
    deferUpdate: () => callback({ type: deferredUpdate }),
    async suggest(values) {
      await callback({ type: autocomplete, data: { choices: choicesOf(values) } });
    },
    async first(content, label) {
      const body = bodyOf(content, label);
      const posted = await rest.call<APIMessage>((api) => api.patch(message("@original"), { body, auth: false }));
      return posted.id;
    },
    followUp,
    async edit(which, content, label) {
      await rest.call((api) => api.patch(message(which), { body: bodyOf(content, label), auth: false }));
    },
    async deleteOriginal() {
      try {
        await rest.call((api) => api.delete(message("@original"), { auth: false }));
      } catch (error) {
        if (refusal(error) !== codes.unknownMessage) throw error;
      }
    },
  };
}
