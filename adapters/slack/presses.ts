/** What the buttons under an answer do: share it, delete it, say whether it was good. */
import { sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createLanes } from "../../src/platform/lanes.ts";
import type { Memory } from "../../src/platform/memory.ts";
import { saying } from "../../src/platform/parts.ts";
import type { Newsroom } from "../../src/ports.ts";
import type { Pressed } from "./buttons.ts";
import type { Desk } from "./desk.ts";
import { isOutside } from "./failures.ts";
import type { Outbox } from "./outbox.ts";
import { heardAt } from "./receive.ts";
import { plainRendering, renderPart } from "./render.ts";
import type { Respond } from "./respond.ts";

/** A press on a button of ours. */
export interface Press {
  readonly pressed: Pressed;
  readonly user: string;
  readonly workspace: string;
  readonly channel: string;
  /** The message with the button; null where Slack does not let us change it (ephemeral messages). */
  readonly message: { readonly ts: string; readonly thread: string | null } | null;
}

export interface PressDeps {
  readonly newsroom: Newsroom;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly memory: Memory;
  readonly logger: Logger;
}

/** Never rejects: what fails is logged and said to the person who pressed. */
export type HandlePress = (press: Press, respond: Respond) => Promise<void>;

export function createPressHandler({ newsroom, desk, outbox, memory, logger }: PressDeps): HandlePress {
  const lanes = createLanes();

  async function remove({ pressed, user, channel, message }: Press, respond: Respond): Promise<string | null> {
    if (pressed.asker !== user) return "Only the person who asked can delete this answer.";
    if (message === null || pressed.delivery === null) {
      await respond.deleteOriginal();
      return null;
    }
    try {
      await outbox.remove({ channel, thread: message.thread }, message.ts, pressed.delivery);
    } catch (error) {
      // An answer that came through a response_url stands in a conversation that Dateline is not in.
      if (!isOutside(error)) throw error;
      await respond.deleteOriginal();
    }
    return null;
  }

  async function share({ pressed, user, workspace, channel }: Press, respond: Respond): Promise<string | null> {
    const delivery = pressed.delivery ?? "";
    const kept = await memory.private(delivery);
    // What was taken out of the corpus meanwhile is not published.
    const stands = (await newsroom.read.answer(pressed.answerId)) !== null;
    if (pressed.asker !== user || kept === null || !stands)
      return "This answer cannot be shared any more. Ask again without --private.";
    const place = { adapter: "slack", workspace, channel, thread: null };
    await desk.publish(kept.reply, { ...heardAt(place, user), text: kept.question }, respond);
    await memory.forgetPrivate(delivery);
    await respond.deleteOriginal();
    return null;
  }

  async function judge({ pressed, user }: Press): Promise<string> {
    const verdict = pressed.verdict ?? "good";
    await newsroom.feedback({ answerId: pressed.answerId, asker: user, verdict });
    return verdict === "good" ? "Thank you. Noted as a good answer." : "Thank you. Noted as a bad answer.";
  }

  const handlers = {
    delete: remove,
    // A second press waits, and then finds nothing left to share.
    share: (press: Press, respond: Respond) => lanes.run(press.pressed.delivery ?? "", () => share(press, respond)),
    feedback: judge,
  } as const;

  async function say(respond: Respond, sentence: string): Promise<void> {
    await respond.post(renderPart(saying(sentence), plainRendering), "asker");
  }

  return async (press, respond) => {
    try {
      const sentence = await handlers[press.pressed.kind](press, respond);
      if (sentence !== null) await say(respond, sentence);
    } catch (error) {
      logger.error("A button could not do what it says", { kind: press.pressed.kind, channel: press.channel, error });
      await say(respond, sentenceFor(error)).catch((silent: unknown) => {
        logger.error("The person could not be told", { channel: press.channel, error: silent });
      });
    }
  };
}
