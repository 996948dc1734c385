/** The stems of the index and their numbers: an open hash table over a string pool. */
import { createStringPool, type StringPool } from "./strings.ts";

export interface Vocabulary {
  readonly size: number;
  /** The number of `stem`, or -1. */
  find(stem: string): number;
  /** The number of `stem`, a new one if it has none. Numbers count from 0 and stay. */
  intern(stem: string): number;
  readonly stems: StringPool;
}

function hashOf(stem: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < stem.length; i++) hash = Math.imul(hash ^ stem.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** A vocabulary over `stems`; an empty string among them is a number without a stem. */
export function createVocabulary(stems: StringPool = createStringPool()): Vocabulary {
  let slots = new Int32Array(0);
  // A byte of each stem's hash beside its slot: almost every probe that would decode a stem in vain is seen by it.
  let tags = new Uint8Array(0);

  function place(hash: number, id: number): void {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = id;
    tags[slot] = hash >>> 24;
  }

  function fill(capacity: number): void {
    slots = new Int32Array(capacity).fill(-1);
    tags = new Uint8Array(capacity);
    for (let id = 0; id < stems.length; id++) {
      const stem = stems.get(id);
      if (stem !== "") place(hashOf(stem), id);
    }
  }

  function find(stem: string): number {
    const hash = hashOf(stem);
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== -1; slot = (slot + 1) & mask) {
      if (tags[slot] === hash >>> 24 && stems.get(slots[slot]!) === stem) return slots[slot]!;
    }
    return -1;
  }

  function intern(stem: string): number {
    const known = find(stem);
    if (known !== -1) return known;
    if ((stems.length + 1) * 2 > slots.length) fill(slots.length * 2);
    const id = stems.add(stem);
    place(hashOf(stem), id);
    return id;
  }

  fill(Math.max(1 << 12, 1 << (33 - Math.clz32(stems.length))));
  return {
    get size() {
      return stems.length;
    },
    find,
    intern,
    stems,
  };
}
