/** What goes wrong on demand, in the words of the request it is to happen to. */
import type { RouteName } from "./requests.ts";

/** One thing that the REST side does instead of answering. */
export type Fault =
  /** 429; without `retryAfterSeconds` the header and the field are left out, as a proxy in front does. */
  | { readonly kind: "rate-limited"; readonly retryAfterSeconds?: number; readonly global?: boolean }
  /** An HTTP status with a body that is not JSON. */
  | { readonly kind: "status"; readonly status: number }
  /** Accepted, never answered; the connection stays open until the client gives up or the double closes. */
  | { readonly kind: "hang" }
  /** Done (the message is kept), then the connection is cut before the answer. */
  | { readonly kind: "lost-answer" }
  /** Done (the message is kept), then a 502 in place of the answer. */
  | { readonly kind: "lost-in-gateway" }
  /** The connection is cut before anything is done. */
  | { readonly kind: "dropped" }
  /** Discord's own refusal. */
  | { readonly kind: "refusal"; readonly status: number; readonly code: number; readonly message: string }
  /** Answered, but only once `until` has resolved. */
  | { readonly kind: "held"; readonly until: Promise<unknown> };

/** Faults planned and taken, oldest first. */
export interface Faults {
  /** The next `times` requests of this name (`"*"` for any) meet `fault`. */
  next(route: RouteName | "*", fault: Fault, times?: number): void;
  /** Takes the fault that this request meets, if any. */
  take(route: RouteName): Fault | null;
  clear(): void;
}

/** No faults planned. */
export function createFaults(): Faults {
  const planned: { readonly route: RouteName | "*"; readonly fault: Fault; left: number }[] = [];
  return {
    next(route, fault, times = 1) {
      planned.push({ route, fault, left: times });
    },
    take(route) {
      const one = planned.find(({ route: of, left }) => left > 0 && (of === route || of === "*"));
      if (!one) return null;
      one.left -= 1;
      return one.fault;
    },
    clear() {
      planned.length = 0;
    },
  };
}
