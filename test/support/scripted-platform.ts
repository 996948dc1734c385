/** A platform at the adapter's port: it keeps what is posted in memory, and fails as a test says. */
import type { Adapter, Delivery, Place } from "../../src/ports.ts";
import type { ReplyPart } from "../../src/reply/reply.ts";

export interface PostedPart {
  readonly place: Place;
  readonly part: ReplyPart;
  readonly delivery: Delivery;
}

export interface ScriptedPlatform extends Adapter {
  /** Every message there is, in order. */
  readonly posted: readonly PostedPart[];
  /** Every attempt, with those that failed. */
  readonly attempts: readonly PostedPart[];
  /** Decides about each attempt before anything is posted; what it throws, the post rejects with. */
  before: (attempt: PostedPart) => void | Promise<void>;
  /** As `before`, after the message is there. */
  after: (attempt: PostedPart) => void | Promise<void>;
}

/** Posts everything, and finds again what it has posted under the same name. */
export function createScriptedPlatform(name: string): ScriptedPlatform {
  const posted: PostedPart[] = [];
  const attempts: PostedPart[] = [];
  const platform: ScriptedPlatform = {
    name,
    posted,
    attempts,
    before: () => undefined,
    after: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
    async post(place, part, delivery) {
      const attempt = { place, part, delivery };
      attempts.push(attempt);
      await platform.before(attempt);
      const there = delivery.triedSince === null ? -1 : posted.findIndex((one) => one.delivery.id === delivery.id);
      const index = there >= 0 ? there : posted.push(attempt) - 1;
      await platform.after(attempt);
      return { id: `m${index}`, thread: { ...place, thread: place.thread ?? `m${index}` } };
    },
  };
  return platform;
}

/** What a message says, as plain words. */
export function wordsOf({ part }: PostedPart): string {
  return part.blocks
    .flatMap((block) => (block.kind === "list" ? block.items.flat() : block.content))
    .map((inline) => (inline.kind === "cite" ? `[${inline.n}]` : inline.text))
    .join("");
}
