/** Spans as the store keeps them: pairs of little-endian unsigned 32-bit offsets, eight bytes a span. */
import type { Span } from "../corpus/document.ts";

/** Packs spans in their order. Offsets are below 2^32, which every JavaScript string's length is. */
export function packSpans(spans: readonly Span[]): Uint8Array {
  const bytes = new Uint8Array(spans.length * 8);
  const view = new DataView(bytes.buffer);
  spans.forEach((span, i) => {
    view.setUint32(i * 8, span.start, true);
    view.setUint32(i * 8 + 4, span.end, true);
  });
  return bytes;
}

/** The inverse of `packSpans`. */
export function unpackSpans(bytes: Uint8Array): Span[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, i) => ({
    start: view.getUint32(i * 8, true),
    end: view.getUint32(i * 8 + 4, true),
  }));
}
