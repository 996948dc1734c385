/** Local time in an IANA zone by what Intl knows: offsets, and the instant of a wall time, gaps and overlaps included. */

/** A wall time as milliseconds: what `Date.UTC` gives for its fields. */
export type WallTime = number;

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall time that clocks in `timeZone` show at `instant`, to the second. Throws a RangeError for a zone that is none. */
export function wallTimeAt(timeZone: string, instant: number): WallTime {
  const field = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(instant))
    if (type in field) field[type as keyof typeof field] = Number(value);
  return Date.UTC(field.year, field.month - 1, field.day, field.hour, field.minute, field.second);
}

function offsetAt(timeZone: string, instant: number): number {
  const second = Math.floor(instant / 1_000) * 1_000;
  return wallTimeAt(timeZone, second) - second;
}

/** The first instant in (`from`, `to`] at which the offset is that of `to`; the offset changes once between them. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const after = offsetAt(timeZone, to);
  let [low, high] = [Math.floor(from / 1_000), Math.ceil(to / 1_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1_000) === after) high = middle;
    else low = middle;
  }
  return high * 1_000;
}

/**
 * The instant at which clocks in `timeZone` show `wall`. Where they show it twice, the first; where they skip it, the
 * first instant after the gap.
 */
export function instantOf(timeZone: string, wall: WallTime): number {
  // No zone is more than a day from UTC, so its offsets on either side of a change are among these two.
  const offsets = [offsetAt(timeZone, wall - dayMs), offsetAt(timeZone, wall + dayMs)];
  const candidates = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  const found = candidates.find((instant) => wallTimeAt(timeZone, instant) === wall);
  if (found !== undefined) return found;
  return changeBetween(timeZone, candidates[0]!, candidates[1]!);
}

/** "2026-11-21": the calendar day of a wall time. */
export function dateOf(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10);
}
