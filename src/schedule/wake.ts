/** Wakes the scheduler. A wake that comes late or not at all does no harm: the store says what is due. */
import { schedule } from "node-cron";

/** Every ten seconds. */
const rhythm = "*/10 * * * * *";

/** Calls `tick` at once and then every ten seconds, until the returned function is called. */
export function wakeRegularly(tick: () => Promise<void>): () => Promise<void> {
  const task = schedule(rhythm, () => void tick(), { suppressMissedWarning: true });
  void tick();
  return async () => void (await task.destroy());
}
