/** Many short strings in one pool of bytes: a fraction of the memory that JavaScript strings take. */
import { withoutRoom, withRoom } from "./growing.ts";

export interface StringPool {
  readonly length: number;
  /** Keeps `text` and gives its index. */
  add(text: string): number;
  get(index: number): string;
  /** The bytes (UTF-8) and where each string ends in them, cut to size. Valid until the next `add`. */
  parts(): StringParts;
}

export interface StringParts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A pool, empty or with what another gave as `parts` (which is then this pool's own). */
export function createStringPool(parts?: StringParts): StringPool {
  let bytes = parts?.bytes ?? new Uint8Array(256);
  let ends = parts?.ends ?? new Uint32Array(16);
  let length = parts?.ends.length ?? 0;
  let used = length === 0 ? 0 : ends[length - 1]!;
  // What comes from a snapshot is a view of a buffer that others look at too: it must not be moved.
  let shared = parts !== undefined;

  function own(): void {
    if (!shared) return;
    bytes = bytes.slice(0, used);
    ends = ends.slice(0, length);
    shared = false;
  }

  return {
    get length() {
      return length;
    },
    add(text) {
      own();
      bytes = withRoom(bytes, used + text.length * 3);
      used += encoder.encodeInto(text, bytes.subarray(used)).written;
      ends = withRoom(ends, length + 1);
      ends[length] = used;
      return length++;
    },
    get: (index) => decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])),
    parts() {
      if (!shared) {
        bytes = withoutRoom(bytes, used);
        ends = withoutRoom(ends, length);
      }
      return { bytes, ends };
    },
  };
}
