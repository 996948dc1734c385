/** Subscriptions of channels to their digest. */
import type { Place } from "../ports.ts";
import type { Subscription, Wish } from "../schedule/ledger.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Connection } from "./connection.ts";
import type { SubscriptionStore } from "./store.ts";

interface Row {
  readonly id: string;
  readonly place: string;
  readonly schedule: string;
  readonly wish: string;
  readonly paused: number;
  readonly created_by: string | null;
  readonly created_at: number;
  readonly handled_until: number;
}

function subscriptionOf(row: Row): Subscription {
  return {
    id: row.id,
    place: JSON.parse(row.place) as Place,
    schedule: JSON.parse(row.schedule) as Schedule,
    wish: JSON.parse(row.wish) as Wish,
    paused: row.paused === 1,
    createdBy: row.created_by,
    createdAt: row.created_at,
    handledUntil: row.handled_until,
  };
}

/** The subscriptions' part of the store. */
export function createSubscriptions({ database, read, write }: Connection): SubscriptionStore {
  const list = database.prepare("SELECT * FROM subscriptions ORDER BY place");
  const get = database.prepare("SELECT * FROM subscriptions WHERE id = ?");
  const put = database.prepare("INSERT OR REPLACE INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM subscriptions WHERE id = ?");
  return {
    subscriptions: () => read(() => (list.all() as unknown as Row[]).map(subscriptionOf)),
    subscription: (id) =>
      read(() => {
        const row = get.get(id) as unknown as Row | undefined;
        return row ? subscriptionOf(row) : null;
      }),
    saveSubscription: ({ id, place, schedule, wish, paused, createdBy, createdAt, handledUntil }) =>
      write(() => {
        const [placed, scheduled, wished] = [place, schedule, wish].map((value) => JSON.stringify(value));
        put.run(id, placed!, scheduled!, wished!, paused ? 1 : 0, createdBy, createdAt, handledUntil);
      }),
    removeSubscription: (id) => write(() => remove.run(id).changes > 0),
  };
}
