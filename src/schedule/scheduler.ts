/** The scheduler: sees in the store what is due, and makes the deliveries. Any number of processes may run one each. */
import type { Logger } from "../logger.ts";
import type { Adapter } from "../ports.ts";
import { createDelivering, type DeliveringDeps } from "./delivering.ts";
import { catchUpMs, dueSlots } from "./due-slots.ts";
import type { OpenDelivery, Subscription } from "./ledger.ts";
import { dayMs } from "./local-time.ts";

export interface SchedulerDeps extends Omit<DeliveringDeps, "stopping"> {
  /** Those that are started; a delivery for another waits for a process that has it. */
  readonly adapters: readonly Adapter[];
  /** How long a claim must go unrenewed, as far as this process sees, until it takes a delivery over; a minute unless said. */
  readonly leaseMs?: number;
}

export interface Scheduler {
  /**
   * Looks what is due and makes it; resolves when all that it began is dealt with. Call it often: it also says that this
   * process is alive. It never rejects.
   */
  tick(): Promise<void>;
  /** Begins nothing more and resolves when what is being posted is recorded; may be called twice. */
  stop(): Promise<void>;
}

/** Six times as long as ticks are apart. */
const usualLeaseMs = 60_000;
/** A subscription that is further in the future was made by a clock that was wrong. */
const longestErrorMs = 7 * dayMs;
/** Deliveries made at once. */
const mostAtOnce = 4;

/** How long the same claim has been seen without a sign of life, by a clock that nobody sets. */
function createWatch({ runtime, leaseMs = usualLeaseMs }: Pick<SchedulerDeps, "runtime" | "leaseMs">) {
  const seen = new Map<string, { readonly sign: string; readonly since: number }>();
  return {
    isAbandoned({ id, claim, beat }: OpenDelivery): boolean {
      if (claim === null) return true;
      const sign = `${claim} ${beat}`;
      const before = seen.get(id);
      if (before?.sign === sign) return runtime.monotonic() - before.since >= leaseMs;
      seen.set(id, { sign, since: runtime.monotonic() });
      return false;
    },
    /** Keeps in mind only what is still open. */
    keepOnly(open: readonly OpenDelivery[]): void {
      const ids = new Set(open.map(({ id }) => id));
      for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
    },
  };
}

/** Makes a scheduler; it does nothing by itself (see wake.ts). */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { store, runtime, logger, measures } = deps;
  // Looked up each time: one that could not be reached at first comes later.
  const adapterOf = (name: string): Adapter | null => deps.adapters.find((adapter) => adapter.name === name) ?? null;
  const claim = runtime.uuid();
  const controller = new AbortController();
  const deliver = createDelivering({ ...deps, stopping: controller.signal }, claim);
  const watch = createWatch(deps);
  /** Subscriptions that are being delivered to: one delivery at a time, in order. */
  const busy = new Set<string>();
  const workers = new Set<Promise<void>>();

  /** The clock was set back: what comes is due again, as far as the ledger does not know it; but not from before it was wanted. */
  async function rewind({ id, createdAt, handledUntil }: Subscription, now: number): Promise<void> {
    const to = createdAt - now > longestErrorMs ? now : Math.max(now, createdAt);
    if (to < handledUntil) await store.rewindSubscription(id, to);
  }

  async function open(subscription: Subscription, now: number): Promise<void> {
    if (subscription.paused || adapterOf(subscription.place.adapter) === null) return;
    if (subscription.handledUntil > now) return rewind(subscription, now);
    const slots = dueSlots(subscription, now);
    if (!slots) return;
    const skipped = await store.handleSlots(subscription.id, slots, now);
    for (let i = 0; i < skipped; i++)
      measures.record({ kind: "delivery", adapter: subscription.place.adapter, outcome: "skipped" });
    if (skipped > 0)
      logger.warn("Digests were missed while nothing was running", { subscription: subscription.id, skipped });
  }

  async function openDue(): Promise<void> {
    const now = runtime.now();
    for (const subscription of await store.subscriptions()) {
      if (controller.signal.aborted) return;
      await guarded(logger, "A subscription could not be looked at", () => open(subscription, now));
    }
  }

  /** Whether its time to be tried has come; a time far ahead was set by a clock that was wrong. */
  function isDue({ retryAt }: OpenDelivery, now: number): boolean {
    return retryAt === null || retryAt <= now || retryAt > now + catchUpMs;
  }

  /** Claims the first delivery that nobody works on, its subscription's first, and not one of `done`; null when there is none. */
  async function takeOne(done: ReadonlySet<string>): Promise<OpenDelivery | null> {
    const all = await store.openDeliveries();
    watch.keepOnly(all);
    const now = runtime.now();
    const earlier = new Set<string>();
    for (const one of all) {
      const free = watch.isAbandoned(one) || one.claim === claim;
      const first = !earlier.has(one.subscription);
      earlier.add(one.subscription);
      if (!first || !free || done.has(one.id) || !isDue(one, now)) continue;
      if (adapterOf(one.place.adapter) === null && now - one.dueAt <= catchUpMs) continue;
      // Looked at now and not before: other workers go on while this one waits for the store.
      if (busy.has(one.subscription)) continue;
      busy.add(one.subscription);
      if (await store.claimDelivery(one.id, one, claim)) return one;
      busy.delete(one.subscription);
    }
    return null;
  }

  /** Works on one delivery after the other until none is free; on each once. */
  async function work(done: Set<string>): Promise<void> {
    while (!controller.signal.aborted) {
      const one = await takeOne(done);
      if (!one) return;
      done.add(one.id);
      await deliver(adapterOf(one.place.adapter), one).finally(() => busy.delete(one.subscription));
    }
  }

  async function workAll(): Promise<void> {
    const done = new Set<string>();
    const begun: Promise<void>[] = [];
    while (workers.size < mostAtOnce) {
      const worker = guarded(logger, "The ledger could not be read", () => work(done)).finally(() =>
        workers.delete(worker),
      );
      workers.add(worker);
      begun.push(worker);
    }
    await Promise.all(begun);
  }

  return {
    async tick() {
      if (controller.signal.aborted) return;
      await guarded(logger, "The scheduler could not do its round", async () => {
        if (busy.size > 0) await store.renewClaims(claim);
        await openDue();
        await workAll();
      });
    },
    async stop() {
      controller.abort();
      await Promise.all(workers);
    },
  };
}

async function guarded(logger: Logger, message: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    logger.error(message, { error });
  }
}
