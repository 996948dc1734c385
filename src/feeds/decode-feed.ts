/** Turns a feed's bytes into text: byte order mark, HTTP charset, XML declaration, UTF-8, detection last. */
import { encodingOf } from "../corpus/read/decode.ts";
import { charsetOf } from "./answer-headers.ts";

/** Labels that feeds use and the platform's decoder does not know, and what is meant. */
const aliases: Readonly<Record<string, string>> = {
  "iso-10646-ucs-2": "utf-16",
  "ucs-2": "utf-16",
  utf16: "utf-16",
  u16: "utf-16",
  utf_16: "utf-16",
  utf8: "utf-8",
  "gb_2312-80": "gb18030",
  cp1252: "windows-1252",
};

/** The text of `bytes`; never fails: bytes that are in no encoding come out as U+FFFD. */
export function decodeFeed(bytes: Uint8Array, contentType: string | null): string {
  const marked = markedEncoding(bytes);
  if (marked) return lenient(bytes, marked);
  const charset = charsetOf(contentType);
  const declared = declaredEncoding(bytes);
  const utf8 = strict(bytes, "utf-8");
  // Text that is UTF-8 beyond ASCII is hardly ever anything else, whatever single-byte encoding a server's default names.
  const isUtf8 = utf8 !== null && bytes.some((byte) => byte >= 0x80);
  for (const label of [charset, declared]) {
    if (label === null) continue;
    if (isUtf8 && isSingleByte(label)) break;
    const text = strict(bytes, label);
    if (text !== null) return text;
  }
  return utf8 ?? lenient(bytes, detected(bytes) ?? declared ?? "utf-8");
}

/** The encoding that the first bytes show: a byte order mark, or "<?" as UTF-16 and UTF-32 write it. */
function markedEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "utf-32le" : "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c))) return "utf-32be";
  if (a === 0x3c && b === 0) return c === 0 && d === 0 ? "utf-32le" : "utf-16le";
  return a === 0 && b === 0x3c ? "utf-16be" : null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  return /<\?xml\b[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})/i.exec(head)?.[1]?.toLowerCase() ?? null;
}

function isSingleByte(label: string): boolean {
  return /^(?:us-)?ascii$|^(?:iso-?8859|windows-|cp125|latin)/.test(label);
}

function strict(bytes: Uint8Array, label: string): string | null {
  if (label.startsWith("utf-32")) return utf32(bytes, label === "utf-32le");
  try {
    return new TextDecoder(aliases[label] ?? label, { fatal: true }).decode(bytes);
  } catch {
    return null; // Not in this encoding, or an encoding that nobody knows: the next one is tried.
  }
}

function lenient(bytes: Uint8Array, label: string): string {
  if (label.startsWith("utf-32")) return utf32(bytes, label === "utf-32le");
  try {
    return new TextDecoder(aliases[label] ?? label).decode(bytes);
  } catch {
    return new TextDecoder("utf-8").decode(bytes); // The declared encoding does not exist.
  }
}

function detected(bytes: Uint8Array): string | null {
  try {
    return encodingOf(bytes, "The feed");
  } catch {
    return null; // Damaged UTF-8, or nothing that is likely: the caller takes what is declared.
  }
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: string[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian);
    const valid = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (at > 0 || code !== 0xfeff) out.push(valid ? String.fromCodePoint(code) : "\ufffd");
  }
  return out.join("");
}
