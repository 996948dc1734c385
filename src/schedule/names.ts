/** Names of subscriptions and deliveries: computed, so that nothing can be subscribed or delivered under two. */
import { createHash } from "node:crypto";
import type { Place } from "../ports.ts";

/** The place that a digest is for: the channel, whatever thread was spoken in. */
export function channelOf(place: Place): Place {
  return { adapter: place.adapter, workspace: place.workspace, channel: place.channel, thread: null };
}

/** The id of a place's subscription: 12 hexadecimal digits. */
export function subscriptionIdOf({ adapter, workspace, channel }: Place): string {
  return createHash("sha256")
    .update(JSON.stringify([adapter, workspace, channel]))
    .digest("hex")
    .slice(0, 12);
}

/** The id of the delivery for a slot; at most 34 printable ASCII characters. */
export function deliveryIdOf(subscription: string, slot: string): string {
  return `d-${subscription}-${slot}`;
}

/** The id of a delivery that somebody asked for besides those that are due; `unique` has letters and digits. */
export function askedForIdOf(subscription: string, unique: string): string {
  return deliveryIdOf(subscription, `now-${unique}`);
}

/** Whether an id is one of `askedForIdOf`. */
export function isAskedFor(delivery: string): boolean {
  return delivery.includes("-now-");
}

/** The name under which the part of that number is posted, the same on every attempt. */
export function partIdOf(delivery: string, number: number): string {
  return `${delivery}-${number}`;
}
