/** `trigger_id`s: each good once, for three seconds, for the person who caused it. */
import { Refusal } from "./content.ts";

/** The triggers given out. */
export interface Triggers {
  issue(user: string): string;
  /** The person it was given to; a `Refusal` where it is unknown, spent or late. */
  spend(trigger: string): string;
}

const lifeMs = 3_000;

/** No trigger given out yet. */
export function createTriggers(now: () => number): Triggers {
  const issued = new Map<string, { user: string; until: number; spent: boolean }>();
  return {
    issue(user) {
      const trigger = `${issued.size + 1}.1.local`;
      issued.set(trigger, { user, until: now() + lifeMs, spent: false });
      return trigger;
    },
    spend(trigger) {
      const held = issued.get(trigger);
      if (!held) throw new Refusal("invalid_trigger_id");
      if (held.spent) throw new Refusal("exchanged_trigger_id");
      if (now() > held.until) throw new Refusal("expired_trigger_id");
      held.spent = true;
      return held.user;
    },
  };
}
