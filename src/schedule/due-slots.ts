/** What is due for a subscription at an instant: the one delivery to make, and what has been missed. Pure. */
import type { DueSlots, NewDelivery, Subscription } from "./ledger.ts";
import { dayMs } from "./local-time.ts";
import { deliveryIdOf } from "./names.ts";
import { dueBetween } from "./next-due.ts";
import type { Slot } from "./schedule.ts";

/** How late a digest may still come: a digest of the morning is worth reading until the early afternoon. */
export const catchUpMs = 6 * 3_600_000;
/** Missed slots further back, and more than so many, leave no record of their own. */
const recordedMs = 60 * dayMs;
const mostRecorded = 62;

/**
 * The slots of a subscription since it was last dealt with and up to `now`, or null when there is none. The latest is
 * delivered if it is less than six hours old; the others are skipped, each with the reason.
 */
export function dueSlots(subscription: Subscription, now: number): DueSlots | null {
  const { id, schedule, wish, place, handledUntil } = subscription;
  const after = Math.max(handledUntil, now - recordedMs);
  const slots = dueBetween(schedule, wish.timeZone, { after, until: now }, mostRecorded);
  const last = slots.at(-1);
  if (!last) return null;
  const deliveryFor = ({ key, at }: Slot): NewDelivery => ({
    id: deliveryIdOf(id, key),
    subscription: id,
    place,
    dueAt: at,
    wish,
  });
  const inTime = now - last.at <= catchUpMs;
  const skipped = slots.slice(0, inTime ? -1 : undefined).map((slot) => ({
    ...deliveryFor(slot),
    sentence: inTime
      ? "Dateline was not running at that time; a later digest took its place."
      : "Dateline was not running at that time, nor in the six hours after it; what came in is in the next digest.",
  }));
  return { skipped, due: inTime ? deliveryFor(last) : null, handledUntil: last.at };
}
