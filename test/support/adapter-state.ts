/** What an adapter remembers, without a store. */
import type { AdapterState } from "../../src/ports.ts";

/** Adapter state that lives as long as the object. */
export function createAdapterState(): AdapterState {
  const kept = new Map<string, string>();
  return {
    async putOnce(key, value) {
      if (kept.has(key)) return false;
      kept.set(key, value);
      return true;
    },
    get: async (key) => kept.get(key) ?? null,
    async remove(key) {
      kept.delete(key);
    },
  };
}
