/** Typed arrays that grow: what they hold moves to a larger buffer when they are full. */

export type GrowingArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** `array` when it holds `length` items, else a larger one with the same content and zeros after it; `array` is then void. */
export function withRoom<A extends GrowingArray>(array: A, length: number): A {
  if (length <= array.length) return array;
  return moved(array, Math.max(length, Math.ceil(array.length * 1.5), 16));
}

/** `array` cut to `length` items, its spare room given back; `array` is then void. */
export function withoutRoom<A extends GrowingArray>(array: A, length: number): A {
  return length === array.length ? array : moved(array, length);
}

function moved<A extends GrowingArray>(array: A, length: number): A {
  const kind = array.constructor as new (buffer: ArrayBuffer) => A;
  return new kind(array.buffer.transfer(length * array.BYTES_PER_ELEMENT));
}
