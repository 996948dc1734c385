/** Turns a file's bytes into text: by byte order mark, as strict UTF-8, by what the page declares, else by detection. */
import { analyse } from "chardet";
import { NewsroomError } from "../../errors.ts";

/** Bytes that detection looks at. */
const sampleBytes = 65_536;
/** Confidence below which a detection counts for nothing; more is asked where a few odd bytes already look alike. */
const trusted = 25;
const trustedLatin = 40;
/** A text with a larger share of bytes above ASCII is in no Latin script, so windows-1252 is no fallback for it. */
const latinShare = 0.4;

/** Labels of legacy encodings that a document may be in; all others are not guessed. */
const legacy = new Set([
  "shift_jis",
  "big5",
  "euc-jp",
  "euc-kr",
  "gb18030",
  "iso-2022-jp",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-7",
  "iso-8859-8",
  "iso-8859-9",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "koi8-r",
]);

/**
 * The text of `bytes`, byte order mark off. `declared` is the label of an encoding that the document names for itself.
 * Throws `bad-document` when they are no text or damaged; `name` says in the sentence what could not be read.
 */
export function decode(bytes: Uint8Array, name: string, declared: string | null = null): string {
  return decodeAs(bytes, encodingOf(bytes, name, declared), name);
}

/** The WHATWG label of the encoding that `bytes` (or a sample that ends at a line's end) are in; throws as `decode` does. */
export function encodingOf(bytes: Uint8Array, name: string, declared: string | null = null): string {
  const marked = byteOrderMark(bytes);
  if (marked === "utf-32") {
    throw new NewsroomError("bad-document", `${name} is in UTF-32, which cannot be read; save it as UTF-8.`);
  }
  if (marked) return marked;
  if (bytes.includes(0)) {
    const wide = wideEncoding(bytes);
    if (wide) return wide;
    throw binary(name);
  }
  const hasEscape = bytes.includes(0x1b);
  const broken = strictText(bytes, "utf-8") === null;
  if (!broken && !hasEscape) return "utf-8";
  if (declared && isProse(strictText(bytes, declared))) return declared;
  if (broken) refuseDamage(bytes, name);
  return detected(bytes) ?? (broken ? refuse(bytes, name) : "utf-8");
}

/** Decodes `bytes` from the encoding `label`; throws `bad-document` when they are not in it, or hold no text. */
export function decodeAs(bytes: Uint8Array, label: string, name: string): string {
  const text = strictText(bytes, label);
  if (text === null) {
    throw new NewsroomError(
      "bad-document",
      `${name} cannot be decoded as ${label.toUpperCase()}; save it as UTF-8 and try again.`,
    );
  }
  if (!isProse(text)) throw binary(name);
  return text;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "utf-32" : "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? "utf-32" : null;
}

function strictText(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null; // Not in this encoding, or longer than a string can be: the callers say so.
  }
}

/** UTF-16 without a mark: the byte order in which the bytes are text, if one is. */
function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, Math.min(bytes.length, sampleBytes) & ~1);
  const readings = (["utf-16le", "utf-16be"] as const)
    .map((label) => ({ label, text: strictText(trimPair(sample, label), label) }))
    .filter(({ text }) => isProse(text) && !/[\p{Cn}\p{Co}]/u.test(text!))
    .map(({ label, text }) => ({ label, common: text!.match(/[\s\p{Script=Latin}0-9.,]/gu)?.length ?? 0 }));
  return readings.sort((a, b) => b.common - a.common)[0]?.label ?? null;
}

/** Without the half of a surrogate pair that a sample may end in. */
function trimPair(bytes: Uint8Array, label: string): Uint8Array {
  const high = bytes[bytes.length - (label === "utf-16le" ? 1 : 2)] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? bytes.subarray(0, -2) : bytes;
}

/** Whether a text is free of the control characters that only binary data holds; a stray one in a long text is forgiven. */
function isProse(text: string | null): boolean {
  if (text === null || text.includes("\u0000")) return false;
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (
      code < 32
        ? code < 9 || (code > 13 && code !== 0x1b && code !== 0x1a)
        : code >= 0x7f && code < 0xa0 && code !== 0x85
    )
      controls++;
  }
  return controls * 200 <= text.length;
}

/** Refuses a text that is UTF-8 but for some damaged bytes: a guess would quote it wrongly. */
function refuseDamage(bytes: Uint8Array, name: string): void {
  let whole = 0;
  const damaged: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at]!;
    const length =
      first < 0x80
        ? 1
        : first >= 0xc2 && first < 0xe0
          ? 2
          : first >= 0xe0 && first < 0xf0
            ? 3
            : first >= 0xf0 && first < 0xf5
              ? 4
              : 0;
    let seen = 1;
    while (seen < length && ((bytes[at + seen] ?? 0) & 0xc0) === 0x80) seen++;
    if (length === 0 || seen < length) damaged.push(at);
    else if (length > 1) whole++;
    at += Math.max(1, seen);
  }
  if (whole >= 3 && whole >= damaged.length * 2) {
    throw new NewsroomError(
      "bad-document",
      `${name} is not valid UTF-8: ${damaged.length === 1 ? "a byte is" : `${damaged.length} bytes are`} damaged, the first at offset ${damaged[0] ?? 0}. Save it as UTF-8 again.`,
    );
  }
}

/** The legacy encoding that statistics find and the bytes are valid in; null when none is likely. */
function detected(bytes: Uint8Array): string | null {
  const sample = interesting(bytes);
  for (const match of analyse(sample)) {
    const label = match.name.toLowerCase();
    if (!legacy.has(label) || match.confidence < (/-(?:[29]|125[04])$/.test(label) ? trustedLatin : trusted)) continue;
    const text = strictText(bytes, label);
    if (!isProse(text) || /[\u2500-\u259f]{2}/.test(text!.slice(0, sampleBytes))) continue;
    if (!western.test(label) || isWestern(text!)) return label;
  }
  const high = sample.filter((byte) => byte >= 0x80).length;
  const latin = high < sample.length * latinShare ? strictText(bytes, "windows-1252") : null;
  return isProse(latin) && isWestern(latin!) ? "windows-1252" : null;
}

const western = /^(?:iso-8859-[1239]|windows-125[024])$/;

/** What the first byte of a damaged UTF-8 character looks like in a Western encoding. */
const debris = /(?<!\p{Lu})[ÃÂ](?!\p{L})|[âãð](?:[^\p{L}\p{P}\s]|[‚„†‡‰(])|[ÿÞ]/gu;

/** Whether what stands above ASCII is what Western languages write often, not the debris of something else. */
function isWestern(text: string): boolean {
  const sample = text.slice(0, sampleBytes);
  const high = sample.match(/[^\0-\x7f]/g) ?? [];
  const common = high.filter(
    (char) => /[\p{L}“”‘’„‚«»‹›–—…•·€£§°©®™½¼¿¡\u00a0\u00ad]/u.test(char) && !/[ƒªº]/.test(char),
  );
  return common.length >= high.length * 0.75 && (sample.match(debris)?.length ?? 0) * 10 <= high.length;
}

/** The part of the bytes that tells most: from a little before the first byte above ASCII. */
function interesting(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80 || byte === 0x1b);
  return bytes.subarray(Math.max(0, first - 1000), Math.max(0, first - 1000) + sampleBytes);
}

function binary(name: string): NewsroomError {
  return new NewsroomError(
    "bad-document",
    `${name} holds binary data, not text; save it as plain text, Markdown or HTML and try again.`,
  );
}

/** Says why bytes that are in no known encoding cannot be read. */
function refuse(bytes: Uint8Array, name: string): never {
  const controls = bytes.filter((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127).length;
  if (controls * 200 > bytes.length) throw binary(name);
  throw new NewsroomError(
    "bad-document",
    `${name} is not valid UTF-8, and what other encoding it is in cannot be told; save it as UTF-8 and try again.`,
  );
}
