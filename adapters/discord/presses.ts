/** What the buttons under an answer do: share it, delete it, say whether it was good. */
import { sentenceFor } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { createLanes } from "../../src/platform/lanes.ts";
import type { Memory } from "../../src/platform/memory.ts";
import { saying } from "../../src/platform/parts.ts";
import type { Newsroom } from "../../src/ports.ts";
import type { Pressed } from "./buttons.ts";
import type { Answering, Desk } from "./desk.ts";
import { codes, refusal } from "./failures.ts";
import type { Outbox } from "./outbox.ts";
import { plainRendering, renderPart } from "./render.ts";

/** A press on a button of ours; `asker` is who pressed. */
export interface Press extends Answering {
  readonly pressed: Pressed;
}

export interface PressDeps {
  readonly newsroom: Newsroom;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly memory: Memory;
  readonly logger: Logger;
}

/** Never rejects: what fails is logged and said to the person who pressed. Acknowledges first. */
export type HandlePress = (press: Press) => Promise<void>;

export function createPressHandler({ newsroom, desk, outbox, memory, logger }: PressDeps): HandlePress {
  const lanes = createLanes();

  async function remove({ pressed, respond, guild, into }: Press): Promise<null> {
    try {
      await outbox.remove(pressed.delivery ?? "");
    } catch (error) {
      // Where Dateline is not a member, only the press itself reaches the message.
      const outside: readonly number[] = [codes.missingAccess, codes.unknownChannel];
      if (!outside.includes(refusal(error) ?? 0)) throw error;
      logger.info("An answer is deleted through its button alone", { guild, channel: into });
    }
    await respond.deleteOriginal();
    return null;
  }

  async function share(press: Press): Promise<string | null> {
    const { pressed, respond } = press;
    const delivery = pressed.delivery ?? "";
    const kept = await memory.private(delivery);
    // What was taken out of the corpus meanwhile is not published.
    const stands = (await newsroom.read.answer(pressed.answerId)) !== null;
    if (kept === null || !stands) return "This answer cannot be shared any more. Ask again without “private”.";
    await desk.share({ ...press, delivery: `${delivery}-shared` }, kept.question, kept.reply);
    await memory.forgetPrivate(delivery);
    await respond.deleteOriginal();
    return null;
  }

  async function judge({ pressed, asker }: Press): Promise<string> {
    const verdict = pressed.verdict ?? "good";
    await newsroom.feedback({ answerId: pressed.answerId, asker, verdict });
    return verdict === "good" ? "Thank you. Noted as a good answer." : "Thank you. Noted as a bad answer.";
  }

  const handlers = {
    delete: remove,
    // A second press waits, and then finds nothing left to share.
    share: (press: Press) => lanes.run(press.pressed.delivery ?? "", () => share(press)),
    feedback: judge,
  } as const;

  async function say({ respond, delivery }: Press, sentence: string, answers: boolean): Promise<void> {
    for (const message of renderPart(saying(sentence), plainRendering)) {
      const label = { delivery: `${delivery}-said`, piece: 0 };
      if (answers) await respond.first(message, label);
      else await respond.followUp(message, "asker", label);
    }
  }

  return async (press) => {
    const { pressed, asker, respond, guild, into } = press;
    const foreign = pressed.kind !== "feedback" && pressed.asker !== asker;
    const answers = pressed.kind === "feedback" || foreign;
    if (!(await (answers ? respond.defer("asker") : respond.deferUpdate()))) return;
    try {
      const sentence = foreign
        ? `Only the person who asked can ${pressed.kind} this answer.`
        : await handlers[pressed.kind](press);
      if (sentence !== null) await say(press, sentence, answers);
    } catch (error) {
      logger.error("A button could not do what it says", { kind: pressed.kind, guild, channel: into, error });
      await say(press, sentenceFor(error), answers).catch((silent: unknown) => {
        logger.error("The person could not be told", { guild, channel: into, error: silent });
      });
    }
  };
}
