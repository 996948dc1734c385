/** Which ordinals of a part are gone: a bit each, over arrays that are themselves never changed. */
import { withRoom } from "./growing.ts";

export interface Removed {
  readonly count: number;
  /** Marks an ordinal; false when it was marked. */
  mark(ordinal: number): boolean;
  has(ordinal: number): boolean;
  /** The marked ordinals, ascending. */
  list(): Uint32Array;
}

export function createRemoved(): Removed {
  let bits = new Uint32Array(0);
  let count = 0;
  let listed: Uint32Array | null = null;

  return {
    get count() {
      return count;
    },
    has: (ordinal) => ordinal >>> 5 < bits.length && (bits[ordinal >>> 5]! & (1 << (ordinal & 31))) !== 0,
    mark(ordinal) {
      bits = withRoom(bits, (ordinal >>> 5) + 1);
      const bit = 1 << (ordinal & 31);
      if (bits[ordinal >>> 5]! & bit) return false;
      bits[ordinal >>> 5]! |= bit;
      count++;
      listed = null;
      return true;
    },
    list() {
      if (listed) return listed;
      listed = new Uint32Array(count);
      let at = 0;
      for (let word = 0; word < bits.length; word++) {
        for (let rest = bits[word]!; rest !== 0; rest &= rest - 1)
          listed[at++] = word * 32 + 31 - Math.clz32(rest & -rest);
      }
      return listed;
    },
  };
}
