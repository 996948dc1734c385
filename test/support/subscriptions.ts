/** Subscriptions as tests need them. */
import type { Place } from "../../src/ports.ts";
import type { Subscription, Wish } from "../../src/schedule/ledger.ts";
import { subscriptionIdOf } from "../../src/schedule/names.ts";

/** A channel of an invented platform. */
export function channel(name: string, adapter = "chat"): Place {
  return { adapter, workspace: "W", channel: name, thread: null };
}

export const plainWish: Wish = { timeZone: "UTC", topics: [], outlets: [], whenEmpty: "line" };

/** Daily at 08:00 UTC in the channel “desk”, dealt with up to `at`, unless said. */
export function subscription(at: number, over: Partial<Subscription> = {}): Subscription {
  const place = over.place ?? channel("desk");
  return {
    id: subscriptionIdOf(place),
    place,
    schedule: { kind: "days", days: [0, 1, 2, 3, 4, 5, 6], minute: 480 },
    wish: plainWish,
    paused: false,
    createdBy: null,
    createdAt: at,
    handledUntil: at,
    ...over,
  };
}
