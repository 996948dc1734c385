/** What goes wrong on demand, in the words of the method it is to happen to. */

/** One thing that the Web API (or a `response_url`) does instead of answering. */
export type Fault =
  /** 429; without `retryAfterSeconds` the header is left out, which Slack also does. */
  | { readonly kind: "rate-limited"; readonly retryAfterSeconds?: number }
  /** An HTTP status with a body that is not JSON. */
  | { readonly kind: "status"; readonly status: number }
  /** Accepted, never answered; the connection stays open until the client gives up or the double closes. */
  | { readonly kind: "hang" }
  /** Done (the message is kept), then the connection is cut before the answer. */
  | { readonly kind: "lost-answer" }
  /** The connection is cut before anything is done. */
  | { readonly kind: "dropped" }
  /** Slack's own refusal. */
  | { readonly kind: "error"; readonly error: string; readonly needed?: string }
  /** Answered, but only once `until` has resolved. */
  | { readonly kind: "held"; readonly until: Promise<unknown> };

/** Faults planned and taken, oldest first. */
export interface Faults {
  /** The next `times` calls of `method` (`"*"` for any, `"response_url"` for those) meet `fault`. */
  next(method: string, fault: Fault, times?: number): void;
  /** Takes the fault that this call meets, if any. */
  take(method: string): Fault | undefined;
  /** The next `times` events are each delivered twice, with the same `event_id`. */
  deliverTwice(times?: number): void;
  takeDouble(): boolean;
  clear(): void;
}

/** No faults planned. */
export function createFaults(): Faults {
  const planned: { method: string; fault: Fault; left: number }[] = [];
  let doubles = 0;
  return {
    next(method, fault, times = 1) {
      planned.push({ method, fault, left: times });
    },
    take(method) {
      const one = planned.find(({ method: of, left }) => left > 0 && (of === method || of === "*"));
      if (!one) return undefined;
      one.left -= 1;
      return one.fault;
    },
    deliverTwice(times = 1) {
      doubles += times;
    },
    takeDouble() {
      if (doubles === 0) return false;
      doubles -= 1;
      return true;
    },
    clear() {
      planned.length = 0;
      doubles = 0;
    },
  };
}
