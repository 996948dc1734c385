/** Which conversation a message belongs to: a thread or a direct conversation has one, until an earlier answer is replied to. */
import type { Logger } from "../../src/logger.ts";
import type { Memory } from "../../src/platform/memory.ts";
import type { AdapterState } from "../../src/ports.ts";

/** For the core: the name of a conversation, and the answer that it begins with. */
export interface Conversation {
  readonly thread: string | null;
  readonly follows: string | null;
}

export interface Conversations {
  /** The answer that this message of ours shows, or that the thread under it began with; null for any other message. */
  answer(message: string): Promise<string | null>;
  /** Remembers that a message, or the thread under it, belongs to an answer. */
  keep(message: string, answerId: string): Promise<void>;
  /** Remembers that a message was posted unasked, such as a digest. */
  keepPosted(message: string): Promise<void>;
  /** Whether this is for Dateline, said in reply to a message or in the thread under it without calling Dateline. */
  hears(message: string, text: string): Promise<boolean>;
  forget(message: string): Promise<void>;
  /** The conversation that goes on in a thread or a direct conversation. */
  current(where: string): Promise<Conversation>;
  /** The conversation that a reply to an answer goes on with; from then on, the current one of `where`, if there is one. */
  turn(where: string | null, answerId: string, reply: string): Promise<Conversation>;
}

const turnMs = 180 * 24 * 60 * 60_000;
/** Discord's ids are unique everywhere, so a message is known without its channel. */
const anywhere = "";

export function createConversations(memory: Memory, state: AdapterState, logger: Logger): Conversations {
  return {
    answer: (message) => memory.root(anywhere, message),
    keep: (message, answerId) => memory.keepRoot(anywhere, message, answerId),
    keepPosted: (message) => memory.keepPosted(anywhere, message),
    hears: (message, text) => memory.hears(anywhere, message, text),
    forget: (message) => memory.forgetRoot(anywhere, message),
    async current(where) {
      const turned = await state.get(`turn:${where}`);
      return { thread: turned ?? where, follows: await memory.root(anywhere, where) };
    },
    async turn(where, answerId, reply) {
      if (where === null) return { thread: null, follows: answerId };
      const thread = `${where}:${reply}`;
      try {
        await state.remove(`turn:${where}`);
        await state.putOnce(`turn:${where}`, thread, turnMs);
      } catch (error) {
        logger.error("A turn of a conversation could not be kept", { where, error });
      }
      return { thread, follows: answerId };
    },
  };
}
