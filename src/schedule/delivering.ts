/** Makes one delivery: composes it once, posts its parts in order, records each; what is recorded is never posted again. */
import type { Digests, DigestWindow } from "../digest/digest.ts";
import { NewsroomError, sentenceFor } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Measured, Measures } from "../measures.ts";
import type { Adapter, Place } from "../ports.ts";
import type { Runtime } from "../runtime.ts";
import type { DeliveryStore, SubscriptionStore } from "../store/store.ts";
import { catchUpMs } from "./due-slots.ts";
import type { DeliveryPart, DeliveryState, OpenDelivery, Subscription } from "./ledger.ts";
import { dayMs } from "./local-time.ts";
import { isAskedFor, partIdOf } from "./names.ts";
import { dueBetween } from "./next-due.ts";

export interface DeliveringDeps {
  readonly store: SubscriptionStore & DeliveryStore;
  readonly digests: Pick<Digests, "make" | "keep" | "compose">;
  /** The collections that a place may see. */
  readonly collections: (place: Place) => Promise<readonly string[]>;
  readonly measures: Pick<Measures, "record">;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** Aborts when nothing more is to be begun. */
  readonly stopping: AbortSignal;
  /** How long it waits after a first try that failed, doubled with each; half a minute unless said. */
  readonly firstRetryMs?: number;
}

const usualRetryMs = 30_000;
const longestRetryMs = 15 * 60_000;
const longestWindowMs = 31 * dayMs;

/** How a delivery ends; "again": not yet, and somebody goes on with it soon. */
type Ending = { readonly state: Exclude<DeliveryState, "open">; readonly sentence: string | null } | "again";

const outcomes: Readonly<Partial<Record<DeliveryState, (Measured & { kind: "delivery" })["outcome"]>>> = {
  posted: "posted",
  uncertain: "uncertain",
  failed: "failed",
  skipped: "skipped",
};

/** Makes what works on deliveries for `claim`, which must hold each it is given. It never rejects: what goes wrong is recorded. */
export function createDelivering(deps: DeliveringDeps, claim: string) {
  const { store, digests, runtime, logger, firstRetryMs = usualRetryMs } = deps;

  /** From the end of the last digest; the first after subscribing, from the time when one would have been due before. */
  async function windowOf(delivery: OpenDelivery): Promise<DigestWindow> {
    const until = delivery.recordedAt;
    const last = await store.lastWindowEnd(delivery.subscription, until);
    const subscription = await store.subscription(delivery.subscription);
    if (last !== null && last >= (subscription?.createdAt ?? 0))
      return { since: Math.max(last, until - longestWindowMs), until };
    return { since: Math.max(last ?? 0, beforeFirst(subscription, delivery)), until };
  }

  /** Makes the digest and keeps its parts, so that the same bytes are posted whoever goes on. Null when that is its end. */
  async function compose(delivery: OpenDelivery): Promise<Ending | null> {
    const { id, wish } = delivery;
    const window = await windowOf(delivery);
    const collections = await deps.collections(delivery.place);
    const { timeZone, topics, outlets } = wish;
    const digest = await digests.make({ id, window, collections, topics, outlets, timeZone }, deps.stopping);
    await digests.keep(digest);
    const documents = [...digest.stories, ...digest.brief].flatMap((story) => story.documents);
    const nothing = documents.length === 0 && wish.whenEmpty === "nothing";
    const { main, thread } = await digests.compose(digest);
    const parts = nothing ? [] : [main, ...thread];
    if (!(await store.composeDelivery(id, claim, { window, documents, parts }))) return "again";
    return nothing ? { state: "empty", sentence: null } : null;
  }

  /** Posts one part; null when it is posted or uncertain, and its record says so. */
  async function post(
    adapter: Adapter,
    delivery: OpenDelivery,
    part: DeliveryPart,
    place: Place,
  ): Promise<Ending | null> {
    const { id } = delivery;
    if (!part.part || !(await store.beginPart(id, claim, part.number, runtime.now()))) return "again";
    try {
      const name = partIdOf(id, part.number);
      const posted = await adapter.post(place, part.part, { id: name, triedSince: part.triedSince });
      await store.endPart(id, part.number, { state: "posted", message: posted.id, thread: posted.thread });
      return null;
    } catch (error) {
      if (!(error instanceof NewsroomError)) throw error;
      if (error.code === "uncertain") {
        logger.error("A part of a digest may or may not have arrived; it is not repeated", { delivery: id, error });
        await store.endPart(id, part.number, { state: "uncertain" });
        return null;
      }
      if (error.code === "not-postable") return { state: "failed", sentence: error.message };
      throw error;
    }
  }

  /** Ended because its time is over before anything was tried, or nobody can tell what was; null when it goes on. */
  async function overdue(delivery: OpenDelivery, parts: readonly DeliveryPart[]): Promise<Ending | null> {
    const main = parts[0];
    if (runtime.now() - delivery.dueAt <= catchUpMs || main?.state === "posted" || main?.state === "uncertain")
      return null;
    if (main?.state !== "posting") {
      const why = "It could not be posted within six hours; what came in is in the next digest.";
      return { state: "skipped", sentence: why };
    }
    await store.endPart(delivery.id, 0, { state: "uncertain" });
    return { state: "uncertain", sentence: uncertainSentence };
  }

  /** Ended because nobody wants it any more; one that was asked for by itself needs no subscription. */
  async function unwanted({ id, subscription }: OpenDelivery): Promise<Ending | null> {
    if (isAskedFor(id) || (await store.subscription(subscription))) return null;
    return { state: "skipped", sentence: "The channel was unsubscribed before it was posted." };
  }

  async function work(adapter: Adapter | null, delivery: OpenDelivery): Promise<Ending> {
    const { id } = delivery;
    const kept = await store.deliveryParts(id);
    const over = await overdue(delivery, kept);
    if (over) return over;
    if (!adapter) return "again";
    const ended = kept.length > 0 ? null : ((await unwanted(delivery)) ?? (await compose(delivery)));
    if (ended) return ended;
    for (const part of kept.length > 0 ? kept : await store.deliveryParts(id)) {
      if (deps.stopping.aborted) return "again";
      if (part.state !== "waiting" && part.state !== "posting") continue;
      const place = part.number === 0 ? delivery.place : (await store.deliveryParts(id))[0]?.thread;
      if (!place) break;
      const ending = await post(adapter, delivery, part, place);
      if (ending) return ending;
    }
    return endingOf(await store.deliveryParts(id));
  }

  async function end(delivery: OpenDelivery, ending: Ending): Promise<void> {
    if (ending === "again") return store.releaseDelivery(delivery.id, claim, null);
    const { state, sentence } = ending;
    if (!(await store.finishDelivery(delivery.id, claim, state, sentence))) return;
    const outcome = outcomes[state];
    if (outcome) deps.measures.record({ kind: "delivery", adapter: delivery.place.adapter, outcome });
    logger.info("A digest is dealt with", { delivery: delivery.id, state, ...(sentence ? { sentence } : {}) });
  }

  /** After something that may pass: tries again later, or gives up when that would be too late. */
  async function putOff(delivery: OpenDelivery, error: unknown): Promise<void> {
    const now = runtime.now();
    const at = now + Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(delivery.tries, 10));
    logger.warn("A digest could not be posted", { delivery: delivery.id, error, tries: delivery.tries + 1 });
    const sentence = sentenceFor(error);
    if (at - delivery.dueAt > catchUpMs) return end(delivery, { state: "failed", sentence });
    await store.releaseDelivery(delivery.id, claim, { at, sentence });
  }

  return async (adapter: Adapter | null, delivery: OpenDelivery): Promise<void> => {
    try {
      await end(delivery, await work(adapter, delivery));
    } catch (error) {
      if (deps.stopping.aborted) await store.releaseDelivery(delivery.id, claim, null).catch(() => undefined);
      else await putOff(delivery, error);
    }
  };
}

const uncertainSentence =
  "Nobody can tell whether a part of it arrived. Look in the channel; it is not posted again by itself.";

/** The last time before a channel subscribed that its digest would have been due; a day ago where that is not known. */
function beforeFirst(subscription: Subscription | null, { dueAt, recordedAt }: OpenDelivery): number {
  if (!subscription) return recordedAt - dayMs;
  const { schedule, wish, createdAt } = subscription;
  const span = { after: recordedAt - longestWindowMs, until: Math.min(createdAt, dueAt - 1) };
  return dueBetween(schedule, wish.timeZone, span, 1).at(-1)?.at ?? recordedAt - dayMs;
}

/** How a delivery ends whose parts have all been dealt with. */
function endingOf(parts: readonly DeliveryPart[]): Ending {
  if (parts.some(({ state }) => state === "uncertain")) return { state: "uncertain", sentence: uncertainSentence };
  const withdrawn = parts.some(({ state }) => state === "withdrawn");
  if (withdrawn)
    return { state: "posted", sentence: "Parts of it quoted what has been forgotten meanwhile and were not posted." };
  return parts.every(({ state }) => state === "posted") ? { state: "posted", sentence: null } : "again";
}
