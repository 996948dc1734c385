/** Measures how long the thread that answers people was held up. */

/** Runs `work`; returns what it gave and the longest time, in milliseconds, that a timer of 5 ms came late meanwhile. */
export async function withLag<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly lagMs: number }> {
  let lagMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    lagMs = Math.max(lagMs, now - last - 5);
    last = now;
  }, 5);
  try {
    const result = await work();
    lagMs = Math.max(lagMs, performance.now() - last - 5);
    return { result, lagMs };
  } finally {
    clearInterval(timer);
  }
}
