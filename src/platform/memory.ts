/** What an adapter of a chat platform remembers across restarts: what it has seen, which threads are its own, what may be shared. */
import type { Logger } from "../logger.ts";
import type { AdapterState } from "../ports.ts";
import type { Reply } from "../reply/reply.ts";

/** A private answer, kept until somebody shares it. */
export interface Kept {
  readonly question: string;
  readonly reply: Reply;
}

export interface Memory {
  /**
   * True the first time this name is seen, by any process on the same store. Where the store fails, this process's own
   * memory decides, so that a full disk silences nobody.
   */
  first(name: string): Promise<boolean>;
  /** Remembers that a thread under this message belongs to an answer. */
  keepRoot(channel: string, ts: string, answerId: string): Promise<void>;
  /** Remembers that a thread under this message belongs to something that nobody asked for, such as a digest. */
  keepPosted(channel: string, ts: string): Promise<void>;
  /**
   * Whether what was said in a thread, or in reply to a message, without calling Dateline is for it all the same: under an
   * answer everything, under what was posted unasked only questions. People talk about the news there.
   */
  hears(channel: string, ts: string, text: string): Promise<boolean>;
  /** The answer that a thread began with, or null. */
  root(channel: string, ts: string): Promise<string | null>;
  forgetRoot(channel: string, ts: string): Promise<void>;
  /** Keeps the messages of an answer that stand outside its thread, so that they can be deleted with it. */
  keepMessages(delivery: string, messages: readonly string[]): Promise<void>;
  messages(delivery: string): Promise<readonly string[]>;
  keepPrivate(delivery: string, kept: Kept): Promise<void>;
  private(delivery: string): Promise<Kept | null>;
  forgetPrivate(delivery: string): Promise<void>;
}

const dayMs = 24 * 60 * 60_000;
/** Platforms send an event again for an hour or two at most. */
const seenMs = 2 * dayMs;
const rootMs = 180 * dayMs;
const privateMs = dayMs;
const seenHere = 20_000;

export function createMemory(state: AdapterState, logger: Logger): Memory {
  const recent = new Set<string>();

  /** Remembers in this process; false when it was there. */
  function note(id: string): boolean {
    if (recent.has(id)) return false;
    recent.add(id);
    if (recent.size > seenHere) for (const oldest of recent) return recent.delete(oldest);
    return true;
  }

  async function keep(key: string, value: string, ttlMs: number): Promise<void> {
    try {
      await state.putOnce(key, value, ttlMs);
    } catch (error) {
      logger.error("Something about an answer could not be kept; follow-ups and buttons may not know it", {
        key,
        error,
      });
    }
  }

  return {
    async first(name) {
      if (!note(name)) return false;
      try {
        return await state.putOnce(`seen:${name}`, "", seenMs);
      } catch (error) {
        logger.error("What came in could not be noted as seen", { name, error });
        return true;
      }
    },
    keepRoot: (channel, ts, answerId) => keep(`root:${channel}:${ts}`, answerId, rootMs),
    keepPosted: (channel, ts) => keep(`posted:${channel}:${ts}`, "", rootMs),
    async hears(channel, ts, text) {
      if ((await state.get(`root:${channel}:${ts}`)) !== null) return true;
      return /\?["”»)]*\s*$/u.test(text) && (await state.get(`posted:${channel}:${ts}`)) !== null;
    },
    root: (channel, ts) => state.get(`root:${channel}:${ts}`),
    forgetRoot: (channel, ts) => state.remove(`root:${channel}:${ts}`),
    keepMessages: (delivery, messages) => keep(`messages:${delivery}`, JSON.stringify(messages), rootMs),
    async messages(delivery) {
      return JSON.parse((await state.get(`messages:${delivery}`)) ?? "[]") as readonly string[];
    },
    keepPrivate: (delivery, kept) => keep(`private:${delivery}`, JSON.stringify(kept), privateMs),
    async private(delivery) {
      const kept = await state.get(`private:${delivery}`);
      return kept === null ? null : (JSON.parse(kept) as Kept);
    },
    forgetPrivate: (delivery) => state.remove(`private:${delivery}`),
  };
}
