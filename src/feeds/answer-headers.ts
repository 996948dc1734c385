/** Reads what a server says about an answer: how long it holds, when to come back, what to ask with next time. */
import type { IncomingHttpHeaders } from "node:http";
import type { Validators } from "./feed.ts";

/** No server can ask for more than this. */
const longestMs = 30 * 86_400_000;

/** The first value of a header, trimmed; null when it is missing, empty or absurdly long. */
export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  const first = (Array.isArray(value) ? value[0] : value)?.trim();
  return first && first.length <= 2_000 ? first : null;
}

/** What to ask with next time; values that could not be sent back as headers are left out. */
export function validatorsOf(headers: IncomingHttpHeaders): Validators {
  const sendable = (name: string): string | null => {
    const value = header(headers, name);
    return value && /^[\x20-\x7e\x80-\xff]{1,500}$/.test(value) ? value : null;
  };
  return { etag: sendable("etag"), lastModified: sendable("last-modified") };
}

/** How long the answer may be kept: max-age less Age, else Expires less Date; null when nothing usable is said. */
export function maxAgeOf(headers: IncomingHttpHeaders, nowMs: number): number | null {
  const control = header(headers, "cache-control")?.toLowerCase() ?? "";
  if (/\bno-(?:store|cache)\b/.test(control)) return null;
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})/.exec(control)?.[1];
  if (seconds !== undefined) {
    const age = Number(/^\d{1,9}$/.exec(header(headers, "age") ?? "0")?.[0] ?? 0);
    return within((Number(seconds) - age) * 1000);
  }
  const expires = httpDate(header(headers, "expires"));
  if (expires === null) return null;
  return within(expires - (httpDate(header(headers, "date")) ?? nowMs));
}

/** How long a server asks to be left alone (seconds or a date); null when it does not ask. */
export function retryAfterOf(headers: IncomingHttpHeaders, nowMs: number): number | null {
  const value = header(headers, "retry-after");
  if (value === null) return null;
  if (/^\d{1,12}$/.test(value)) return within(Number(value) * 1000);
  const date = httpDate(value);
  return date === null ? null : within(date - nowMs);
}

/** The charset that a Content-Type names, in lower case, or null. */
export function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?\s*([^\s;"']{1,60})/i.exec(contentType ?? "")?.[1]?.toLowerCase() ?? null;
}

function within(ms: number): number {
  return Math.min(longestMs, Math.max(0, Math.round(ms)));
}

function httpDate(value: string | null): number | null {
  const ms = value === null || /^-?\d+$/.test(value) ? Number.NaN : Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
