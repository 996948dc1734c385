/** The assistant panel: a greeting, prompts that the corpus can answer, a status while searching, answers as they come. */

import type { Logger } from "../../src/logger.ts";
import { notice } from "../../src/platform/parts.ts";
import { shorten } from "../../src/platform/shorten.ts";
import type { Newsroom, Place } from "../../src/ports.ts";
import type { Desk } from "./desk.ts";
import { limits } from "./limits.ts";
import type { Outbox } from "./outbox.ts";
import type { Heard } from "./receive.ts";
import type { Streamer } from "./stream.ts";
import type { Web } from "./web.ts";

export interface Panel {
  /** Greets a person who opened the panel and suggests what to ask. */
  opened(place: Place, asker: string): Promise<void>;
  /** A question in the panel, or in a thread of a direct message, which Slack does not tell apart. */
  asked(heard: Heard): Promise<void>;
}

export interface PanelDeps {
  readonly newsroom: Newsroom;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly web: Web;
  readonly streamer: Streamer;
  readonly logger: Logger;
}

/** What a person reads who opens the panel. */
export const greeting = notice({
  kind: "text",
  text: "Ask me what the newsroom’s corpus says. Every claim comes with a citation, and what the corpus does not say I do not answer.",
});

export function createPanel({ newsroom, desk, outbox, web, streamer, logger }: PanelDeps): Panel {
  /** For what makes the panel pleasant and no answer depends on. */
  async function optional(what: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      logger.warn(`The assistant panel shows no ${what}`, { error });
    }
  }

  async function suggest(place: Place, asker: string, channel: string, thread: string): Promise<void> {
    const inquiry = {
      text: "",
      asker,
      place,
      follows: null,
      standing: "guest" as const,
      timeZone: null,
      collections: await newsroom.collections(place),
    };
    const questions = await newsroom.complete({ command: "ask", subcommand: null, option: "question" }, "", inquiry);
    const prompts = questions.slice(0, limits.prompts).map((message) => ({ title: shorten(message, 100), message }));
    if (prompts.length === 0) return;
    await web.call((client) =>
      client.assistant.threads.setSuggestedPrompts({ channel_id: channel, thread_ts: thread, prompts }),
    );
  }

  return {
    async opened(place, asker) {
      const { channel, thread } = place;
      if (channel === null || thread === null) return;
      await optional("greeting", () => outbox.post({ channel, thread }, greeting));
      await optional("prompts", () => suggest(place, asker, channel, thread));
    },
    async asked(heard) {
      const { channel, thread } = heard.place;
      if (channel === null || thread === null) return;
      const panel = { channel_id: channel, thread_ts: thread };
      const isFirst = (await newsroom.context(heard.place)) === null;
      // Slack takes the status away when the answer comes, so it has to be there before.
      await optional("status", () =>
        web.call((client) => client.assistant.threads.setStatus({ ...panel, status: "is searching the corpus…" })),
      );
      await desk.message(heard, streamer({ channel, thread }, heard.asker));
      const title = shorten(heard.text, limits.threadTitle);
      if (isFirst && title !== "")
        await optional("title", () => web.call((client) => client.assistant.threads.setTitle({ ...panel, title })));
    },
  };
}
