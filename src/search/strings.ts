/** Many short strings in one pool of bytes: a fraction of the memory that JavaScript strings take. */
import { withoutRoom, withRoom } from "./growing.ts";

/** The bytes (UTF-8) of strings one after the other, and where each ends. */
export interface StringParts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

export interface StringPool {
  readonly length: number;
  /** Keeps a string (UTF-8) and gives its index. */
  add(bytes: Uint8Array): number;
  get(index: number): string;
  /** What the pool holds, cut to size; valid until the next `add`. */
  parts(): StringParts;
  /** Whether the string at `index` is this one. */
  equals(index: number, bytes: Uint8Array): boolean;
}

const decoder = new TextDecoder();

/** A pool, empty or with what another gave as `parts`: those are never changed. */
export function createStringPool(parts?: StringParts): StringPool {
  let bytes = parts?.bytes ?? new Uint8Array(0);
  let ends = parts?.ends ?? new Uint32Array(0);
  let length = ends.length;
  let used = length === 0 ? 0 : ends[length - 1]!;
  let shared = parts !== undefined;

  function own(): void {
    if (!shared) return;
    bytes = bytes.slice(0, used);
    ends = ends.slice(0, length);
    shared = false;
  }

  const startOf = (index: number) => (index === 0 ? 0 : ends[index - 1]!);

  return {
    get length() {
      return length;
    },
    add(added) {
      own();
      bytes = withRoom(bytes, used + added.length);
      bytes.set(added, used);
      used += added.length;
      ends = withRoom(ends, length + 1);
      ends[length] = used;
      return length++;
    },
    get: (index) => decoder.decode(bytes.subarray(startOf(index), ends[index])),
    parts() {
      if (!shared) {
        bytes = withoutRoom(bytes, used);
        ends = withoutRoom(ends, length);
      }
      return { bytes, ends };
    },
    equals(index, other) {
      const start = startOf(index);
      if (ends[index]! - start !== other.length) return false;
      for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
      return true;
    },
  };
}
