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
const lowerCodes = Uint8Array.from({ length: 128 }, (_, code) => String.fromCharCode(code).toLowerCase().charCodeAt(0));
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

/** The numbers of words: an open hash table over one pool of characters. */
function createTable() {
  let slots = new Int32Array(1 << 14).fill(-1);
  let hashes = new Int32Array(1 << 13);
  let starts = new Uint32Array(1 << 13);
  let pool = new Uint16Array(1 << 16);
  let size = 0;

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      let slot = spread(hashes[id]!) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    hashes = resized(hashes, slots.length / 2);
    starts = resized(starts, slots.length / 2);
  }

  /** The number of the word that is `text` from `start` to `end` in lower case, whose hash is `hash`. */
  function intern(text: string, start: number, end: number, hash: number): number {
    const length = end - start;
    const mask = slots.length - 1;
    let slot = spread(hash) & mask;
    for (let id = slots[slot]!; id !== -1; id = slots[slot]!) {
      if (hashes[id] === hash && starts[id + 1]! - starts[id]! === length && matches(text, start, starts[id]!, length))
        return id;
      slot = (slot + 1) & mask;
    }
    slots[slot] = size;
    return add(text, start, length, hash);
  }

  function matches(text: string, start: number, from: number, length: number): boolean {
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(start + i);
      if (pool[from + i] !== (code < 128 ? lowerCodes[code] : code)) return false;
    }
    return true;
  }

  function add(text: string, start: number, length: number, hash: number): number {
    const id = size++;
    const from = starts[id]!;
    if (from + length > pool.length) pool = resized(pool, Math.max(pool.length * 2, from + length));
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(start + i);
      pool[from + i] = code < 128 ? lowerCodes[code]! : code;
    }
    hashes[id] = hash;
    starts[id + 1] = from + length;
    if (size + 1 >= starts.length) grow();
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

function resized<A extends Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(
  array: A,
  length: number,
): A {
  const larger = new (array.constructor as new (length: number) => A)(length);
  larger.set(array);
  return larger;
}

/** A reader with a table of its own. The table only grows: begin anew with another reader when `size` is too much. */
export function createWordReader(): WordReader {
  const table = createTable();
  let ids = new Uint32Array(1 << 10);
  let count = 0;

  function push(id: number): void {
    if (count === ids.length) ids = resized(ids, ids.length * 2);
    ids[count++] = id;
  }

  /** Reads from `start` to the next white space as `words` does; returns where that is. */
  function readSlowly(text: string, start: number): number {
    let end = start + 1;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    for (const { accented } of words(text.slice(start, end))) {
      let hash = seed;
      for (let i = 0; i < accented.length; i++) hash = mix(hash, accented.charCodeAt(i));
      push(table.intern(accented, 0, accented.length, hash));
    }
    return end;
  }

  function read(text: string): number {
    const length = text.length;
    count = 0;
    for (let at = 0; at < length; ) {
      const first = text.charCodeAt(at);
      if (first >= 128 ? separates(first) : kinds[first]! <= joiner) {
        at++;
        continue;
      }
      let end = at;
      let hash = seed;
      for (; end < length; end++) {
        const code = text.charCodeAt(end);
        if (code >= 128) break;
        const kind = kinds[code]!;
        if (kind <= joiner) break;
        hash = mix(hash, kind);
      }
      const after = plainEnd(text, end);
      if (end === at || after < 0) {
        at = readSlowly(text, at);
      } else {
        push(table.intern(text, at, end, hash));
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
function plainEnd(text: string, end: number): number {
  if (end >= text.length) return end;
  const next = text.charCodeAt(end);
  if (separates(next)) return end;
  if (isApostrophe(next)) {
    if (standsFree(text, end + 1)) return end + 1;
    const possessive = (text.charCodeAt(end + 1) | 32) === 115 && standsFree(text, end + 2);
    return possessive ? end + 2 : -1;
  }
  return next < 128 && kinds[next] === joiner && standsFree(text, end + 1) ? end + 1 : -1;
}

/** Whether the text ends before `at` or a separator stands there. */
function standsFree(text: string, at: number): boolean {
  return at >= text.length || separates(text.charCodeAt(at));
}
