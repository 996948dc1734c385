/** Lets one caller a key go at a time, in the order they came. */

export interface Turns {
  /** Runs `work` when nobody else with the same key is at it; rejects at once, without running it, when `signal` aborts first. */
  take<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Turns that are forgotten as soon as nobody waits. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(key, signal, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = Promise.withResolvers<void>();
      // Whoever gives up waiting must not let the next one past those still before it.
      const done = before.then(() => mine.promise);
      last.set(key, done);
      void done.then(() => last.get(key) === done && last.delete(key));
      try {
        await aborted(before, signal);
        return await work();
      } finally {
        mine.resolve();
      }
    },
  };
}

function aborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    void wait.then(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
