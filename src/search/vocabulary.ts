/** The stems of the index and their numbers: an open hash table over a string pool. */
import { withoutRoom } from "./growing.ts";
import { createStringPool, type StringParts } from "./strings.ts";

export interface Vocabulary {
  readonly size: number;
  /** The number of `stem`, or -1. */
  find(stem: string): number;
  /** The number of `stem`, a new one if it has none. Numbers count from 0 and stay. */
  intern(stem: string): number;
  /** A copy of the stems below `size`, those that `keep` says no to blanked: a number without a stem. */
  copy(size: number, keep: (id: number) => boolean): StringParts;
}

const encoder = new TextEncoder();

/** FNV-1a, its high bits brought down. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

/** A vocabulary, empty or of the stems that another gave as `copy`. */
export function createVocabulary(saved?: StringParts): Vocabulary {
  const stems = createStringPool(saved);
  // Two numbers a slot, side by side: the stem's number and 1 (0 when the slot is free), and its hash.
  let slots = new Int32Array(0);
  let mask = 0;
  let scratch = new Uint8Array(64);

  function place(hash: number, id: number): void {
    let slot = hash & mask;
    while (slots[slot * 2] !== 0) slot = (slot + 1) & mask;
    slots[slot * 2] = id + 1;
    slots[slot * 2 + 1] = hash;
  }

  function fill(capacity: number): void {
    slots = new Int32Array(capacity * 2);
    mask = capacity - 1;
    const { bytes, ends } = stems.parts();
    for (let id = 0, start = 0; id < ends.length; id++) {
      const end = ends[id]!;
      if (end > start) place(hashOf(bytes, start, end), id);
      start = end;
    }
  }

  function encode(stem: string): Uint8Array {
    if (scratch.length < stem.length * 3) scratch = new Uint8Array(stem.length * 3);
    return scratch.subarray(0, encoder.encodeInto(stem, scratch).written);
  }

  function lookUp(bytes: Uint8Array, hash: number): number {
    for (let slot = hash & mask; slots[slot * 2] !== 0; slot = (slot + 1) & mask) {
      if (slots[slot * 2 + 1] === hash && stems.equals(slots[slot * 2]! - 1, bytes)) return slots[slot * 2]! - 1;
    }
    return -1;
  }

  fill(Math.max(1 << 12, 1 << (33 - Math.clz32(stems.length))));
  return {
    get size() {
      return stems.length;
    },
    find(stem) {
      const bytes = encode(stem);
      return lookUp(bytes, hashOf(bytes, 0, bytes.length));
    },
    intern(stem) {
      const bytes = encode(stem);
      const hash = hashOf(bytes, 0, bytes.length);
      const known = lookUp(bytes, hash);
      if (known !== -1) return known;
      if ((stems.length + 1) * 2 > mask) fill((mask + 1) * 2);
      const id = stems.add(bytes);
      place(hash, id);
      return id;
    },
    copy(size, keep) {
      const { bytes, ends } = stems.parts();
      const copied = new Uint8Array(size === 0 ? 0 : ends[size - 1]!);
      const copiedEnds = new Uint32Array(size);
      let used = 0;
      for (let id = 0; id < size; id++) {
        const start = id === 0 ? 0 : ends[id - 1]!;
        if (keep(id)) for (let i = start; i < ends[id]!; i++) copied[used++] = bytes[i]!;
        copiedEnds[id] = used;
      }
      return { bytes: withoutRoom(copied, used), ends: copiedEnds };
    },
  };
}
