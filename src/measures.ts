/** What happens in the core, told as it happens: whoever counts listens, and the core knows no counter. */

/** A question that was put, by whichever door. */
export interface QuestionMeasured {
  readonly kind: "question";
  /** The adapter that it came by; null for a one-off question in no place. */
  readonly adapter: string | null;
  /** `refused`: it was no question that can be answered; `cancelled`: the asker left; `failed`: our fault. */
  readonly outcome: "answered" | "declined" | "refused" | "cancelled" | "failed";
  readonly tookMs: number;
}

/** A feed that was polled. */
export interface FeedMeasured {
  readonly kind: "feed";
  /** `unchanged`: it said so, or held nothing new. */
  readonly outcome: "changed" | "unchanged" | "failed";
  /** Items that were not known before. */
  readonly items: number;
  readonly tookMs: number;
}

/** A digest or another scheduled post, each time that its fate is known. */
export interface DeliveryMeasured {
  readonly kind: "delivery";
  readonly adapter: string;
  /** `uncertain`: it may have arrived and is not repeated; `skipped`: its time had passed. */
  readonly outcome: "posted" | "uncertain" | "failed" | "skipped";
}

export type Measured = QuestionMeasured | FeedMeasured | DeliveryMeasured;

/** Called with each event; it must not throw and must not wait. */
export type MeasureListener = (event: Measured) => void;

export interface Measures {
  record(event: Measured): void;
  /** Calls `listener` with everything from now on, until the returned function is called. */
  watch(listener: MeasureListener): () => void;
}

/** Hands every event to everyone who listens; keeps nothing. */
export function createMeasures(): Measures {
  const listeners = new Set<MeasureListener>();
  return {
    record: (event) => {
      for (const listener of listeners) listener(event);
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
