/** Answers through a command's or a button's `response_url`: reaches conversations that Dateline is not in, five times. */
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Runtime } from "../../src/runtime.ts";
import { limits } from "./limits.ts";
import type { SlackMessage } from "./render.ts";
import { noPreviews } from "./web.ts";

export interface Respond {
  /** Posts messages, in order, to everyone in the conversation or to the person only. */
  post(messages: readonly SlackMessage[], audience: "everyone" | "asker"): Promise<void>;
  /** Takes away the message whose button was pressed. */
  deleteOriginal(): Promise<void>;
}

const timeoutMs = 10_000;
const longestPauseMs = 60_000;

/** `fetch` is what reaches Slack. A lost answer is not repeated: nothing can show whether the message arrived. */
export function createRespond(url: string, fetch: typeof globalThis.fetch, runtime: Runtime, logger: Logger): Respond {
  async function send(body: Readonly<Record<string, unknown>>): Promise<void> {
    for (let paused = 0; ; ) {
      const response = await request(body);
      if (response.ok) return;
      const said = response.headers.get("retry-after");
      const pauseMs = (Number.parseInt(said ?? "", 10) || 1) * 1_000;
      if (response.status !== 429 || paused + pauseMs > longestPauseMs) {
        const reason = (await response.text()).slice(0, 200);
        throw new NewsroomError("platform", `Slack did not take the answer (${response.status}). Ask again.`, {
          cause: new Error(reason),
        });
      }
      paused += pauseMs;
      await runtime.sleep(pauseMs);
    }
  }

  async function request(body: Readonly<Record<string, unknown>>): Promise<Response> {
    try {
      return await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      logger.error("Delivery uncertain: a response_url did not answer, so the message is not repeated", { error });
      throw new NewsroomError("uncertain", "Slack did not confirm the answer. It may be there.", { cause: error });
    }
  }

  return {
    async post(messages, audience) {
      if (messages.length > limits.responses)
        throw new NewsroomError("platform", "The answer is too long for this place. Ask in a direct message instead.");
      for (const { text, blocks } of messages)
        await send({
          response_type: audience === "asker" ? "ephemeral" : "in_channel",
          replace_original: false,
          text,
          blocks,
          ...noPreviews,
        });
    },
    deleteOriginal: () => send({ delete_original: true }),
  };
}
