/** What is being worked on: few questions at a time, acks in between, and an end that can be waited for. */
import type { Logger } from "../logger.ts";

export interface Work {
  /** Runs `task`, counting it as in flight; what it did not handle itself is logged. */
  begin(task: () => Promise<void>): void;
  /** Runs `task` when one of the places is free: searching is work for the processor, more at once only delays all. */
  inTurn<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is in flight. */
  drained(): Promise<void>;
}

/** Lets what came in over the network be read, and acks be sent, before the processor is taken again. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** `places` is how many tasks may have their turn at once. */
export function createWork(places: number, logger: Logger): Work {
  const inFlight = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let taken = 0;

  return {
    begin(task) {
      const running = task()
        .catch((error: unknown) => logger.error("Something that came in could not be worked on", { error }))
        .finally(() => inFlight.delete(running));
      inFlight.add(running);
    },
    async inTurn(task) {
      if (taken >= places) await new Promise<void>((resolve) => waiting.push(resolve));
      else taken += 1;
      try {
        await breath();
        return await task();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else taken -= 1;
      }
    },
    async drained() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}
