/** Wakes the scheduler. A wake that comes late or not at all does no harm: the store says what is due. */
import { schedule } from "node-cron";
import type { Runtime } from "../runtime.ts";

/** On the minute, as schedules are. */
const onTheMinute = "* * * * *";
/** node-cron falls silent when the clock is set (an hour back: for an hour); this does not, and it keeps claims alive. */
const beatMs = 10_000;

/** Calls `tick` at once, on every full minute and every ten seconds, until the returned function is called. */
export function wakeRegularly(tick: () => Promise<void>, runtime: Pick<Runtime, "sleep">): () => Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  const task = schedule(onTheMinute, () => void tick(), { suppressMissedWarning: true });
  const beat = async (): Promise<void> => {
    while (!signal.aborted) {
      void tick();
      await runtime.sleep(beatMs, signal);
    }
  };
  // Sleeping rejects when it is ended, and for no other reason.
  const beating = beat().catch(() => undefined);
  return async () => {
    ended.abort();
    await Promise.all([beating, task.destroy()]);
  };
}
