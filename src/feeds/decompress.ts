/** Takes the compression off a body, never making more of it than allowed. */
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

/** How it ended: the bytes, or why there are none. */
export type Decompressed =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" }
  | { readonly kind: "damaged"; readonly cause: unknown }
  | { readonly kind: "unknown-coding"; readonly coding: string };

/** Layers of compression; more is a trick. */
const maxLayers = 3;

const coders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
};

/**
 * Undoes the codings of a Content-Encoding header, last applied first, then gzip that nobody declared. No layer may come to
 * more than `maxBytes`; it stops as soon as it does.
 */
export async function decompress(
  body: Uint8Array,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<Decompressed> {
  const codings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim().replace(/^x-/, ""))
    .filter((coding) => coding !== "" && coding !== "identity")
    .reverse();
  let bytes = body;
  let layers = 0;
  while (bytes.length > 0) {
    const coding = codings.shift() ?? (isGzip(bytes) ? "gzip" : null);
    if (coding === null || (coding === "gzip" && layers === 0 && !isGzip(bytes) && looksLikeText(bytes))) break;
    if (coding !== "gzip" && coding !== "deflate" && coding !== "br") return { kind: "unknown-coding", coding };
    if (++layers > maxLayers) return { kind: "too-large" };
    try {
      bytes = await undo(coding, bytes, maxBytes);
    } catch (error) {
      const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
      return tooLarge ? { kind: "too-large" } : { kind: "damaged", cause: error };
    }
  }
  return bytes.length > maxBytes ? { kind: "too-large" } : { kind: "bytes", bytes };
}

async function undo(coding: "gzip" | "deflate" | "br", bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const options = { maxOutputLength: maxBytes, chunkSize: 65_536 };
  if (coding !== "deflate") return coders[coding](bytes, options);
  // "deflate" means a zlib stream, and servers send the bare one as well (RFC 9110, 8.4.1.2).
  const isZlib = bytes.length > 1 && (bytes[0]! & 15) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0;
  return isZlib ? coders.deflate(bytes, options) : coders.raw(bytes, options);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Servers exist that say gzip and send the text as it is. */
function looksLikeText(bytes: Uint8Array): boolean {
  return /^[\s\ufeff\u00ef\u00bb\u00bf]*[<{]/.test(Buffer.from(bytes.subarray(0, 64)).toString("latin1"));
}
