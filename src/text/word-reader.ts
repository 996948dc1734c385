/**
 * Reads the words of many texts as numbers: the fast way to the same words as `words`, for building an index.
 *
 * Plain ASCII words are hashed while they are scanned and looked up in a table of characters, so that no string is made for
 * a word that was seen before. What is not plain (initials, figures with commas, accents, other scripts) goes through
 * `words`, up to the next white space; no word reaches over white space.
 */
import { words } from "./tokens.ts";

export interface WordReader {
  /** Reads `text`; its words' numbers are `ids[0]` to `ids[count - 1]`, `count` being what is returned. */
  read(text: string): number;
  /** The words last read; valid until the next `read`. */
  readonly ids: Uint32Array;
  /** The form of a word's number: `Word.accented`. */
  accented(id: number): string;
  /** How many words are numbered. */
  readonly size: number;
}

/** Kinds of ASCII characters; a letter or digit maps to its lower-case code (48 and up). */
const separator = 0;
/** Full stop, comma and apostrophe: what follows decides whether they belong to the word. */
const joiner = 1;

const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const lower = String.fromCharCode(code).toLowerCase();
  if (/[a-z0-9]/.test(lower)) kinds[code] = lower.charCodeAt(0);
  else if (/[.,']/.test(lower)) kinds[code] = joiner;
}

/** Whether no word reaches over this character: ASCII punctuation and space, dashes, quotation marks, no-break space. */
function separates(code: number): boolean {
  if (code < 128) return kinds[code] === separator;
  return (code >= 0x2010 && code <= 0x2027 && code !== 0x2019) || code === 0xa0 || code === 0xab || code === 0xbb;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019;
}

const seed = 0x811c9dc5 | 0;
const mix = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

/**
 * The numbers of words: an open hash table over one pool of characters. A slot is four integers, side by side so that a
 * look-up touches little memory: the word's number and 1 (0 when the slot is free), its hash, where it begins in the pool,
 * its length.
 */
function createTable() {
  let slots = new Int32Array(1 << 16);
  let mask = slots.length / 4 - 1;
  let pool = new Uint16Array(1 << 16);
  let starts = new Uint32Array(1 << 13);
  let size = 0;

  function grow(): void {
    const before = slots;
    slots = new Int32Array(before.length * 2);
    mask = slots.length / 4 - 1;
    for (let from = 0; from < before.length; from += 4) {
      if (before[from] === 0) continue;
      let slot = spread(before[from + 1]!) & mask;
      while (slots[slot * 4] !== 0) slot = (slot + 1) & mask;
      slots.set(before.subarray(from, from + 4), slot * 4);
    }
  }

  /** The number of the word that is `units` from `start` to `end`, whose hash is `hash`. */
  function intern(units: Uint16Array, start: number, end: number, hash: number): number {
    const length = end - start;
    const lines = slots;
    const last = mask;
    let at = (spread(hash) & last) * 4;
    for (; lines[at] !== 0; at = (at + 4) & (last * 4)) {
      if (lines[at + 1] === hash && lines[at + 3] === length && matches(units, start, lines[at + 2]!, length)) {
        return lines[at]! - 1;
      }
    }
    return add(units, start, length, hash, at);
  }

  function matches(units: Uint16Array, start: number, from: number, length: number): boolean {
    const kept = pool;
    for (let i = 0; i < length; i++) if (kept[from + i] !== units[start + i]) return false;
    return true;
  }

  function add(units: Uint16Array, start: number, length: number, hash: number, slot: number): number {
    const id = size++;
    const from = starts[id]!;
    if (from + length > pool.length) pool = resized(pool, Math.max(pool.length * 2, from + length));
    for (let i = 0; i < length; i++) pool[from + i] = units[start + i]!;
    slots[slot] = id + 1;
    slots[slot + 1] = hash;
    slots[slot + 2] = from;
    slots[slot + 3] = length;
    if (size + 1 >= starts.length) starts = resized(starts, starts.length * 2);
    starts[size] = from + length;
    if (size * 2 > mask) grow();
    return id;
  }

  return {
    intern,
    text: (id: number) => String.fromCharCode(...pool.subarray(starts[id], starts[id + 1])),
    size: () => size,
  };
}

/** FNV leaves the low bits of short words alike; this brings the high ones down. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function resized<A extends Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(array: A, length: number): A {
  const larger = new (array.constructor as new (length: number) => A)(length);
  larger.set(array);
  return larger;
}

/** A reader with a table of its own. The table only grows: begin anew with another reader when `size` is too much. */
export function createWordReader(): WordReader {
  const table = createTable();
  let ids = new Uint32Array(1 << 10);
  let count = 0;
  // Reading typed arrays is several times as fast as asking a string for one unit after the other.
  let buffer = Buffer.allocUnsafeSlow(1 << 13);

  function push(id: number): void {
    if (count === ids.length) ids = resized(ids, ids.length * 2);
    ids[count++] = id;
  }

  /** Reads from `start` to the next white space as `words` does; returns where that is. */
  function readSlowly(text: string, start: number): number {
    let end = start + 1;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    for (const { accented } of words(text.slice(start, end))) {
      const units = Uint16Array.from({ length: accented.length }, (_, i) => accented.charCodeAt(i));
      push(table.intern(units, 0, units.length, units.reduce(mix, seed)));
    }
    return end;
  }

  function read(text: string): number {
    const length = text.length;
    if (length * 2 > buffer.length) buffer = Buffer.allocUnsafeSlow(length * 3);
    buffer.write(text, "utf16le");
    const units = new Uint16Array(buffer.buffer, 0, length);
    count = 0;
    for (let at = 0; at < length; ) {
      const first = units[at]!;
      if (first >= 128 ? separates(first) : kinds[first]! <= joiner) {
        at++;
        continue;
      }
      let end = at;
      let hash = seed;
      for (; end < length; end++) {
        const unit = units[end]!;
        if (unit >= 128) break;
        const kind = kinds[unit]!;
        if (kind <= joiner) break;
        hash = mix(hash, kind);
        units[end] = kind;
      }
      const after = end === at ? -1 : plainEnd(units, end);
      if (after < 0) {
        at = readSlowly(text, at);
      } else {
        push(table.intern(units, at, end, hash));
        at = after;
      }
    }
    return count;
  }

  return {
    read,
    get ids() {
      return ids;
    },
    accented: table.text,
    get size() {
      return table.size();
    },
  };
}

/**
 * Where to go on after a run of letters and digits that ends at `end`: past it and its possessive when the run is a word by
 * itself, -1 when what follows may belong to it.
 */
function plainEnd(units: Uint16Array, end: number): number {
  if (end >= units.length) return end;
  const next = units[end]!;
  if (separates(next)) return end;
  if (isApostrophe(next)) {
    if (standsFree(units, end + 1)) return end + 1;
    const possessive = (units[end + 1]! | 32) === 115 && standsFree(units, end + 2);
    return possessive ? end + 2 : -1;
  }
  return next < 128 && kinds[next] === joiner && standsFree(units, end + 1) ? end + 1 : -1;
}

/** Whether the text ends before `at` or a separator stands there. */
function standsFree(units: Uint16Array, at: number): boolean {
  return at >= units.length || separates(units[at]!);
}
