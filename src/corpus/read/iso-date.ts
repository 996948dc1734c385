/** Recognises dates as documents write them and gives them in ISO 8601, never guessing at an ambiguous one. */

/** Month names, full and short, in the languages that Dateline stems, by their number from 1. */
const months = new Map<string, number>();
for (const language of ["it", "nl", "pt", "fr", "es", "de", "en"]) {
  for (const style of ["short", "long"] as const) {
    const format = new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" });
    for (let month = 0; month < 12; month++) {
      const name = format.format(Date.UTC(2000, month, 15));
      months.set(name.toLowerCase().replace(/\.$/, ""), month + 1);
    }
  }
}
months.set("sept", 9);

/** Zone names of RFC 822 (https://www.rfc-editor.org/rfc/rfc822#section-5.1) and their offsets. */
const zones: ReadonlyMap<string, string> = new Map([
  ["z", "Z"],
  ["ut", "Z"],
  ["utc", "Z"],
  ["gmt", "Z"],
  ["est", "-05:00"],
  ["edt", "-04:00"],
  ["cst", "-06:00"],
  ["cdt", "-05:00"],
  ["mst", "-07:00"],
  ["mdt", "-06:00"],
  ["pst", "-08:00"],
  ["pdt", "-07:00"],
]);

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?\s*([A-Za-z]{1,4}|[+-]\d{2}:?\d{2}|[+-]\d{2})?`;
const weekday = String.raw`(?:\p{L}+\.?,?\s+)?`;
const withTime = (date: string): RegExp => new RegExp(`^${date}(?:(?:[Tt]|,?\\s+(?:at\\s+)?)${clock})?$`, "u");

/** Each way to write a date, and where in it year, month and day stand. */
const shapes: readonly { readonly pattern: RegExp; readonly order: readonly [number, number, number] }[] = [
  { pattern: withTime(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`), order: [1, 3, 4] },
  { pattern: withTime(String.raw`(\d{4})()(\d{2})(\d{2})`), order: [1, 3, 4] },
  { pattern: withTime(String.raw`(\d{1,2})\.()\s?(\d{1,2})\.\s?(\d{4})`), order: [4, 3, 1] },
  {
    pattern: withTime(
      String.raw`${weekday}(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:[ -]|\s+de\s+)(\p{L}+)\.?,?(?:[ -]|\s+del?\s+)(\d{4})`,
    ),
    order: [3, 2, 1],
  },
  { pattern: withTime(String.raw`${weekday}(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`), order: [3, 1, 2] },
];

/**
 * `value` as an ISO 8601 date ("2025-11-26"), date-time ("2025-11-26T08:30:00Z"; no zone where none is given), or reduced
 * date ("2025-11", "2025"). Null for anything that is not clearly a date that exists; "03/04/2025" is not.
 */
export function isoDate(value: string): string | null {
  const text = value.trim();
  if (text.length > 80) return null;
  if (/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(text)) return plausibleYear(Number(text.slice(0, 4))) ? text : null;
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed) return slashedDate(Number(slashed[1]), Number(slashed[2]), Number(slashed[3]));
  for (const { pattern, order } of shapes) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [year, month, day] = order.map((group) => match[group]!) as [string, string, string];
    const monthNumber = months.get(month.toLowerCase()) ?? Number(month);
    const date = calendarDate(Number(year), monthNumber, Number(day));
    if (date === null) return null;
    const time = match.slice(-5);
    return time[0] === undefined ? date : withClock(date, time);
  }
  return null;
}

/** The date-time of seconds or milliseconds since the epoch; null when they are too few or too many to be a recent time. */
export function isoFromEpoch(value: number): string | null {
  const ms = value < 1e11 ? value * 1000 : value;
  if (!(ms >= 1e11 && ms <= 4.2e12)) return null;
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Day and month with slashes, only where one of them cannot be a month or both are the same. */
function slashedDate(first: number, second: number, year: number): string | null {
  if (first > 12) return calendarDate(year, second, first);
  if (second > 12 || first === second) return calendarDate(year, first, second);
  return null;
}

function plausibleYear(year: number): boolean {
  return year >= 1400 && year <= 2200;
}

function calendarDate(year: number, month: number, day: number): string | null {
  if (!plausibleYear(year) || !(month >= 1 && month <= 12) || day < 1) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Adds hours, minutes, seconds, half of the day and zone; a time that cannot be is null, a zone not known is left off. */
function withClock(date: string, [hours, minutes, seconds, half, zone]: (string | undefined)[]): string | null {
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 60) return null;
  const time = [String(hour), minutes!, seconds ?? "00"].map((part) => part.padStart(2, "0")).join(":");
  if (!zone) return `${date}T${time}`;
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(zone);
  if (offset) return `${date}T${time}${offset[1]}:${offset[2] ?? "00"}`;
  const named = zones.get(zone.toLowerCase());
  return named ? `${date}T${time}${named}` : date;
}
